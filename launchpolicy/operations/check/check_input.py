"""What was asked, and what was found to judge: the same for every situation of a check."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launchpolicy.engine.submission import Submission
from launchpolicy.operations.submissions.collect import FoundRequests
from launchpolicy.operations.submissions.facts_read import policies_reading
from launchpolicy.operations.submissions.read import RequestFile
from launchpolicy.operations.submissions.request_sources import RequestSources
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot
from launchpolicy.vocabulary.text import Text, quantity

_FEW = 3

if TYPE_CHECKING:  # loaded only where a base is given
    from launchpolicy.facts.approvals.records import ApprovalRecord
    from launchpolicy.operations.check.rule_changes import RuleChange


class CheckOptions(NamedTuple):
    """What was asked on the command line, from the folder `start`.

    `collected` is what a source of approvals other than the signed files said. Its approvals count
    only where the configuration names that source, or if it was given `by_hand`.
    """

    start: Path
    paths: tuple[Path, ...] = ()
    staged: bool = False
    base: str | None = None
    head: str = "HEAD"
    collected: ApprovalRecord | None = None
    by_hand: bool = False
    in_parts: bool = False
    """Whether many requests may be left to be read by the processes that judge them."""
    is_exact: bool = False
    """Whether the base's configuration has to stand in `start` itself, and not further up."""


class CheckInput(NamedTuple):
    """What was found: the rules, and every request to judge under them.

    `files` are judged before the submissions; nobody has read them yet, and `sources` is where they
    are. `folder` is the launch repository's place in the git repository: "" or `folder/`. A pass is
    `good_until` then; None where nothing depends on the time, or nobody has looked.
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
    files: tuple[RequestFile, ...] = ()
    sources: RequestSources | None = None
    good_until: datetime | None = None

    @property
    def requests(self) -> tuple[RequestFile | Submission, ...]:
        """Everything to judge, in the order of the report."""
        return (*self.files, *self.submissions)


def assumptions(submissions: Collection[Submission]) -> tuple[Text, ...]:
    """Return what was taken for granted about requests, because nobody can know it yet."""
    by_years: dict[tuple[str, ...], list[str]] = {}
    for submission in submissions:
        if submission.facts is not None and (
            years := tuple(submission.facts.calendar["unannounced"])
        ):
            by_years.setdefault(years, []).append(submission.path)
    return tuple(_holidays_unknown(years, paths) for years, paths in by_years.items())


def _without_directory(
    requests: FoundRequests, rules: PackSet, trusted: Snapshot
) -> tuple[Text, ...]:
    """Return a warning where policies look people up, and there is no directory to do so."""
    people = rules.configuration.paths.people
    if trusted.entry(people) is not None:
        return ()
    kinds = {request.kind for part in requests for request in part}
    policies = policies_reading(rules, kinds, "people")
    if not policies:
        return ()
    more = len(policies) - _FEW
    english = ", ".join(policies[:_FEW]) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(policies[:_FEW]) + (" 等" if more > 0 else "")
    demands = quantity(len(policies), "policy looks", "policies look")
    return (
        Text(
            f"Warning: there is no {people}. {demands} people up in it, and could not: {english}. "
            "`launchpolicy init` writes one.",
            f"警告：没有 {people}。有 {len(policies)} 条策略须查人员名录而未能核对：{chinese}。"
            "可用 `launchpolicy init` 生成。",
        ),
    )


def judged_again(
    submissions: Collection[Submission], changes: Collection[FileChange]
) -> tuple[Text, ...]:
    """Return which requests are judged although nobody changed them: other files are changed."""
    changed = {change.path for change in changes}
    reading = (one.path for one in submissions if one.other_files is not None)
    paths = [path for path in dict.fromkeys(reading) if path not in changed]
    if not paths:
        return ()
    more = len(paths) - _FEW
    english = ", ".join(paths[:_FEW]) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(paths[:_FEW]) + (f" 等 {len(paths)} 份申请" if more > 0 else "")
    return (
        Text(
            f"Judged again because a file that it rests on is changed: {english}.",
            f"因所依据的文件有变更而重新判定：{chinese}。",
        ),
    )


def _holidays_unknown(years: tuple[str, ...], paths: list[str]) -> Text:
    more = len(paths) - _FEW
    english = ", ".join(paths[:_FEW]) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(paths[:_FEW]) + (f" 等 {len(paths)} 份申请" if more > 0 else "")
    return Text(
        f"The public holidays of {', '.join(years)} are not announced yet, or not known to the "
        f"installed list; only the statutory days were looked at for {english}. Check again later, "
        "or list the days under `holidays.extra` of the calendar.",
        f"{'、'.join(years)} 年的放假安排尚未公布，或尚未收录；{chinese} 仅按法定节假日判断。"
        "请稍后重新检查，或在日历的 `holidays.extra` 中逐日列出。",
    )


def notes(
    requests: FoundRequests, rules: PackSet, trusted: Snapshot, *, changed: bool
) -> tuple[Text, ...]:
    """Return what there is to say of a run: nothing to judge, or nobody to look up.

    `trusted` is where the rules come from.
    """
    if any(requests):
        return _without_directory(requests, rules, trusted)
    globs = ", ".join(kind.files.wording for kind in rules.kinds.values())
    if changed:
        return (
            Text(
                f"Nothing was judged: no request ({globs}) is changed.",
                f"未作判定：没有申请（{globs}）发生变更。",
            ),
        )
    return (
        Text(
            f"Nothing was judged: there is no request ({globs}) here.",
            f"未作判定：此处没有申请（{globs}）。",
        ),
    )
