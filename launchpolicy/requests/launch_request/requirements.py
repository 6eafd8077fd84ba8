"""From an idea to a plan: requirements, feasibility, feature plan (D1.2.1, D6.1, D6.2, D8.4)."""

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
)
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import FIGURE
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Instant, Name, Person
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

Priority = TypeAliasType(
    "Priority",
    Annotated[
        Literal["must", "should", "could"],
        Words(
            Text("Priority", "优先级"),
            Text("How much it is needed.", "需求的优先级。"),
            (
                Text("Not without it.", "必须具备。"),
                Text("It should be there.", "应当具备。"),
                Text("Good to have.", "可以具备。"),
            ),
        ),
    ],
)
Feasibility = TypeAliasType(
    "Feasibility",
    Annotated[
        Literal["feasible", "feasible-with-conditions", "not-feasible"],
        Words(
            Text("Feasibility", "可行性"),
            Text("Whether it can be done.", "是否可行。"),
            (
                Text("It can be done.", "可行。"),
                Text("It can be done if something else holds.", "有条件可行。"),
                Text("It cannot be done.", "不可行。"),
            ),
        ),
    ],
)


@explain(Text("Feature", "功能"), Text("Something the product does.", "产品的一项功能。"))
class Feature(RequestSection):
    """One function of the product."""

    name: Maybe[Name] = name_key("feature", "功能", "split-payment")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What it does.", "功能说明。"), "D1.2.1", "D6.2"
    )
    priority: Maybe[Priority] = optional_key(
        Text("Priority", "优先级"), Text("How much it is needed.", "需求的优先级。")
    )


@explain(Text("Competitor", "竞品"), Text("A competing product.", "一款竞争产品。"))
class Competitor(RequestSection):
    """What the others do."""

    name: Maybe[Name] = name_key("competing product", "竞品", "example-pay")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "分析"),
        Text("What it does well and badly.", "竞品的长处与短处。"),
        "D6.1",
        "D8.4",
        "D7",
    )


@explain(
    Text("Expected problem", "预期问题"),
    Text("A problem that the product may meet.", "产品将来可能遇到的一个问题。"),
)
class ExpectedProblem(RequestSection):
    """What may go wrong, and what is done about it."""

    name: Maybe[Name] = name_key("problem", "问题", "fake-bookings")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What may happen.", "可能出现的问题。"), "D6.1"
    )
    treatment: Maybe[Prose] = optional_key(
        Text("Treatment", "应对"), Text("What is done about it.", "如何应对。"), "D6.1"
    )


@explain(Text("Requirement analysis", "需求分析"), Text("For whom, and what.", "为谁做、做什么。"))
class Requirements(RequestSection):
    """What the product has to be."""

    by: Maybe[Distinct[Person]] = optional_key(
        Text("By", "参与人"),
        Text("Who took part: R&D, product and market.", "参与分析的研发、产品和市场人员。"),
        "D1.2.1",
        examples=(["zhou.kai", "wang.fang", "deng.hao"],),
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was finished.", "需求分析的完成时间。"), "D1.2.2"
    )
    market: Maybe[Prose] = optional_key(
        Text("Target market", "目标市场"),
        Text("Where it is sold.", "产品的目标市场。"),
        "D1.2.1",
        "D8.4",
    )
    users: Maybe[Prose] = optional_key(
        Text("Target users", "目标用户"),
        Text("Who uses it, what they need, what hurts them.", "目标用户及其需求和痛点。"),
        "D6.1",
        "D8.4",
    )
    functions: Maybe[Named[Feature]] = optional_key(
        Text("Functions", "功能"), Text("What it must do.", "产品功能。"), "D1.2.1", "D6.1"
    )
    specification: Maybe[Evidence] = optional_key(
        Text("Specification", "规格书"),
        Text("The specification.", "产品规格书。"),
        "D1.2.1",
        "D8.5.2",
    )
    competitors: Maybe[Named[Competitor]] = optional_key(
        Text("Competitors", "竞品分析"), Text("What others offer.", "竞品分析。"), "D6.1", "D8.4"
    )
    document: Maybe[Evidence] = optional_key(
        Text("Requirement document", "需求文档"),
        Text("The requirement document.", "需求文档。"),
        "D6.1",
    )
    problems: Maybe[Named[ExpectedProblem]] = optional_key(
        Text("Expected problems", "预期问题"),
        Text("What may go wrong later.", "将来可能出现的问题。"),
        "D6.1",
    )


@explain(Text("Assessment", "评估"), Text("One aspect of feasibility.", "可行性的一个方面。"))
class Assessment(RequestSection):
    """Technical, economic or another aspect."""

    name: Maybe[Name] = name_key("aspect", "评估方面", "technical", "economic")
    result: Maybe[Feasibility] = optional_key(
        Text("Result", "结果"), Text("Whether it can be done.", "是否可行。"), "D6.2", "D8.4.3"
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("Why.", "评估依据与条件。"), "D6.2", "D8.4.3"
    )
    by: Maybe[Person] = optional_key(Text("By", "评估人"), Text("Who assessed it.", "由谁评估。"))
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "评估时间。"))
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The assessment in writing.", "书面评估。")
    )


@explain(
    Text("Feature plan", "产品策划"),
    Text("What is built, and where it stands in the market.", "规划的功能与市场定位。"),
)
class FeaturePlan(RequestSection):
    """What follows from the requirements."""

    goals: Maybe[Prose] = optional_key(
        Text("Goals", "产品目标"),
        Text(
            "What the product is to reach, such as a share of the market.",
            "产品目标，例如市场占有率。",
        ),
        "D8.4",
    )
    positioning: Maybe[Prose] = optional_key(
        Text("Positioning", "定位"), Text("Where it stands.", "产品的市场定位。"), "D6.2", "D8.4"
    )
    features: Maybe[Named[Feature]] = optional_key(
        Text("Features", "功能规划"), Text("What is built.", "规划的功能。"), "D6.2"
    )
    market_share: Maybe[Prose] = optional_key(
        Text("Market share", "市场占有率"),
        Text("The share that is aimed at, or why none is.", "目标市场占有率，或不设此目标的理由。"),
        "D8.4",
        marks=FIGURE,
    )
    technical_route: Maybe[Prose] = optional_key(
        Text("Technical route", "技术路线"),
        Text("With which techniques.", "采用的技术路线。"),
        "D8.4.3",
    )
    document: Maybe[Evidence] = optional_key(
        Text("Document", "策划方案"), Text("The plan in writing.", "产品策划方案。"), "D6.2"
    )
