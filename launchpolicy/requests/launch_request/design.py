"""How the product was designed: its parts, the drafts and their reviews (D1, D6, D8)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.records import Evidence, Review
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

DesignPart = TypeAliasType(
    "DesignPart",
    Annotated[
        Literal["appearance", "structure", "functions"],
        Words(
            Text("Part of the design", "设计内容"),
            Text("What a design is about.", "设计所涵盖的内容。"),
            (
                Text("How it looks.", "外观设计。"),
                Text("How it is built.", "结构设计。"),
                Text("What it does.", "功能设计。"),
            ),
        ),
    ],
)


@explain(Text("Design", "设计"), Text("Prototype and design.", "原型与设计。"))
class Design(RequestSection):
    """Prototype, interface, specification, reviews."""

    covers: Maybe[Distinct[DesignPart]] = optional_key(
        Text("Covers", "涵盖内容"),
        Text("Which parts were designed.", "已完成哪些部分的设计。"),
        "D8.5.2",
        examples=(["appearance", "structure", "functions"],),
    )
    left_out: Maybe[Prose] = optional_key(
        Text("Left out", "未涵盖原因"),
        Text("Why a part needs no design.", "某一部分无需设计的原因。"),
        "D8.5.2",
    )
    prototype: Maybe[Evidence] = optional_key(
        Text("Prototype", "原型"), Text("The prototype.", "产品原型。"), "D1.2.3"
    )
    interface: Maybe[Evidence] = optional_key(
        Text("Interface design", "界面设计"), Text("The UI/UE design.", "UI/UE 设计稿。"), "D6.3"
    )
    specification: Maybe[Evidence] = optional_key(
        Text("Specification", "设计规格书"),
        Text("The design specification.", "设计规格书。"),
        "D8.5.2",
    )
    reviews: Maybe[Named[Review]] = optional_key(
        Text("Reviews", "设计评审"),
        Text("Reviews of the design.", "对设计的评审。"),
        "D1.2.3",
        "D6.3",
    )
