"""Move an approved launch to another window: what it says, what it voids, and who has to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launchpolicy.documents.editing import EditError, with_value, without
from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import require_document
from launchpolicy.facts.approvals.records import SSH, ReviewState
from launchpolicy.facts.approvals.roster import roster_of
from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import request_path
from launchpolicy.hosts.subfolder import below
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.launch_repository import KIND, LaunchRepository
from launchpolicy.operations.postpone_conditions import (
    require_ahead,
    require_not_begun,
    require_nothing_recorded,
)
from launchpolicy.operations.record.judging import LaunchJudge
from launchpolicy.operations.request_files import read_request, require_well_formed, rewrite
from launchpolicy.reporters.instants import as_written
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import is_answered, window_of
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import (
    LaunchpolicyError,
    UsageError,
)
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Data, Route, format_route
from launchpolicy.vocabulary.snapshot import bytes_at
from launchpolicy.vocabulary.text import Text

_WINDOW: Route = ("spec", "window")
_SUSPENSION: Route = ("spec", "impact", "suspension")
_NOTICES: tuple[Route, ...] = (("status", "notice"), ("status", "suspension", "announced"))
_OF_STATUS = 2
_SHOWN = 3


class PostponementRefusedError(LaunchpolicyError):
    """A window that the policies refuse: nothing was written."""

    exit_code = 1

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        findings = tuple(sorted(findings, key=_is_of_another_part))[:_SHOWN]
        english = " ".join(f"{one.message.en} ({one.rule})" for one in findings)
        chinese = "".join(f"{one.message.zh}（{one.rule}）" for one in findings)
        super().__init__(
            Text(f"The launch was not moved: {english}", f"未改期：{chinese}"), _remedy(findings[0])
        )
        self.findings = findings


def _remedy(finding: Finding) -> Text:
    """Return the fix of a finding; where another part has to move too, also the order of both."""
    fix = finding.fix
    if not _is_of_another_part(finding):
        return fix
    return Text(
        f"{fix.en.rstrip('.')}. Nothing was written: change that in the request first, then run "
        "the same command again.",
        f"{fix.zh.rstrip('。')}。未写入任何内容：请先在申请中改好该处，再运行同一命令。",
    )


def _is_of_another_part(finding: Finding) -> bool:
    """Return whether a finding is about another part of the request than the window itself."""
    return finding.place.full_route[:2] != _WINDOW


@dataclass(frozen=True, slots=True)
class Postponement:
    """A launch that was moved: its file, both windows, and what that means for others.

    `moved` are times of the plan that moved along with the window (the suspension of business).
    `removed` are records that belong to the plan before and stay in the history. `voided` are the
    persons whose signed approvals no longer count; `recipients` are those who got the first notice,
    by name. `has_notice` says that the request still records a first notice with its window, so
    that a notice of postponement can be written. `unreached` says why the remote could not be
    asked whether the launch has begun elsewhere.
    """

    path: str
    name: str
    before: tuple[str, str]
    after: tuple[str, str]
    moved: tuple[str, ...]
    removed: tuple[str, ...]
    voided: tuple[Text, ...]
    recipients: tuple[Text, ...]
    has_notice: bool
    unreached: Text | None


def postpone(
    place: LaunchRepository,
    request: Path,
    window: tuple[datetime, datetime],
    reason: str,
    now: datetime,
) -> Postponement:
    """Write a new window, and why, into a request in the work tree of `place`.

    Raises:
        PostponementRefusedError: the policies refuse the window.
        UsageError: the launch has begun or ended, or the file cannot be edited in place.
        LaunchpolicyError: the request or the rules are not right.
    """
    path = request_path(place.root, request)
    document = read_request(work_tree(place.root), path, place.kind)
    before: Data = document.data
    require_not_begun(before, path)
    unreached = require_nothing_recorded(place.root, path)
    require_ahead(window, now)
    written = (as_written(window[0]), as_written(window[1]))
    edits = {(*_WINDOW, key): one for key, one in zip(("start", "end"), written, strict=True)}
    along = _moving_along(before, window)
    why = {(*_WINDOW, "reason"): " ".join(reason.split())} if reason.strip() else {}
    edited = _with_values(document, edits | along | why)
    edited, removed = _without_outdated(place, document, edited, now)
    require_well_formed(edited, place.kind)
    voided = _voided_approvals(place, path, now)
    rewrite(place.root / path, document, edited.text)
    return Postponement(
        path,
        path.split("/")[-2],
        _window_as_written(before),
        written,
        tuple(f"{format_route(route)}: {value}" for route, value in along.items()),
        removed,
        voided,
        _recipients(place, before),
        is_answered(value_at(edited.data, ("status", "notice", "window"))),
        unreached,
    )


def _moving_along(data: Data, window: tuple[datetime, datetime]) -> dict[Route, str]:
    """Return the times at which business is suspended, moved as far as the window's edges."""
    before = window_of(data)
    suspension = value_at(data, _SUSPENSION)
    if before is None or not isinstance(suspension, dict):
        return {}
    moved: dict[Route, str] = {}
    for key, old, new in (("from", before[0], window[0]), ("until", before[1], window[1])):
        moment = parse_instant(str(suspension.get(key)))
        if moment is not None:
            moved[*_SUSPENSION, key] = as_written((moment + (new - old)).astimezone(new.tzinfo))
    return moved


