"""Acceptance before the launch, by both leads (D2.1)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Named, Several
from launchpolicy.requests.launch_request.marks import FREE, REQUESTER, person
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Identifier, Instant, Line, Name, Person
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

AcceptanceResult = TypeAliasType(
    "AcceptanceResult",
    Annotated[
        Literal["accepted", "rejected"],
        Words(
            Text("Acceptance", "验收结果"),
            Text("Whether it was accepted.", "是否通过验收。"),
            (Text("Accepted.", "通过验收。"), Text("Not accepted.", "未通过验收。")),
        ),
    ],
)


@explain(
    Text("Acceptance check", "验收项"), Text("One thing that was looked at.", "一项验收内容。")
)
class AcceptanceCheck(RequestSection):
    """A check of completeness or of looks."""

    name: Maybe[Name] = name_key("check", "验收项", "functional", "visual")
    result: Maybe[AcceptanceResult] = required_key(
        Text("Result", "结果"), Text("Whether it was accepted.", "是否通过验收。"), "D2.1"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "验收人"), Text("Who looked.", "由谁验收。"), marks=person(apart=(REQUESTER,))
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "验收时间。"))
    remark: Maybe[Prose] = optional_key(
        Text("Remark", "备注"), Text("What was noticed.", "验收中的发现。"), marks=FREE
    )


@explain(
    Text("Accepted by", "验收人"),
    Text("One lead who says that the product is accepted.", "确认通过验收的一位负责人。"),
)
class AcceptedBy(RequestSection):
    """A claim; the approval that proves it is counted elsewhere."""

    by: Maybe[Person] = required_key(
        Text("By", "验收人"),
        Text("Who accepted.", "由谁验收。"),
        "D2.1",
        marks=person(role_key="role"),
    )
    role: Maybe[Identifier] = optional_key(
        Text("Role", "角色"),
        Text(
            "In which role: product-lead or rd-lead.",
            "以何种角色：`product-lead`（产品部负责人）或 `rd-lead`（研发部负责人）。",
        ),
        "D2.1",
        examples=("product-lead", "rd-lead"),
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When they accepted.", "何时验收。"), "D2.1"
    )


@explain(
    Text("Accepting customer", "客户验收"),
    Text("Who accepts as the customer, and with which result.", "由哪个客户验收，结论如何。"),
)
class AcceptingCustomer(RequestSection):
    """What the customer's report says, as data."""

    name: Maybe[Line] = optional_key(
        Text("Customer", "客户"),
        Text("The department or company that accepts.", "验收的部门或公司。"),
        "D3.1",
        examples=("finance",),
    )
    person: Maybe[Line] = optional_key(
        Text("Person", "验收人"),
        Text("The person who signed for the customer.", "代表客户签字的人员。"),
        "D3.1",
        examples=("Guo Hao",),
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When they accepted.", "客户验收的时间。"), "D3.1"
    )
    result: Maybe[AcceptanceResult] = optional_key(
        Text("Result", "结果"), Text("Whether the customer accepts.", "客户是否通过验收。"), "D3.1"
    )


@explain(
    Text("Acceptance", "验收"),
    Text("Whether the product is complete and looks right.", "产品功能是否完整、页面是否合格。"),
)
class Acceptance(RequestSection):
    """Results, document and the two leads."""

    checks: Maybe[Named[AcceptanceCheck]] = optional_key(
        Text("Checks", "验收项"),
        Text(
            "What was looked at: at least `functional` and `visual`.",
            "验收内容，至少包括 `functional`（功能）和 `visual`（页面样式）。",
        ),
        "D2.1",
    )
    document: Maybe[Evidence] = optional_key(
        Text("Document", "验收文档"), Text("The acceptance document.", "验收文档。"), "D2.1"
    )
    accepted_by: Maybe[Several[AcceptedBy]] = optional_key(
        Text("Accepted by", "验收人"),
        Text(
            "The product lead and the R&D lead, two different people.",
            "产品部负责人与研发部负责人，须为两人。",
        ),
        "D2.1",
    )
    customer_report: Maybe[Evidence] = optional_key(
        Text("Customer acceptance report", "客户验收报告"),
        Text("The report by which the customer accepts.", "客户验收报告。"),
        "D3.1",
    )
    customer: Maybe[AcceptingCustomer] = optional_key(
        Text("Customer", "客户"),
        Text("What the customer's report says.", "客户验收报告的内容。"),
        "D3.1",
    )
