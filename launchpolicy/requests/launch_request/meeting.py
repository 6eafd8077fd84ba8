"""The release meeting: invitation, agenda, talks, decisions, action items (D5)."""

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
from launchpolicy.requests.launch_request.lists import Distinct, ListOf, Named
from launchpolicy.requests.launch_request.marks import FREE, STATED
from launchpolicy.requests.launch_request.presentation import Demonstration, Introduction
from launchpolicy.requests.launch_request.records import Evidence, Notice
from launchpolicy.requests.launch_request.scalars import (
    Duration,
    Identifier,
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text

Reply = TypeAliasType(
    "Reply",
    Annotated[
        Literal["confirmed", "declined"],
        Words(
            Text("Reply", "回复"),
            Text("The answer to the invitation.", "对会议通知的回复。"),
            (Text("Will attend.", "确认参加。"), Text("Will not attend.", "不参加。")),
        ),
    ],
)


@explain(Text("Attendee", "参会人员"), Text("A person who was invited.", "一位受邀参会的人员。"))
class Attendee(RequestSection):
    """Invited, replied, attended."""

    person: Maybe[Person] = required_key(Text("Person", "人员"), Text("Who.", "参会人。"), "D5")
    department: Maybe[Identifier] = optional_key(
        Text("Department", "部门"), Text("For which department.", "代表哪个部门。"), "D5"
    )
    reply: Maybe[Reply] = optional_key(
        Text("Reply", "回复"), Text("The answer to the invitation.", "对会议通知的回复。"), "D5"
    )
    replied_at: Maybe[Instant] = optional_key(
        Text("Replied at", "回复时间"), Text("When they answered.", "何时回复。"), "D5"
    )
    attended: Maybe[bool] = optional_key(
        Text("Attended", "到会"), Text("Whether they were there.", "是否实际到会。"), "D5"
    )
    observer: Maybe[bool] = optional_key(
        Text("Observer", "列席"),
        Text("Whether the person only sits in.", "是否仅为列席人员。"),
        "D5",
    )
    absence: Maybe[Prose] = optional_key(
        Text("Absence", "缺席原因"),
        Text("Why the person was not there.", "未到会的原因。"),
        "D5",
        marks=FREE,
    )


@explain(Text("Agenda item", "议程项"), Text("One item of the agenda.", "会议议程中的一项。"))
class AgendaItem(RequestSection):
    """What is dealt with, by whom, for how long."""

    name: Maybe[Name] = name_key("agenda item", "议程项", "demonstration")
    topic: Maybe[Prose] = optional_key(
        Text("Topic", "议题"), Text("What about.", "议题内容。"), "D5"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "主讲人"), Text("Who presents it.", "由谁主讲。"), "D5"
    )
    takes: Maybe[Duration] = optional_key(
        Text("Takes", "时长"), Text("How long.", "预计时长。"), "D5"
    )


@explain(Text("Material", "会议资料"), Text("A paper for the meeting.", "一份会议资料。"))
class Material(RequestSection):
    """Something the attendees were given."""

    name: Maybe[Name] = name_key("material", "资料", "slides")
    title: Maybe[Prose] = optional_key(
        Text("Title", "名称"),
        Text("What the paper is called in invitations.", "资料在会议通知中的名称。"),
        "D5",
        marks=FREE,
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The file.", "资料文件。"), "D5"
    )


@explain(Text("Contribution", "发言"), Text("A question or an opinion.", "一个问题或一条意见。"))
class Contribution(RequestSection):
    """What someone asked or said, and the answer."""

    name: Maybe[Name] = name_key("question or opinion", "问题或意见", "partial-refunds")
    by: Maybe[Person] = optional_key(Text("By", "提出人"), Text("Who spoke.", "由谁提出。"), "D5")
    text: Maybe[Prose] = optional_key(
        Text("Text", "内容"), Text("What was said.", "发言内容。"), "D5", marks=STATED
    )
    answered_by: Maybe[Person] = optional_key(
        Text("Answered by", "答复人"), Text("Who answered.", "由谁答复。"), "D5"
    )
    answer: Maybe[Prose] = optional_key(
        Text("Answer", "答复"), Text("What was answered.", "答复内容。"), "D5", marks=STATED
    )


@explain(Text("Decision", "决议"), Text("Something that was decided.", "会议作出的一项决定。"))
class Decision(RequestSection):
    """What the meeting decided."""

    name: Maybe[Name] = name_key("decision", "决议", "release-in-december")
    text: Maybe[Prose] = optional_key(
        Text("Text", "内容"), Text("What was decided.", "决定内容。"), "D5"
    )


@explain(
    Text("Action item", "行动项"),
    Text("A task that one person must do.", "由专人负责的后续工作。"),
)
class ActionItem(RequestSection):
    """Owner and due time; that it was done is recorded in status.actionItems."""

    name: Maybe[Name] = name_key("action item", "行动项", "brief-support")
    task: Maybe[Prose] = optional_key(
        Text("Task", "任务"), Text("What is to be done.", "要做什么。"), "D5"
    )
    owner: Maybe[Person] = optional_key(
        Text("Owner", "负责人"), Text("Who does it.", "由谁负责。"), "D5"
    )
    due: Maybe[PlannedInstant] = optional_key(
        Text("Due", "期限"), Text("By when.", "最迟完成时间。"), "D5"
    )


