"""How the product was built: plan, team, design, architecture, defects (D1, D6, D8)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Level, Result, Settlement, Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import ListOf, Named
from launchpolicy.requests.launch_request.marks import FIGURE, STATED
from launchpolicy.requests.launch_request.records import Evidence, Review
from launchpolicy.requests.launch_request.scalars import (
    Identifier,
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

PhaseKind = TypeAliasType(
    "PhaseKind",
    Annotated[
        Literal["requirements", "design", "development", "test", "launch", "operation"],
        Words(
            Text("Kind of phase", "阶段类别"),
            Text("What happens in the phase.", "该阶段做什么。"),
            (
                Text("Requirement analysis.", "需求分析。"),
                Text("Design.", "设计。"),
                Text("Development.", "研发。"),
                Text("Test.", "测试。"),
                Text("Launch.", "上线。"),
                Text("Operation.", "运营维护。"),
            ),
        ),
    ],
)


@explain(Text("Phase", "阶段"), Text("One phase of the project.", "项目的一个阶段。"))
class Phase(RequestSection):
    """A phase with its dates."""

    name: Maybe[Name] = name_key("phase", "阶段", "development", "test", "launch")
    kind: Maybe[PhaseKind] = optional_key(
        Text("Kind", "类别"), Text("What happens in it.", "该阶段做什么。"), "D1.2.2"
    )
    start: Maybe[PlannedInstant] = optional_key(
        Text("Start", "开始"), Text("When it begins.", "开始时间。"), "D1.2.2", "D8.6.1"
    )
    end: Maybe[PlannedInstant] = optional_key(
        Text("End", "结束"), Text("When it ends.", "结束时间。"), "D1.2.2", "D8.6.1"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who leads it.", "由谁负责。")
    )
    resources: Maybe[Prose] = optional_key(
        Text("Resources", "资源"),
        Text("What is needed for it.", "所需资源。"),
        "D8.6.1",
        marks=FIGURE,
    )


@explain(Text("Project plan", "项目计划"), Text("The phases and their dates.", "各阶段及时间。"))
class ProjectPlan(RequestSection):
    """Development, test and launch, with dates."""

    by: Maybe[Person] = optional_key(
        Text("By", "制定人"), Text("Who drew it up.", "由谁制定。"), "D1.2.2"
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was drawn up.", "计划的制定时间。"), "D1.2.2"
    )
    phases: Maybe[Named[Phase]] = optional_key(
        Text("Phases", "阶段"),
        Text("At least development, test and launch.", "至少包括研发、测试和上线阶段。"),
        "D1.2.2",
        "D8.6.1",
    )
    document: Maybe[Evidence] = optional_key(
        Text("Document", "计划文档"), Text("The plan in writing.", "项目计划文档。"), "D1.2.2"
    )


@explain(Text("Member", "成员"), Text("A member of the team.", "项目团队的一名成员。"))
class Member(RequestSection):
    """Who is responsible for what."""

    person: Maybe[Person] = required_key(Text("Person", "人员"), Text("Who.", "成员。"), "D8.5.1")
    department: Maybe[Identifier] = optional_key(
        Text("Department", "部门"), Text("From which department.", "所属部门。"), "D8.5.1"
    )
    responsibility: Maybe[Prose] = optional_key(
        Text("Responsibility", "职责"),
        Text("What they are responsible for.", "承担的职责。"),
        "D8.5.1",
    )


@explain(Text("Team", "项目团队"), Text("Who builds the product.", "负责开发产品的团队。"))
class Team(RequestSection):
    """The lead and the members."""

    lead: Maybe[Person] = optional_key(
        Text("Lead", "负责人"), Text("Who leads the team.", "团队负责人。"), "D8.5.1"
    )
    members: Maybe[Annotated[tuple[Member, ...], ListOf(key="person")]] = optional_key(
        Text("Members", "成员"), Text("Each person once.", "每人一条。"), "D8.5.1"
    )


@explain(Text("Component", "组件"), Text("A part of the system.", "系统的一个组成部分。"))
class Component(RequestSection):
    """A part and what it is for."""

    name: Maybe[Name] = name_key("component", "组件", "payment-gateway")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What it is for.", "组件用途。"), "D6.4"
    )


@explain(Text("Architecture", "架构"), Text("How the system is built.", "系统如何构成。"))
class Architecture(RequestSection):
    """Description, components and demonstration model."""

    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("The architecture in short.", "架构概述。"), "D6.4"
    )
    components: Maybe[Named[Component]] = optional_key(
        Text("Components", "组件"), Text("The parts.", "系统的组成部分。"), "D6.4"
    )
    document: Maybe[Evidence] = optional_key(
        Text("Document", "架构文档"),
        Text("The architecture in writing.", "系统架构设计文档。"),
        "D6.4",
    )
    demonstration: Maybe[Evidence] = optional_key(
        Text("Demonstration model", "演示模型"),
        Text("The demonstration model.", "演示模型。"),
        "D6.4",
    )


@explain(Text("Implementation", "研发实现"), Text("The code and its reviews.", "代码及代码审查。"))
class Implementation(RequestSection):
    """Where the code is, and who reviewed it."""

    repository: Maybe[Line] = optional_key(
        Text("Repository", "代码仓库"),
        Text("Where the code is kept.", "代码所在仓库。"),
        "D1.2.4",
        examples=("payments/checkout",),
    )
    reference: Maybe[Line] = optional_key(
        Text("Reference", "版本标识"),
        Text("Which state of it.", "代码的标签或提交。"),
        "D1.2.4",
        examples=("v3.2.0",),
        marks=STATED,
    )
    code_reviews: Maybe[Named[Review]] = optional_key(
        Text("Code reviews", "代码审查"), Text("Reviews of the code.", "代码审查记录。"), "D1.3"
    )


@explain(Text("Defect", "缺陷"), Text("A defect that was found.", "测试发现的一个缺陷。"))
class Defect(RequestSection):
    """Fixed, or accepted by someone named."""

    name: Maybe[Name] = name_key("defect", "缺陷", "BUG-1182")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is wrong.", "缺陷说明。")
    )
    severity: Maybe[Level] = optional_key(
        Text("Severity", "严重程度"), Text("How bad it is.", "缺陷的严重程度。")
    )
    outcome: Maybe[Settlement] = optional_key(
        Text("Outcome", "处置"),
        Text("Fixed, accepted or still open.", "已修复、已接受或未处理。"),
        "D1.2.6",
        "D8.5.5",
    )
    fixed_in: Maybe[Line] = optional_key(
        Text("Fixed in", "修复版本"),
        Text("The version that fixes it.", "修复该缺陷的版本。"),
        "D1.2.6",
        marks=STATED,
    )
    accepted_by: Maybe[Person] = optional_key(
        Text("Accepted by", "接受人"), Text("Who accepts it as it is.", "由谁确认接受。"), "D1.2.6"
    )
    reason: Maybe[Prose] = optional_key(
        Text("Reason", "理由"), Text("Why it is accepted.", "接受的理由。"), "D1.2.6"
    )


@explain(
    Text("Milestone", "里程碑"),
    Text("A milestone, and the review at it.", "一个里程碑及其风险评审。"),
)
class Milestone(RequestSection):
    """Due, reached, reviewed."""

    name: Maybe[Name] = name_key("milestone", "里程碑", "code-complete")
    due: Maybe[PlannedInstant] = optional_key(
        Text("Due", "计划时间"), Text("When it is due.", "计划达到的时间。"), "D1.3"
    )
    reached_at: Maybe[Instant] = optional_key(
        Text("Reached at", "达成时间"), Text("When it was reached.", "实际达到的时间。"), "D1.3"
    )
    reviewed_by: Maybe[Person] = optional_key(
        Text("Reviewed by", "评审人"),
        Text("Who reviewed progress and risk.", "由谁评估进度和风险。"),
        "D1.3",
    )
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"), Text("Whether the project may go on.", "是否可以继续。"), "D1.3"
    )
    risk: Maybe[Prose] = optional_key(
        Text("Risk", "风险"),
        Text("The risks that were seen.", "评审中发现的风险。"),
        "D1.3",
        marks=STATED,
    )


@explain(
    Text("Communication", "沟通机制"),
    Text("How the departments keep each other informed.", "各部门之间如何沟通。"),
)
class Communication(RequestSection):
    """By what means, how often, and who sees to it."""

    how: Maybe[Prose] = optional_key(
        Text("How", "方式"), Text("By what means.", "沟通方式。"), "D1.3"
    )
    every: Maybe[Line] = optional_key(
        Text("Every", "频次"),
        Text("How often.", "多久一次。"),
        "D1.3",
        examples=("week",),
        marks=STATED,
    )
    by: Maybe[Person] = optional_key(
        Text("By", "负责人"), Text("Who sees to it.", "由谁负责。"), "D1.3"
    )
