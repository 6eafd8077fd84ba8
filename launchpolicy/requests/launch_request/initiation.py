"""Who of the product office began which piece of work, and when (D4.4)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
)
from launchpolicy.requests.launch_request.scalars import Instant, Person
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Start of a task", "工作的发起"), Text("Who began it, and when.", "发起人和发起时间。")
)
class TaskStart(RequestSection):
    """The person and the moment."""

    by: Maybe[Person] = optional_key(Text("By", "发起人"), Text("By whom.", "由谁发起。"), "D4.4")
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "发起时间。"), "D4.4")


@explain(
    Text("Initiation", "工作发起"),
    Text(
        "Who of the product office began the work on this launch, task by task.",
        "产品室由谁、何时发起各项工作。",
    ),
)
class Initiation(RequestSection):
    """Requirement, internal test, review and quality inspection, in this order."""

    requirement: Maybe[TaskStart] = optional_key(
        Text("Requirement", "需求开发"),
        Text("Who began the work on the requirement.", "需求开发由谁、何时发起。"),
        "D4.4",
    )
    internal_test: Maybe[TaskStart] = optional_key(
        Text("Internal test", "内测"),
        Text("Who had the internal test begun.", "内测由谁、何时发起。"),
        "D4.4",
    )
    review: Maybe[TaskStart] = optional_key(
        Text("Review", "评审"),
        Text("Who called the review.", "评审由谁、何时组织。"),
        "D4.4",
    )
    inspection: Maybe[TaskStart] = optional_key(
        Text("Quality inspection", "质检"),
        Text("Who asked for the quality inspection.", "质检由谁、何时发起。"),
        "D4.4",
    )
