"""Who knew beforehand and who looked at it: foresight, review, quality form, channels (D4)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Result, Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import FREE, person
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import (
    Identifier,
    Instant,
    Name,
    Person,
    PlannedInstant,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

ChannelKind = TypeAliasType(
    "ChannelKind",
    Annotated[
        Literal[
            "app-store", "website", "partner", "social-media", "advertising", "event", "retail"
        ],
        Words(
            Text("Kind of channel", "渠道类别"),
            Text("Where users meet the product.", "用户通过哪类渠道接触产品。"),
            (
                Text("An application store.", "应用商店。"),
                Text("A website of our own.", "自有网站。"),
                Text("A partner's channel.", "合作伙伴渠道。"),
                Text("Social media.", "社交媒体。"),
                Text("Advertising.", "广告投放。"),
                Text("Trade fairs and other events.", "展会与活动。"),
                Text("Shops and sales offices.", "营业厅与门店。"),
            ),
        ),
    ],
)


@explain(
    Text("Office meeting", "办公会"),
    Text("The meeting at which coming launches are discussed.", "讨论近期上线事项的办公会。"),
)
class OfficeMeeting(RequestSection):
    """When it took place, and its minutes."""

    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "会议时间。"), "D4.12.2")
    minutes: Maybe[Evidence] = optional_key(
        Text("Minutes", "会议纪要"), Text("Its minutes.", "会议纪要。"), "D4.12.2"
    )


@explain(
    Text("Office preparation", "各室准备事项"),
    Text("What an office prepares for the launch.", "一个室为上线所做的准备。"),
)
class OfficePreparation(RequestSection):
    """By which office, by whom, by when."""

    name: Maybe[Name] = name_key("preparation", "准备事项", "store-pages")
    office: Maybe[Identifier] = optional_key(
        Text("Office", "负责的室"), Text("Which office.", "由哪个室准备。"), "D4.12.2"
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is prepared.", "准备的内容。"), "D4.12.2"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "责任人"), Text("By whom.", "由谁准备。"), "D4.12.2"
    )
    due: Maybe[PlannedInstant] = optional_key(
        Text("Due", "期限"), Text("By when.", "最迟完成时间。"), "D4.12.2"
    )


@explain(
    Text("Foresight", "上线预知"),
    Text("The launch was known and discussed a week ahead.", "上线前一周已预知并讨论。"),
)
class Foresight(RequestSection):
    """When the launch was announced internally, and to which meeting."""

    at: Maybe[Instant] = optional_key(
        Text("At", "时间"),
        Text(
            "When the foresight was given; a week before the window.",
            "预知时间，须早于上线窗口一周。",
        ),
        "D4.12.2",
    )
    by: Maybe[Person] = optional_key(
        Text("By", "汇总人"), Text("By whom.", "由谁汇总。"), "D4.12.2"
    )
    impact: Maybe[Prose] = optional_key(
        Text("Impact", "影响"),
        Text("What changes compared with today.", "对目前现状的影响变化。"),
        "D4.12.2",
    )
    meeting: Maybe[OfficeMeeting] = optional_key(
        Text("Meeting", "办公会"),
        Text("Where it was discussed.", "讨论该事项的办公会。"),
        "D4.12.2",
    )
    preparations: Maybe[Named[OfficePreparation]] = optional_key(
        Text("Preparations", "上线前准备"),
        Text("What each office prepares.", "各室的上线前准备事项。"),
        "D4.12.2",
    )


QualityResult = TypeAliasType(
    "QualityResult",
    Annotated[
        Literal["passed", "failed", "not-applicable"],
        Words(
            Text("Result of an item", "单项结论"),
            Text("What the QA group found about one item.", "质检小组对单个项目的结论。"),
            (
                Text("It is as it should be.", "合格。"),
                Text("It is not.", "不合格。"),
                Text("It does not apply to this launch.", "本次上线不适用。"),
            ),
        ),
    ],
)


@explain(
    Text("Inspected item", "质检项目"), Text("One thing that was inspected.", "一项质检内容。")
)
class QualityItem(RequestSection):
    """A line of the quality form; an item that failed is inspected again."""

    name: Maybe[Name] = name_key(
        "item",
        "质检项目",
        "requirement",
        "testing",
        "pages",
        "channels",
        "security",
        "documents",
    )
    title: Maybe[Prose] = optional_key(
        Text("Title", "名称"),
        Text("What an item of your own is called on the form.", "自定项目在质检单上的名称。"),
        "D4.6",
    )
    result: Maybe[QualityResult] = required_key(
        Text("Result", "结论"), Text("What was found.", "单项结论。"), "D4.6"
    )
    remark: Maybe[Prose] = optional_key(
        Text("Remark", "问题"), Text("What is wrong.", "发现的问题。"), "D4.6", marks=FREE
    )
    reinspected_at: Maybe[Instant] = optional_key(
        Text("Reinspected at", "复检时间"),
        Text("When the item was inspected again and passed.", "何时复检合格。"),
        "D4.6",
    )


@explain(Text("Quality form", "质检单"), Text("What the QA group found.", "质检小组的结论。"))
class QualityForm(RequestSection):
    """Filled in by the QA group."""

    by: Maybe[Person] = optional_key(
        Text("By", "质检人"), Text("Who inspected.", "由谁质检。"), "D4.6"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "质检时间。"), "D4.6")
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"), Text("Whether it passed.", "是否通过质检。"), "D4.6"
    )
    items: Maybe[Named[QualityItem]] = optional_key(
        Text("Items", "质检项目"),
        Text("What was inspected, item by item.", "逐项质检的内容与结论。"),
        "D4.6",
    )
    approved_by: Maybe[Person] = optional_key(
        Text("Approved by", "审批领导"),
        Text("For a major launch: the leader who approves.", "重大上线时审批质检单的领导。"),
        "D4.6",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The form.", "质检单原件。"), "D4.6"
    )


@explain(
    Text("Launch review", "上线评审"),
    Text("The review that the product office leads.", "产品室牵头组织的上线评审。"),
)
class LaunchReview(RequestSection):
    """Which offices took part, and what they concluded."""

    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "评审时间。"), "D4.5")
    offices: Maybe[Distinct[Identifier]] = optional_key(
        Text("Offices", "参加评审的室"),
        Text("Who took part: operations, content, systems.", "参加评审的运营室、内容室、系统室。"),
        "D4.5",
        examples=(["operations", "content", "systems"],),
    )
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"), Text("Whether it passed.", "是否通过评审。"), "D4.5"
    )
    conclusion: Maybe[Prose] = optional_key(
        Text("Conclusion", "结论"), Text("What was concluded.", "评审结论。"), "D4.5"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The record of the review.", "评审记录。"), "D4.5"
    )


@explain(
    Text("Maintenance", "上线后维护"),
    Text("Who looks after the product once it is live.", "产品上线后的维护与安全负责人。"),
)
class Maintenance(RequestSection):
    """The systems office owns maintenance and security."""

    office: Maybe[Identifier] = optional_key(
        Text("Office", "负责的室"),
        Text("The office that owns it.", "负责维护和安全的室。"),
        "D4.5",
        examples=("systems",),
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "维护负责人"),
        Text("Who maintains it.", "负责维护的人。"),
        "D4.5",
        marks=person("systems-office"),
    )
    security_owner: Maybe[Person] = optional_key(
        Text("Security owner", "安全负责人"),
        Text("Who keeps it secure.", "负责安全的人。"),
        "D4.5",
        marks=person("systems-office"),
    )


@explain(
    Text("Channel", "渠道"),
    Text("A carrier or channel that will show the new product.", "需要更新为新产品的载体或渠道。"),
)
class Channel(RequestSection):
    """A channel, and who updates it."""

    name: Maybe[Name] = name_key("channel", "渠道", "app-store")
    kind: Maybe[ChannelKind] = optional_key(
        Text("Kind", "类别"), Text("What sort of channel.", "属于哪类渠道。"), "D4.9", "D7"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who updates it.", "由谁更新。"), "D4.5"
    )
    partner: Maybe[Identifier] = optional_key(
        Text("Partner", "合作伙伴"),
        Text("Whose channel it is.", "渠道所属的合作伙伴。"),
        "D4.1",
        examples=("paper-partners",),
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What it is used for.", "渠道用途。"), "D7"
    )
