"""`calendar.ics`: the windows of launches and the freezes (RFC 5545), to subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from launchpolicy.documents.instants import instant
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.ledger.records import in_language
from launchpolicy.papers.calendar_library import calendar_library
from launchpolicy.reporters.ledger.slugs import slug
from launchpolicy.reporters.ledger.view import FreezePeriod, LedgerView, launch_id
from launchpolicy.reporters.ledger.words import standing_of
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from icalendar import Event

_STATUS = {
    LaunchState.CANCELLED: "CANCELLED",
    LaunchState.WITHDRAWN: "CANCELLED",
    LaunchState.UNAPPROVED: "TENTATIVE",
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield one calendar. Its stamps are those of the entries, not of a clock.

    Raises:
        UndecidedError: the library that writes calendars is not installed.
    """
    library = calendar_library()
    calendar = library.Calendar()
    calendar.add("prodid", "-//launchpolicy//ledger//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", view.title.in_language(view.language))
    for launch in view.all:
        start, end = launch.planned_times
        if start is not None:
            calendar.add_component(_window(library.Event(), launch, (start, end), view))
    for closed in view.closed:
        calendar.add_component(_freeze(library.Event(), closed, view))
    yield "calendar.ics", calendar.to_ical().decode("utf-8")


def _window(
    event: Event, launch: Launch, window: tuple[datetime, datetime | None], view: LedgerView
) -> Event:
    start, end = window
    title = in_language(launch.facts.title, view.language)
    event.add("uid", f"{launch_id(view, launch)}@launchpolicy.invalid")
    event.add("dtstamp", instant(launch.latest.at))
    event.add("dtstart", start.astimezone(UTC))
    if end is not None and end > start:
        event.add("dtend", end.astimezone(UTC))
    event.add("sequence", len(launch.events) - 1)
    standing = standing_of(launch).in_language(view.language)
    event.add("summary", f"{launch.name} {title} [{standing}]".replace("  ", " "))
    event.add("description", in_language(launch.facts.summary, view.language))
    event.add("status", _STATUS.get(launch.standing, "CONFIRMED"))
    product = view.names.name_of("products", launch.product).in_language(view.language)
    event.add("categories", [product or launch.kind])
    return event


def _freeze(event: Event, closed: FreezePeriod, view: LedgerView) -> Event:
    name = Text(f"Freeze: {closed.name}", f"封网期：{closed.name}")
    freeze = slug(f"{view.origin} freeze", f"{closed.name} {closed.start.isoformat()}")
    event.add("uid", f"{freeze}@launchpolicy.invalid")
    event.add("dtstamp", _EPOCH)
    event.add("dtstart", closed.start.astimezone(UTC))
    event.add("dtend", closed.end.astimezone(UTC))
    event.add("summary", name.in_language(view.language))
    event.add("transp", "TRANSPARENT")
    return event
