"""`spec.development`: the stage gates of product development (D1, D6, D8)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.choices import Result
from launchpolicy.requests.launch_request.construction import (
    Architecture,
    Communication,
    Defect,
    Implementation,
    Milestone,
    ProjectPlan,
    Team,
)
from launchpolicy.requests.launch_request.design import Design
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import FIGURE
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.requirements import (
    Assessment,
    FeaturePlan,
    Requirements,
)
from launchpolicy.requests.launch_request.scalars import (
    Duration,
    Identifier,
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Documentation", "产品文档"),
    Text("A document for users or staff.", "面向用户或员工的文档。"),
)
class Documentation(RequestSection):
    """A manual or another document."""

    name: Maybe[Name] = name_key("document", "文档", "user-manual")
    audience: Maybe[Distinct[Identifier]] = optional_key(
        Text("Audience", "读者"),
        Text("For whom.", "文档的读者。"),
        examples=(["customer-service"],),
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The document.", "文档原件。"), "D1.2.7"
    )


@explain(Text("Training", "培训"), Text("A training for the launch.", "为上线开展的一次培训。"))
class Training(RequestSection):
    """Who was trained, when and by whom."""

    name: Maybe[Name] = name_key("training", "培训", "support-desk")
    audience: Maybe[Distinct[Identifier]] = optional_key(
        Text("Audience", "培训对象"),
        Text("The departments that are trained.", "接受培训的部门。"),
        "D1.2.7",
        examples=(["customer-service"],),
    )
    by: Maybe[Person] = optional_key(
        Text("By", "培训人"), Text("Who trains.", "由谁培训。"), "D1.2.7"
    )
    at: Maybe[PlannedInstant] = optional_key(
        Text("At", "时间"), Text("When.", "培训时间。"), "D1.2.7"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"),
        Text("Material or list of attendance.", "培训材料或签到表。"),
        "D1.2.7",
    )


@explain(Text("Monitor", "监控项"), Text("Something that is monitored.", "运营期间的一个监控项。"))
class Monitor(RequestSection):
    """What is watched, and who is called."""

    name: Maybe[Name] = name_key("monitor", "监控项", "error-rate")
    target: Maybe[Line] = optional_key(
        Text("Target", "对象"), Text("What is monitored.", "监控对象。"), "D1.2.8"
    )
    alarm: Maybe[Prose] = optional_key(
        Text("Alarm", "告警条件"),
        Text("When someone is called.", "何种情况触发告警。"),
        "D1.2.8",
        marks=FIGURE,
    )
    by: Maybe[Person] = optional_key(Text("By", "负责人"), Text("Who is called.", "由谁处理告警。"))


@explain(
    Text("Emergency fixes", "紧急修复"),
    Text("How emergencies are dealt with.", "紧急问题如何处理。"),
)
class EmergencyFixes(RequestSection):
    """Who fixes defects, and how fast."""

    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who fixes defects.", "由谁修复。"), "D1.2.8"
    )
    within: Maybe[Duration] = optional_key(
        Text("Within", "时限"), Text("How fast.", "修复时限。"), "D1.2.8"
    )
    how: Maybe[Prose] = optional_key(
        Text("How", "方式"), Text("In which way.", "如何修复。"), "D1.2.8"
    )


@explain(
    Text("Operations plan", "运维规划"),
    Text("How the product is kept running.", "产品上线后如何运维。"),
)
class OperationsPlan(RequestSection):
    """Monitoring, feedback, fixes, maintenance, upgrades."""

    monitoring: Maybe[Named[Monitor]] = optional_key(
        Text("Monitoring", "监控"), Text("What is monitored.", "监控哪些内容。"), "D1.2.8"
    )
    feedback_channel: Maybe[Line] = optional_key(
        Text("Feedback channel", "反馈渠道"),
        Text("Where users tell us what they think.", "用户通过哪里反馈意见。"),
        "D1.2.8",
        "D8.7.3",
        examples=("feedback@example.com",),
    )
    emergency_fixes: Maybe[EmergencyFixes] = optional_key(
        Text("Emergency fixes", "紧急修复"),
        Text("How emergencies are dealt with.", "紧急问题如何处理。"),
        "D1.2.8",
    )
    maintenance: Maybe[Prose] = optional_key(
        Text("Maintenance", "维护计划"), Text("How it is maintained.", "产品维护计划。"), "D8.6.2"
    )
    upgrades: Maybe[Prose] = optional_key(
        Text("Upgrades", "升级计划"), Text("How it is upgraded.", "产品升级计划。"), "D8.6.2"
    )
    watch_for: Maybe[Duration] = optional_key(
        Text("Watch for", "观察期"),
        Text("How long it is watched after the launch.", "上线后的观察时长。"),
        "D1.2.8",
    )
    document: Maybe[Evidence] = optional_key(
        Text("Document", "规划文档"), Text("The plan in writing.", "运维规划文档。"), "D8.6.2"
    )


@explain(
    Text("Preparation", "准备事项"), Text("One thing that is made ready.", "发布前的一项准备。")
)
class Preparation(RequestSection):
    """Done, or not needed for a reason."""

    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不需要"), Text("Why it is not needed.", "为何不需要。"), "D8.7.1"
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What was done.", "做了哪些准备。"), "D8.7.1"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "负责人"), Text("Who did it.", "由谁负责。"), "D8.7.1"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "完成时间。"), "D8.7.1")
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"), Text("Whether it is ready.", "是否就绪。"), "D8.7.1"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of it.", "相关记录。"), "D8.7.1"
    )


@explain(Text("Release", "发布准备"), Text("What a release needs.", "正式发布所需的准备。"))
class Release(RequestSection):
    """Servers, database, functional test."""

    servers: Maybe[Preparation] = optional_key(
        Text("Servers", "服务器准备"),
        Text("The servers are prepared.", "服务器准备情况。"),
        "D8.7.1",
    )
    database_migration: Maybe[Preparation] = optional_key(
        Text("Database migration", "数据库迁移"),
        Text("The database is migrated.", "数据库迁移情况。"),
        "D8.7.1",
    )
    functional_test: Maybe[Preparation] = optional_key(
        Text("Functional test", "功能测试"),
        Text("The functions are tested.", "功能测试情况。"),
        "D8.7.1",
    )


@explain(
    Text("Development", "产品开发"), Text("How the product came to be.", "产品开发各阶段的记录。")
)
class Development(RequestSection):
    """The stage gates; tests themselves are in spec.testing."""

    requirements: Maybe[Requirements] = optional_key(
        Text("Requirement analysis", "需求分析"),
        Text("For whom, and what.", "为谁做、做什么。"),
        "D1.2.1",
        "D6.1",
        "D8.4",
    )
    feasibility: Maybe[Named[Assessment]] = optional_key(
        Text("Feasibility", "可行性评估"),
        Text(
            "One entry for each aspect, at least `technical`.",
            "每个方面一条，至少包括 `technical`（技术）。",
        ),
        "D6.2",
        "D8.4.3",
    )
    feature_plan: Maybe[FeaturePlan] = optional_key(
        Text("Feature plan", "产品策划"),
        Text("What is built, and why.", "功能规划与定位。"),
        "D6.2",
        "D8.4",
    )
    plan: Maybe[ProjectPlan] = optional_key(
        Text("Project plan", "项目计划"),
        Text("Phases and dates.", "各阶段及时间。"),
        "D1.2.2",
        "D8.6.1",
    )
    team: Maybe[Team] = optional_key(
        Text("Team", "项目团队"), Text("Who is responsible for what.", "成员与职责。"), "D8.5.1"
    )
    design: Maybe[Design] = optional_key(
        Text("Design", "设计"),
        Text("Prototype and design.", "原型与设计。"),
        "D1.2.3",
        "D6.3",
        "D8.5.2",
    )
    architecture: Maybe[Architecture] = optional_key(
        Text("Architecture", "架构"), Text("How the system is built.", "系统架构。"), "D6.4"
    )
    implementation: Maybe[Implementation] = optional_key(
        Text("Implementation", "研发实现"),
        Text("The code and its reviews.", "代码及代码审查。"),
        "D1.2.4",
        "D1.3",
    )
    no_defects: Maybe[ReasonForNone] = optional_key(
        Text("No defects", "无缺陷"),
        Text("Why the list of defects is empty.", "缺陷清单为空的理由。"),
        "D1.2.6",
    )
    communication: Maybe[Communication] = optional_key(
        Text("Communication", "沟通机制"),
        Text("How the departments keep each other informed.", "各部门之间如何沟通。"),
        "D1.3",
    )
    defects: Maybe[Named[Defect]] = optional_key(
        Text("Defects", "缺陷"), Text("What tests found.", "测试发现的缺陷。"), "D1.2.6", "D8.5.5"
    )
    milestones: Maybe[Named[Milestone]] = optional_key(
        Text("Milestones", "里程碑"), Text("With their risk reviews.", "里程碑及风险评审。"), "D1.3"
    )
    documentation: Maybe[Named[Documentation]] = optional_key(
        Text("Documentation", "产品文档"), Text("What was written.", "编写的文档。"), "D1.2.7"
    )
    training: Maybe[Named[Training]] = optional_key(
        Text("Training", "培训"), Text("Who was trained.", "开展的培训。"), "D1.2.7"
    )
    operations_plan: Maybe[OperationsPlan] = optional_key(
        Text("Operations plan", "运维规划"),
        Text("How it is kept running.", "上线后如何运维。"),
        "D1.2.8",
        "D8.6.2",
        "D8.7.3",
    )
    release: Maybe[Release] = optional_key(
        Text("Release", "发布准备"), Text("What a release needs.", "正式发布所需的准备。"), "D8.7.1"
    )
