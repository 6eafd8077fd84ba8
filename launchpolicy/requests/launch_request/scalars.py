"""The texts with a grammar: identifiers, times, durations, quantities, digests, paths.

Every pattern is anchored, linear and means the same to RE2, ECMAScript and Python. Identifiers are
ASCII, so that no two of them look alike (threat Y12).
"""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from launchpolicy.documents.instants import PATTERN
from launchpolicy.requests.launch_request.grammar_text import SPACES, GrammarText, WholeNumber
from launchpolicy.requests.schema_marks import PERSON, TEXT
from launchpolicy.vocabulary.text import Text

Identifier = TypeAliasType(
    "Identifier",
    Annotated[
        str,
        GrammarText(
            Text("Identifier", "标识"),
            Text(
                "Lower-case ASCII letters, digits, and single `-`, `.` or `_` between them.",
                "小写 ASCII 字母、数字，中间可用单个 `-`、`.` 或 `_` 分隔。",
            ),
            r"^[a-z0-9]+([._-][a-z0-9]+)*$",
            ("customer-service",),
        ),
    ],
)
Person = TypeAliasType(
    "Person",
    Annotated[
        str,
        GrammarText(
            Text("Person", "人员"),
            Text(
                "The id of a person in people.yaml. A name typed here is a claim, not an approval.",
                "people.yaml 中的人员标识。在此填写姓名只是声明，不等于审批。",
            ),
            r"^[a-z0-9]+([._-][a-z0-9]+)*$",
            ("li.wei",),
            mark=PERSON,
        ),
    ],
)
Name = TypeAliasType(
    "Name",
    Annotated[
        str,
        GrammarText(
            Text("Item name", "条目名称"),
            Text(
                "ASCII letters, digits, and single `-`, `.` or `_` between them.",
                "ASCII 字母、数字，中间可用单个 `-`、`.` 或 `_` 分隔。",
            ),
            r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
            ("orders-db",),
        ),
    ],
)
RequestName = TypeAliasType(
    "RequestName",
    Annotated[
        str,
        GrammarText(
            Text("Request name", "申请编号"),
            Text(
                "Upper-case letters first, then parts joined by `-`.",
                "以大写字母开头，各部分用 `-` 连接。",
            ),
            r"^[A-Z][A-Z0-9]*(-[A-Za-z0-9]+)+$",
            ("LR-2026-0042",),
        ),
    ],
)
Version = TypeAliasType(
    "Version",
    Annotated[
        str,
        GrammarText(
            Text("Version", "版本号"),
            Text(
                'Text, so put a version that looks like a number in quotes: "3.2".',
                '版本号是文本，形似数字的版本号须加引号，例如 "3.2"。',
            ),
            r"^[A-Za-z0-9]+([.+_-][A-Za-z0-9]+)*$",
            ("3.2.0", "v3.2.0-rc.1"),
        ),
    ],
)
Line = TypeAliasType(
    "Line",
    Annotated[
        str,
        GrammarText(
            Text("Line of text", "单行文本"),
            Text(
                "One line, with no space at either end. Numbers must be quoted.",
                "单行文本，首尾不留空格；数字须加引号。",
            ),
            rf"^[^{SPACES}]([^\r\n]*[^{SPACES}])?$",
            ("vault-b/orders",),
            mark=TEXT,
        ),
    ],
)
Instant = TypeAliasType(
    "Instant",
    Annotated[
        str,
        GrammarText(
            Text("Point in time", "时间点"),
            Text(
                "RFC 3339 with an offset and seconds.",
                "RFC 3339 格式，须写明秒和时区偏移。",
            ),
            PATTERN,
            ("2026-12-01T22:00:00+08:00",),
            "date-time",
            repeated=True,
        ),
    ],
)
PlannedInstant = TypeAliasType(
    "PlannedInstant",
    Annotated[
        str,
        GrammarText(
            Text("Planned point in time", "计划时间点"),
            Text(
                "RFC 3339 with an offset and seconds.",
                "RFC 3339 格式，须写明秒和时区偏移。",
            ),
            PATTERN,
            ("2026-12-01T22:00:00+08:00",),
            "date-time",
            repeated=True,
            time="planned",
        ),
    ],
)
Duration = TypeAliasType(
    "Duration",
    Annotated[
        str,
        GrammarText(
            Text("Duration", "时长"),
            Text(
                "Hours, minutes and seconds, in this order: 30m, 1h30m, 72h.",
                "依次写小时、分钟、秒：30m、1h30m、72h。",
            ),
            r"^([0-9]{1,5}h([0-9]{1,5}m)?([0-9]{1,5}s)?|[0-9]{1,5}m([0-9]{1,5}s)?|[0-9]{1,5}s)$",
            ("30m", "1h30m"),
            repeated=True,
        ),
    ],
)
Quantity = TypeAliasType(
    "Quantity",
    Annotated[
        str,
        GrammarText(
            Text("Quantity with a unit", "带单位的数量"),
            Text(
                "A duration without a space (300ms), or a number, one space and a unit (4.3 %).",
                "时长不留空格（300ms）；其余写成数字、一个空格和单位（4.3 %）。",
            ),
            r"^(([0-9]{1,9}(\.[0-9]{1,9})?(ns|us|ms|s|m|h))+"
            rf"|-?[0-9]{{1,15}}(\.[0-9]{{1,9}})? [^{SPACES}0-9][^{SPACES}]*)$",
            ("300ms", "4.3 %", "35000 CNY"),
            repeated=True,
        ),
    ],
)
Sha256 = TypeAliasType(
    "Sha256",
    Annotated[
        str,
        GrammarText(
            Text("SHA-256 digest", "SHA-256 摘要"),
            Text(
                "64 lower-case hexadecimal digits, as `sha256sum FILE` prints them.",
                "64 位小写十六进制数字，可用 `sha256sum 文件` 得到。",
            ),
            r"^[0-9a-f]{64}$",
            ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",),
            repeated=True,
        ),
    ],
)
Commit = TypeAliasType(
    "Commit",
    Annotated[
        str,
        GrammarText(
            Text("Commit", "提交"),
            Text(
                "The whole id, as `git rev-parse` prints it.",
                "完整的提交标识，可用 `git rev-parse` 得到。",
            ),
            r"^([0-9a-f]{40}|[0-9a-f]{64})$",
            ("9fceb02d0ae598e95dc970b74767f19372d61af8",),
        ),
    ],
)
_LETTERS = "A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff（）《》【】"
_SEGMENT = rf"[{_LETTERS}](\.?[{_LETTERS}+-])*"
EvidencePath = TypeAliasType(
    "EvidencePath",
    Annotated[
        str,
        GrammarText(
            Text("Path of a file", "文件路径"),
            Text(
                "From the request's folder, with `/`. Letters (Chinese too), digits, `_`, `+`, `-`"
                " and `.`; no spaces, no `..`, no part that starts with `-` or `.`.",
                "从申请所在目录写起，用 `/` 分隔。可用字母（含汉字）、数字、`_`、`+`、`-`、`.`；"
                "不含空格和 `..`，各级名称不以 `-` 或 `.` 开头。",
            ),
            rf"^{_SEGMENT}(/{_SEGMENT})*$",
            ("acceptance/acceptance.pdf", "验收/验收报告.pdf"),
            repeated=True,
        ),
    ],
)
Count = TypeAliasType(
    "Count",
    Annotated[
        int, WholeNumber(Text("Whole number", "整数"), Text("0 or more.", "大于或等于 0。"), 0, 42)
    ],
)
Ordinal = TypeAliasType(
    "Ordinal",
    Annotated[
        int,
        WholeNumber(
            Text("Whole number from 1", "正整数"), Text("1 or more.", "大于或等于 1。"), 1, 1
        ),
    ],
)
