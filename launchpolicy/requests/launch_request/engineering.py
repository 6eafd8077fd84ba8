"""The launch plan of D9.3.1.1, in its six parts."""

from __future__ import annotations

from launchpolicy.requests.launch_request.choices import Level
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explained,
    named,
    optional,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.records import Evidence, Review
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Instant,
    Line,
    Name,
    Person,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explained(Text("Schedule item", "进度项"), Text("A line of the schedule.", "进度计划中的一项。"))
class ScheduleItem(RequestSection):
    """From when until when."""

    name: Maybe[Name] = named("line of the schedule", "进度项", "rack-and-cable")
    start: Maybe[Instant] = optional(
        Text("Start", "开始"), Text("From when.", "开始时间。"), "D9.3.1.1"
    )
    end: Maybe[Instant] = optional(
        Text("End", "结束"), Text("Until when.", "结束时间。"), "D9.3.1.1"
    )
    owner: Maybe[Person] = optional(Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D9.3.1.1")


@explained(Text("Resource", "资源"), Text("Something the project needs.", "项目所需的一项资源。"))
class Resource(RequestSection):
    """People, rooms, money, test equipment."""

    name: Maybe[Name] = named("resource", "资源", "network-engineers")
    summary: Maybe[Prose] = optional(
        Text("Summary", "说明"), Text("What it is.", "资源说明。"), "D9.3.1.1"
    )
    quantity: Maybe[Quantity] = optional(
        Text("Quantity", "数量"),
        Text("How much.", "所需数量。"),
        "D9.3.1.1",
        examples=("2 people",),
    )
    owner: Maybe[Person] = optional(
        Text("Owner", "提供人"), Text("Who provides it.", "由谁提供。"), "D9.3.1.1"
    )


@explained(Text("Task", "任务"), Text("One engineering task.", "一项工程任务。"))
class Task(RequestSection):
    """What is done, by whom, by when."""

    name: Maybe[Name] = named("task", "任务", "install-database")
    summary: Maybe[Prose] = optional(
        Text("Summary", "说明"), Text("What is done.", "任务内容。"), "D9.3.1.1"
    )
    owner: Maybe[Person] = optional(Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D9.3.1.1")
    due: Maybe[Instant] = optional(
        Text("Due", "期限"), Text("By when.", "最迟完成时间。"), "D9.3.1.1"
    )
    after: Maybe[Distinct[Name]] = optional(
        Text("After", "前置任务"),
        Text("Names of tasks that must be done first.", "必须先完成的任务名称。"),
        "D9.3.1.1",
        examples=(["rack-and-cable"],),
    )


@explained(Text("Purchase", "采购项"), Text("Something that is bought.", "采购计划中的一项。"))
class Purchase(RequestSection):
    """What, from whom, for how much, by when."""

    name: Maybe[Name] = named("purchase", "采购项", "database-servers")
    summary: Maybe[Prose] = optional(
        Text("Summary", "说明"), Text("What is bought.", "采购内容。"), "D9.3.1.1"
    )
    vendor: Maybe[Line] = optional(
        Text("Vendor", "厂商"), Text("From whom.", "供货厂商。"), "D9.3.1.1"
    )
    quantity: Maybe[Count] = optional(
        Text("Quantity", "数量"), Text("How many.", "采购数量。"), "D9.3.1.1"
    )
    price: Maybe[Quantity] = optional(
        Text("Price", "金额"),
        Text("For how much in all.", "采购总金额。"),
        "D9.3.1.1",
        examples=("480000 CNY",),
    )
    needed_by: Maybe[Instant] = optional(
        Text("Needed by", "需用时间"),
        Text("By when it must be there.", "最迟到货时间。"),
        "D9.3.1.1",
    )
    by: Maybe[Person] = optional(
        Text("By", "采购人"), Text("Who buys it.", "由谁采购。"), "D9.3.1.1"
    )


@explained(
    Text("Risk item", "风险项"), Text("A risk and what is done about it.", "一项风险及应对措施。")
)
class RiskItem(RequestSection):
    """How likely, how bad, what then."""

    name: Maybe[Name] = named("risk", "风险", "late-delivery")
    summary: Maybe[Prose] = optional(
        Text("Summary", "说明"), Text("What may go wrong.", "可能出现什么问题。"), "D9.3.1.1"
    )
    likelihood: Maybe[Level] = optional(
        Text("Likelihood", "可能性"), Text("How likely it is.", "发生的可能性。"), "D9.3.1.1"
    )
    impact: Maybe[Level] = optional(
        Text("Impact", "影响程度"), Text("How bad it would be.", "影响程度。"), "D9.3.1.1"
    )
    treatment: Maybe[Prose] = optional(
        Text("Treatment", "应对措施"), Text("What is done about it.", "如何应对。"), "D9.3.1.1"
    )
    owner: Maybe[Person] = optional(Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D9.3.1.1")


@explained(
    Text("Launch plan", "产品上线计划"),
    Text("The launch plan in six parts.", "包含六个部分的产品上线计划。"),
)
class InfrastructurePlan(RequestSection):
    """Goal, schedule, resources, tasks, purchases, risks."""

    goal: Maybe[Prose] = optional(
        Text("Goal", "投产目标"), Text("What is to be reached.", "投产目标。"), "D9.3.1.1"
    )
    schedule: Maybe[Named[ScheduleItem]] = optional(
        Text("Schedule", "时间进度"), Text("What happens when.", "时间进度。"), "D9.3.1.1"
    )
    resources: Maybe[Named[Resource]] = optional(
        Text("Resources", "项目资源"), Text("What is needed.", "项目资源。"), "D9.3.1.1"
    )
    tasks: Maybe[Named[Task]] = optional(
        Text("Tasks", "工程任务"), Text("What is done.", "工程任务。"), "D9.3.1.1"
    )
    purchases: Maybe[Named[Purchase]] = optional(
        Text("Purchases", "采购计划"), Text("What is bought.", "采购计划。"), "D9.3.1.1"
    )
    risks: Maybe[Named[RiskItem]] = optional(
        Text("Risks", "风险评估"), Text("What may go wrong.", "风险评估。"), "D9.3.1.1"
    )
    reviews: Maybe[Named[Review]] = optional(
        Text("Reviews", "计划审核"),
        Text("Reviews by the development-management centre.", "开发管理中心对计划的审核。"),
        "D9.3.1.1",
    )
    document: Maybe[Evidence] = optional(
        Text("Document", "计划文档"), Text("The plan in writing.", "《产品上线计划》。"), "D9.3.1.1"
    )
