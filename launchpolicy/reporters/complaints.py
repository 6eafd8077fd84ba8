"""List everything that a report complains about, one by one, with how grave it is.

What annotates lines (SARIF, workflow commands, code quality) shows these and nothing else; so a
request that does not pass has at least one of them, whatever its results say.
"""

from __future__ import annotations

import enum
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Outcome,
    PolicyResult,
    Report,
    Verdict,
)
from launchpolicy.vocabulary.place import START, Place, format_route
from launchpolicy.vocabulary.text import Text


class Level(enum.IntEnum):
    """The gravity of a complaint; the words are those of SARIF 2.1.0 section 3.27.10."""

    ERROR = 0
    WARNING = 1
    NOTE = 2


class ReportComplaint(NamedTuple):
    """A finding with the request that it is about and the result of its policy.

    `result` is None where no policy speaks: a refusal, or a request that nothing explains.
    `fingerprint` stays when lines move, and is no other complaint's (hexadecimal, 256 bits).
    """

    judgement: Judgement
    result: PolicyResult | None
    finding: Finding
    level: Level
    fingerprint: str

    @property
    def rule(self) -> str:
        """Return the id of the policy, or of the refusal."""
        return _rule(self.result, self.finding)

    @property
    def is_error(self) -> bool:
        """Return whether a policy gave no answer; its owner must act."""
        return self.result is not None and self.result.outcome is Outcome.ERROR

    @property
    def is_waived(self) -> bool:
        """Return whether it is waived; its level is what it would be without the waiver."""
        return self.result is not None and self.result.outcome is Outcome.WAIVED

    @property
    def is_announced(self) -> bool:
        """Return whether approvals are asked for that were not looked for yet."""
        pending = self.result is not None and self.result.outcome is Outcome.PENDING
        return pending and self.judgement.verdict is Verdict.PASS


_LEVELS = {Action.DENY: Level.ERROR, Action.WARN: Level.WARNING, Action.AUDIT: Level.NOTE}
_SETTLED = frozenset({Outcome.PASSED, Outcome.NOT_APPLICABLE})
_UNEXPLAINED = Text(
    "The request does not pass, and nothing in the report says why.",
    "该申请未通过，而报告未说明原因。",
)
_NOTHING_SAID = Text("The policy gives no reason.", "策略未给出原因。")
_SEE = Text(
    "Run `launchpolicy check --verbose` on this request.",
    "请对该申请运行 `launchpolicy check --verbose`。",
)
_ASK = Text(
    "Ask for the approvals; merging waits for them.",
    "请征求审批；取得审批后方可合并。",
)


def complaints(report: Report) -> Iterator[ReportComplaint]:
    """Yield the complaints of a report, in its order."""
    keys: Counter[str] = Counter()
    for judgement in report.judgements:
        yield from complaints_about(judgement, keys)


def complaints_about(judgement: Judgement, keys: Counter[str]) -> Iterator[ReportComplaint]:
    """Yield the complaints about a request, in its order; `keys` counts equal fingerprints."""
    for result, finding, level in _of(judgement):
        key = _key(judgement, _rule(result, finding), finding.place)
        keys[key] += 1
        digest = hashlib.sha256(f"{key} {keys[key]}".encode())
        yield ReportComplaint(judgement, result, finding, level, digest.hexdigest())


def _of(judgement: Judgement) -> Iterator[tuple[PolicyResult | None, Finding, Level]]:
    is_explained = judgement.verdict is Verdict.PASS
    for refusal in judgement.refusals:
        is_explained = True
        yield None, refusal, Level.ERROR
    for result in judgement.results:
        if result.outcome in _SETTLED:
            continue
        level = _level(judgement, result)
        is_explained = is_explained or (
            level is Level.ERROR and result.outcome is not Outcome.WAIVED
        )
        for finding in result.findings or (_without_finding(judgement, result),):
            yield result, finding, level
    if not is_explained:
        rule = f"verdict/{judgement.verdict}"
        yield None, Finding(rule, _UNEXPLAINED, _whole(judgement), _SEE), Level.ERROR


def _level(judgement: Judgement, result: PolicyResult) -> Level:
    if result.outcome is Outcome.ERROR:
        return Level.ERROR
    if result.outcome is Outcome.PENDING and judgement.verdict is Verdict.PASS:
        return Level.NOTE
    return _LEVELS[result.action]


def _without_finding(judgement: Judgement, result: PolicyResult) -> Finding:
    fix = _ASK if result.outcome is Outcome.PENDING else _SEE
    return Finding(result.policy, result.reason or _NOTHING_SAID, _whole(judgement), fix)


def _whole(judgement: Judgement) -> Place:
    return Place(judgement.path, START)


def _rule(result: PolicyResult | None, finding: Finding) -> str:
    return finding.rule if result is None else result.policy


def _key(judgement: Judgement, rule: str, place: Place) -> str:
    route = format_route(place.full_route)
    return repr((rule, judgement.kind, judgement.name, place.path, route))
