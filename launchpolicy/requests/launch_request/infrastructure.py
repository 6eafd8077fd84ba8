"""`spec.infrastructure`: launches with purchased equipment or a new deployment (D9)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.deliveries import Delivery
from launchpolicy.requests.launch_request.engineering import InfrastructurePlan
from launchpolicy.requests.launch_request.equipment import Equipment, Port
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import person
from launchpolicy.requests.launch_request.racks import Rack
from launchpolicy.requests.launch_request.records import Evidence, Review
from launchpolicy.requests.launch_request.scalars import (
    Instant,
    Person,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text

Ground = TypeAliasType(
    "Ground",
    Annotated[
        Literal[
            "hardware-software-integration",
            "equipment-purchase",
            "new-deployment",
            "independent-application",
        ],
        Words(
            Text("Ground", "适用情形"),
            Text("Why the procedure applies (D9.1).", "为何适用本流程（D9.1）。"),
            (
                Text("Hardware and software are integrated.", "具有软硬件集成性质。"),
                Text("Equipment is purchased.", "涉及设备采购。"),
                Text("It is deployed from scratch.", "全新部署。"),
                Text("The application stands on its own.", "应用相对独立。"),
            ),
        ),
    ],
)


@explain(
    Text("Ground not met", "不符合的情形"),
    Text("A ground that does not hold, and why.", "不符合的情形及理由。"),
)
class GroundNotMet(RequestSection):
    """One of the grounds, which does not hold."""

    name: Maybe[Ground] = required_key(
        Text("Ground", "情形"),
        Text("Which ground does not hold.", "不符合哪种情形。"),
        "D9.1",
    )
    reason: Maybe[Prose] = required_key(
        Text("Reason", "理由"), Text("Why it does not hold.", "为何不符合。"), "D9.1"
    )


@explain(
    Text("Applicability", "适用性"),
    Text("Whether this procedure applies, and why.", "本流程是否适用及理由。"),
)
class Applicability(RequestSection):
    """Grounds, or `none` with a reason; confirmed by the centre."""

    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不适用"),
        Text("Why the procedure does not apply.", "为何不适用本流程。"),
        "D9.1",
    )
    grounds: Maybe[Distinct[Ground]] = optional_key(
        Text("Grounds", "适用情形"),
        Text("What makes it apply.", "符合哪些情形。"),
        "D9.1",
        examples=(["equipment-purchase", "new-deployment"],),
    )
    reason: Maybe[Prose] = optional_key(
        Text("Reason", "理由"),
        Text(
            "Why the grounds hold, and why the others do not.",
            "为何符合所列情形，其余情形为何不符。",
        ),
        "D9.1",
    )
    not_met: Maybe[Named[GroundNotMet]] = optional_key(
        Text("Not met", "不符合的情形"),
        Text(
            "Which grounds do not hold, each with its reason; or `reason` says it.",
            "不符合的情形及各自的理由；也可在 `reason` 中说明。",
        ),
        "D9.1",
    )
    confirmed_by: Maybe[Person] = optional_key(
        Text("Confirmed by", "审定人"),
        Text("Who confirmed it at the development-management centre.", "开发管理中心的审定人。"),
        "D9.1",
        marks=person("development-management-centre"),
    )
    confirmed_at: Maybe[Instant] = optional_key(
        Text("Confirmed at", "审定时间"), Text("When.", "审定时间。"), "D9.1"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The confirmation in writing.", "书面审定意见。"), "D9.1"
    )


@explain(
    Text("Launch confirmation", "产品上线确认书"),
    Text("The signed confirmation.", "签发的产品上线确认书。"),
)
class LaunchConfirmation(RequestSection):
    """Signed by the development-management centre."""

    signed_by: Maybe[Person] = optional_key(
        Text("Signed by", "签发人"),
        Text("Who signed it.", "由谁签发。"),
        "D9.3.1.1",
        marks=person("development-management-centre"),
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "签发时间。"), "D9.3.1.1")
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The confirmation.", "《产品上线确认书》。"), "D9.3.1.1"
    )


@explain(
    Text("Infrastructure", "基础设施"),
    Text("Equipment, deliveries and where all of it goes.", "设备、发货清单及安装位置。"),
)
class Infrastructure(RequestSection):
    """Everything that D9 asks for."""

    applicability: Maybe[Applicability] = optional_key(
        Text("Applicability", "适用性"),
        Text("Whether this procedure applies, and why.", "本流程是否适用及理由。"),
        "D9.1",
    )
    design_reviews: Maybe[Named[Review]] = optional_key(
        Text("Technical design reviews", "技术方案审核"),
        Text("Must be passed before the launch plan starts.", "启动上线计划前须通过。"),
        "D9.3.1.1",
    )
    plan: Maybe[InfrastructurePlan] = optional_key(
        Text("Launch plan", "产品上线计划"), Text("All six parts.", "六个部分齐备。"), "D9.3.1.1"
    )
    deliveries: Maybe[Named[Delivery]] = optional_key(
        Text("Deliveries", "产品发货清单"),
        Text("With dates and orders.", "含发货时间与订单。"),
        "D9.3.1.1",
    )
    confirmation: Maybe[LaunchConfirmation] = optional_key(
        Text("Launch confirmation", "产品上线确认书"),
        Text("Signed by the centre.", "由开发管理中心签发。"),
        "D9.3.1.1",
    )
    racks: Maybe[Named[Rack]] = optional_key(
        Text("Racks", "机柜配置图"), Text("The rack layout.", "机柜配置。"), "D9.3.1.2"
    )
    ports: Maybe[Named[Port]] = optional_key(
        Text("Ports", "网络端口配置表"),
        Text("The network port table.", "网络端口配置。"),
        "D9.3.1.2",
    )
    equipment: Maybe[Named[Equipment]] = optional_key(
        Text("Equipment", "运行设备清单"), Text("The equipment list.", "运行设备清单。"), "D9.3.1.2"
    )
