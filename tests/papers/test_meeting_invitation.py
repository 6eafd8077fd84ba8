"""The invitation of a release meeting, read back by the library of calendars."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar

from launchpolicy.papers.meeting_invitation import InvitationText, as_invitation
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.requests.mail_addresses import Mailbox
from launchpolicy.vocabulary.text import Text
from tests.papers.conftest import NOW

PEOPLE = {
    "wang.fang": Mailbox(Text("Wang Fang", "王芳"), "wang.fang@example.com"),
    "deng.hao": Mailbox(Text("Deng Hao", "邓浩"), "deng.hao@example.com"),
}
MEETING: dict[str, Any] = {
    "start": "2026-09-30T14:00:00+08:00",
    "end": "2026-09-30T15:30:00+08:00",
    "place": "Room 301\r\nATTENDEE:mailto:everybody@evil.example",
    "host": "wang.fang",
    "attendees": [
        {"person": "wang.fang", "reply": "confirmed"},
        {"person": "deng.hao", "observer": True},
    ],
}


def _invitation(text: InvitationText) -> bytes:
    meeting = launch_request_of({"spec": {"meeting": MEETING}}).spec.meeting
    assert meeting is not None
    return as_invitation(meeting, text, "LR-1", PEOPLE, NOW, "zh")


def test_host_and_attendees_stand_in_it_at_the_right_time() -> None:
    calendar: Any = Calendar.from_ical(_invitation(InvitationText("自习室预约 1.0 发布", "议题")))

    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt == datetime(2026, 9, 30, 6, 0, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 9, 30, 7, 30, tzinfo=UTC)
    assert event["ORGANIZER"] == "mailto:wang.fang@example.com"
    host, observer = event["ATTENDEE"]
    assert (host.params["ROLE"], host.params["PARTSTAT"]) == ("CHAIR", "ACCEPTED")
    assert (observer.params["ROLE"], observer.params["PARTSTAT"]) == (
        "OPT-PARTICIPANT",
        "NEEDS-ACTION",
    )
    assert observer.params["CN"] == "邓浩"


def test_text_of_a_request_invites_nobody_else() -> None:
    hostile = "x\r\nATTENDEE:mailto:everybody@evil.example\nEND:VEVENT"
    calendar: Any = Calendar.from_ical(_invitation(InvitationText(hostile, hostile)))

    (event,) = calendar.walk("VEVENT")
    assert [str(each) for each in event["ATTENDEE"]] == [
        "mailto:wang.fang@example.com",
        "mailto:deng.hao@example.com",
    ]
    assert "evil" in event["DESCRIPTION"]
