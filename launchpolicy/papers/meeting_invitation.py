"""The invitation to a release meeting for calendars (RFC 5545 and 5546, method REQUEST)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.papers.calendar_library import calendar_library
from launchpolicy.papers.mail import one_line
from launchpolicy.requests.launch_request.meeting import Attendee, Meeting
from launchpolicy.requests.mail_addresses import Mailbox
from launchpolicy.vocabulary.text import Language

if TYPE_CHECKING:
    from icalendar import Event

_REPLIES = {"confirmed": "ACCEPTED", "declined": "DECLINED"}


class InvitationText(NamedTuple):
    """What the invitation says in its language: its title, and a text about it."""

    summary: str
    description: str


def as_invitation(
    meeting: Meeting,
    text: InvitationText,
    identity: str,
    mailboxes: Mapping[str, Mailbox],
    now: datetime,
    language: Language,
) -> bytes:
    """Return the invitation; the attendees reply to the host from their calendars.

    Args:
        meeting: it has a start, an end, a host and attendees.
        text: title and description.
        identity: what stays the same when the meeting moves.
        mailboxes: of the host and of each attendee, by the person's id.
        now: when the invitation is made.
        language: of the names of the attendees.

    Raises:
        UndecidedError: the library that writes calendars is not installed.
    """
    library = calendar_library()
    calendar = library.Calendar()
    calendar.add("prodid", "-//launchpolicy//invitation//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    event = library.Event()
    event.add("uid", f"{identity}.meeting@launchpolicy.invalid")
    event.add("dtstamp", now.astimezone(UTC))
    for name, written in (("dtstart", meeting.start), ("dtend", meeting.end)):
        moment = parse_instant(written) if written else None
        if moment is not None:
            event.add(name, moment.astimezone(UTC))
    event.add("summary", one_line(text.summary))
    event.add("description", text.description)
    event.add("location", one_line(meeting.place or ""))
    event.add("status", "CONFIRMED")
    _add_people(event, library, meeting, mailboxes, language)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _add_people(
    event: Event,
    library: Any,  # noqa: ANN401 (a module)
    meeting: Meeting,
    mailboxes: Mapping[str, Mailbox],
    language: Language,
) -> None:
    def address(person: str) -> Any:  # noqa: ANN401 (the library's class)
        mailbox = mailboxes[person]
        written = library.vCalAddress(f"mailto:{mailbox.address}")
        written.params["CN"] = one_line(mailbox.name.in_language(language))
        return written

    if meeting.host:
        event.add("organizer", address(meeting.host))
    for attendee in meeting.attendees or ():
        if not attendee.person:
            continue
        invited = address(attendee.person)
        invited.params["ROLE"] = _part(attendee, meeting.host)
        invited.params["PARTSTAT"] = _REPLIES.get(attendee.reply or "", "NEEDS-ACTION")
        invited.params["RSVP"] = "TRUE"
        event.add("attendee", invited)


def _part(attendee: Attendee, host: str | None) -> str:
    if attendee.person == host:
        return "CHAIR"
    return "OPT-PARTICIPANT" if attendee.observer else "REQ-PARTICIPANT"
