"""The directory of people and the calendar, read from the snapshot that the rules come from."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read, too_large
from launchpolicy.documents.validation import not_a_file, well_formed
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.configuring import check_processes_of_calendar
from launchpolicy.policy.edition import FIFTH_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.calendar import Calendar, calendar_of, check_calendar
from launchpolicy.requests.configuration import Paths
from launchpolicy.requests.deputies import expired_deputies
from launchpolicy.requests.directory import Directory, check_directory, directory_of
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Blob, Snapshot, read_one

_Check = Callable[[Document], tuple[Finding, ...]]


class PeopleAndCalendar(NamedTuple):
    """What the base knows besides its policies; None where it has no such file."""

    directory: Directory | None
    calendar: Calendar | None


def load_people_and_calendar(snapshot: Snapshot, paths: Paths) -> PeopleAndCalendar:
    """Return the directory and the calendar of a launch repository.

    Raises:
        MalformedRulesError: one of them is there but is not right.
    """
    calendar = load_calendar(snapshot, paths)
    return PeopleAndCalendar(directory=load_directory(snapshot, paths), calendar=calendar)


def people_and_calendar_of(snapshot: Snapshot, rules: PackSet) -> PeopleAndCalendar:
    """Return them, where the calendar has to name processes that there are.

    Raises:
        MalformedRulesError: one of them is there but is not right.
    """
    if rules.edition <= FIFTH_EDITION:
        return load_people_and_calendar(snapshot, rules.configuration.paths)

    def check(document: Document) -> tuple[Finding, ...]:
        unknown = check_processes_of_calendar(document, rules.configuration)
        return (*check_calendar(document), *unknown)

    paths = rules.configuration.paths
    data = _data(snapshot, paths.calendar, "Calendar", check)
    calendar = calendar_of(data) if data is not None else None
    return PeopleAndCalendar(directory=load_directory(snapshot, paths), calendar=calendar)


def load_calendar(snapshot: Snapshot, paths: Paths) -> Calendar | None:
    """Return the calendar of a launch repository; None where it has none.

    Raises:
        MalformedRulesError: it is there but is not right.
    """
    data = _data(snapshot, paths.calendar, "Calendar", check_calendar)
    return calendar_of(data) if data is not None else None


def load_directory(
    snapshot: Snapshot, paths: Paths, now: datetime | None = None
) -> Directory | None:
    """Return the directory of a launch repository; None where it has none.

    With `now`, a deputy whose time is over is wrong too: nobody can say so where time alone would
    turn a directory that was merged into a malformed one.

    Raises:
        MalformedRulesError: it is there but is not right.
    """
    if now is None:
        file = _file(snapshot, paths.people)
        return _directory(paths.people, file) if file is not None else None

    def check(document: Document) -> tuple[Finding, ...]:
        return (*check_directory(document), *expired_deputies(document, now))

    people = _data(snapshot, paths.people, "Directory", check)
    return directory_of(people) if people is not None else None


@functools.lru_cache(maxsize=2)
def _directory(path: str, blob: Blob) -> Directory:
    """Return the directory in a file; a walk through history asks for the same at each landing."""
    return directory_of(_data_in(path, blob, "Directory", check_directory))


def _data(snapshot: Snapshot, path: str, kind: str, more: _Check) -> Mapping[str, Any] | None:
    blob = _file(snapshot, path)
    return _data_in(path, blob, kind, more) if blob is not None else None


def _file(snapshot: Snapshot, path: str) -> Blob | None:
    entry = snapshot.entry(path)
    if entry is None:
        return None
    if entry.mode not in REGULAR_MODES:
        raise MalformedRulesError((not_a_file(path),))
    return read_one(snapshot, entry, MAX_BYTES)


def _data_in(path: str, blob: Blob, kind: str, more: _Check) -> Mapping[str, Any]:
    document = read(path, blob.data) if blob.data is not None else too_large(path, blob.size)
    whole = well_formed(shipped_files.schema(kind).data, document)
    if findings := more(whole):
        raise MalformedRulesError(findings)
    data: Any = whole.data
    return cast("Mapping[str, Any]", data)
