"""The refusals of the YAML reader: one sentence and one remedy each, in both languages.

A refusal's id is `yaml/<name>`. `{}` placeholders are filled by the reader.
"""

from __future__ import annotations

from typing import Any

from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text

Event = Any
"""An event of the parser."""


class RefusalWording(NamedTuple):
    """The two sentences of a refusal, with `{}` where details go."""

    message: Text
    fix: Text


CATALOGUE: dict[str, RefusalWording] = {
    "too-large": RefusalWording(
        Text(
            "The file has {} bytes; at most {} are read.",
            "文件大小为 {} 字节，最多只读取 {} 字节。",
        ),
        Text(
            "Move long text into an evidence file and refer to it.",
            "请把较长的内容放进证据文件，再在此处引用。",
        ),
    ),
    "not-utf-8": RefusalWording(
        Text("Byte {} (0x{:02x}) is not UTF-8.", "第 {} 个字节（0x{:02x}）不是 UTF-8 编码。"),
        Text("Save the file as UTF-8.", "请将文件另存为 UTF-8 编码。"),
    ),
    "gbk": RefusalWording(
        Text(
            "Byte {} (0x{:02x}) is not UTF-8; the file looks like GBK.",
            "第 {} 个字节（0x{:02x}）不是 UTF-8 编码，文件看起来是 GBK 编码。",
        ),
        Text(
            "Convert it: iconv -f GBK -t UTF-8 OLD > NEW.",
            "请转换编码：iconv -f GBK -t UTF-8 旧文件 > 新文件。",
        ),
    ),
    "utf-16": RefusalWording(
        Text("The file is UTF-16, not UTF-8.", "文件是 UTF-16 编码，不是 UTF-8。"),
        Text("Save the file as UTF-8.", "请将文件另存为 UTF-8 编码。"),
    ),
    "hidden-character": RefusalWording(
        Text(
            "The character U+{:04X} is invisible or changes how text is shown.",
            "字符 U+{:04X} 不可见，或会改变文字的显示方式。",
        ),
        Text(
            "Remove it; what a reviewer reads must be what is judged.",
            "请删除该字符：审阅者看到的必须就是被判定的内容。",
        ),
    ),
    "syntax": RefusalWording(
        Text("This is not well-formed YAML: {}.", "YAML 语法错误：{}。"),
        Text("Check this line.", "请检查本行。"),
    ),
    "look-alike": RefusalWording(
        Text("A character only looks like YAML: {}.", "有字符看似 YAML 语法：{}。"),
        Text("Type it again.", "请重新输入。"),
    ),
    "duplicate-key": RefusalWording(
        Text(
            "The key `{}` stands twice in this mapping; the first is on line {}.",
            "键 `{}` 在同一映射中出现两次，第一次在第 {} 行。",
        ),
        Text("Keep one of the two.", "请只保留其中一个。"),
    ),
    "anchor": RefusalWording(
        Text("Anchors and aliases (`&`, `*`) are not read.", "不支持锚点与别名（`&`、`*`）。"),
        Text(
            "Write the value out, or put it in quotes if it is text.",
            "请直接写出内容；如果是文本，请加引号。",
        ),
    ),
    "merge-key": RefusalWording(
        Text("Merge keys (`<<`) are not read.", "不支持合并键（`<<`）。"),
        Text("Write the keys out.", "请逐项写出各个键。"),
    ),
    "anchor-twice": RefusalWording(
        Text("The anchor `&{}` stands twice.", "锚点 `&{}` 出现两次。"),
        Text("Give each anchor a name of its own.", "请为每个锚点使用不同的名称。"),
    ),
    "anchor-of-key": RefusalWording(
        Text("A key is no place for an anchor or an alias.", "键不能使用锚点或别名。"),
        Text("Write the key out.", "请直接写出该键。"),
    ),
    "alias-unknown": RefusalWording(
        Text("No anchor `&{}` stands before this alias.", "此别名之前没有锚点 `&{}`。"),
        Text("Write the value out, or check the name.", "请直接写出内容，或检查名称。"),
    ),
    "alias-of-itself": RefusalWording(
        Text("The alias `*{}` stands within its own anchor.", "别名 `*{}` 位于其自身的锚点之内。"),
        Text("Write the value out.", "请直接写出内容。"),
    ),
    "expands-too-far": RefusalWording(
        Text(
            "With this alias the file stands for more than {} characters.",
            "展开此别名后，文件内容超过 {} 个字符。",
        ),
        Text("Use fewer aliases, or split the file.", "请减少别名，或拆分文件。"),
    ),
    "merge-twice": RefusalWording(
        Text(
            "The merge key `<<` stands twice in this mapping.", "合并键 `<<` 在同一映射中出现两次。"
        ),
        Text("Write one, with a list: `<<: [*a, *b]`.", "请只写一个，并用列表：`<<: [*a, *b]`。"),
    ),
    "merge-value": RefusalWording(
        Text("A merge key (`<<`) takes mappings only.", "合并键（`<<`）只能合并映射。"),
        Text("Name mappings, or write the keys out.", "请引用映射，或逐项写出各个键。"),
    ),
    "merge-conflict": RefusalWording(
        Text(
            "Two merged mappings give the key `{}` differently: programs disagree on which counts.",
            "合并的两个映射对键 `{}` 给出的值不同，以哪个为准因程序而异。",
        ),
        Text(
            "Write the key in the mapping itself, or remove it from one of the two.",
            "请在映射自身中写明该键，或从其中一个中删除。",
        ),
    ),
    "merge-quoted": RefusalWording(
        Text(
            "A `<<` in quotes is a merge key to some programs, and to others a key like any other.",
            "带引号的 `<<` 在有些程序中是合并键，在另一些程序中只是普通的键。",
        ),
        Text("Choose another key, or remove the quotes.", "请换一个键，或去掉引号。"),
    ),
    "empty-document": RefusalWording(
        Text("This document of the file is empty.", "文件中的这个文档是空的。"),
        Text("Remove its `---`, or write it.", "请删除其 `---`，或填写内容。"),
    ),
    "too-many-documents": RefusalWording(
        Text("More than {} documents in one file.", "单个文件中的文档超过 {} 个。"),
        Text("Split the file.", "请拆分文件。"),
    ),
    "tag": RefusalWording(
        Text("Tags (`!…`) are not read.", "不支持标签（`!…`）。"),
        Text(
            "Remove the tag, or put the value in quotes if it is text.",
            "请删除标签；如果是文本，请加引号。",
        ),
    ),
    "key-not-text": RefusalWording(
        Text("A key must be text; this one is {}.", "键必须是文本，而这里是{}。"),
        Text("Put the key in quotes.", "请给键加上引号。"),
    ),
    "several-documents": RefusalWording(
        Text(
            "A second document starts here (`---`); a file holds exactly one.",
            "此处开始了第二个文档（`---`），一个文件只能有一个文档。",
        ),
        Text("Split it into two files.", "请拆分成两个文件。"),
    ),
    "empty": RefusalWording(
        Text("The file holds no document.", "文件中没有任何内容。"),
        Text("Start from an example.", "请从示例文件开始填写。"),
    ),
    "too-deep": RefusalWording(
        Text("Nested deeper than {} levels.", "嵌套超过 {} 层。"),
        Text("Flatten the structure.", "请减少嵌套层次。"),
    ),
    "too-many-values": RefusalWording(
        Text("More than {} values in one file.", "单个文件中的值超过 {} 个。"),
        Text("Split the file.", "请拆分文件。"),
    ),
    "scalar-too-long": RefusalWording(
        Text("A single value of more than {} characters.", "单个值超过 {} 个字符。"),
        Text(
            "Move long text into an evidence file and refer to it.",
            "请把较长的内容放进证据文件，再在此处引用。",
        ),
    ),
    "number": RefusalWording(
        Text(
            "The number `{}` is too large to be kept exactly.",
            "数字 `{}` 过大，无法精确保存。",
        ),
        Text("Put it in quotes if it is an identifier.", "如果它是编号，请加引号。"),
    ),
}


class RefusalError(Exception):
    """A refusal at 0-based `line` and `column`, inside the reader; `read` makes a value of it."""

    def __init__(self, name: str, line: int, column: int, *details: object) -> None:
        super().__init__(name)
        self.name = name
        self.line = line
        self.column = column
        self.details = details


def refusal_at(name: str, event: Event, *details: object) -> RefusalError:
    """Return a refusal at the place where an event of the parser starts."""
    return RefusalError(name, event.start_mark.line, event.start_mark.column, *details)


def refusal(name: str, place: Place, *details: object) -> Finding:
    """Return the finding for one refusal; a detail may be a `Text` with both languages."""
    complaint = CATALOGUE[name]
    english = [d.en if isinstance(d, Text) else d for d in details]
    chinese = [d.zh if isinstance(d, Text) else d for d in details]
    return Finding(
        rule=f"yaml/{name}",
        message=Text(complaint.message.en.format(*english), complaint.message.zh.format(*chinese)),
        place=place,
        fix=complaint.fix,
    )
