"""The papers of release governance and of release meetings, and the customer's (D3.1, D4, D5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.papers.paper import Issuer, Paper
from launchpolicy.vocabulary.text import Text

_MEETING: Final = ("spec", "meeting")
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
    ),
    "meeting-notice": Paper(
        Text("Notice of the release meeting", "新产品发布会议通知"),
        ("D5",),
        ((*_MEETING, "start"), (*_MEETING, "end"), (*_MEETING, "attendees")),
        issuer=_ORGANISER,
        is_form=False,
        asked={"release-meeting": ("requested",)},
    ),
    "agenda": Paper(
        Text("Agenda of the release meeting", "新产品发布会议议程"),
        ("D5",),
        ((*_MEETING, "start"), (*_MEETING, "agenda")),
        issuer=_ORGANISER,
        is_form=False,
        asked={"release-meeting": ("requested",)},
    ),
    "minutes": Paper(
        Text("Minutes of the release meeting", "新产品发布会议纪要"),
        ("D5",),
        ((*_MEETING, "decisions"),),
        issuer=_ORGANISER,
        asked={"release-meeting": ("requested",)},
    ),
    "test-acceptance": Paper(
        Text("Test acceptance form", "测试验收单"),
        ("D4.12.1",),
        (("spec", "product"), ("spec", "testing", "reports")),
        issuer=Issuer(role="test-lead"),
        asked={"governance": ("requested",)},
    ),
    "quality-form": Paper(
        Text("Quality form", "质检单"),
        ("D4.6",),
        (("spec", "product"),),
        issuer=Issuer(role="quality-assurance"),
        asked={"governance": ("requested",)},
    ),
    "customer-acceptance": Paper(
        Text("Customer acceptance report", "客户验收报告"),
        ("D3.1",),
        (("spec", "product"),),
        issuer=Issuer(),
        asked={"cutover": ("requested",)},
    ),
}
