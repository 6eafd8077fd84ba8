"""The plan of the launch itself: when, what, what to watch, step by step, with which checks."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    display_key,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import FIGURE, REQUESTER, STATED, inside, person
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import (
    Duration,
    Identifier,
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

ContentKind = TypeAliasType(
    "ContentKind",
    Annotated[
        Literal["code", "database", "configuration", "data", "infrastructure", "document"],
        Words(
            Text("Kind of content", "内容类别"),
            Text("What sort of thing is changed.", "变更的是哪类对象。"),
            (
                Text("Program code.", "程序代码。"),
                Text("A database or its structure.", "数据库或其结构。"),
                Text("Configuration.", "配置。"),
                Text("Data that is brought in or converted.", "导入或转换的数据。"),
                Text("Servers, networks and what runs on them.", "服务器、网络等基础设施。"),
                Text("Documents and pages.", "文档与页面。"),
            ),
        ),
    ],
)


@explain(
    Text("Launch window", "上线窗口"),
    Text("The time that is set aside for the launch.", "为上线预留的时间段。"),
)
class Window(RequestSection):
    """From when until when the launch may be carried out."""

    start: Maybe[PlannedInstant] = required_key(
        Text("Start", "开始"), Text("When the launch may begin.", "最早何时开始上线。"), "D2.2"
    )
    end: Maybe[PlannedInstant] = required_key(
        Text("End", "结束"), Text("When it must be over.", "最晚何时结束上线。"), "D2.2"
    )
    reason: Maybe[Prose] = optional_key(
        Text("Reason of the postponement", "延期原因"),
        Text("For a window that was moved: why.", "窗口调整过的：为何延期。"),
        examples=({"en": "The supplier delivers later.", "zh": "供应商延期交货。"},),
    )


@explain(
    Text("Point to watch", "关注事项"),
    Text("Something to be watched during the launch.", "上线过程中需要关注的事项。"),
)
class WatchPoint(RequestSection):
    """What is watched, and how."""

    name: Maybe[Name] = name_key("point", "关注事项", "backup", "monitoring")
    how: Maybe[Prose] = optional_key(
        Text("How", "方式"),
        Text("How it is watched, and what is normal.", "如何关注，什么算正常。"),
        "D2.2",
        examples=("Error rate and p95 on the checkout board",),
    )
    by: Maybe[Person] = optional_key(Text("By", "负责人"), Text("Who watches it.", "由谁关注。"))


@explain(
    Text("Content", "上线内容"),
    Text("One thing that the launch changes.", "本次上线变更的一项内容。"),
)
class Content(RequestSection):
    """What is launched, one thing at a time."""

    name: Maybe[Name] = name_key("thing", "上线内容", "checkout-service")
    kind: Maybe[ContentKind] = required_key(
        Text("Kind", "类别"),
        Text("What sort of thing it is.", "属于哪类对象。"),
        "D2.5",
        "D2.8",
    )
    reference: Maybe[Line] = optional_key(
        Text("Reference", "标识"),
        Text("Tag, commit, migration or ticket.", "标签、提交、迁移脚本或工单编号。"),
        "D2.8",
        examples=("v3.2.0", "migration 0187"),
        marks=STATED,
    )
    changed_at: Maybe[Instant] = optional_key(
        Text("Changed at", "最后修改时间"),
        Text(
            "When it was last changed; evidence must be younger.",
            "最后一次修改的时间；证据须晚于此时间。",
        ),
        "D4.12.1",
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What changes.", "变更了什么。"), "D3.3.6"
    )
    partner: Maybe[Identifier] = optional_key(
        Text("Partner", "合作伙伴"),
        Text("Whose it is, if a partner's.", "属于哪个合作伙伴。"),
        "D4.1",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The change in writing.", "变更的书面材料。")
    )


@explain(
    Text("Step", "步骤"), Text("One step of the launch, in order.", "上线的一个步骤，按顺序执行。")
)
class Step(RequestSection):
    """One step that someone carries out."""

    name: Maybe[Name] = name_key("step", "步骤", "drain", "migrate")
    display: Maybe[Prose] = display_key()
    by: Maybe[Person] = optional_key(
        Text("By", "执行人"), Text("Who carries it out.", "由谁执行。"), "D3.3.5"
    )
    action: Maybe[Prose] = optional_key(
        Text("Action", "操作"),
        Text("What is done.", "做什么。"),
        "D2.5",
        "D3.3.1",
        examples=("Run migration 0187",),
    )
    takes: Maybe[Duration] = optional_key(
        Text("Takes", "耗时"), Text("How long it takes.", "预计耗时。"), "D3.3.1"
    )
    expected: Maybe[Prose] = optional_key(
        Text("Expected", "预期结果"),
        Text("How one sees that it worked.", "如何判断该步骤成功。"),
        "D3.3.5",
        examples=("Row counts are equal",),
        marks=FIGURE,
    )
    content: Maybe[Distinct[Name]] = optional_key(
        Text("Content", "上线内容"),
        Text(
            "Names in spec.content that this step puts in place.",
            "该步骤上线的内容，填写 spec.content 中的名称。",
        ),
        "D2.5",
        examples=(["orders-db"],),
    )


@explain(
    Text("Planned check", "计划的检查"),
    Text("A check of the environment or of the product.", "对环境或产品的一项检查。"),
)
class PlannedCheck(RequestSection):
    """A check before or after the launch."""

    name: Maybe[Name] = name_key("check", "检查", "servers", "performance")
    target: Maybe[Line] = optional_key(
        Text("Target", "对象"),
        Text("What is checked.", "检查什么。"),
        examples=("p95 of POST /checkout",),
    )
    how: Maybe[Prose] = optional_key(Text("How", "方式"), Text("How it is checked.", "如何检查。"))
    by: Maybe[Person] = optional_key(Text("By", "检查人"), Text("Who checks it.", "由谁检查。"))
    limit: Maybe[Quantity] = optional_key(
        Text("Limit", "上限"),
        Text("What the measured value must not exceed.", "实测值不得高于此值。"),
        "D2.6",
        examples=("300ms",),
    )
    minimum: Maybe[Quantity] = optional_key(
        Text("Minimum", "下限"),
        Text("What the measured value must reach.", "实测值不得低于此值。"),
        "D2.6",
        examples=("1200 req/s",),
    )


@explain(Text("Checks", "检查"), Text("What is checked before and after.", "上线前后的检查项。"))
class Checks(RequestSection):
    """The checks, each of which status records a result for."""

    before: Maybe[Named[PlannedCheck]] = optional_key(
        Text("Before", "上线前"),
        Text(
            "Checks of the environment: at least the servers and the database connection.",
            "上线前的环境检查，至少包括服务器和数据库连接。",
        ),
        "D2.4",
        marks=inside(by=person("operations")),
    )
    after: Maybe[Named[PlannedCheck]] = optional_key(
        Text("After", "上线后"),
        Text(
            "Checks after the launch: that the product runs, and its performance.",
            "上线后的检查：产品是否正常运行，性能是否达标。",
        ),
        "D2.6",
        "D2.9",
        marks=inside(by=person(apart=(REQUESTER,))),
    )
