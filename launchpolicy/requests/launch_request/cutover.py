"""What a cut-over needs besides: documents, data conversion, handover (D3)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Named
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.rehearsal import Rehearsal
from launchpolicy.requests.launch_request.scalars import (
    Commit,
    Identifier,
    Instant,
    Name,
    Person,
    Sha256,
)
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
    development_plan: Maybe[Prose] = optional_key(
        Text("Development plan", "开发计划"),
        Text(
            "Which development plan foresees this launch, and in which section.",
            "哪份开发计划的哪一节安排了本次上线。",
        ),
        "D3.1",
        examples=("Development plan 2026, section 4.2",),
    )


@explain(
    Text("Data conversion", "数据转换"),
    Text(
        "How data is converted or moved, or why none is.", "如何转换或移植数据，或说明为何不涉及。"
    ),
)
class DataConversion(RequestSection):
    """Either `none` with a reason, or a plan."""

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
        Text(
            "Where it stood in requests approved earlier; now status.conversionRehearsal.",
            "旧版申请中的位置；现写入 status.conversionRehearsal。",
        ),
        "D3.3.1",
    )


@explain(
    Text("Installable", "可安装文件"),
    Text("One file that is installed, and what it was built from.", "一个可安装文件及其编译来源。"),
)
class Installable(RequestSection):
    """An entry of the manifest of what was handed over."""

    name: Maybe[Name] = name_key("file", "文件", "billing-5.0.0.tar.gz")
    sha256: Maybe[Sha256] = optional_key(
        Text("SHA-256 digest", "SHA-256 摘要"),
        Text("Digest of the file that is installed.", "可安装文件的摘要。"),
        "D3.1",
    )
    commit: Maybe[Commit] = optional_key(
        Text("Commit", "提交"),
        Text("The commit of the sources that it was built from.", "编译所用源程序的提交。"),
        "D3.1",
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
    installables: Maybe[Named[Installable]] = optional_key(
        Text("Installables", "可安装文件"),
        Text(
            "Every file that is installed, with its digest and source commit.",
            "每个可安装文件及其摘要和源程序提交。",
        ),
        "D3.1",
    )
