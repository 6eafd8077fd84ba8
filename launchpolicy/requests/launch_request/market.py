"""`spec.market`: going to market (D7)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.addresses import HostName
from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.governance import Channel
from launchpolicy.requests.launch_request.lists import Named
from launchpolicy.requests.launch_request.marks import STATED
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.research import BetaUsers, MarketResearch
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text

PromotionKind = TypeAliasType(
    "PromotionKind",
    Annotated[
        Literal["advertising", "social-media", "event", "partner", "word-of-mouth"],
        Words(
            Text("Kind of promotion", "推广类别"),
            Text("How the product is promoted.", "以何种方式推广。"),
            (
                Text("Advertisements.", "广告投放。"),
                Text("Social media.", "社交媒体推广。"),
                Text("Trade fairs and other events.", "展会与活动。"),
                Text("Through partners.", "合作伙伴推广。"),
                Text("Users tell users.", "用户口碑传播。"),
            ),
        ),
    ],
)


Direction = TypeAliasType(
    "Direction",
    Annotated[
        Literal["at-least", "at-most"],
        Words(
            Text("Direction", "方向"),
            Text("On which side of the target success lies.", "达标在目标值的哪一侧。"),
            (
                Text("The target or more.", "不低于目标值。"),
                Text("The target or less.", "不高于目标值。"),
            ),
        ),
    ],
)


@explain(Text("Positioning", "产品定位"), Text("For whom the product is.", "产品定位与目标用户。"))
class Positioning(RequestSection):
    """Statement and target users."""

    statement: Maybe[Prose] = optional_key(
        Text("Statement", "定位"), Text("What the product is.", "产品定位。"), "D7"
    )
    target_users: Maybe[Prose] = optional_key(
        Text("Target users", "目标用户"), Text("For whom.", "目标用户。"), "D7"
    )


@explain(
    Text("Market milestone", "时间节点"),
    Text("A date on the way to market.", "上市过程中的一个时间节点。"),
)
class MarketMilestone(RequestSection):
    """What is due when."""

    name: Maybe[Name] = name_key("milestone", "时间节点", "beta-begins")
    due: Maybe[PlannedInstant] = optional_key(
        Text("Due", "期限"), Text("By when.", "计划时间。"), "D7"
    )
    owner: Maybe[Person] = optional_key(Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D7")


@explain(
    Text("Server resource", "服务器资源"), Text("Servers made ready.", "准备的一组服务器资源。")
)
class ServerResource(RequestSection):
    """How many, how large, ready when."""

    name: Maybe[Name] = name_key("resource", "资源", "web-servers")
    servers: Maybe[Count] = optional_key(
        Text("Servers", "数量"), Text("How many.", "服务器数量。"), "D7"
    )
    size: Maybe[Line] = optional_key(
        Text("Size", "规格"),
        Text("How large.", "服务器规格。"),
        "D7",
        examples=("8 cores, 32 GiB",),
        marks=STATED,
    )
    ready_at: Maybe[PlannedInstant] = optional_key(
        Text("Ready at", "就绪时间"), Text("When they are ready.", "何时就绪。"), "D7"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "负责人"), Text("Who prepares them.", "由谁准备。"), "D7"
    )


@explain(
    Text("Domain registration", "域名备案"),
    Text("The registration of a domain.", "一个域名的备案信息。"),
)
class DomainRegistration(RequestSection):
    """One domain; with `none`, one that needs no registration."""

    name: Maybe[HostName] = name_key("domain", "域名", "checkout.example.com")
    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "无需备案"), Text("Why it needs none.", "为何无需备案。"), "D7"
    )
    number: Maybe[Line] = optional_key(
        Text("Number", "备案号"),
        Text("The registration number.", "备案号。"),
        "D7",
        examples=("京ICP备12345678号-1",),
        marks=STATED,
    )
    holder: Maybe[Line] = optional_key(
        Text("Holder", "备案主体"), Text("In whose name.", "备案主体名称。"), "D7", marks=STATED
    )
    registered_at: Maybe[Instant] = optional_key(
        Text("Registered at", "备案时间"), Text("When.", "备案通过时间。"), "D7"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The notice of registration.", "备案通知。"), "D7"
    )


@explain(
    Text("Guides", "上线文档"), Text("What helps users and staff.", "供用户和员工使用的文档。")
)
class Guides(RequestSection):
    """The three documents of D7."""

    launch_guide: Maybe[Evidence] = optional_key(
        Text("Launch guide", "上线指南"), Text("The launch guide.", "上线指南。"), "D7"
    )
    operations_manual: Maybe[Evidence] = optional_key(
        Text("Operations manual", "操作手册"), Text("The operations manual.", "操作手册。"), "D7"
    )
    faq: Maybe[Evidence] = optional_key(
        Text("FAQ", "常见问题解答"), Text("Questions that are often asked.", "常见问题解答。"), "D7"
    )


@explain(Text("Promotion", "推广"), Text("One way of making it known.", "一项推广活动。"))
class Promotion(RequestSection):
    """What, where, when, for how much."""

    name: Maybe[Name] = name_key("promotion", "推广活动", "winter-campaign")
    kind: Maybe[PromotionKind] = optional_key(
        Text("Kind", "类别"), Text("In which way.", "推广方式。"), "D7"
    )
    channel: Maybe[Name] = optional_key(
        Text("Channel", "渠道"),
        Text("A name in spec.market.channels.", "spec.market.channels 中的名称。"),
        "D7",
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is done.", "活动内容。"), "D7"
    )
    start: Maybe[PlannedInstant] = optional_key(
        Text("Start", "开始"), Text("From when.", "开始时间。"), "D7"
    )
    end: Maybe[PlannedInstant] = optional_key(
        Text("End", "结束"), Text("Until when.", "结束时间。"), "D7"
    )
    owner: Maybe[Person] = optional_key(Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D7")
    budget: Maybe[Quantity] = optional_key(
        Text("Budget", "预算"),
        Text("What it may cost.", "活动预算。"),
        "D7",
        examples=("35000 CNY",),
    )


@explain(
    Text("Target", "目标值"), Text("A metric and what it should reach.", "一个指标及其目标值。")
)
class Target(RequestSection):
    """Set before the launch, measured after it in status.results."""

    name: Maybe[Name] = name_key("metric", "指标", "conversion")
    target: Maybe[Quantity] = optional_key(
        Text("Target", "目标值"),
        Text("What it should reach.", "应达到的值。"),
        "D7",
        examples=("4 %",),
    )
    direction: Maybe[Direction] = optional_key(
        Text("Direction", "方向"),
        Text(
            "Whether more or less is better; without it, less of a time and more of all else.",
            "越大越好还是越小越好；不写时，时长越小越好，其余越大越好。",
        ),
        "D7",
    )
    how: Maybe[Prose] = optional_key(
        Text("How", "方式"), Text("How it is measured.", "如何测量。"), "D7"
    )


@explain(Text("Market", "市场"), Text("How the product comes to its users.", "产品如何推向市场。"))
class Market(RequestSection):
    """Research, planning, beta, preparation, promotion."""

    research: Maybe[MarketResearch] = optional_key(
        Text("Research", "市场调研"), Text("What was learnt of the market.", "市场调研情况。"), "D7"
    )
    positioning: Maybe[Positioning] = optional_key(
        Text("Positioning", "产品定位"),
        Text("For whom the product is.", "产品定位与目标用户。"),
        "D7",
    )
    milestones: Maybe[Named[MarketMilestone]] = optional_key(
        Text("Milestones", "时间节点"), Text("What is due when.", "上市时间节点。"), "D7"
    )
    channels: Maybe[Named[Channel]] = optional_key(
        Text("Channels", "推广渠道"), Text("Where it is promoted.", "推广渠道。"), "D7"
    )
    beta_users: Maybe[BetaUsers] = optional_key(
        Text("Beta users", "内测用户"),
        Text("Who tried it, and what they found.", "内测情况与发现。"),
        "D7",
    )
    server_resources: Maybe[Named[ServerResource]] = optional_key(
        Text("Server resources", "服务器资源"), Text("What it runs on.", "准备的服务器资源。"), "D7"
    )
    domain_registration: Maybe[Named[DomainRegistration]] = optional_key(
        Text("Domain registration", "域名备案"),
        Text("One entry for each domain.", "每个域名一条。"),
        "D7",
    )
    guides: Maybe[Guides] = optional_key(
        Text("Guides", "上线文档"),
        Text("Guide, manual and FAQ.", "上线指南、操作手册、常见问题解答。"),
        "D7",
    )
    promotion: Maybe[Named[Promotion]] = optional_key(
        Text("Promotion", "推广计划"), Text("How it is promoted.", "推广活动安排。"), "D7"
    )
    targets: Maybe[Named[Target]] = optional_key(
        Text("Targets", "指标目标"), Text("What success would be.", "衡量成功的指标与目标。"), "D7"
    )
