"""What happened at the launch: checks, steps, problems (D2.4 to D2.6, D3.3.3, D3.3.5)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Result, Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Named
from launchpolicy.requests.launch_request.marks import FREE, MAINTAINER, inside, person
from launchpolicy.requests.launch_request.records import Confirmation, Evidence, Notice
from launchpolicy.requests.launch_request.scalars import Count, Instant, Name, Person, Quantity
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

StepResult = TypeAliasType(
    "StepResult",
    Annotated[
        Literal["done", "failed"],
        Words(
            Text("Result of a step", "步骤结果"),
            Text("How the step went at first.", "步骤首次执行的结果。"),
            (Text("It worked.", "成功。"), Text("It failed.", "失败。")),
        ),
    ],
)
StepOutcome = TypeAliasType(
    "StepOutcome",
    Annotated[
        Literal["done", "unresolved"],
        Words(
            Text("Outcome of a failed step", "失败步骤的最终结果"),
            Text("The outcome after handling.", "处理之后的结果。"),
            (
                Text("It worked after all.", "处理后成功。"),
                Text("It could not be fixed: restore and cancel.", "未能解决，须恢复并取消上线。"),
            ),
        ),
    ],
)
ProblemOutcome = TypeAliasType(
    "ProblemOutcome",
    Annotated[
        Literal["fixed", "accepted", "deferred", "rolled-back"],
        Words(
            Text("Outcome of a problem", "问题的处理结果"),
            Text("The outcome.", "问题最终如何处理。"),
            (
                Text("It was fixed.", "已修复。"),
                Text("It is accepted as it is.", "已接受现状。"),
                Text("It will be fixed later.", "留待后续修复。"),
                Text("The launch was rolled back because of it.", "因此回滚。"),
            ),
        ),
    ],
)


@explain(Text("Check result", "检查结果"), Text("What a check showed.", "一项检查的结果。"))
class CheckOutcome(RequestSection):
    """The result of a planned check, under the same name."""

    name: Maybe[Name] = name_key(
        "check, as in spec.checks", "检查项（与 spec.checks 一致）", "servers"
    )
    result: Maybe[Result] = required_key(
        Text("Result", "结果"), Text("Whether it passed.", "是否通过。"), "D2.4", "D2.6"
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was checked.", "检查时间。"), "D2.4", "D2.6"
    )
    by: Maybe[Person] = optional_key(Text("By", "检查人"), Text("Who checked.", "由谁检查。"))
    measured: Maybe[Quantity] = optional_key(
        Text("Measured", "实测值"),
        Text("The measured value, in the unit of the limit.", "实测值，单位与上限一致。"),
        "D2.6",
        examples=("240ms",),
    )
    remark: Maybe[Prose] = optional_key(
        Text("Remark", "备注"), Text("What was noticed.", "检查中的发现。"), marks=FREE
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of the check.", "检查记录。")
    )


@explain(
    Text("Environment readiness", "环境就绪"),
    Text("That hardware and software are ready.", "软硬件环境准备情况。"),
)
class EnvironmentReadiness(RequestSection):
    """Who made it ready, and when."""

    by: Maybe[Person] = optional_key(
        Text("By", "确认人"), Text("Who says so.", "由谁确认。"), "D3.3.3"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "就绪时间。"), "D3.3.3")
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of it.", "相关记录。"), "D3.3.3"
    )


@explain(
    Text("Readiness", "就绪情况"),
    Text("What was ready before the launch began.", "上线开始前的就绪情况。"),
)
class Readiness(RequestSection):
    """Environment, systems, departments."""

    environment: Maybe[EnvironmentReadiness] = optional_key(
        Text("Environment", "软硬件环境"), Text("Hardware and software.", "软硬件环境。"), "D3.3.3"
    )
    systems: Maybe[Named[Confirmation]] = optional_key(
        Text("Systems", "关联系统"),
        Text("Related systems that are ready.", "已就绪的关联系统。"),
        "D3.3.3",
        marks=inside(confirmed_by=person(apart=(MAINTAINER,))),
    )
    departments: Maybe[Named[Confirmation]] = optional_key(
        Text("Departments", "相关单位"),
        Text("Departments that are ready.", "已就绪的相关单位。"),
        "D3.3.3",
        marks=inside(confirmed_by=person(department_key="name")),
    )


@explain(
    Text("Suspension of business", "业务暂停情况"),
    Text("How business was paused.", "业务实际暂停情况。"),
)
class SuspensionRecord(RequestSection):
    """Announced, then paused."""

    announced: Maybe[Notice] = optional_key(
        Text("Announced", "通知"),
        Text("How it was announced.", "暂停通知的发出情况。"),
        "D3.3.3",
        marks=inside(by=person("application-maintainer")),
    )
    from_: Maybe[Instant] = optional_key(
        Text("From", "起"), Text("When business really paused.", "实际暂停的时间。"), "D3.3.3"
    )


@explain(
    Text("Executed step", "已执行的步骤"), Text("The result of a step.", "一个步骤的执行情况。")
)
class ExecutedStep(RequestSection):
    """A step under the name it has in the plan."""

    name: Maybe[Name] = name_key("step, as in the plan", "步骤（与方案一致）", "migrate")
    result: Maybe[StepResult] = required_key(
        Text("Result", "结果"), Text("How it went at first.", "首次执行的结果。"), "D3.3.5"
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was finished.", "完成时间。"), "D3.3.5"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "执行人"), Text("Who carried it out.", "由谁执行。"), "D3.3.5"
    )
    stand_in: Maybe[Prose] = optional_key(
        Text("Stand-in", "代为执行说明"),
        Text(
            "Why another person than planned took the step.",
            "为何由计划之外的人员执行该步骤。",
        ),
        "D3.3.5",
    )
    symptom: Maybe[Prose] = optional_key(
        Text("Symptom", "错误现象"),
        Text("For a failed step: what was seen.", "失败时的错误现象。"),
        "D3.3.5",
    )
    handling: Maybe[Prose] = optional_key(
        Text("Handling", "处理过程"),
        Text("For a failed step: what was done.", "失败后如何处理。"),
        "D3.3.5",
    )
    handled_by: Maybe[Person] = optional_key(
        Text("Handled by", "处理人"),
        Text("For a failed step: who handled it.", "步骤失败后由谁处理。"),
        "D3.3.5",
    )
    handled_at: Maybe[Instant] = optional_key(
        Text("Handled at", "处理时间"),
        Text("For a failed step: when that was over.", "失败处理完成的时间。"),
        "D3.3.5",
    )
    outcome: Maybe[StepOutcome] = optional_key(
        Text("Outcome", "最终结果"),
        Text("For a failed step: the outcome.", "失败步骤处理后的结果。"),
        "D3.3.5",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A log of the step.", "操作日志。"), "D3.3.5"
    )


@explain(Text("Execution", "执行情况"), Text("How the launch was carried out.", "上线的执行情况。"))
class Execution(RequestSection):
    """By whom, when, step by step."""

    by: Maybe[Person] = optional_key(
        Text("By", "执行人"),
        Text("Who carried it out.", "由谁执行上线。"),
        "D2.5",
        "D2.8",
        marks=person("executor"),
    )
    watched_by: Maybe[Person] = optional_key(
        Text("Watched by", "值守人"),
        Text("Who watched it.", "由谁关注上线过程。"),
        "D2.5",
        marks=person(apart=("status.execution.by",)),
    )
    started_at: Maybe[Instant] = optional_key(
        Text("Started at", "开始时间"), Text("When it began.", "上线开始时间。"), "D2.8"
    )
    finished_at: Maybe[Instant] = optional_key(
        Text("Finished at", "完成时间"),
        Text("When it was over.", "上线完成时间。"),
        "D2.8",
        "D3.3.6",
    )
    steps: Maybe[Named[ExecutedStep]] = optional_key(
        Text("Steps", "步骤"),
        Text("Every step with its result.", "每个步骤的结果。"),
        "D2.5",
        "D3.3.5",
    )


@explain(
    Text("Problem", "问题"), Text("A problem found after the launch.", "上线后发现的一个问题。")
)
class Problem(RequestSection):
    """Found, handled, settled."""

    name: Maybe[Name] = name_key("problem", "问题", "slow-first-request")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What it is.", "问题说明。"), "D2.6"
    )
    found_at: Maybe[Instant] = optional_key(
        Text("Found at", "发现时间"), Text("When it was found.", "何时发现。"), "D2.6"
    )
    found_by: Maybe[Person] = optional_key(
        Text("Found by", "发现人"), Text("Who found it.", "由谁发现。"), "D2.6"
    )
    outcome: Maybe[ProblemOutcome] = optional_key(
        Text("Outcome", "处理结果"), Text("The outcome.", "问题如何处理。"), "D2.6"
    )
    users: Maybe[Count] = optional_key(
        Text("Users", "受影响用户数"),
        Text("How many users it affected; 0 for none.", "影响的用户数；没有影响填 0。"),
        "D4.8",
    )
    by: Maybe[Person] = optional_key(
        Text("By", "处理人"), Text("Who handled or accepted it.", "由谁处理或接受。"), "D2.6"
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was settled.", "处理完成时间。"), "D2.6"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A record of it.", "相关记录。"), "D2.6"
    )