@explain(
    Text("Release plan", "发布计划"), Text("How the product comes out.", "会上确定的正式发布计划。")
)
class ReleasePlan(RequestSection):
    """Marketing, promotion and launch time."""

    launch_at: Maybe[PlannedInstant] = optional_key(
        Text("Launch at", "上线时间"), Text("When it goes live.", "产品上线时间。"), "D5"
    )
    marketing: Maybe[Prose] = optional_key(
        Text("Marketing", "营销策略"), Text("The marketing strategy.", "营销策略。"), "D5"
    )
    promotion: Maybe[Prose] = optional_key(
        Text("Promotion", "市场推广"), Text("How it is promoted.", "市场推广安排。"), "D5"
    )


@explain(
    Text("Next meeting", "下次会议"),
    Text("When one meets again, or why not.", "下次会议安排，或说明为何不再开会。"),
)
class NextMeeting(RequestSection):
    """Either `none` with a reason, or a time."""

    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不再开会"), Text("Why there is no other meeting.", "为何无需再次开会。"), "D5"
    )
    at: Maybe[PlannedInstant] = optional_key(Text("At", "时间"), Text("When.", "会议时间。"), "D5")
    topic: Maybe[Prose] = optional_key(
        Text("Topic", "议题"), Text("What about.", "会议议题。"), "D5"
    )


@explain(
    Text("Release meeting", "新产品发布会议"),
    Text(
        "The meeting as data; agenda and minutes are generated from it.",
        "以数据记录的会议；议程和纪要据此生成。",
    ),
)
class Meeting(RequestSection):
    """What was prepared, and what came of it."""

    goal: Maybe[Prose] = optional_key(
        Text("Goal", "会议目标"), Text("What the meeting is for.", "会议要达到什么目标。"), "D5"
    )
    topic: Maybe[Prose] = optional_key(
        Text("Topic", "会议主题"), Text("What it is about.", "会议主题。"), "D5"
    )
    start: Maybe[Instant] = optional_key(
        Text("Start", "开始"), Text("When it begins.", "会议开始时间。"), "D5"
    )
    end: Maybe[Instant] = optional_key(
        Text("End", "结束"), Text("When it ends.", "会议结束时间。"), "D5"
    )
    place: Maybe[Line] = optional_key(
        Text("Place", "地点"), Text("Where it is held.", "会议地点。"), "D5", examples=("Room 301",)
    )
    host: Maybe[Person] = optional_key(
        Text("Host", "主持人"), Text("Who leads it.", "由谁主持。"), "D5"
    )
    recorder: Maybe[Person] = optional_key(
        Text("Recorder", "记录员"), Text("Who takes the minutes.", "由谁记录。"), "D5"
    )
    invitation: Maybe[Notice] = optional_key(
        Text("Invitation", "会议通知"),
        Text("How people were invited.", "会议通知的发送情况。"),
        "D5",
    )
    reply_by: Maybe[PlannedInstant] = optional_key(
        Text("Reply by", "回执期限"),
        Text("Until when the invited say whether they come.", "参会回执的截止时间。"),
        "D5",
    )
    attendees: Maybe[Annotated[tuple[Attendee, ...], ListOf(key="person")]] = optional_key(
        Text("Attendees", "参会人员"),
        Text("Everybody who was invited, each once.", "所有受邀人员，每人一条。"),
        "D5",
    )
    agenda: Maybe[Named[AgendaItem]] = optional_key(
        Text("Agenda", "议程"), Text("The items, in order.", "按顺序列出的议程。"), "D5"
    )
    materials: Maybe[Named[Material]] = optional_key(
        Text("Materials", "会议资料"), Text("Papers for the meeting.", "会议资料。"), "D5"
    )
    opening: Maybe[Prose] = optional_key(
        Text("Opening", "开场"),
        Text("How the host opened: purpose and background.", "主持人介绍会议目的与背景。"),
        "D5",
    )
    introduction: Maybe[Introduction] = optional_key(
        Text("Introduction", "产品介绍"),
        Text("How the product was introduced.", "新产品介绍。"),
        "D5",
    )
    demonstration: Maybe[Demonstration] = optional_key(
        Text("Demonstration", "产品演示"), Text("How it was shown.", "产品演示。"), "D5"
    )
    questions: Maybe[Named[Contribution]] = optional_key(
        Text("Questions", "提问"), Text("What was asked.", "参会人员的提问与答复。"), "D5"
    )
    feedback: Maybe[Named[Contribution]] = optional_key(
        Text("Feedback", "反馈"), Text("Opinions and suggestions.", "意见与改进建议。"), "D5"
    )
    decisions: Maybe[Named[Decision]] = optional_key(
        Text("Decisions", "决议"), Text("What was decided.", "会议决定。"), "D5"
    )
    release_plan: Maybe[ReleasePlan] = optional_key(
        Text("Release plan", "发布计划"),
        Text("Marketing, promotion and launch time.", "营销、推广和上线时间。"),
        "D5",
    )
    action_items: Maybe[Named[ActionItem]] = optional_key(
        Text("Action items", "行动项"),
        Text(
            "Who does what by when; open ones block closing.",
            "下一步行动、负责人和期限；未完成时不能办结。",
        ),
        "D5",
    )
    next_meeting: Maybe[NextMeeting] = optional_key(
        Text("Next meeting", "下次会议"),
        Text(
            "When the next meeting takes place, or why there is none.",
            "下次会议时间与议题（如需要）。",
        ),
        "D5",
    )
    copies: Maybe[Distinct[Identifier]] = optional_key(
        Text("Copies", "抄送"),
        Text(
            "Departments that get the minutes besides those of the attendees.",
            "除参会部门外，抄送会议纪要的部门。",
        ),
        "D5",
        examples=(["leadership"],),
    )
    minutes: Maybe[Evidence] = optional_key(
        Text("Minutes", "会议纪要"),
        Text("The signed minutes, if any.", "签署的会议纪要（如有）。"),
        "D5",
    )
