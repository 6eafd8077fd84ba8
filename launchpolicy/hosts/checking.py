"""The four situations of a check, each to the same kind of report.

| question | requests | old version | rules |
| --- | --- | --- | --- |
| paths, or nothing | work tree | HEAD | work tree |
| staged | index | HEAD | HEAD |
| base and head | head | base | base |

(decision 0003). Everything outside is read here, once; what follows is pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from launchpolicy.engine.judging import Submission
from launchpolicy.hosts.running import Progress, run
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Report, Verdict, worst
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line, from the folder `start`."""

    start: Path
    paths: tuple[Path, ...] = ()
    staged: bool = False
    base: str | None = None
    head: str = "HEAD"


@dataclass(frozen=True, slots=True)
class Situation:
    """What was found: the rules, and every request to judge under them."""

    title: Text
    rules: PackSet
    submissions: tuple[Submission, ...]
    base: str | None = None
    head: str | None = None
    notes: tuple[Text, ...] = ()


def report(
    found: Situation, now: datetime, jobs: int | None = None, progress: Progress | None = None
) -> Report:
    """Every submission judged, as the report that reporters are given."""
    judgements = run(found.submissions, found.rules, now, jobs, progress)
    return Report(
        verdict=worst([judgement.verdict for judgement in judgements]),
        judgements=tuple(judgements),
        policies=found.rules.policy_texts,
        pack_set_digest=found.rules.digest,
        now=now,
        situation=found.title,
        base=found.base,
        head=found.head,
        notes=found.notes,
    )


__all__ = ["Question", "Situation", "Verdict", "replace", "report"]
