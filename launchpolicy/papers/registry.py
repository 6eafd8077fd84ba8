"""Every paper by its id: its title, the clauses that it serves, what it needs, who issues it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.papers.governance_papers import GOVERNANCE_PAPERS
from launchpolicy.papers.paper import Issuer, Paper
from launchpolicy.papers.rack_pictures import rack_pictures
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text

_MAINTENANCE: Final = Issuer(
    people=(("spec", "people", "maintainer"), ("spec", "people", "requester"))
)
_TECHNOLOGY: Final = Issuer("technology-department", (("status", "notice", "by"),))
_APPLICANT: Final = Issuer(people=(("spec", "people", "requester"),))
_CENTRE: Final = Issuer(role="development-management-centre")
_REHEARSALS: Final[tuple[Route, ...]] = (
    ("status", "rehearsal", "result"),
    ("status", "conversionRehearsal", "result"),
)
_RESUMED: Final = ("status", "resumption", "at")
_NORMAL: Final = ("status", "cancellation", "businessNormalAt")
_NIGHT: Final[tuple[Route, ...]] = tuple(
    ("status", part) for part in ("backups", "checksBefore", "execution", "checksAfter", "problems")
)
_PLAN: Final = ("spec", "infrastructure", "plan")
_PLAN_PARTS: Final = ("goal", "schedule", "resources", "tasks", "purchases", "risks")
_DELIVERY: Final = ("spec", "infrastructure", "deliveries", "*")

PAPERS: Mapping[str, Paper] = {
    **GOVERNANCE_PAPERS,
    "application": Paper(
        Text("Launch application form", "上线申请表"),
        ("D2.2", "D3.1", "D4.4"),
        (("spec", "product"), ("spec", "window")),
        issuer=_APPLICANT,
        asked={"launch": ("requested",)},
    ),
    "launch-document": Paper(
        Text("Launch document", "上线文档"),
        ("D3.1",),
        (("spec", "product"), ("spec", "steps")),
        titles={"infrastructure": Text("Product launch document", "产品上线文档")},
        issuer=_MAINTENANCE,
        asked={"cutover": ("requested",), "infrastructure": ("requested",)},
    ),
    "launch-plan": Paper(
        Text("Launch plan", "上线计划"),
        ("D3.2.1", "D8.6.1"),
        (("spec", "window"), ("spec", "steps")),
        issuer=_MAINTENANCE,
        asked={"cutover": ("requested",)},
    ),
    "conversion-plan": Paper(
        Text("Data conversion plan", "数据转换计划"),
        ("D3.2.1",),
        (("spec", "dataConversion", "by"),),
        issuer=_MAINTENANCE,
        asked={"cutover": ("requested",)},
    ),
    "countersign": Paper(
        Text("Countersigning form", "上线会签单"),
        ("D3.2.2",),
        (("spec", "window"), ("spec", "impact", "departments")),
        issuer=_TECHNOLOGY,
        asked={"cutover": ("requested",)},
    ),
    "confirmation": Paper(
        Text("Product launch confirmation", "产品上线确认书"),
        ("D9.3.1.1",),
        (("spec", "infrastructure"),),
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
        announces=True,
        tells_of=(("spec",), *_REHEARSALS),
    ),
    "cancellation": Paper(
        Text("Notice of cancellation", "上线取消通知"),
        ("D3.3.2", "D3.3.5"),
        (("status", "cancellation"),),
        issuer=_TECHNOLOGY,
        is_form=False,
        asked={"cutover": ("cancelled",)},
        tells_state=True,
        tells_of=(("spec",), ("status", "cancellation", "reason"), _NORMAL),
    ),
    "postponement": Paper(
        Text("Notice of postponement", "上线延期通知"),
        ("D3.3.2",),
        (("status", "notice", "window"), ("spec", "window")),
        issuer=_TECHNOLOGY,
        is_form=False,
        asked={"cutover": ("requested",)},
        announces=True,
        tells_of=(("spec",), *_REHEARSALS),
    ),
    "rollback-notice": Paper(
        Text("Notice of a rollback", "上线回滚通知"),
        ("D3.3.5",),
        (("status", "rollback"),),
        issuer=_TECHNOLOGY,
        is_form=False,
        asked={"cutover": ("rolled-back",)},
        tells_state=True,
        tells_of=(("spec",), ("status", "rollback"), _NORMAL),
    ),
    "suspension": Paper(
        Text("Notice of business suspension", "业务暂停通知"),
        ("D3.3.3",),
        (("spec", "impact", "suspension", "businesses"),),
        issuer=_MAINTENANCE,
        is_form=False,
        asked={"cutover": ("requested",)},
        announces=True,
    ),
    "resumption": Paper(
        Text("Notice of business resumption", "业务启动通知"),
        ("D3.3.7",),
        (("status", "resumption"),),
        issuer=_MAINTENANCE,
        is_form=False,
        asked={"cutover": ("verified", "closed")},
        tells_of=(("spec",), ("status", "execution"), ("status", "resumption")),
    ),
    "report": Paper(
        Text("Report on the launch", "上线情况报告"),
        ("D3.3.7",),
        (("status", "execution"),),
        issuer=_MAINTENANCE,
        asked={"cutover": ("launched", "verified", "closed")},
        tells_of=(("spec",), *_NIGHT, ("status", "newBackups"), ("status", "systemLog"), _RESUMED),
    ),
    "rollback-report": Paper(
        Text("Report on the rollback", "上线回滚情况报告"),
        ("D3.3.5", "D2.7"),
        (("status", "rollback"),),
        issuer=_MAINTENANCE,
        asked={"launch": ("rolled-back",)},
        tells_state=True,
        tells_of=(("spec",), *_NIGHT, ("status", "rollback"), _NORMAL),
    ),
    "summary": Paper(
        Text("Launch summary", "上线总结"),
        ("D3.3.7", "D2.8"),
        (("spec", "product"), ("status", "execution")),
        issuer=_MAINTENANCE,
        asked={"launch": ("verified", "closed")},
        tells_of=(("spec",), *_NIGHT, ("status", "rollback"), ("status", "summary", "text")),
    ),
    "product-plan": Paper(
        Text("Product launch plan", "产品上线计划"),
        ("D9.3.1.1",),
        (("spec", "infrastructure", "plan"),),
        issuer=_APPLICANT,
        asked={"infrastructure": ("requested",)},
        tells_of=tuple((*_PLAN, part) for part in _PLAN_PARTS),
    ),
    "resource-notice": Paper(
        Text("Notice to prepare launch resources", "关于准备上线资源的通知"),
        ("D9.3.1.1",),
        (("spec", "infrastructure", "plan", "notice"),),
        issuer=_CENTRE,
        is_form=False,
        asked={"infrastructure": ("requested",)},
        tells_of=((*_PLAN, "resources"), (*_PLAN, "purchases")),
    ),
    "deliveries": Paper(
        Text("Product delivery list", "产品发货清单"),
        ("D9.3.1.1",),
        (("spec", "infrastructure", "deliveries"),),
        issuer=_APPLICANT,
        orientation="landscape",
        is_table=True,
        asked={"infrastructure": ("requested",)},
        tells_of=tuple((*_DELIVERY, part) for part in ("vendor", "equipment", "how", "expectedAt")),
    ),
    "racks": Paper(
        Text("Rack elevation", "机柜配置图"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "racks"),),
        asked={"infrastructure": ("requested", "launched")},
        pictures=rack_pictures,
        tells_of=(("spec", "infrastructure", "racks"),),
    ),
    "ports": Paper(
        Text("Network port table", "网络端口配置表"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "ports"),),
        orientation="landscape",
        is_table=True,
        asked={"infrastructure": ("requested", "launched")},
        tells_of=(("spec", "infrastructure", "ports"),),
    ),
    "equipment": Paper(
        Text("List of running equipment", "运行设备清单"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "equipment"),),
        orientation="landscape",
        is_table=True,
        asked={"infrastructure": ("requested", "launched")},
        tells_of=(("spec", "infrastructure", "equipment"),),
    ),
    "product-document": Paper(
        Text("Product launch document", "产品上线文档"),
        ("D9.3.1.2",),
        (
            ("spec", "infrastructure", "racks"),
            ("spec", "infrastructure", "ports"),
            ("spec", "infrastructure", "equipment"),
        ),
        issuer=_APPLICANT,
        asked={"infrastructure": ("requested", "launched")},
        pictures=rack_pictures,
        tells_of=tuple(
            ("spec", "infrastructure", part) for part in ("racks", "ports", "equipment")
        ),
    ),
}

ALIASES: Mapping[str, str] = {}
"""Former ids of papers → those of today."""
