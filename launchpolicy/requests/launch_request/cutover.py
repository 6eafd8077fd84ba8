"""What a cut-over needs besides: documents, data conversion, rehearsals, handover (D3)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.choices import Result
from launchpolicy.requests.launch_request.fields import Maybe, RequestSection, explain, optional_key
from launchpolicy.requests.launch_request.marks import FREE
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Duration, Identifier, Instant, Person
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text


@explain(Text("Documents", "文档"), Text("The papers of the launch.", "上线所需的各份文档。"))
class Documents(RequestSection):
    """The papers that D3.1 names."""

    application: Maybe[Evidence] = optional_key(
        Text("Application form", "上线申请表"),
        Text("The launch application form.", "上线申请表。"),
        "D3.1",
    )
    launch_plan: Maybe[Evidence] = optional_key(
        Text("Launch plan", "上线计划"),
        Text("The launch plan that the leader in charge reviews.", "由分管领导审核的上线计划。"),
        "D3.2.1",
    )
    launch_document: Maybe[Evidence] = optional_key(
        Text("Launch document", "上线文档"), Text("The launch document.", "上线文档。"), "D3.1"
    )


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


@explain(
    Text("Data conversion", "数据转换"),
    Text(
        "How data is converted or moved, or why none is.", "如何转换或移植数据，或说明为何不涉及。"
    ),
)
class DataConversion(RequestSection):
    """Either `none` with a reason, or plan and rehearsal."""

    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不涉及"), Text("Why no data is converted.", "为何不涉及数据转换。"), "D3.2.1"
    )
    plan: Maybe[Evidence] = optional_key(
        Text("Plan", "转换计划"), Text("The data-conversion plan.", "数据转换计划。"), "D3.2.1"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "执行人"), Text("Who converts the data.", "由谁转换数据。"), "D3.3.1"
    )
    verification: Maybe[Prose] = optional_key(
        Text("Verification", "核对方式"),
        Text("How one sees that nothing was lost.", "如何核对数据没有丢失。"),
        "D3.3.5",
        examples=("Row counts and sums are equal on both sides",),
    )
    rehearsal: Maybe[Rehearsal] = optional_key(
        Text("Rehearsal", "演练"),
        Text("The rehearsal of the conversion, by the DBA.", "数据库管理人员进行的转换演练。"),
        "D3.3.1",
    )


@explain(
    Text("Handover", "移交"),
    Text("How the installable product changes hands.", "可安装产品的移交情况。"),
)
class Handover(RequestSection):
    """From the developers to the maintainers."""

    from_: Maybe[Identifier] = optional_key(
        Text("From", "移交方"),
        Text("Who hands over.", "移交的部门或角色。"),
        "D3.1",
        examples=("developers",),
    )
    to: Maybe[Identifier] = optional_key(
        Text("To", "接收方"),
        Text("Who receives.", "接收的部门或角色。"),
        "D3.1",
        examples=("maintainers",),
    )
    given_by: Maybe[Person] = optional_key(
        Text("Given by", "移交人"), Text("The person who handed over.", "移交人员。"), "D3.1"
    )
    received_by: Maybe[Person] = optional_key(
        Text("Received by", "接收人"), Text("The person who received.", "接收人员。"), "D3.1"
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "移交时间。"), "D3.1")
    artefact: Maybe[Evidence] = optional_key(
        Text("Artefact", "移交物"),
        Text("What was handed over, or the record of it.", "移交的产品或移交记录。"),
        "D3.1",
    )
