"""A further attempt at a launch that was rolled back or called off (D3.3.5)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import Maybe, RequestSection, explain, optional_key
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Instant, RequestName
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Further attempt", "再次上线"),
    Text(
        "Why the attempt before failed, what was done about it, and what proves that.",
        "上一次上线为何失败、如何解决、以何为证。",
    ),
)
class Attempt(RequestSection):
    """What a launch that failed once owes before it is tried again."""

    failed_at: Maybe[Instant] = optional_key(
        Text("Failed at", "失败时间"),
        Text(
            "When the attempt before was rolled back or called off.",
            "上一次上线回滚或取消的时间。",
        ),
        "D3.3.5",
    )
    after: Maybe[RequestName] = optional_key(
        Text("After", "前次申请"),
        Text(
            "The request that failed, where that was another one.",
            "失败的申请；与本申请相同时不填。",
        ),
        "D3.3.5",
        examples=("LR-2026-0040",),
    )
    cause: Maybe[Prose] = optional_key(
        Text("Cause", "原因"),
        Text("Why it failed.", "失败的原因。"),
        "D3.3.5",
        examples=({"en": "An index was missing.", "zh": "缺少一个索引。"},),
    )
    fix: Maybe[Prose] = optional_key(
        Text("Fix", "解决办法"),
        Text("What was changed so that it does not fail again.", "为避免再次失败做了哪些改动。"),
        "D3.3.5",
        examples=({"en": "The index is created first.", "zh": "先建立索引。"},),
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"),
        Text("What shows that the cause has been removed.", "证明问题已解决的文件。"),
        "D3.3.5",
    )
