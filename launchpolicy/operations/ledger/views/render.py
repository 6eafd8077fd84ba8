"""Write views of the ledger: into a folder, or onto its own branch beside its tree.

What stands on the branch is made of the entries and of `views.json` alone, which holds what else
went into it, such as the names of products. So a verifier can make it again, and compare.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.checkpoint import encode_base64
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.entry import WAIVER
from launchpolicy.ledger.launches import launches_of
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.entries import current_state, entries, receipt
from launchpolicy.operations.ledger.branch.head_files import head_snapshot
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.operations.ledger.views.web_context import NO_WEB, WebContext
from launchpolicy.operations.rules.people_and_calendar import (
    load_directory,
    load_people_and_calendar,
)
from launchpolicy.reporters.ledger.registry import ON_BRANCH, VIEWS
from launchpolicy.reporters.ledger.view import FreezePeriod, LedgerView
from launchpolicy.reporters.ledger.words import with_people
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.names import NO_NAMES, Names
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Language, Text

MADE_FROM = "views.json"
VIEWS_FORMAT = 3
"""How views look: raised by a program that makes others of the same entries."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class ViewInputs:
    """What views are made from besides the entries: which, up to where, in which language.

    `web` is of a folder only: views on the branch are the same in every clone.
    """

    views: tuple[str, ...]
    checkpoint: str
    language: Language
    closed: tuple[FreezePeriod, ...] = ()
    names: Names = NO_NAMES
    web: WebContext = NO_WEB

    @property
    def source(self) -> bytes:
        data = {
            "format": VIEWS_FORMAT,
            "views": list(self.views),
            "checkpoint": self.checkpoint,
            "language": self.language,
            "closed": [[c.name, c.start.isoformat(), c.end.isoformat()] for c in self.closed],
            **({"names": self.names.by_kind} if self.names.by_kind else {}),
            **self.web.data,
        }
        return (json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def view_inputs(source: bytes) -> ViewInputs:
    """Return what views on the branch were made from.

    Raises:
        MalformedLedgerError: the file does not say.
    """
    try:
        data: Any = json.loads(source)
        language: Language = "zh" if data["language"] == "zh" else "en"
        freezes = tuple(_freeze_period(*period) for period in data["closed"])
        views = tuple(name for name in data["views"] if name in ON_BRANCH)
        names = _names(data.get("names", {}))
        return ViewInputs(views, str(data["checkpoint"]), language, freezes, names)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _unclear_views() from error


def current_view_inputs(
    place: LedgerLocation, state: LedgerState, views: Sequence[str], language: Language
) -> ViewInputs:
    """Return what views are made from now: the ledger, and the calendar of the head."""
    known = load_people_and_calendar(head_snapshot(place), place.configuration.paths)
    calendar = known.calendar
    freezes = tuple(
        FreezePeriod(freeze.name, freeze.start, freeze.end)
        for freeze in (calendar.freezes if calendar is not None else ())
    )
    note = state.note.source if state.note is not None else ""
    names = _without_people(names_of(place.configuration, known.directory))
    return ViewInputs(tuple(views), note, language, freezes, names)


def current_names(place: LedgerLocation) -> Names:
    """Return what people call things now, by the configuration and the directory of the head.

    Where the directory is broken, people go by their ids: nothing is kept from who asks.
    """
    directory = None
    with suppress(MalformedRulesError):
        directory = load_directory(head_snapshot(place), place.configuration.paths)
    return names_of(place.configuration, directory)


def _without_people(names: Names) -> Names:
    """Return the names of things alone: entries say themselves what people are called."""
    return Names({kind: things for kind, things in names.by_kind.items() if kind != "people"})


def view_of(state: LedgerState, inputs: ViewInputs) -> LedgerView:
    """Return the ledger as views get it, up to the checkpoint that they are made of.

    Raises:
        MalformedLedgerError: an entry cannot be read, or that checkpoint is none.
    """
    note, checkpoint = read_checkpoint(inputs.checkpoint.encode(), (), MADE_FROM)
    launches = launches_of(
        entry for number, entry in enumerate(entries(state)) if number < checkpoint.size
    )
    return LedgerView(
        launches=launches,
        size=checkpoint.size,
        origin=checkpoint.origin,
        root=encode_base64(checkpoint.root),
        checkpoint=inputs.checkpoint,
        is_signed=note.is_signed,
        receipt=lambda number: receipt(state, number).source,
        language=inputs.language,
        closed=inputs.closed,
        all=tuple(launch for launch in launches.all if launch.kind != WAIVER),
        waivers=tuple(launch for launch in launches.all if launch.kind == WAIVER),
        names=with_people(inputs.names, launches.all),
        as_of=inputs.web.as_of,
        web=inputs.web.addresses,
        prefix=inputs.web.prefix,
    )


def render_views(view: LedgerView, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the files of some views."""
    for name in names:
        yield from VIEWS[name].load().files(view)


def render_on_branch(
    place: LedgerLocation, language: Language, now: Callable[[], datetime]
) -> LedgerState:
    """Write the views onto the ledger's branch; return the ledger as it is then.

    Raises:
        UsageError: there is no ledger.
        UndecidedError: others were always faster.
    """
    for _ in range(_TRIES):
        state = current_state(place)
        inputs = current_view_inputs(place, state, ON_BRANCH, language)
        files = dict(branch_files(state, inputs))
        gone = set(view_paths(state)) - files.keys()
        message = f"views: {state.size} entries\n"
        old = state.files.commit
        if not gone and all(state.files.find(path) == files[path] for path in files):
            return state
        commit = commit_files(place.repository, old, files, gone, message, now())
        if place.advance(old, commit):
            return current_state(place)
        time.sleep(0.1)
    raise problems.too_many_races(place.settings.branch, _TRIES)


def branch_files(state: LedgerState, inputs: ViewInputs) -> Iterator[tuple[str, bytes]]:
    """Yield every file that views are on the branch."""
    yield MADE_FROM, inputs.source
    for path, text in render_views(view_of(state, inputs), inputs.views):
        yield path, text.encode("utf-8", "replace")


def view_paths(state: LedgerState) -> Iterator[str]:
    """Yield the files on the branch that only views could be."""
    for entry in state.files.all():
        is_above = "/" not in entry.path and entry.path != CHECKPOINT
        if is_above or entry.path.startswith("launches/"):
            yield entry.path


def format_of_views(source: bytes) -> int:
    """Return the format of views that `views.json` names; the first one names none.

    Raises:
        MalformedLedgerError: the file does not say.
    """
    try:
        return int(json.loads(source).get("format", 1))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _unclear_views() from error


def _unclear_views() -> problems.MalformedLedgerError:
    return damaged_ledger(MADE_FROM, Text("it does not say what views are made of", "格式不正确"))


def complaints(state: LedgerState) -> Iterator[Discrepancy]:
    """Yield where views on the branch differ from what the entries make of them.

    Those of another version are not compared: `verify_pages` says so.
    """
    source = state.files.find(MADE_FROM)
    if source is not None and format_of_views(source) != VIEWS_FORMAT:
        return
    right_files: Mapping[str, bytes] = {}
    if source is not None:
        right_files = dict(branch_files(state, view_inputs(source)))
    for path in view_paths(state):
        if path not in right_files:
            yield Discrepancy(path, _unexpected_file())
        elif state.files.find(path) != right_files[path]:
            yield Discrepancy(path, _changed_page())
    for path in right_files.keys() - set(view_paths(state)):
        yield Discrepancy(path, Text("it is missing", "文件缺失"))


def _names(data: Data) -> Names:
    """Return the names that `views.json` holds: kind of thing → id → English and Chinese."""
    by_kind = {
        str(kind): {
            str(identifier): Text(str(name[0]), str(name[1])) for identifier, name in things.items()
        }
        for kind, things in data.items()
    }
    return Names(by_kind)


def _freeze_period(name: str, start: str, end: str) -> FreezePeriod:
    begins, ends = parse_instant(start), parse_instant(end)
    if begins is None or ends is None:
        message = f"no time: {start} {end}"
        raise ValueError(message)
    return FreezePeriod(name, begins, ends)


def _unexpected_file() -> Text:
    return Text("nothing in the ledger refers to it", "上线日志中没有与之对应的内容")


def _changed_page() -> Text:
    return Text(
        "it is not what the entries make of it: the page was changed",
        "与由记录生成的内容不符：页面被改动",
    )
