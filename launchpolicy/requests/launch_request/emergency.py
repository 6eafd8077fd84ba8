"""Emergency launches: why the ordinary pace is not kept, and the review that is owed for it."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import Maybe, RequestSection, explain, optional_key
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Instant, Line, Person, PlannedInstant
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Emergency", "紧急上线"),
    Text(
        "Why the launch cannot wait, and by when it is reviewed afterwards.",
        "为何不能等待常规流程，以及何时完成事后评审。",
    ),
)
class Emergency(RequestSection):
    """What a request of risk class `emergency` owes."""

    reason: Maybe[Prose] = optional_key(
        Text("Reason", "原因"),
        Text("What happens if it waits.", "不立即上线会造成什么后果。"),
        "D2.2",
        examples=({"en": "Customers are charged twice.", "zh": "客户被重复扣款。"},),
    )
    incident: Maybe[Line] = optional_key(
        Text("Incident", "事件编号"),
        Text("The incident that it answers.", "所处理事件的编号。"),
        examples=("INC-2026-118",),
    )
    review_by: Maybe[PlannedInstant] = optional_key(
        Text("Review by", "评审期限"),
        Text("When the review after the launch is due.", "上线后评审的截止时间。"),
        "D2.8",
    )


@explain(
    Text("Review after the launch", "上线后评审"),
    Text("What an emergency launch taught.", "紧急上线的事后评审结论。"),
)
class EmergencyReview(RequestSection):
    """The review that `spec.emergency.reviewBy` promised."""

    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it took place.", "评审时间。"), "D2.8"
    )
    by: Maybe[Distinct[Person]] = optional_key(
        Text("By", "评审人"), Text("Who took part.", "参与评审的人员。"), examples=(["chen.jie"],)
    )
    findings: Maybe[Prose] = optional_key(
        Text("Findings", "结论"), Text("What was learnt.", "评审得出的结论。"), "D2.8"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The record of the review.", "评审记录。")
    )
