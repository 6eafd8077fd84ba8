"""Launches as compact data for the script of the front page: one array a launch, no keys.

What repeats (products, people, policies) stands once in a list and is named by its place there.
Moments are whole minutes since the earliest one of all, plus 1, so that 0 is "none". The script
`assets/data.js` reads this; both name the fields in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from launchpolicy.documents.instants import instant
from launchpolicy.ledger.entry import EVENTS
from launchpolicy.ledger.launches import Launch
from launchpolicy.reporters.ledger.site.links import WebLinks
from launchpolicy.reporters.ledger.site.outlook import is_problem, moment_of, now_of
from launchpolicy.reporters.ledger.view import LedgerView
from launchpolicy.reporters.ledger.words import STANDINGS, lacks_approval
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Text

_MINUTE = timedelta(minutes=1)
_EVENTS = list(EVENTS)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_FLAGS = ("is_bypassed", "is_emergency", "was_carried_out", "has_failed", "was_rolled_back")


class _TextList:
    """Texts that stand once and are named by their place; place 0 is "none"."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = [("", "", "")]
        self._places: dict[str, int] = {"": 0}

    def place(self, identifier: str, name: Text | None = None) -> int:
        """Return the place of a thing; the first name that is given for it is kept."""
        place = self._places.setdefault(identifier, len(self.rows))
        if place == len(self.rows):
            self.rows.append((escape(identifier),))
        if name is not None and len(self.rows[place]) == 1:
            names = (escape(name.en), escape(name.zh))
            self.rows[place] += names if names != (escape(identifier),) * 2 else ()
        return place


class LaunchData:
    """Collects the data of the launches of a view."""

    def __init__(self, view: LedgerView) -> None:
        self._view = view
        self._products, self._processes, self._teams = _TextList(), _TextList(), _TextList()
        self._people, self._policies = _TextList(), _TextList()
        self._offsets: dict[int, int] = {}
        self._groups: dict[tuple[int, ...], int] = {}
        self._start = min(
            [now_of(view), *(moment for launch in view.all for moment in _moments(launch))]
        )

    def source(self) -> str:
        """Return the data as JSON without a character that means something to HTML."""
        view = self._view
        rows = [self._row(launch) for launch in view.all]
        data = {
            "start": int(self._start.timestamp()) // 60,
            "now": self._minutes(now_of(view)),
            "proposal": WebLinks(view.web).proposal("{number}"),
            "standings": [[key, words.en, words.zh] for key, words in STANDINGS.items()],
            "events": [[key, words.en, words.zh] for key, words in EVENTS.items()],
            "products": self._products.rows,
            "processes": self._processes.rows,
            "teams": self._teams.rows,
            "people": self._people.rows,
            "groups": list(self._groups),
            "policies": self._policies.rows,
            "freezes": [
                [escape(name), self._minutes(start), self._minutes(end), self._offset(start)]
                for name, start, end in view.closed
            ],
            "offsets": list(self._offsets),
            "launches": rows,
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return text.translate(_UNSAFE)

    def _row(self, launch: Launch) -> list[Any]:
        """Return the fields of a launch in the order that `assets/data.js` reads them."""
        facts = launch.facts
        title = facts.title.text if facts.title is not None else Text("", "")
        start, end = launch.planned_times
        row: list[Any] = [
            launch.events[0].number,
            escape(launch.name),
            escape(title.en),
            escape(title.zh) if title.zh != title.en else 0,
            self._products.place(
                launch.product, self._view.names.name_of("products", launch.product)
            ),
            escape(facts.product.version) if facts.product is not None else 0,
            self._processes.place(facts.process),
            self._teams.place(facts.team),
            list(STANDINGS).index(launch.standing),
            _flags(launch),
            self._group_of_people(launch),
            self._minutes(start),
            int((end - start) / _MINUTE) if start and end and end > start else 0,
            self._offset(moment_of(launch)),
            self._minutes(launch.launched_at if launch.was_carried_out else None),
            _duration(launch.lead_time),
            _duration(launch.time_to_restore),
            self._history(launch),
            self._stopped_by(launch),
            next((e.entry.proposal.number for e in launch.events[::-1] if e.entry.proposal), 0),
        ]
        while row[-1] in (0, []):
            row.pop()
        return row

    def _group_of_people(self, launch: Launch) -> int:
        """Return the place of the people: how many requesters, those, everyone else, approvers."""
        requesters: dict[int, None] = {}
        others: dict[int, None] = {}
        for involved in launch.people:
            name = involved.display.text if involved.display is not None else None
            place = self._people.place(involved.person, name)
            (requesters if involved.role == "requester" else others)[place] = None
        for event in launch.events:
            for counted in event.entry.approvals:
                others[self._people.place(counted.by)] = None
        group = (len(requesters), *(requesters | others))
        return self._groups.setdefault(group, len(self._groups))

    def _history(self, launch: Launch) -> str:
        """Return the events: sign, letter, minutes since the last one `.` numbers since it."""
        parts, at, number = [], self._start, launch.events[0].number
        for numbered in launch.events:
            entry = numbered.entry
            moment = instant(entry.at)
            sign = {"bypassed": "!", "pushers-unknown": "?"}.get(entry.event, "")
            became = entry.became if entry.became in EVENTS else entry.event
            letter = chr(ord("a") + _EVENTS.index(became))
            minutes = _base36(_minutes_between(at, moment))
            parts.append(f"{sign}{letter}{minutes}.{_base36(numbered.number - number)}")
            at, number = moment, numbered.number
        return " ".join(parts)

    def _stopped_by(self, launch: Launch) -> list[int]:
        held = [hurdle.policy for event in launch.events for hurdle in event.entry.hurdles]
        waived = [waiver.policy for event in launch.events for waiver in event.entry.waivers]
        return [self._policies.place(policy) for policy in dict.fromkeys([*held, *waived])]

    def _minutes(self, moment: datetime | None) -> int:
        return _minutes_between(self._start, moment) + 1 if moment is not None else 0

    def _offset(self, moment: datetime | None) -> int:
        """Return the place of the offset from UTC that a moment was written with."""
        offset = moment.utcoffset() if moment is not None else None
        minutes = int(offset / _MINUTE) if offset is not None else 0
        return self._offsets.setdefault(minutes, len(self._offsets))


def _moments(launch: Launch) -> list[datetime]:
    last = launch.latest_change.number  # to archive a request is nothing that happened to it
    moments = [instant(event.entry.at) for event in launch.events if event.number <= last]
    moments += [moment for moment in (launch.planned_times[0], launch.launched_at) if moment]
    return moments


def _flags(launch: Launch) -> int:
    flags = (getattr(launch, name) for name in _FLAGS)
    values = [*flags, is_problem(launch), lacks_approval(launch)]
    return sum(1 << place for place, is_set in enumerate(values) if is_set)


def _duration(time: timedelta | None) -> int:
    """Return a time in minutes, plus 1; 0 where it is not known."""
    return int(time / _MINUTE) + 1 if time is not None else 0


def _minutes_between(start: datetime, end: datetime) -> int:
    return int(end.timestamp()) // 60 - int(start.timestamp()) // 60


def _base36(number: int) -> str:
    if number < 0:
        return f"-{_base36(-number)}"
    digits: Sequence[str] = _DIGITS[number % 36]
    while number := number // 36:
        digits = _DIGITS[number % 36] + str(digits)
    return str(digits)
