"""How a launch ended: taken back, cancelled, or announced and summed up (D2.7, D3.3, D4, D7)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.execution import ExecutedStep
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import EXECUTES, FREE, REASSESSED, STATED
from launchpolicy.requests.launch_request.records import Evidence, Notice
from launchpolicy.requests.launch_request.rollback import RollbackImpact
from launchpolicy.requests.launch_request.scalars import (
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

MetricResult = TypeAliasType(
    "MetricResult",
    Annotated[
        Literal["met", "missed"],
        Words(
            Text("Against the target", "目标达成"),
            Text("Whether the target was reached.", "是否达到目标。"),
            (Text("Reached.", "达到。"), Text("Not reached.", "未达到。")),
        ),
    ],
)


@explain(Text("Rollback", "回滚"), Text("A rollback that happened.", "实际发生的回滚。"))
class RollbackRecord(RequestSection):
    """Decided by whom, on which assessment, with what result."""

    decided_by: Maybe[Person] = optional_key(
        Text("Decided by", "决定人"), Text("Who decided it.", "由谁决定回滚。"), "D2.7"
    )
    decided_at: Maybe[Instant] = optional_key(
        Text("Decided at", "决定时间"), Text("When it was decided.", "何时决定回滚。"), "D2.7"
    )
    reason: Maybe[Prose] = optional_key(Text("Reason", "原因"), Text("Why.", "回滚原因。"), "D2.7")
    impact_assessment: Maybe[RollbackImpact] = optional_key(
        Text("Impact assessment", "影响评估"),
        Text("The assessment that was made before it.", "回滚前所做的影响评估。"),
        "D2.7",
        marks=REASSESSED,
    )
    by: Maybe[Person] = optional_key(
        Text("By", "执行人"), Text("Who carried it out.", "由谁执行回滚。"), "D2.7", marks=EXECUTES
    )
    started_at: Maybe[Instant] = optional_key(
        Text("Started at", "开始时间"), Text("When it began.", "回滚开始时间。"), "D2.7"
    )
    finished_at: Maybe[Instant] = optional_key(
        Text("Finished at", "完成时间"), Text("When it was over.", "回滚完成时间。"), "D2.7"
    )
    steps: Maybe[Named[ExecutedStep]] = optional_key(
        Text("Steps", "步骤"), Text("Every step with its result.", "每个步骤的结果。"), "D2.7"
    )
    restored: Maybe[Distinct[Name]] = optional_key(
        Text("Restored", "已恢复的备份"),
        Text(
            "Names in spec.backup that were restored.", "已恢复的备份，填写 spec.backup 中的名称。"
        ),
        "D2.7",
        examples=(["orders-db"],),
    )
    reverted_to: Maybe[Line] = optional_key(
        Text("Reverted to", "回退到"),
        Text("The version that runs again.", "回退到的版本。"),
        "D2.7",
        examples=("v3.1.4",),
        marks=STATED,
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A log of the rollback.", "回滚日志。"), "D2.7"
    )


@explain(
    Text("Cancellation", "取消"), Text("Why the launch does not take place.", "上线为何取消。")
)
class Cancellation(RequestSection):
    """Called off before or during the launch."""

    by: Maybe[Person] = optional_key(
        Text("By", "决定人"), Text("Who cancelled it.", "由谁取消。"), "D3.3.5"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "取消时间。"), "D3.3.5")
    reason: Maybe[Prose] = optional_key(
        Text("Reason", "原因"), Text("Why.", "取消原因。"), "D3.3.5"
    )
    restored: Maybe[Distinct[Name]] = optional_key(
        Text("Restored", "已恢复的备份"),
        Text(
            "Names in spec.backup that were restored.", "已恢复的备份，填写 spec.backup 中的名称。"
        ),
        "D3.3.5",
        examples=(["orders-db"],),
    )
    business_normal_at: Maybe[Instant] = optional_key(
        Text("Business normal at", "业务恢复正常时间"),
        Text("When business ran normally again.", "业务何时恢复正常运行。"),
        "D3.3.5",
    )
    notice: Maybe[Notice] = optional_key(
        Text("Notice", "取消通知"),
        Text("Who was notified of the cancellation.", "取消上线的通知。"),
        "D3.3.5",
    )


@explain(
    Text("System log", "系统日志"),
    Text("Where the log of the new system is kept.", "新系统日志的保存情况。"),
)
class SystemLog(RequestSection):
    """Kept from when, until when."""

    location: Maybe[Line] = optional_key(
        Text("Location", "存放位置"), Text("Where it is kept.", "日志存放位置。"), "D3.3.6"
    )
    from_: Maybe[Instant] = optional_key(
        Text("From", "起"), Text("From when.", "日志开始时间。"), "D3.3.6"
    )
    until: Maybe[PlannedInstant] = optional_key(
        Text("Until", "保存至"), Text("How long it is kept.", "保存到何时。"), "D3.3.6"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("An extract.", "日志摘录。"), "D3.3.6"
    )


@explain(Text("Launch summary", "上线总结"), Text("What was learnt.", "对上线的总结。"))
class LaunchSummary(RequestSection):
    """By whom, when, and what it says."""

    by: Maybe[Person] = optional_key(
        Text("By", "总结人"), Text("Who wrote it.", "由谁总结。"), "D3.3.7"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "总结时间。"), "D3.3.7")
    text: Maybe[Prose] = optional_key(
        Text("Text", "内容"), Text("What it says.", "总结内容。"), "D3.3.7"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The summary as a document.", "上线总结文档。"), "D3.3.7"
    )


@explain(
    Text("Finished action item", "已完成的行动项"),
    Text("An action item that is done.", "已完成的会议行动项。"),
)
class FinishedItem(RequestSection):
    """Under the name it has in spec.meeting.actionItems."""

    name: Maybe[Name] = name_key(
        "action item, as in spec.meeting", "行动项（与 spec.meeting 一致）", "brief-support"
    )
    by: Maybe[Person] = optional_key(Text("By", "完成人"), Text("Who did it.", "由谁完成。"), "D5")
    done_at: Maybe[Instant] = optional_key(
        Text("Done at", "完成时间"), Text("When.", "完成时间。"), "D5"
    )
    remark: Maybe[Prose] = optional_key(
        Text("Remark", "备注"), Text("The outcome.", "完成情况。"), "D5", marks=FREE
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of it.", "相关记录。"), "D5"
    )


@explain(Text("Metric", "指标"), Text("A metric against its target.", "一个指标与目标的对比。"))
class Metric(RequestSection):
    """What was aimed at and what was reached."""

    name: Maybe[Name] = name_key("metric", "指标", "conversion")
    target: Maybe[Quantity] = optional_key(
        Text("Target", "目标值"), Text("What was aimed at.", "目标值。"), "D7", examples=("4 %",)
    )
    measured: Maybe[Quantity] = optional_key(
        Text("Measured", "实测值"), Text("What was reached.", "实测值。"), "D7", examples=("4.3 %",)
    )
    result: Maybe[MetricResult] = optional_key(
        Text("Result", "结果"), Text("Whether the target was reached.", "是否达到目标。"), "D7"
    )


@explain(
    Text("Improvement", "改进"),
    Text("An improvement that the data led to.", "由数据分析得出的一项改进。"),
)
class Improvement(RequestSection):
    """What is improved, and why."""

    name: Maybe[Name] = name_key("improvement", "改进", "shorter-form")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What is improved.", "改进内容。"), "D7"
    )
    metric: Maybe[Name] = optional_key(
        Text("Metric", "相关指标"),
        Text("The metric that led to it.", "得出该改进的指标名称。"),
        "D7",
    )
    owner: Maybe[Person] = optional_key(Text("Owner", "负责人"), Text("Who.", "由谁负责。"), "D7")
    due: Maybe[PlannedInstant] = optional_key(
        Text("Due", "期限"), Text("By when.", "最迟完成时间。"), "D7"
    )
    done_at: Maybe[Instant] = optional_key(
        Text("Done at", "完成时间"), Text("When.", "完成时间。"), "D7"
    )


@explain(Text("Results", "上线成效"), Text("What the launch brought.", "上线后的数据分析。"))
class Results(RequestSection):
    """Report, metrics and improvements."""

    report: Maybe[Evidence] = optional_key(
        Text("Report", "分析报告"), Text("The data-analysis report.", "数据分析报告。"), "D7"
    )
    metrics: Maybe[Named[Metric]] = optional_key(
        Text("Metrics", "指标"), Text("Each against its target.", "各指标与目标的对比。"), "D7"
    )
    improvements: Maybe[Named[Improvement]] = optional_key(
        Text("Improvements", "改进"), Text("What they led to.", "由此得出的改进。"), "D7"
    )
