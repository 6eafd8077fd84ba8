"""What was learnt before going to market: studies of the market, beta users (D7)."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Level, Settlement, Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Named
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.requirements import Competitor
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Instant,
    Name,
    Person,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text

ResearchMethod = TypeAliasType(
    "ResearchMethod",
    Annotated[
        Literal["survey", "interview", "competitor-analysis", "data-analysis"],
        Words(
            Text("Method of research", "调研方法"),
            Text("How the market was studied.", "市场调研所用方法。"),
            (
                Text("A questionnaire.", "问卷调查。"),
                Text("Interviews.", "访谈。"),
                Text("A study of competitors.", "竞品分析。"),
                Text("A study of data at hand.", "已有数据分析。"),
            ),
        ),
    ],
)


@explain(Text("Study", "调研"), Text("One study of the market.", "一项市场调研。"))
class Study(RequestSection):
    """A survey, interviews or an analysis."""

    name: Maybe[Name] = name_key("study", "调研", "user-survey")
    method: Maybe[ResearchMethod] = optional_key(
        Text("Method", "方法"), Text("How it was done.", "调研方法。"), "D7"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "调研时间。"), "D7")
    participants: Maybe[Count] = optional_key(
        Text("Participants", "样本数"), Text("How many were asked.", "调研人数。"), "D7"
    )
    findings: Maybe[Prose] = optional_key(
        Text("Findings", "结论"), Text("What was learnt.", "调研结论。"), "D7"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The study in writing.", "调研材料。"), "D7"
    )


@explain(
    Text("Market research", "市场调研"),
    Text("What users want and others offer.", "用户需求与市场竞争。"),
)
class MarketResearch(RequestSection):
    """Studies, needs, competitors, report."""

    studies: Maybe[Named[Study]] = optional_key(
        Text("Studies", "调研项目"), Text("What was studied.", "开展的调研。"), "D7"
    )
    needs: Maybe[Prose] = optional_key(
        Text("Needs", "用户需求"), Text("What target users need.", "目标用户的需求与偏好。"), "D7"
    )
    competitors: Maybe[Named[Competitor]] = optional_key(
        Text("Competitors", "竞品"), Text("What others offer.", "竞品情况。"), "D7"
    )
    report: Maybe[Evidence] = optional_key(
        Text("Report", "调研报告"), Text("The report.", "市场调研报告。"), "D7"
    )


@explain(
    Text("Beta finding", "内测问题"), Text("What beta users found.", "内测用户发现的一个问题。")
)
class BetaFinding(RequestSection):
    """A shortcoming and what became of it."""

    name: Maybe[Name] = name_key("finding", "问题", "slow-refund-page")
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What it is.", "问题说明。"), "D7"
    )
    severity: Maybe[Level] = optional_key(
        Text("Severity", "严重程度"), Text("How bad it is.", "严重程度。"), "D7"
    )
    outcome: Maybe[Settlement] = optional_key(
        Text("Outcome", "处置"), Text("The outcome.", "如何处置。"), "D7"
    )
    accepted_by: Maybe[Person] = optional_key(
        Text("Accepted by", "接受人"), Text("Who accepts it as it is.", "由谁确认接受。"), "D7"
    )


@explain(
    Text("Beta users", "内测用户"), Text("Users who tried the product.", "参加内测的用户及反馈。")
)
class BetaUsers(RequestSection):
    """How many, when, what they found."""

    users: Maybe[Count] = optional_key(Text("Users", "人数"), Text("How many.", "内测人数。"), "D7")
    from_: Maybe[Instant] = optional_key(
        Text("From", "起"), Text("From when.", "内测开始时间。"), "D7"
    )
    until: Maybe[Instant] = optional_key(
        Text("Until", "止"), Text("Until when.", "内测结束时间。"), "D7"
    )
    no_findings: Maybe[ReasonForNone] = optional_key(
        Text("No findings", "未发现问题"),
        Text("Why nothing was found.", "未发现问题的说明。"),
        "D7",
    )
    findings: Maybe[Named[BetaFinding]] = optional_key(
        Text("Findings", "发现的问题"), Text("What they found.", "内测发现的问题。"), "D7"
    )
    report: Maybe[Evidence] = optional_key(
        Text("Report", "内测报告"), Text("The report.", "内测报告。"), "D7"
    )
