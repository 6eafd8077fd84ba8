"""What a report says besides its findings: what was not judged, or judged on what grounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.work_tree_files import list_files
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.submissions.collect import FoundRequests
from launchpolicy.operations.submissions.facts_read import policies_reading
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot
from launchpolicy.vocabulary.text import Text, quantity

_FEW = 3


def unknown_holidays(submissions: Collection[Submission]) -> tuple[Text, ...]:
    """Return a note for each set of years whose public holidays are not known yet."""
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
    few = _first_names(policies, "")
    demands = quantity(len(policies), "policy looks", "policies look")
    return (
        Text(
            f"Warning: there is no {people}. {demands} people up in it, and could not: {few.en}. "
            "`launchpolicy init` writes one.",
            f"警告：没有 {people}。有 {len(policies)} 条策略须查人员名录而未能核对：{few.zh}。"
            "可用 `launchpolicy init` 生成。",
        ),
    )


def judged_again(
    submissions: Collection[Submission], changes: Collection[FileChange]
) -> tuple[Text, ...]:
    """Return a note on requests that are judged because a file they depend on is changed."""
    changed = {change.path for change in changes}
    reading = (one.path for one in submissions if one.other_files is not None)
    paths = [path for path in dict.fromkeys(reading) if path not in changed]
    if not paths:
        return ()
    few = _first_names(paths, f" {len(paths)} 份申请")
    return (
        Text(
            f"Judged again because a file that it rests on is changed: {few.en}.",
            f"因所依据的文件有变更而重新判定：{few.zh}。",
        ),
    )


def _holidays_unknown(years: tuple[str, ...], paths: list[str]) -> Text:
    few = _first_names(paths, f" {len(paths)} 份申请")
    return Text(
        f"The public holidays of {', '.join(years)} are not announced yet, or not known to the "
        f"installed list; only the statutory days were looked at for {few.en}. Check again later, "
        "or list the days under `holidays.extra` of the calendar.",
        f"{'、'.join(years)} 年的放假安排尚未公布，或尚未收录；{few.zh} 仅按法定节假日判断。"
        "请稍后重新检查，或在日历的 `holidays.extra` 中逐日列出。",
    )


def notes(
    requests: FoundRequests, rules: PackSet, trusted: Snapshot, *, changed: bool
) -> tuple[Text, ...]:
    """Return a note where nothing is judged, or where a policy needs a directory that is missing.

    `trusted` holds the rules. `changed` says that only changed requests were looked for.
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


def unseen_requests(
    repository: Repository, prefix: str, rules: PackSet, requests: FoundRequests, head: Snapshot
) -> tuple[Text, ...]:
    """Return a note if requests of the work tree are not as they are in `head`.

    Of `requests`, which are judged, only those are compared; where there are none, all that the
    work tree has. Where it cannot be read there is no note: nothing is decided by it.
    """
    if repository.top is None:
        return ()
    try:
        from launchpolicy.operations.submissions import work_tree_changes  # noqa: PLC0415 (only with a base)

        files = work_tree(repository.top / prefix, repository)
        if any(requests):
            judged = {submission.path for submission in requests.submissions}
            paths = work_tree_changes.edited_files(files, head, judged)
        else:
            paths = work_tree_changes.work_tree_changes(
                files,
                list_files(repository, prefix),
                head,
                lambda path: rules.kind_of(path) is not None,
            )
    except LaunchpolicyError:
        return ()
    return (_not_judged(paths),) if paths else ()


def _not_judged(paths: Sequence[str]) -> Text:
    few = _first_names(paths, f" {len(paths)} 个文件")
    return Text(
        f"Looked at HEAD: these have changes here that are not committed, and they are not judged: "
        f"{few.en}. Commit them, or run `launchpolicy check` to judge the work tree.",
        f"查看的是 HEAD：{few.zh} 在本地有尚未提交的改动，未参与判定。"
        "请先提交，或运行 `launchpolicy check` 判定工作区。",
    )


def _first_names(names: Sequence[str], unit: str) -> Text:
    """Return the first of some names, and how many more there are; `unit` counts them all."""
    more = len(names) - _FEW
    return Text(
        ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else ""),
        "、".join(names[:_FEW]) + (f" 等{unit}" if more > 0 else ""),
    )
