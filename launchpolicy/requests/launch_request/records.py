"""Small records that many sections hold: a file as evidence, a notice, a person's confirmation."""

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
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.marks import FREE
from launchpolicy.requests.launch_request.scalars import (
    EvidencePath,
    Identifier,
    Instant,
    Name,
    Person,
    Sha256,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

EvidenceKind = TypeAliasType(
    "EvidenceKind",
    Annotated[
        Literal[
            "document",
            "junit",
            "sarif",
            "cobertura",
            "in-toto",
            "backup-manifest",
            "minutes",
            "rehearsal",
            "steps",
        ],
        Words(
            Text("Kind of evidence", "证据类型"),
            Text("How the file is read.", "按何种格式读取该文件。"),
            (
                Text("PDF, office document or image.", "PDF、办公文档或图片。"),
                Text("Test results as JUnit XML.", "JUnit XML 测试结果。"),
                Text("Findings of a scanner as SARIF.", "SARIF 扫描结果。"),
                Text("Coverage as Cobertura XML.", "Cobertura XML 覆盖率。"),
                Text("An in-toto test-result statement.", "in-toto 测试结果声明。"),
                Text("Manifest of a backup.", "备份清单。"),
                Text("Structured minutes of a meeting.", "结构化的会议纪要。"),
                Text("Record of a rehearsal.", "演练记录。"),
                Text("Record of executed steps.", "步骤执行记录。"),
            ),
        ),
    ],
)


@explain(
    Text("Evidence", "证据"),
    Text(
        "A file in the request's folder, pinned by its digest.",
        "申请目录中的一个文件，以摘要锁定内容。",
    ),
)
class Evidence(RequestSection):
    """A file that proves something."""

    path: Maybe[EvidencePath] = required_key(
        Text("Path", "路径"), Text("Where the file is.", "文件所在位置。")
    )
    kind: Maybe[EvidenceKind] = required_key(
        Text("Kind", "类型"), Text("How the file is read.", "按何种格式读取该文件。")
    )
    sha256: Maybe[Sha256] = required_key(
        Text("SHA-256 digest", "SHA-256 摘要"),
        Text("Digest of the file.", "文件的摘要。"),
    )


@explain(
    Text("Notice", "通知"),
    Text("A notice that was sent: when, by whom, to whom.", "何时、由谁、向谁发出的通知。"),
)
class Notice(RequestSection):
    """A notice that was issued."""

    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was issued.", "通知发出的时间。")
    )
    by: Maybe[Person] = optional_key(Text("By", "发出人"), Text("Who issued it.", "由谁发出。"))
    to: Maybe[Distinct[Identifier]] = optional_key(
        Text("To", "接收方"),
        Text("The departments or units that were notified.", "收到通知的部门或单位。"),
        examples=(["customer-service", "finance"],),
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The notice as it was sent.", "通知原文。")
    )


@explain(
    Text("Confirmation", "确认"),
    Text("Who confirmed that something is ready, and when.", "由谁在何时确认已就绪。"),
)
class Confirmation(RequestSection):
    """A system or a department that is ready."""

    name: Maybe[Name] = name_key("system or department", "系统或部门", "billing")
    confirmed_by: Maybe[Person] = optional_key(
        Text("Confirmed by", "确认人"),
        Text("Who confirms that it is ready for the launch.", "由谁确认已做好上线准备。"),
        "D3.3.3",
    )
    confirmed_at: Maybe[Instant] = optional_key(
        Text("Confirmed at", "确认时间"), Text("When it was confirmed.", "确认的时间。"), "D3.3.3"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The confirmation in writing.", "书面确认。")
    )


@explain(
    Text("Review", "评审"),
    Text("A review by people, and its result.", "一次人工评审及其结论。"),
)
class Review(RequestSection):
    """A review of a document, a design or code."""

    name: Maybe[Name] = name_key("review", "评审", "interface-review")
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When it took place.", "评审时间。"))
    by: Maybe[Distinct[Person]] = optional_key(
        Text("By", "评审人"), Text("Who reviewed.", "参与评审的人员。"), examples=(["chen.jie"],)
    )
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"), Text("Whether it passed.", "是否通过。")
    )
    verified: Maybe[Prose] = optional_key(
        Text("Verified", "验证内容"),
        Text("What was verified.", "评审验证了什么。"),
        "D1.2.3",
    )
    remark: Maybe[Prose] = optional_key(
        Text("Remark", "备注"), Text("What the reviewers said.", "评审意见。"), marks=FREE
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The record of the review.", "评审记录。")
    )
