"""The papers of release governance and of release meetings, and the customer's (D3.1, D4, D5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.papers.paper import Issuer, Paper
from launchpolicy.vocabulary.text import Text

_MEETING: Final = ("spec", "meeting")
_CALLED: Final = ("topic", "start", "end", "place", "host", "agenda")
_REQUESTER: Final = ("spec", "people", "requester")
_ORGANISER: Final = Issuer(
    people=((*_MEETING, "invitation", "by"), (*_MEETING, "host"), _REQUESTER)
)
_ANNOUNCER: Final = Issuer(people=(("status", "announcement", "by"), _REQUESTER))

GOVERNANCE_PAPERS: Final[Mapping[str, Paper]] = {
    "announcement": Paper(
        Text("Launch announcement", "上线通告"),
        ("D4.9", "D4.10", "D4.11"),
        (("spec", "product"), ("status", "execution", "finishedAt")),
        issuer=_ANNOUNCER,
        is_form=False,
        asked={"launch": ("verified", "closed")},
        tells_of=(
            ("spec",),
            ("status", "execution"),
            ("status", "channels"),
            ("status", "announcement", "to"),
        ),
    ),
    "meeting-notice": Paper(
        Text("Notice of the release meeting", "新产品发布会议通知"),
        ("D5",),
        ((*_MEETING, "start"), (*_MEETING, "end"), (*_MEETING, "attendees")),
        issuer=_ORGANISER,
        is_form=False,
        asked={"release-meeting": ("requested",)},
        tells_of=tuple((*_MEETING, part) for part in (*_CALLED, "goal", "invitation", "materials")),
    ),
    "agenda": Paper(
        Text("Agenda of the release meeting", "新产品发布会议议程"),
        ("D5",),
        ((*_MEETING, "start"), (*_MEETING, "agenda")),
        issuer=_ORGANISER,
        is_form=False,
        asked={"release-meeting": ("requested",)},
        tells_of=tuple((*_MEETING, part) for part in (*_CALLED, "recorder")),
    ),
    "minutes": Paper(
        Text("Minutes of the release meeting", "新产品发布会议纪要"),
        ("D5",),
        ((*_MEETING, "decisions"),),
        issuer=_ORGANISER,
        asked={"release-meeting": ("requested",)},
        tells_of=(_MEETING,),
    ),
    "test-acceptance": Paper(
        Text("Test acceptance form", "测试验收单"),
        ("D4.12.1",),
        (("spec", "product"), ("spec", "testing", "reports")),
        issuer=Issuer(role="test-lead"),
        asked={"governance": ("requested",)},
        tells_of=(("spec", "product"), ("spec", "content"), ("spec", "testing")),
    ),
    "quality-form": Paper(
        Text("Quality form", "质检单"),
        ("D4.6",),
        (("spec", "product"),),
        issuer=Issuer(role="quality-assurance"),
        asked={"governance": ("requested",)},
        tells_of=(("spec", "product"), ("spec", "window"), ("spec", "qualityForm")),
    ),
    "customer-acceptance": Paper(
        Text("Customer acceptance report", "客户验收报告"),
        ("D3.1",),
        (("spec", "product"),),
        issuer=Issuer(),
        asked={"cutover": ("requested",)},
        tells_of=(("spec", "product"), ("spec", "content")),
    ),
}
