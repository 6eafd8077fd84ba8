"""Every paper by its id: its title, the clauses that it serves, what it needs, who issues it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.papers.paper import Issuer, Paper
from launchpolicy.vocabulary.text import Text

_MAINTENANCE: Final = Issuer(
    people=(("spec", "people", "maintainer"), ("spec", "people", "requester"))
)
_TECHNOLOGY: Final = Issuer(role="technology-department")
_APPLICANT: Final = Issuer(people=(("spec", "people", "requester"),))
_CENTRE: Final = Issuer(role="development-management-centre")
_OPEN: Final = ("requested", "launched", "verified")

PAPERS: Mapping[str, Paper] = {
    "application": Paper(
        Text("Launch application form", "上线申请表"),
        ("D2.2", "D3.1", "D4.4"),
        (("spec", "product"), ("spec", "window")),
        issuer=_APPLICANT,
        asked={"launch": ("requested",)},
    ),
    "confirmation": Paper(
        Text("Launch confirmation", "产品上线确认书"),
        ("D9.3.1.1",),
        (("spec", "product"),),
        issuer=_CENTRE,
        asked={"infrastructure": ("requested", "launched")},
    ),
    "notice": Paper(
        Text("Launch notice", "上线通知"),
        ("D3.3.2",),
        (("spec", "product"), ("spec", "window")),
        issuer=_TECHNOLOGY,
        is_form=False,
        asked={"cutover": ("requested",)},
    ),
    "announcement": Paper(
        Text("Launch announcement", "上线通告"),
        ("D4.9", "D4.10"),
        (("spec", "product"), ("status", "execution")),
        issuer=_APPLICANT,
        is_form=False,
        asked={"launch": ("verified", "closed")},
    ),
    "suspension": Paper(
        Text("Notice of business suspension", "业务暂停通知"),
        ("D3.3.3",),
        (("spec", "impact", "suspension", "businesses"),),
        issuer=_MAINTENANCE,
        is_form=False,
        asked={"cutover": ("requested",)},
    ),
    "resumption": Paper(
        Text("Notice of business resumption", "业务启动通知"),
        ("D3.3.7",),
        (("status", "resumption"),),
        issuer=_MAINTENANCE,
        is_form=False,
        asked={"cutover": ("verified", "closed")},
    ),
    "agenda": Paper(
        Text("Agenda of the release meeting", "新产品发布会议议程"),
        ("D5",),
        (("spec", "meeting", "agenda"),),
    ),
    "minutes": Paper(
        Text("Minutes of the release meeting", "新产品发布会议纪要"),
        ("D5",),
        (("spec", "meeting", "decisions"),),
    ),
    "summary": Paper(
        Text("Launch summary", "上线总结"),
        ("D3.3.7", "D2.8"),
        (("spec", "product"), ("status", "execution")),
        issuer=_MAINTENANCE,
        asked={"launch": ("verified", "closed")},
    ),
    "racks": Paper(
        Text("Rack layout", "机柜配置图"), ("D9.3.1.2",), (("spec", "infrastructure", "racks"),)
    ),
    "ports": Paper(
        Text("Network port table", "网络端口配置表"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "ports"),),
        orientation="landscape",
    ),
    "equipment": Paper(
        Text("Equipment list", "运行设备清单"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "equipment"),),
        orientation="landscape",
    ),
}

ALIASES: Mapping[str, str] = {}
"""Former ids of papers → those of today."""
