"""What every view of the ledger is made of: a fold of the entries, and nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from launchpolicy.ledger.launch_identity import lasting_id
from launchpolicy.ledger.launches import Launch, Launches
from launchpolicy.vocabulary.names import NO_NAMES, Names
from launchpolicy.vocabulary.text import Language, Text


class FreezePeriod(NamedTuple):
    """A freeze of the calendar: nothing is launched from `start` until `end`."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger as views are given it.

    `size`, `origin`, `root` and `checkpoint` (the note) are those of the ledger; `receipt` gives
    the text of an entry's receipt by its number. `all` are the launches, `waivers` the requests for
    an exception, which are none. `language` is what a page shows first. `names` are
    what people call products, environments, departments and roles. `as_of` is when the ledger was
    last appended to, None where that is unknown; `web` are the patterns of the repository's web
    pages (`WebAddresses` of the forge), none where it has none, and `prefix` the launch root in it.
    `part` names the product or team whose launches alone are in it, "" for all.
    """

    launches: Launches
    size: int
    origin: str
    root: str
    checkpoint: str
    is_signed: bool
    receipt: Callable[[int], str]
    language: Language = "en"
    title: Text = field(default=Text("Release ledger", "上线日志"))
    closed: tuple[FreezePeriod, ...] = ()
    all: tuple[Launch, ...] = ()
    waivers: tuple[Launch, ...] = ()
    names: Names = NO_NAMES
    as_of: datetime | None = None
    web: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    part: str = ""


def launch_id(view: LedgerView, launch: Launch) -> str:
    """Return the lasting name of a launch: that of its first entry, however renamed."""
    number, entry = launch.events[0]
    return lasting_id(view.origin, number, entry.commit)


class LedgerReporter(Protocol):
    """A view: a module that turns the ledger into files."""

    def files(self, view: LedgerView) -> Iterator[tuple[str, str]]:
        """Return the files of the view by path and text; the same ledger gives the same files."""