def _with_values(document: Document, values: Mapping[Route, str]) -> Document:
    try:
        for route, value in values.items():
            document = require_document(
                read(document.path, with_value(document, route, value).encode())
            )
    except EditError as error:
        raise UsageError(
            Text(f"{document.path}: {error}.", f"{document.path}：{error}。"),
            Text("Change spec.window by hand.", "请手工修改 spec.window。"),
        ) from error
    return document


def _without_outdated(
    place: LaunchRepository, document: Document, moved: Document, now: datetime
) -> tuple[Document, tuple[str, ...]]:
    """Return the moved request without records of the old plan, and where those stood.

    Raises:
        PostponementRefusedError: the policies refuse the window itself.
    """
    judge = _judge(place, document, now)
    known = {(one.rule, one.message.en) for one in judge.findings(document.data)}
    removed: list[str] = []
    while True:
        data: Data = moved.data
        new = [one for one in judge.findings(data) if (one.rule, one.message.en) not in known]
        if not new:
            return moved, tuple(removed)
        outdated = [one.place.full_route for one in new if _is_outdated(one, data)]
        if len(outdated) < len(new):
            wrong = tuple(one for one in new if not _is_outdated(one, data))
            raise PostponementRefusedError(wrong)
        moved = require_document(read(moved.path, without(moved, outdated[0]).encode()))
        removed.append(format_route(outdated[0]))


def _is_outdated(finding: Finding, data: Data) -> bool:
    """Return whether a finding is about a whole record of `status` that the new plan voids."""
    route = finding.place.full_route
    return len(route) == _OF_STATUS and route[0] == "status" and value_at(data, route) is not None


def _judge(place: LaunchRepository, document: Document, now: datetime) -> LaunchJudge:
    files = work_tree(place.root)
    source = document.text.encode()
    if find_top(place.root) is not None:
        with open_repository(place.root) as repository:
            base = base_of(repository)
            if base is not None:
                prefix = prefix_of(repository.top, place.root)
                snapshot = below(CommitSnapshot(repository, base.commit), prefix)
                source = bytes_at(snapshot, document.path, len(source) * 64) or source
    return LaunchJudge(place.rules, files, files, KIND, document.path, source, now)


def _voided_approvals(place: LaunchRepository, path: str, now: datetime) -> tuple[Text, ...]:
    """Return the persons whose signed approvals are of the version that is committed now."""
    if place.directory is None or find_top(place.root) is None:
        return ()
    from launchpolicy.operations.approve.sign import committed_request  # noqa: PLC0415 (git is asked)

    try:
        target = committed_request(place.root / path, "HEAD", None)
        reviews = target.reviews(now)
    except LaunchpolicyError:  # nothing of it is committed, or no ssh-keygen: none is known
        return ()
    roster = roster_of(place.directory)
    people = {
        roster.person(review.account)
        for review in reviews
        if review.state is ReviewState.APPROVED
        and review.account.host == SSH
        and review.digest == target.version.digest
    }
    return tuple(one.display for one in place.directory.people if one.name in people)


def _recipients(place: LaunchRepository, data: Data) -> tuple[Text, ...]:
    """Return who got the notices of the window before, by name and once each."""
    names = names_of(place.rules.configuration, place.directory)
    units: dict[str, None] = {}
    for route in _NOTICES:
        to = value_at(data, (*route, "to"))
        units.update(
            dict.fromkeys(one for one in to if isinstance(one, str)) if isinstance(to, list) else {}
        )
    return tuple(names.name_of("departments", unit) for unit in units)


def _window_as_written(data: Data) -> tuple[str, str]:
    start, end = (value_at(data, (*_WINDOW, key)) for key in ("start", "end"))
    return str(start), str(end)
