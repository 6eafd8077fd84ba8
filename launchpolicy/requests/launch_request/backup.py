"""Backups: what is planned, and what was really taken (D2.3, D3.3.4, D3.3.6)."""

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
from launchpolicy.requests.launch_request.marks import person
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import (
    Duration,
    Identifier,
    Instant,
    Line,
    Name,
    Person,
    Quantity,
    Sha256,
)
from launchpolicy.requests.launch_request.texts import Prose, ReasonForNone
from launchpolicy.vocabulary.text import Text

BackupKind = TypeAliasType(
    "BackupKind",
    Annotated[
        Literal["database", "files", "operating-system", "application", "configuration"],
        Words(
            Text("Kind of backup", "备份类别"),
            Text("What sort of thing is backed up.", "备份的是哪类对象。"),
            (
                Text("A database.", "数据库。"),
                Text("Files of users and of the application.", "用户与应用的文件。"),
                Text("Files of the operating system.", "操作系统文件。"),
                Text("The application as it is installed.", "已安装的应用系统。"),
                Text("Configuration.", "配置。"),
            ),
        ),
    ],
)
RestoreResult = TypeAliasType(
    "RestoreResult",
    Annotated[
        Literal["restored", "failed"],
        Words(
            Text("Result of the rehearsal", "恢复演练结果"),
            Text("Whether the backup could be restored.", "备份能否恢复。"),
            (
                Text("It was restored completely.", "已完整恢复。"),
                Text("It was not.", "未能恢复。"),
            ),
        ),
    ],
)


@explain(Text("Restore", "恢复方式"), Text("How a backup is put back.", "如何用备份恢复。"))
class Restore(RequestSection):
    """The way back, and how long it takes."""

    how: Maybe[Prose] = optional_key(
        Text("How", "方式"),
        Text("How it is restored.", "如何恢复。"),
        "D2.3",
        examples=("pg_restore into a new instance, then switch",),
    )
    takes: Maybe[Duration] = optional_key(
        Text("Takes", "耗时"), Text("How long it takes.", "恢复所需时间。"), "D2.3"
    )


@explain(
    Text("Planned backup", "计划的备份"),
    Text("A backup to be taken, or why none is needed.", "计划进行的一份备份，或说明为何不需要。"),
)
class PlannedBackup(RequestSection):
    """One thing to be backed up; with `none`, one that the launch does not touch."""

    name: Maybe[Name] = name_key("thing that is backed up", "备份对象", "orders-db")
    kind: Maybe[BackupKind] = required_key(
        Text("Kind", "类别"),
        Text("What sort of thing it is.", "属于哪类对象。"),
        "D2.3",
        "D3.3.4",
    )
    none: Maybe[ReasonForNone] = optional_key(
        Text("None", "不备份"),
        Text("Why nothing of this kind is backed up.", "为何无需备份此类对象。"),
        "D2.3",
    )
    by: Maybe[Person] = optional_key(
        Text("By", "备份人"),
        Text("Who takes it.", "由谁备份。"),
        "D3.3.4",
        marks=person("operations", role_key="role"),
    )
    role: Maybe[Identifier] = optional_key(
        Text("Role", "角色"),
        Text(
            "In which role: dba, system-administrator, application-maintainer.",
            "以何种角色：`dba`（数据库管理人员）、`system-administrator`（系统管理人员）或"
            " `application-maintainer`（应用系统维护人员）。",
        ),
        "D3.3.4",
        examples=("dba", "system-administrator", "application-maintainer"),
    )
    location: Maybe[Line] = optional_key(
        Text("Location", "存放位置"),
        Text("The safe place where it is kept.", "安全存放的位置。"),
        "D2.3",
        examples=("vault-b/orders",),
    )
    restore: Maybe[Restore] = optional_key(
        Text("Restore", "恢复方式"),
        Text("How it is restored, and how long that takes.", "如何恢复、需要多久。"),
        "D2.3",
    )


@explain(
    Text("Restore rehearsal", "恢复演练"),
    Text("A trial in which a backup was restored.", "用备份实际恢复的一次演练。"),
)
class RestoreRehearsal(RequestSection):
    """A proof that the backup is good."""

    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "演练时间。"), "D2.3")
    by: Maybe[Person] = optional_key(
        Text("By", "演练人"),
        Text("By whom.", "由谁演练。"),
        marks=person("operations"),
    )
    result: Maybe[RestoreResult] = optional_key(
        Text("Result", "结果"), Text("Whether it was restored.", "能否恢复。"), "D2.3"
    )
    takes: Maybe[Duration] = optional_key(
        Text("Took", "耗时"), Text("How long it really took.", "实际耗时。")
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The record of the rehearsal.", "演练记录。")
    )


@explain(
    Text("Backup taken", "已完成的备份"), Text("A backup that exists.", "一份已经完成的备份。")
)
class TakenBackup(RequestSection):
    """A backup that was really taken."""

    name: Maybe[Name] = name_key("thing that was backed up", "备份对象", "orders-db")
    kind: Maybe[BackupKind] = optional_key(
        Text("Kind", "类别"), Text("What sort of thing it is.", "属于哪类对象。"), "D3.3.4"
    )
    taken_at: Maybe[Instant] = optional_key(
        Text("Taken at", "备份时间"), Text("When it was taken.", "备份完成的时间。"), "D2.3"
    )
    by: Maybe[Person] = optional_key(
        Text("By", "备份人"),
        Text("Who took it.", "由谁备份。"),
        "D3.3.4",
        marks=person("operations"),
    )
    sha256: Maybe[Sha256] = optional_key(
        Text("SHA-256 digest", "SHA-256 摘要"),
        Text("Digest of the backup.", "备份的摘要。"),
        "D2.3",
    )
    size: Maybe[Quantity] = optional_key(
        Text("Size", "大小"), Text("How large it is.", "备份大小。"), examples=("48.2 GiB",)
    )
    location: Maybe[Line] = optional_key(
        Text("Location", "存放位置"),
        Text("Where it is kept.", "备份存放的位置。"),
        "D2.3",
        examples=("vault-b/orders/2026-12-01",),
    )
    rehearsal: Maybe[RestoreRehearsal] = optional_key(
        Text("Restore rehearsal", "恢复演练"),
        Text("The trial in which it was restored.", "恢复演练的情况。"),
        "D2.3",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The backup's manifest.", "备份清单。"), "D2.3"
    )
