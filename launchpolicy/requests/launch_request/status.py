"""`status`: what happened, and the stage the request has reached."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.backup import TakenBackup
from launchpolicy.requests.launch_request.channels import (
    Feedback,
    RegionalPromotion,
    UpdatedChannel,
)
from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.closing import Announcement, Correction, OperationRecord
from launchpolicy.requests.launch_request.emergency import EmergencyReview
from launchpolicy.requests.launch_request.execution import (
    CheckOutcome,
    Execution,
    Problem,
    Readiness,
    SuspensionRecord,
)
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.infrastructure import LaunchConfirmation
from launchpolicy.requests.launch_request.lists import Named
from launchpolicy.requests.launch_request.marks import REQUESTER, inside, person
from launchpolicy.requests.launch_request.outcome import (
    Cancellation,
    FinishedItem,
    LaunchSummary,
    Results,
    RollbackRecord,
    SystemLog,
)
from launchpolicy.requests.launch_request.preparation import (
    FinishedTask,
    RunningDevice,
    RunningPort,
)
from launchpolicy.requests.launch_request.records import Notice
from launchpolicy.requests.launch_request.rehearsal import LaunchNotice, Rehearsal
from launchpolicy.vocabulary.text import Text

Stage = TypeAliasType(
    "Stage",
    Annotated[
        Literal["requested", "launched", "verified", "closed", "cancelled", "rolled-back"],
        Words(
            Text("Stage", "阶段"),
            Text("How far the launch has come.", "上线进行到哪一步。"),
            (
                Text("Asked for; merging it approves the launch.", "已申请，合并即批准上线。"),
                Text("Carried out.", "已执行上线。"),
                Text("Checked after the launch.", "上线后检查已完成。"),
                Text("Announced, resumed and summed up.", "已通告、已恢复业务、已总结。"),
                Text("Called off.", "已取消。"),
                Text("Rolled back; it may be requested again.", "已回滚，可重新申请。"),
            ),
        ),
    ],
)


@explain(
    Text("Status", "状态"),
    Text("What happened. Nothing here was part of the approval.", "实际执行情况，不属于审批内容。"),
)
class Status(RequestSection):
    """Written bit by bit as the launch proceeds."""

    stage: Maybe[Stage] = required_key(
        Text("Stage", "阶段"),
        Text("How far the launch has come.", "上线进行到哪一步。"),
        "D2.2",
        "D3.2",
    )
    rehearsal: Maybe[Rehearsal] = optional_key(
        Text("Launch rehearsal", "上线演练"),
        Text(
            "The rehearsal of the launch itself, after the approval.",
            "审批之后对上线步骤的演练。",
        ),
        "D3.3.1",
    )
    conversion_rehearsal: Maybe[Rehearsal] = optional_key(
        Text("Rehearsal of the data conversion", "数据转换演练"),
        Text(
            "The rehearsal of the conversion, by the DBA.",
            "数据库管理人员进行的转换演练。",
        ),
        "D3.3.1",
    )
    notice: Maybe[LaunchNotice] = optional_key(
        Text("Launch notice", "上线通知"),
        Text(
            "Who was notified of the launch, after the rehearsals.",
            "演练通过后向相关部门下达的通知。",
        ),
        "D3.3.2",
    )
    tasks: Maybe[Named[FinishedTask]] = optional_key(
        Text("Tasks", "任务"),
        Text("Tasks of the launch plan that are done.", "上线计划中已完成的任务。"),
        "D9.3.1.1",
    )
    equipment: Maybe[Named[RunningDevice]] = optional_key(
        Text("Equipment", "投运设备"),
        Text("Numbers of devices that came after the approval.", "审批后到货设备的编号。"),
        "D9.3.1.2",
    )
    ports: Maybe[Named[RunningPort]] = optional_key(
        Text("Ports", "投运端口"),
        Text("MAC addresses that were read after the approval.", "审批后读取的 MAC 地址。"),
        "D9.3.1.2",
    )
    confirmation: Maybe[LaunchConfirmation] = optional_key(
        Text("Launch confirmation", "产品上线确认书"),
        Text(
            "The confirmation that the centre signed after the approval.",
            "开发管理中心在审批之后签发的确认书。",
        ),
        "D9.3.1.1",
    )
    checks_before: Maybe[Named[CheckOutcome]] = optional_key(
        Text("Checks before", "上线前检查"),
        Text("Results of spec.checks.before.", "spec.checks.before 各项的结果。"),
        "D2.4",
        marks=inside(by=person("operations")),
    )
    readiness: Maybe[Readiness] = optional_key(
        Text("Readiness", "就绪情况"),
        Text(
            "Environment, systems and departments that were ready.",
            "环境、关联系统和相关单位的就绪情况。",
        ),
        "D3.3.3",
    )
    suspension: Maybe[SuspensionRecord] = optional_key(
        Text("Suspension of business", "业务暂停情况"),
        Text("How business was paused.", "业务实际暂停情况。"),
        "D3.3.3",
    )
    backups: Maybe[Named[TakenBackup]] = optional_key(
        Text("Backups", "备份"),
        Text("Backups that were taken before the launch.", "上线前实际完成的备份。"),
        "D2.3",
        "D3.3.4",
    )
    execution: Maybe[Execution] = optional_key(
        Text("Execution", "执行情况"),
        Text("How it was carried out.", "上线的执行情况。"),
        "D2.5",
        "D3.3.5",
    )
    checks_after: Maybe[Named[CheckOutcome]] = optional_key(
        Text("Checks after", "上线后检查"),
        Text("Results of spec.checks.after.", "spec.checks.after 各项的结果。"),
        "D2.6",
        "D2.9",
        marks=inside(by=person(apart=(REQUESTER,))),
    )
    problems: Maybe[Named[Problem]] = optional_key(
        Text("Problems", "问题"),
        Text("What was found after the launch.", "上线后发现的问题。"),
        "D2.6",
    )
    rollback: Maybe[RollbackRecord] = optional_key(
        Text("Rollback", "回滚"), Text("A rollback that happened.", "实际发生的回滚。"), "D2.7"
    )
    cancellation: Maybe[Cancellation] = optional_key(
        Text("Cancellation", "取消"), Text("Why it was called off.", "取消上线的情况。"), "D3.3.5"
    )
    new_backups: Maybe[Named[TakenBackup]] = optional_key(
        Text("New backups", "新系统备份"),
        Text("Backups of the new system, after success.", "上线成功后对新系统所做的备份。"),
        "D3.3.6",
    )
    system_log: Maybe[SystemLog] = optional_key(
        Text("System log", "系统日志"), Text("Where it is kept.", "系统日志的保存情况。"), "D3.3.6"
    )
    resumption: Maybe[Notice] = optional_key(
        Text("Resumption", "业务启动通知"),
        Text("Who was notified to resume business.", "通知相关单位恢复业务的情况。"),
        "D3.3.7",
    )
    channels: Maybe[Named[UpdatedChannel]] = optional_key(
        Text("Channels", "渠道"),
        Text("Channels that were updated.", "已更新的载体和渠道。"),
        "D4.5",
        "D4.9",
    )
    announcement: Maybe[Announcement] = optional_key(
        Text("Announcement", "上线通告"),
        Text("The announcement by the product office.", "产品室发布的上线通告。"),
        "D4.9",
        "D4.10",
    )
    review: Maybe[EmergencyReview] = optional_key(
        Text("Review", "事后评审"),
        Text("What an emergency launch taught.", "紧急上线的事后评审。"),
        "D2.8",
    )
    promotion: Maybe[Named[RegionalPromotion]] = optional_key(
        Text("Promotion", "片区推广"),
        Text("What regional managers did.", "片区经理的推广情况。"),
        "D4.11",
    )
    feedback: Maybe[Named[Feedback]] = optional_key(
        Text("Feedback", "反馈"),
        Text("What people said who tried it.", "相关人员体验后的反馈。"),
        "D4.11",
        "D8.7.3",
    )
    action_items: Maybe[Named[FinishedItem]] = optional_key(
        Text("Action items", "行动项"),
        Text(
            "Items of spec.meeting.actionItems that are done.",
            "spec.meeting.actionItems 中已完成的事项。",
        ),
        "D5",
    )
    report: Maybe[Notice] = optional_key(
        Text("Report", "上线报告"),
        Text("The report to the technology department.", "向科技部报告上线情况。"),
        "D3.3.7",
    )
    summary: Maybe[LaunchSummary] = optional_key(
        Text("Summary", "上线总结"), Text("What was learnt.", "对上线的总结。"), "D3.3.7"
    )
    operation: Maybe[OperationRecord] = optional_key(
        Text("Operation", "运行情况"),
        Text("How it ran after the launch.", "上线后的运行情况。"),
        "D1.2.8",
    )
    results: Maybe[Results] = optional_key(
        Text("Results", "上线成效"),
        Text("What the launch brought.", "上线后的数据分析与改进。"),
        "D7",
    )
    corrections: Maybe[Named[Correction]] = optional_key(
        Text("Corrections", "更正"),
        Text(
            "What an earlier record says wrongly, and what is right; the record itself stays.",
            "先前登记有误之处及正确内容；原登记保留不动。",
        ),
        "D2.8",
    )
