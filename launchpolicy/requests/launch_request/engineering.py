"""The launch plan of D9.3.1.1, in its six parts."""

from __future__ import annotations

from launchpolicy.requests.launch_request.choices import Level
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import STATED, inside, person
from launchpolicy.requests.launch_request.records import Evidence, Notice, Review
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Line,
    Name,
    Person,
    PlannedInstant,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(Text("Schedule item", "进度项"), Text("A line of the schedule.", "进度计划中的一项。"))
class ScheduleItem(RequestSection):
    """From when until when."""

    name: Maybe[Name] = name_key("line of the schedule", "进度项", "rack-and-cable")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is done then.", "该阶段的工作内容。"), "D9.3.1.1"
    )
    start: Maybe[PlannedInstant] = optional_key(
        Text("Start", "开始"), Text("From when.", "开始时间。"), "D9.3.1.1"
    )
    end: Maybe[PlannedInstant] = optional_key(
        Text("End", "结束"), Text("Until when.", "结束时间。"), "D9.3.1.1"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D9.3.1.1"
    )


@explain(Text("Resource", "资源"), Text("Something the project needs.", "项目所需的一项资源。"))
class Resource(RequestSection):
    """People, rooms, money, test equipment."""

    name: Maybe[Name] = name_key("resource", "资源", "network-engineers")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What it is.", "资源说明。"), "D9.3.1.1"
    )
    quantity: Maybe[Quantity] = optional_key(
        Text("Quantity", "数量"),
        Text("How much.", "所需数量。"),
        "D9.3.1.1",
        examples=("2 people",),
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "提供人"), Text("Who provides it.", "由谁提供。"), "D9.3.1.1"
    )
    arranged_by: Maybe[Person] = optional_key(
        Text("Arranged by", "协调人"),
        Text(
            "Who of the development-management centre arranged it with another department.",
            "由开发管理中心的哪位人员与其他部门协调。",
        ),
        "D9.3.1.1",
        marks=person("development-management-centre"),
    )


@explain(Text("Task", "任务"), Text("One engineering task.", "一项工程任务。"))
class Task(RequestSection):
    """What is done, by whom, by when."""

    name: Maybe[Name] = name_key("task", "任务", "install-database")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is done.", "任务内容。"), "D9.3.1.1"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D9.3.1.1"
    )
    due: Maybe[PlannedInstant] = optional_key(
        Text("Due", "期限"), Text("By when.", "最迟完成时间。"), "D9.3.1.1"
    )
    after: Maybe[Distinct[Name]] = optional_key(
        Text("After", "前置任务"),
        Text("Names of tasks that must be done first.", "必须先完成的任务名称。"),
        "D9.3.1.1",
        examples=(["rack-and-cable"],),
    )


@explain(Text("Purchase", "采购项"), Text("Something that is bought.", "采购计划中的一项。"))
class Purchase(RequestSection):
    """What, from whom, for how much, by when."""

    name: Maybe[Name] = name_key("purchase", "采购项", "database-servers")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is bought.", "采购内容。"), "D9.3.1.1"
    )
    vendor: Maybe[Line] = optional_key(
        Text("Vendor", "厂商"), Text("From whom.", "供货厂商。"), "D9.3.1.1", marks=STATED
    )
    quantity: Maybe[Count] = optional_key(
        Text("Quantity", "数量"), Text("How many.", "采购数量。"), "D9.3.1.1"
    )
    price: Maybe[Quantity] = optional_key(
        Text("Price", "金额"),
        Text("For how much in all.", "采购总金额。"),
        "D9.3.1.1",
        examples=("480000 CNY",),
    )
    needed_by: Maybe[PlannedInstant] = optional_key(
        Text("Needed by", "需用时间"),
        Text("By when it must be there.", "最迟到货时间。"),
        "D9.3.1.1",
    )
    by: Maybe[Person] = optional_key(
        Text("By", "采购确认人"),
        Text(
            "Who of the integration line confirmed it with the vendor.",
            "集成条线中联络产品商并确认采购的人员。",
        ),
        "D9.3.1.1",
        marks=person("integration-line"),
    )


@explain(
    Text("Risk item", "风险项"), Text("A risk and what is done about it.", "一项风险及应对措施。")
)
class RiskItem(RequestSection):
    """How likely, how bad, what then."""

    name: Maybe[Name] = name_key("risk", "风险", "late-delivery")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What may go wrong.", "可能出现什么问题。"), "D9.3.1.1"
    )
    likelihood: Maybe[Level] = optional_key(
        Text("Likelihood", "可能性"), Text("How likely it is.", "发生的可能性。"), "D9.3.1.1"
    )
    impact: Maybe[Level] = optional_key(
        Text("Impact", "影响程度"), Text("How bad it would be.", "影响程度。"), "D9.3.1.1"
    )
    treatment: Maybe[Prose] = optional_key(
        Text("Treatment", "应对措施"), Text("What is done about it.", "如何应对。"), "D9.3.1.1"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D9.3.1.1"
    )


@explain(
    Text("Launch plan", "产品上线计划"),
    Text("The launch plan in six parts.", "包含六个部分的产品上线计划。"),
)
class InfrastructurePlan(RequestSection):
    """Goal, schedule, resources, tasks, purchases, risks."""

    by: Maybe[Distinct[Person]] = optional_key(
        Text("By", "制定人"),
        Text(
            "Who worked the plan out: the project team and the integration line.",
            "项目组与集成条线中共同细化计划的人员。",
        ),
        "D9.3.1.1",
        examples=(["li.wei", "gao.peng"],),
    )
    goal: Maybe[Prose] = optional_key(
        Text("Goal", "投产目标"), Text("What is to be reached.", "投产目标。"), "D9.3.1.1"
    )
    schedule: Maybe[Named[ScheduleItem]] = optional_key(
        Text("Schedule", "时间进度"), Text("What happens when.", "时间进度。"), "D9.3.1.1"
    )
    resources: Maybe[Named[Resource]] = optional_key(
        Text("Resources", "项目资源"), Text("What is needed.", "项目资源。"), "D9.3.1.1"
    )
    tasks: Maybe[Named[Task]] = optional_key(
        Text("Tasks", "工程任务"), Text("What is done.", "工程任务。"), "D9.3.1.1"
    )
    purchases: Maybe[Named[Purchase]] = optional_key(
        Text("Purchases", "采购计划"), Text("What is bought.", "采购计划。"), "D9.3.1.1"
    )
    risks: Maybe[Named[RiskItem]] = optional_key(
        Text("Risks", "风险评估"), Text("What may go wrong.", "风险评估。"), "D9.3.1.1"
    )
    reviews: Maybe[Named[Review]] = optional_key(
        Text("Reviews", "计划审核"),
        Text("Reviews by the development-management centre.", "开发管理中心对计划的审核。"),
        "D9.3.1.1",
    )
    notice: Maybe[Notice] = optional_key(
        Text("Notice", "准备上线资源的通知"),
        Text(
            "The notice of the centre to project team and integration line: prepare the resources.",
            "开发管理中心审核后通知项目组与集成条线准备上线资源。",
        ),
        "D9.3.1.1",
        marks=inside(by=person("development-management-centre")),
    )
    document: Maybe[Evidence] = optional_key(
        Text("Document", "计划文档"), Text("The plan in writing.", "《产品上线计划》。"), "D9.3.1.1"
    )
