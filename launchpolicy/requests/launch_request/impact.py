"""Whom the launch affects: departments, systems, businesses that pause (D3.2.2, D3.3.3)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import Maybe, RequestSection, explain, optional_key
from launchpolicy.requests.launch_request.lists import Distinct, Named
from launchpolicy.requests.launch_request.marks import STATED, inside, person
from launchpolicy.requests.launch_request.records import Confirmation, Notice
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Identifier,
    Instant,
    Line,
    Person,
    PlannedInstant,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Suspension", "暂停业务"),
    Text(
        "Which businesses pause during the launch, or why none does.",
        "上线期间暂停哪些业务，或说明为何不暂停。",
    ),
)
class Suspension(RequestSection):
    """Either `none` with a reason, or businesses and times."""

    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不暂停"), Text("Why no business pauses.", "为何无需暂停业务。"), "D3.3.3"
    )
    businesses: Maybe[Distinct[Identifier]] = optional_key(
        Text("Businesses", "业务"),
        Text("What pauses.", "暂停的业务。"),
        "D3.3.3",
        examples=(["refunds"],),
    )
    from_: Maybe[PlannedInstant] = optional_key(
        Text("From", "起"), Text("When the pause begins.", "何时开始暂停。"), "D3.3.3"
    )
    until: Maybe[PlannedInstant] = optional_key(
        Text("Until", "止"), Text("When business resumes.", "何时恢复业务。"), "D3.3.3"
    )
    meanwhile: Maybe[Prose] = optional_key(
        Text("Meanwhile", "期间的替代办法"),
        Text(
            "How people do their business during the pause.",
            "暂停期间相关业务的替代办理方式。",
        ),
        "D3.3.3",
        examples=({"en": "Refunds are taken on paper.", "zh": "退款先填写纸质单。"},),
    )
    announced: Maybe[Notice] = optional_key(
        Text("Announced", "通知"),
        Text(
            "The announcement, when it was made before the approval; later ones go to status.",
            "审批前已发出的暂停通知；之后发出的记入 status。",
        ),
        "D3.3.3",
        marks=inside(by=person("application-maintainer")),
    )


@explain(
    Text("Contact", "咨询方式"),
    Text("Who answers questions about the launch.", "对上线有疑问时由谁解答。"),
)
class NoticeContact(RequestSection):
    """The person and the telephone that every notice names."""

    by: Maybe[Person] = optional_key(
        Text("By", "咨询联系人"),
        Text("Who answers; the watcher where nobody is named.", "由谁解答；不填为值守人。"),
    )
    phone: Maybe[Line] = optional_key(
        Text("Telephone", "咨询电话"),
        Text("The telephone to call.", "可拨打的电话号码。"),
        examples=("+86 10 5555 0100",),
        marks=STATED,
    )


@explain(
    Text("Impact", "影响"),
    Text("Who and what is affected by the launch.", "上线影响哪些人和系统。"),
)
class Impact(RequestSection):
    """What changes for others."""

    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"),
        Text("What changes for users and staff.", "对用户和员工有何影响。"),
        "D4.12.2",
    )
    users: Maybe[Count] = optional_key(
        Text("Users", "用户数"), Text("How many users notice it.", "受影响的用户数。")
    )
    assessed_by: Maybe[Person] = optional_key(
        Text("Assessed by", "评估人"), Text("Who assessed the impact.", "由谁评估影响。"), "D4.12.2"
    )
    assessed_at: Maybe[Instant] = optional_key(
        Text("Assessed at", "评估时间"), Text("When it was assessed.", "何时评估。"), "D4.12.2"
    )
    departments: Maybe[Distinct[Identifier]] = optional_key(
        Text("Departments", "部门"),
        Text("Affected departments; each of them countersigns.", "影响部门，均须会签。"),
        "D3.2.2",
        examples=(["customer-service", "finance"],),
    )
    systems: Maybe[Named[Confirmation]] = optional_key(
        Text("Systems", "关联系统"),
        Text(
            "Related systems, and who confirms that each is ready.",
            "关联系统及其准备就绪的确认人。",
        ),
        "D3.3.3",
    )
    suspension: Maybe[Suspension] = optional_key(
        Text("Suspension", "暂停业务"),
        Text("Which businesses pause, or why none does.", "暂停哪些业务，或为何不暂停。"),
        "D3.3.3",
    )
    contact: Maybe[NoticeContact] = optional_key(
        Text("Contact", "咨询方式"),
        Text("Whom notices tell their readers to ask.", "通知中写明的咨询联系人和电话。"),
    )
