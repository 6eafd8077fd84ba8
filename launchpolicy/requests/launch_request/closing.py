"""What ends the record of a launch: its announcement, and corrections of what was recorded."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.marks import ANSWER
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import (
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
    Text("Announcement", "上线通告"),
    Text(
        "When, by whom and to whom the launch was announced, or why it is not.",
        "何时、由谁、向谁发布上线通告，或说明为何不发布。",
    ),
)
class Announcement(RequestSection):
    """Either `none` with a reason, or the announcement as it was sent."""

    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不发布"),
        Text(
            "Why there is no announcement; such a launch counts as not launched.",
            "为何不发布通告；未发布通告的一律视为未上线。",
        ),
        "D4.10",
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was issued.", "通告发布的时间。"), "D4.9"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "发出人"), Text("Who issued it.", "由谁发布。"), "D4.9"
    )
    to: Maybe[Distinct[Identifier]] = optional_key(
        Text("To", "接收方"),
        Text("The departments or units that received it.", "收到通告的部门或单位。"),
        "D4.11",
        examples=(["customer-service", "finance"],),
    )
    cc: Maybe[Distinct[Identifier]] = optional_key(
        Text("Copies", "抄送"),
        Text("Who gets a copy, such as the leadership.", "抄送的部门或角色，例如公司领导。"),
        "D4.11",
        examples=(["company-leadership"],),
    )
    trial: Maybe[Prose] = optional_key(
        Text("How to try it", "体验方式"),
        Text("How one tries the product.", "如何体验新产品。"),
        "D4.11",
    )
    feedback_to: Maybe[Line] = optional_key(
        Text("Feedback to", "反馈渠道"),
        Text("Where opinions and suggestions go.", "意见和优化建议反馈到哪里。"),
        "D4.11",
        examples=("feedback@example.com",),
    )
    feedback_by: Maybe[PlannedInstant] = optional_key(
        Text("Feedback by", "反馈期限"),
        Text("Until when opinions are collected.", "意见反馈的截止时间。"),
        "D4.11",
    )
    promotion: Maybe[Prose] = optional_key(
        Text("Promotion", "推广要求"),
        Text("What regional managers are to do.", "对片区经理的推广要求。"),
        "D4.11",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The announcement as it was sent.", "通告原文。"), "D4.9"
    )


@explain(
    Text("Correction", "更正"),
    Text(
        "A mistake in what was recorded. It stands beside the record, which is not rewritten.",
        "对登记内容的更正，与原登记并存，原登记不改写。",
    ),
)
class Correction(RequestSection):
    """What is wrong where, and what is right."""

    name: Maybe[Name] = name_key("correction", "更正", "end-of-step-migrate")
    field: Maybe[Line] = required_key(
        Text("Field", "字段"),
        Text("The route of what is wrong.", "有误字段的路径。"),
        examples=("status.execution.steps[1].at",),
    )
    text: Maybe[Prose] = required_key(
        Text("Text", "内容"), Text("What is right, and how it is known.", "正确内容及依据。")
    )
    by: Maybe[Person] = required_key(Text("By", "更正人"), Text("Who corrects it.", "由谁更正。"))
    at: Maybe[Instant] = required_key(
        Text("At", "时间"), Text("When it was corrected.", "更正时间。")
    )


@explain(
    Text("Operation after the launch", "上线后运行情况"),
    Text("How the product ran in the time after its launch.", "上线后观察期内的运行情况。"),
)
class OperationRecord(RequestSection):
    """Monitors, feedback and fixes until the watch ended."""

    by: Maybe[Person] = optional_key(
        Text("By", "登记人"), Text("Who tells it.", "由谁登记。"), "D1.2.8"
    )
    until: Maybe[Instant] = optional_key(
        Text("Until", "截至"), Text("Until when it was watched.", "观察截至时间。"), "D1.2.8"
    )
    monitors: Maybe[Prose] = optional_key(
        Text("Monitors", "监控情况"), Text("How the monitors stood.", "监控指标情况。"), "D1.2.8"
    )
    feedback: Maybe[Prose] = optional_key(
        Text("Feedback", "用户反馈"),
        Text(
            "What users said, or that nothing came, and through which channel.",
            "用户反馈了什么，或某渠道未收到反馈。",
        ),
        "D1.2.8",
    )
    fixes: Maybe[Prose] = optional_key(
        Text("Fixes", "修复情况"),
        Text("What was fixed, or that nothing had to be.", "修复了什么，或无需修复。"),
        "D1.2.8",
        marks=ANSWER,
    )
