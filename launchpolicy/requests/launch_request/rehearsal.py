"""What lies between the approval and the launch: rehearsals, their report, the notice (D3.3)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.choices import Result
from launchpolicy.requests.launch_request.fields import Maybe, RequestSection, explain, optional_key
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.marks import FREE, person
from launchpolicy.requests.launch_request.plan import Window
from launchpolicy.requests.launch_request.records import Evidence, Notice
from launchpolicy.requests.launch_request.scalars import Duration, Identifier, Instant, Person
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Rehearsal", "演练"),
    Text("A trial in a simulated environment.", "在模拟环境下进行的一次测试。"),
)
class Rehearsal(RequestSection):
    """A rehearsal of the launch or of the data conversion."""

    environment: Maybe[Identifier] = optional_key(
        Text("Environment", "环境"),
        Text("The simulated environment.", "所用的模拟环境。"),
        "D3.3.1",
        examples=("simulation",),
    )
    by: Maybe[Person] = optional_key(
        Text("By", "执行人"),
        Text(
            "Who carried it out: the maintainer or the DBA.", "由谁执行：维护人员或数据库管理人员。"
        ),
        "D3.3.1",
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "演练时间。"), "D3.3.1")
    takes: Maybe[Duration] = optional_key(
        Text("Took", "耗时"), Text("How long it took.", "实际耗时。")
    )
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"),
        Text("A failed rehearsal postpones the launch.", "未通过则须延期上线。"),
        "D3.3.2",
    )
    remark: Maybe[Prose] = optional_key(
        Text("Remark", "备注"), Text("What was noticed.", "演练中的发现。"), marks=FREE
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The record of the rehearsal.", "演练记录。"), "D3.3.1"
    )
    submission: Maybe[Notice] = optional_key(
        Text("Submission", "提交"),
        Text(
            "How the report went to the technology department: who, to whom, when.",
            "测试报告何时由谁提交科技部。",
        ),
        "D3.3.2",
    )


@explain(
    Text("Launch notice", "上线通知"),
    Text(
        "The notice of a launch: when, by whom, to whom, and which window it announces.",
        "上线通知：何时、由谁、向谁发出，以及所通知的上线窗口。",
    ),
)
class LaunchNotice(RequestSection):
    """The notice by which the technology department announces one window."""

    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was issued.", "通知发出的时间。"), "D3.3.2"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "发出人"),
        Text("Who issued it.", "由谁发出。"),
        "D3.3.2",
        marks=person("technology-department"),
    )
    to: Maybe[Distinct[Identifier]] = optional_key(
        Text("To", "接收方"),
        Text("The departments or units that were notified.", "收到通知的部门或单位。"),
        "D3.3.2",
        examples=(["customer-service", "finance"],),
    )
    window: Maybe[Window] = optional_key(
        Text("Window", "上线窗口"),
        Text(
            "The launch window that it announces; a moved window needs a new notice.",
            "通知中写明的上线窗口；改期须重新下达通知。",
        ),
        "D3.3.2",
        "D3.3.3",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The notice as it was sent.", "通知原文。"), "D3.3.2"
    )
