"""What a changed file that no kind reads is: a request under another path, or in place of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.engine.submission import Submission, UnjudgedReason
from launchpolicy.hosts.file_names import UNREADABLE
from launchpolicy.hosts.subfolder import entry_seen_from, is_outside, path_from_top
from launchpolicy.operations.submissions.approval_documents import requests_beside
from launchpolicy.policy.edition import THIRD_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests import strays
from launchpolicy.requests.configuration import FILE
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, FileChange, Snapshot
from launchpolicy.vocabulary.text import Text

_LARGEST = 16 * 1024 * 1024
"""Bytes of the largest file that is looked into; a request may have 256 KiB."""


def strays_among(
    suspects: Sequence[FileChange], rules: PackSet, new: Snapshot, trusted: Snapshot | None
) -> Iterator[Submission]:
    """Yield those of the suspects that look like a request, as `stray_submissions`.

    Raises:
        UndecidedError: a file cannot be read.
    """
    own = [change for change in suspects if not is_outside(change.path)]
    unreadable = (change.path for change in suspects if _has_no_readable_name(change, rules))
    first = next(iter(rules.kinds.values()))
    submissions = {path: _submission(first, path, _unreadable_name(path)) for path in unreadable}
    submissions |= {stray.path: stray for stray in _by_path(own, rules, new)}
    unread = [
        change.new
        for change in suspects
        if change.new is not None
        and change.path not in submissions
        and change.new.mode in REGULAR_MODES
        and strays.is_worth_reading(change.path, rules.kinds.values())
    ]
    for blob in new.read(unread, _LARGEST):
        path = blob.entry.path
        kind = strays.kind_by_content(path, blob.data or b"", rules.kinds.values())
        if kind is not None:
            submissions[path] = _submission(kind, path, _stray_by_content(path, kind))
    for change in suspects:
        submission = submissions.get(change.path)
        if submission is not None and not _has_own_rules(change.path, trusted):
            yield submission


def _by_path(suspects: Sequence[FileChange], rules: PackSet, new: Snapshot) -> Iterator[Submission]:
    """Yield what stands in place of a folder, and what a person would take for a request."""
    for change in suspects:
        is_regular = change.new is not None and change.new.mode in REGULAR_MODES
        for kind in rules.kinds.values():
            if not is_regular and strays.leads_through(kind, change.path):
                yield _submission(kind, change.path, _no_folder(change.path))
                break
    yield from unread_neighbours(suspects, rules, new)
    for change in suspects:
        beside = requests_beside(change.path, rules)
        is_evidence = any(new.entry(path) is not None for path in beside)
        for kind in rules.kinds.values():
            if _is_alike(kind, change.path, rules, new, is_evidence=is_evidence):
                yield _submission(kind, change.path, _stray_by_path(change.path, kind))
                break


def _is_alike(kind: Kind, path: str, rules: PackSet, new: Snapshot, *, is_evidence: bool) -> bool:
    """Return whether a person would take a file for a request of `kind`.

    What lies beside a request is its evidence, whatever it is called; not so what has the very
    path of a request to the eye, or the name of one that its own folder should hold.
    """
    if rules.edition <= THIRD_EDITION:
        return not is_evidence and strays.resembles(kind, path)
    if strays.has_path_alike(kind, path):
        return True
    if not strays.has_name_alike(kind, path):
        return False
    request = strays.request_in_folder(kind, path)
    return not is_evidence if request is None else new.entry(request) is None


def unread_neighbours(
    changes: Sequence[FileChange], rules: PackSet, new: Snapshot
) -> Iterator[Submission]:
    """Yield YAML files that stand where a request of a kind would, under another name."""
    reported: set[str] = set()
    in_any_folder = rules.edition <= THIRD_EDITION
    for change in changes:
        if change.new is None or rules.kind_of(change.path) is not None:
            continue
        for kind in rules.kinds.values():
            expected = strays.expected_path(kind, change.path, in_any_folder=in_any_folder)
            if expected is None or expected in reported or new.entry(expected) is not None:
                continue
            reported.add(expected)
            yield _submission(kind, change.path, _stray(change.path, expected))


def _has_own_rules(path: str, trusted: Snapshot | None) -> bool:
    """Return whether a file stands below a further configuration, which reads it or does not."""
    if trusted is None:
        return False
    from_top = path_from_top(path)
    up = path.removesuffix(from_top)
    folders = [f"{folder}/" for folder in from_top.split("/")[:-1]]
    first = 0 if up else 1
    return any(
        entry_seen_from(trusted, "".join((up, *folders[:depth], FILE))) is not None
        for depth in range(first, len(folders) + 1)
    )


def _has_no_readable_name(change: FileChange, rules: PackSet) -> bool:
    r"""Return whether a name is not UTF-8 (shown with `\xNN`), so that git's file stays unread."""
    return (
        change.new is not None
        and change.new.mode == UNREADABLE
        and r"\x" in change.path
        and strays.is_worth_reading(change.path, rules.kinds.values())
    )


def _submission(kind: Kind, path: str, reason: UnjudgedReason) -> Submission:
    return Submission(kind.name, path, None, None, reason)


def _stray(path: str, expected: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/stray",
        Verdict.REJECTED,
        Text(
            f"{path} is not read as a request: its path would have to be {expected}.",
            f"{path} 不会被当作申请读取：路径应为 {expected}。",
        ),
        Text(f"Rename it to {expected}.", f"请重命名为 {expected}。"),
    )


def _stray_by_path(path: str, kind: Kind) -> UnjudgedReason:
    return UnjudgedReason(
        "request/stray",
        Verdict.REJECTED,
        Text(
            f"{path} looks like a {kind.name} by its path, but no request is read there, so nobody"
            " would judge it.",
            f"{path} 的路径像是申请（{kind.name}），但该处不会被当作申请读取，因此无人判定。",
        ),
        _move_it(kind),
    )


def _stray_by_content(path: str, kind: Kind) -> UnjudgedReason:
    return UnjudgedReason(
        "request/stray",
        Verdict.REJECTED,
        Text(
            f"{path} says that it is a {kind.name}, but no request is read there, so nobody would"
            " judge it.",
            f"{path} 自称是申请（{kind.name}），但该处不会被当作申请读取，因此无人判定。",
        ),
        _move_it(kind),
    )


def _move_it(kind: Kind) -> Text:
    files = kind.files.wording
    return Text(
        f"Move it to {files}. If it is no request but an example, let the base name it under"
        f" `ignore` in {FILE} first.",
        f"请移到 {files}。如果只是示例而非申请，请先在基准的 {FILE} 中列入 `ignore`。",
    )


def _unreadable_name(path: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/unreadable-name",
        Verdict.REJECTED,
        Text(
            f"The name {path} is not UTF-8, so the file is not read: it may be a request.",
            f"文件名 {path} 不是 UTF-8，因此未读取该文件：其中可能是申请。",
        ),
        Text("Rename it, with characters in UTF-8.", "请用 UTF-8 字符重命名。"),
    )


def _no_folder(path: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/no-folder",
        Verdict.REJECTED,
        Text(
            f"{path} is a link, a submodule or a device where a folder of requests has to be:"
            " nobody would judge what is behind it.",
            f"{path} 处应为申请目录，却是链接、子模块或设备：其后的内容无人判定。",
        ),
        Text(
            "Replace it by a folder that holds the files themselves.",
            "请替换为存放这些文件本身的目录。",
        ),
    )
