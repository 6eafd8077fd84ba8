"""Compare the records of a ledger with what a forge says today: was it made by an honest run?

An unsigned ledger whose first run was forged verifies against itself: its records say whatever its
writer wanted. Only the forge knows who approved (threat N15).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord, record_path
from launchpolicy.operations.ledger.branch.entries import entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.history.landings import since
from launchpolicy.operations.ledger.sources.recorders import Recorder
from launchpolicy.vocabulary.text import Text

_AT_ONCE = 50
_DISMISSED = "dismissed"
"""The one state that a review may come to after the merge."""


class _RecordedReview(NamedTuple):
    """One review in a record: by whom, of what, when, and what it says."""

    account: str
    request: str
    digest: str
    at: str
    state: str


def compare_with_forge(
    place: LedgerLocation, state: LedgerState, recorder: Recorder
) -> Iterator[Discrepancy]:
    """Yield where the records of a ledger are not what the forge says of the same landings.

    A review that was dismissed after the merge is no discrepancy.

    Raises:
        UndecidedError: the forge or git does not answer.
        MalformedLedgerError: a record is not right.
    """
    recorded = {entry.commit for entry in entries(state)}
    for steps in _batches(place, state.last_commit):
        answers = recorder(steps)
        for step in steps:
            commit = step.listed.commit
            kept, now = state.files.record(commit), answers.get(commit)
            if kept is not None or commit in recorded:
                yield from _differences(commit, kept, now)


def _differences(
    commit: str,
    kept: LandingRecord | MemberRecord | None,
    now: LandingRecord | MemberRecord | None,
) -> Iterator[Discrepancy]:
    where = record_path(commit)
    if isinstance(kept, LandingRecord) and kept.proposal is None:
        kept = None  # of a push, which no forge confirms
    if kept is None and now is None:
        return
    if kept is None or now is None:
        yield Discrepancy(where, _UNKNOWN_TO_FORGE if now is None else _UNKNOWN_TO_LEDGER)
    elif isinstance(kept, MemberRecord) or isinstance(now, MemberRecord):
        if kept != now:
            yield Discrepancy(where, _OTHER_MERGE)
    else:
        yield from (Discrepancy(where, what) for what in _record_differences(kept, now))


def _record_differences(kept: LandingRecord, now: LandingRecord) -> Iterator[Text]:
    facts = (kept.merged_at, kept.members, kept.proposal)
    if facts != (now.merged_at, now.members, now.proposal):
        yield _OTHER_MERGE
    before, today = _reviews(kept), _reviews(now)
    for where, review in before.items():
        other = today.get(where)
        if other is None:
            yield _unknown_review(where[0], review)
        elif other != review and other != review._replace(state=_DISMISSED):
            yield _contradiction(where[0], other)
    for where, review in today.items():
        if where not in before and review.at <= (kept.merged_at or ""):
            yield _missing_review(where[0], review)
    for account in sorted(_makers(now) - _makers(kept)):
        yield _missing_maker(account)


def _reviews(record: LandingRecord) -> Mapping[tuple[str, str], _RecordedReview]:
    """Return the reviews of a record by where each is found and what request it is about."""
    reviews: list[dict[str, Any]] = (record.approvals or {}).get("reviews", [])
    return {
        (review["where"], review.get("request", "")): _RecordedReview(
            _account(review["account"]),
            review.get("request", ""),
            review.get("digest", ""),
            review["at"],
            review["state"],
        )
        for review in reviews
    }


def _makers(record: LandingRecord) -> set[str]:
    """Return who opened the pull request and wrote its commits."""
    participants = (record.approvals or {}).get("participants", {})
    groups = (participants.get(group, []) for group in ("openers", "authors"))
    return {_account(account) for group in groups for account in group}


def _account(account: Mapping[str, str]) -> str:
    return f"{account['host']} {account['key']}"


def _batches(place: LedgerLocation, last: str | None) -> Iterator[list[Any]]:
    """Yield the steps of history up to the last one that the ledger holds, some at a time."""
    steps = []
    for step in since(place, None):
        steps.append(step)
        if len(steps) == _AT_ONCE:
            yield steps
            steps = []
        if step.listed.commit == last:
            break
    if steps:
        yield steps


_UNKNOWN_TO_FORGE = Text(
    "it names a pull request, and the forge knows none with which this commit was merged",
    "其中写有合并请求，但平台上没有与该提交对应的已合并请求",
)
_UNKNOWN_TO_LEDGER = Text(
    "the forge knows the pull request of this landing, and the ledger holds nothing of it",
    "平台上有该次合并对应的合并请求，但上线日志中没有相关记录",
)
_OTHER_MERGE = Text(
    "the forge says otherwise which pull request was merged, when, or with which commits",
    "合并请求、合并时间或所含提交与平台所述不符",
)


def _unknown_review(where: str, review: _RecordedReview) -> Text:
    return Text(
        f"the forge knows no {where} by {review.account}",
        f"平台上没有 {review.account} 的这次评审（{where}）",
    )


def _contradiction(where: str, review: _RecordedReview) -> Text:
    return Text(
        f"the forge says otherwise of {where}: {review.state} by {review.account} at {review.at}",
        f"平台对 {where} 的记载不同：{review.account} 于 {review.at}，{review.state}",
    )


def _missing_review(where: str, review: _RecordedReview) -> Text:
    return Text(
        f"it leaves out {where}: {review.state} by {review.account} before the merge",
        f"遗漏了合并前的 {where}：{review.account}，{review.state}",
    )


def _missing_maker(account: str) -> Text:
    return Text(
        f"it leaves out {account}, who opened or wrote what was merged",
        f"遗漏了 {account}：其发起或撰写了所合并的内容",
    )
