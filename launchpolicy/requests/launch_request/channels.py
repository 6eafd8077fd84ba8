"""What became of the product after the launch: channels, promotion, feedback (D4.5, D4.11, D7)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.marks import STATED
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Instant, Name, Person, Version
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Updated channel", "已更新的渠道"),
    Text("A channel that shows the new product.", "已更新为新产品的渠道。"),
)
class UpdatedChannel(RequestSection):
    """Updated when, by whom."""

    name: Maybe[Name] = name_key(
        "channel, as in spec.channels", "渠道（与 spec.channels 一致）", "app-store"
    )
    updated_at: Maybe[Instant] = optional_key(
        Text("Updated at", "更新时间"), Text("When it was updated.", "何时更新。"), "D4.5", "D4.9"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "更新人"), Text("Who updated it.", "由谁更新。"), "D4.5"
    )
    version: Maybe[Version] = optional_key(
        Text("Version", "版本"),
        Text(
            'The version it shows; quote "3.2".', '渠道上的版本；形似数字时须加引号，例如 "3.2"。'
        ),
        "D4.9",
        marks=STATED,
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A screenshot or a record.", "截图或记录。"), "D4.9"
    )


@explain(
    Text("Regional promotion", "片区推广"),
    Text("What a regional manager did.", "片区经理的推广情况。"),
)
class RegionalPromotion(RequestSection):
    """One region."""

    name: Maybe[Name] = name_key("region or promotion", "片区或推广活动", "north")
    by: Maybe[Person] = optional_key(
        Text("By", "推广人"),
        Text("Who did it; of a region, its manager.", "由谁推广；片区推广由片区经理负责。"),
        "D4.11",
        "D7",
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "推广时间。"), "D4.11")
    dropped: Maybe[Prose] = optional_key(
        Text("Dropped", "不再进行"), Text("Why it was not done.", "为何不再进行。"), "D7"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of it.", "推广记录。"), "D4.11"
    )


@explain(Text("Feedback", "反馈"), Text("What someone who tried it said.", "体验后的一条反馈。"))
class Feedback(RequestSection):
    """An opinion and the answer."""

    name: Maybe[Name] = name_key("feedback", "反馈", "larger-buttons")
    by: Maybe[Person] = optional_key(
        Text("By", "反馈人"), Text("Who said it.", "由谁反馈。"), "D4.11"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "反馈时间。"), "D4.11")
    text: Maybe[Prose] = optional_key(
        Text("Text", "内容"), Text("What was said.", "反馈内容。"), "D4.11", "D8.7.3"
    )
    answer: Maybe[Prose] = optional_key(
        Text("Answer", "答复"), Text("What is done about it.", "如何处理。"), "D8.7.3", marks=STATED
    )
