"""What was asked, and what was found to judge: the same for every situation of a check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launchpolicy.engine.judging import Submission
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where a base is given
    from launchpolicy.facts.approvals.records import Collected
    from launchpolicy.hosts.rule_changes import RuleChange


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line, from the folder `start`.

    `collected` is what a source of approvals other than the signed files said. Its approvals count
    only where the configuration names that source, or if it was given `by_hand`.
    """

    start: Path
    paths: tuple[Path, ...] = ()
    staged: bool = False
    base: str | None = None
    head: str = "HEAD"
    collected: Collected | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What was found: the rules, and every request to judge under them.

    `folder` is the launch repository's place in the git repository: "" or `folder/`.
    """

    title: Text
    rules: PackSet
    submissions: tuple[Submission, ...]
    now: datetime
    base: str | None = None
    head: str | None = None
    notes: tuple[Text, ...] = ()
    folder: str = ""
    rule_change: RuleChange | None = None


def relative(top: Path, root: Path) -> str:
    relative = root.resolve().relative_to(top.resolve()).as_posix()
    return "" if relative == "." else f"{relative}/"


def notes(found: Collection[Submission], rules: PackSet, *, changed: bool) -> tuple[Text, ...]:
    if found:
        return ()
    globs = ", ".join(kind.files for kind in rules.kinds.values())
    if changed:
        return (
            Text(
                f"Nothing to judge: no request ({globs}) is changed.",
                f"无需判定：没有申请（{globs}）发生变更。",
            ),
        )
    return (
        Text(
            f"Nothing to judge: there is no request ({globs}) here.",
            f"无需判定：此处没有申请（{globs}）。",
        ),
    )
