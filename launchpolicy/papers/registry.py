"""Every paper by its id: its title, the clauses that it serves, what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text


class Paper(NamedTuple):
    """One paper; `needs` are the routes without which there would be nothing to say."""

    title: Text
    clauses: tuple[str, ...]
    needs: tuple[Route, ...]


PAPERS: Mapping[str, Paper] = {
    "application": Paper(
        Text("Launch application form", "上线申请表"),
        ("D2.2", "D3.1", "D4.4"),
        (("spec", "product"), ("spec", "window")),
    ),
    "confirmation": Paper(
        Text("Launch confirmation", "上线确认书"), ("D9.3.1.1",), (("spec", "product"),)
    ),
    "notice": Paper(
        Text("Launch notice", "上线通知"),
        ("D3.3.2",),
        (("spec", "product"), ("spec", "window")),
    ),
    "announcement": Paper(
        Text("Launch announcement", "上线通告"),
        ("D4.9", "D4.10"),
        (("spec", "product"), ("status", "execution")),
    ),
    "suspension": Paper(
        Text("Notice of business suspension", "业务暂停通知"),
        ("D3.3.3",),
        (("spec", "impact", "suspension", "businesses"),),
    ),
    "resumption": Paper(
        Text("Notice of business resumption", "业务启动通知"),
        ("D3.3.7",),
        (("status", "resumption"),),
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
    ),
    "racks": Paper(
        Text("Rack layout", "机柜配置图"), ("D9.3.1.2",), (("spec", "infrastructure", "racks"),)
    ),
    "ports": Paper(
        Text("Network port table", "网络端口配置表"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "ports"),),
    ),
    "equipment": Paper(
        Text("Equipment list", "运行设备清单"),
        ("D9.3.1.2",),
        (("spec", "infrastructure", "equipment"),),
    ),
}
