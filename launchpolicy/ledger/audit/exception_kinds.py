"""The kinds of exceptions that an audit lists, and what each says."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from launchpolicy.vocabulary.text import Text


class ExceptionKind(enum.StrEnum):
    """What did not go as the process has it."""

    BYPASSED = "bypassed"
    PUSHERS_UNKNOWN = "pushers-unknown"
    WITHOUT_APPROVAL = "merged-without-approval"
    SELF_APPROVAL = "self-approval"
    DUTIES_TOGETHER = "duties-together"
    EMERGENCY_WITHOUT_REVIEW = "emergency-without-review"
    REVIEWED_LATE = "emergency-reviewed-late"
    OUTSIDE_WINDOW = "outside-window"
    TIMES_UNKNOWN = "times-not-recorded"
    IN_FREEZE = "in-freeze"
    UNANNOUNCED = "unannounced"
    WAIVED = "waived"
    EVIDENCE_MISMATCH = "evidence-mismatch"
    CONTENT_MISMATCH = "content-mismatch"
    SHORTENED = "record-shortened"
    RULES_WITHOUT_APPROVAL = "rule-change-without-approval"
    MISSING_RECORD = "missing-record"
    WITHOUT_LANDING = "record-without-landing"
    VOIDED = "voided"


TITLES: dict[ExceptionKind, Text] = {
    ExceptionKind.BYPASSED: Text("merged without a passing verdict", "未通过判定即合并"),
    ExceptionKind.PUSHERS_UNKNOWN: Text("pushers unknown", "推送者不明"),
    ExceptionKind.WITHOUT_APPROVAL: Text("merged without approval", "未经审批即合并"),
    ExceptionKind.SELF_APPROVAL: Text("approved by its own requester or author", "自我审批"),
    ExceptionKind.DUTIES_TOGETHER: Text("duties fell together", "职责未分离"),
    ExceptionKind.EMERGENCY_WITHOUT_REVIEW: Text("emergency without review", "紧急上线未评审"),
    ExceptionKind.REVIEWED_LATE: Text("emergency reviewed late", "紧急上线评审逾期"),
    ExceptionKind.OUTSIDE_WINDOW: Text("outside the planned window", "超出计划窗口"),
    ExceptionKind.TIMES_UNKNOWN: Text(
        "window or actual times not recorded", "未记录窗口或实际时间"
    ),
    ExceptionKind.IN_FREEZE: Text("in a freeze", "封网期内上线"),
    ExceptionKind.UNANNOUNCED: Text("not announced", "未发布通告"),
    ExceptionKind.WAIVED: Text("a policy was waived", "策略被豁免"),
    ExceptionKind.EVIDENCE_MISMATCH: Text("evidence is not as stated", "证据与所写不符"),
    ExceptionKind.CONTENT_MISMATCH: Text("request is not as recorded", "申请与记录不符"),
    ExceptionKind.SHORTENED: Text("record leaves out parts of lists", "记录省略了部分内容"),
    ExceptionKind.RULES_WITHOUT_APPROVAL: Text(
        "rules changed without approval", "规则未经审批变更"
    ),
    ExceptionKind.MISSING_RECORD: Text("landing without a record", "合并缺少记录"),
    ExceptionKind.WITHOUT_LANDING: Text("record without a landing", "记录没有对应的合并"),
    ExceptionKind.VOIDED: Text("record voided", "记录被作废"),
}
"""How people read each kind."""

INTEGRITY = frozenset(
    {
        ExceptionKind.CONTENT_MISMATCH,
        ExceptionKind.MISSING_RECORD,
        ExceptionKind.WITHOUT_LANDING,
    }
)
"""Kinds that say that ledger and history differ, so that nothing else can be relied on."""

NOT_RECORDED = Text("not recorded", "未记录")
NO_FOLLOW_UP = Text("none recorded", "未记录后续处理")


@dataclass(frozen=True, slots=True)
class ExceptionRecord:
    """One exception: what, of which launch and entry, by whom, why, and what came after it.

    `launch_id` is "" where it is about no launch; `number` is None where there is no entry.
    """

    kind: ExceptionKind
    launch_id: str
    name: str
    number: int | None
    at: str
    who: tuple[str, ...]
    why: Text
    follow_up: Text = NO_FOLLOW_UP
