"""Why XML could not be read: which line and character, and what to do about it."""

from __future__ import annotations

import codecs
import re
from typing import Final
from xml.etree.ElementTree import ParseError

from launchpolicy.documents.decoding import looks_like_gbk
from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.file_types import problem_with_type
from launchpolicy.vocabulary.text import Text

_REPORT: Final = Text("a report in XML", "XML 格式的报告")
_NOT_AT_THE_START: Final = 17
_UNKNOWN_ENCODING: Final = 18
_TAP: Final = re.compile(rb"\A\s*(?:TAP version \d+|1\.\.\d+\s*$|(?:not )?ok \d+)", re.MULTILINE)
_OPENING: Final = 200
_DECLARED: Final = re.compile(rb"""encoding\s*=\s*["']([\w.-]{1,40})["']""")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
"""What XML 1.0 (section 2.2) lets no text hold, written as it is or as a number."""
_SPACES: Final = {0x09, 0x0A, 0x0D}
_FIRST_PRINTABLE: Final = 0x20
_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")


def problem_with_xml(data: bytes, source: bytes | str, error: Exception) -> Text:
    """Return what is wrong with a file that the parser refused, as precisely as it can be said.

    Args:
        data: the file.
        source: what the parser was given: the file, or its text.
        error: what the parser said.
    """
    known = problem_with_type(data, _REPORT) or _other_text(data)
    if known is not None:
        return known
    code = getattr(error, "code", None)
    if code == _UNKNOWN_ENCODING or (
        isinstance(error, (ValueError, LookupError)) and b"encoding" in data[:_OPENING]
    ):
        declared = _DECLARED.search(data[:_OPENING])
        return unread_encoding(declared[1].decode() if declared else "?")
    character = _forbidden_character(data, source)
    if character is not None:
        return character
    if isinstance(source, bytes) and not _is_utf_8(source) and looks_like_gbk(source):
        return Text(
            "It is GBK text that does not say so; write it as UTF-8, or declare its encoding: "
            '<?xml version="1.0" encoding="GBK"?>.',
            "它是 GBK 编码，却没有声明；请改用 UTF-8 编码，或声明编码："
            '<?xml version="1.0" encoding="GBK"?>。',
        )
    return _syntax_problem(error, code)


def _syntax_problem(error: Exception, code: object) -> Text:
    if code == _NOT_AT_THE_START:
        return Text(
            "Something stands before <?xml, a blank line or a space; the file must begin with it.",
            "<?xml 之前还有空行或空格等内容；文件必须以它开头。",
        )
    if isinstance(error, ParseError):
        line, column = error.position
        return Text(
            f"It is not well-formed XML: line {line}, column {column + 1}; attach it as the tool "
            "wrote it.",
            f"不是格式正确的 XML：第 {line} 行第 {column + 1} 列；请附上工具的原始输出。",
        )
    return Text(
        "It is not well-formed XML; attach it as the tool wrote it.",
        "不是格式正确的 XML；请附上工具的原始输出。",
    )


def _other_text(data: bytes) -> Text | None:
    """Return what to do about a report in JSON or TAP; None for anything else."""
    start = data[:_OPENING].removeprefix(codecs.BOM_UTF8).lstrip()
    name = "JSON" if start[:1] in {b"{", b"["} else "TAP" if _TAP.match(start) else ""
    if not name:
        return None
    return Text(
        f"It is {name}, not XML; let the tool write its report in the format of this kind.",
        f"它是 {name}，而不是 XML；请让工具以该类型的格式输出报告。",
    )


def two_encodings(encoding: str) -> Text:
    """Return what to do about a byte order mark of UTF-8 before another declared encoding."""
    name = identifier(encoding)
    return Text(
        f"It begins with the byte order mark of UTF-8, but declares {name}; write one of them.",
        f"文件以 UTF-8 的字节顺序标记开头，却声明为 {name} 编码；请二者取一。",
    )


def unread_encoding(encoding: str) -> Text:
    """Return what to do about a file whose encoding is none of those that are read."""
    name = identifier(encoding)
    return Text(
        f"Its XML is in the encoding {name}, which is not read here; write it as UTF-8.",
        f"XML 采用了此处不支持的编码 {name}；请改用 UTF-8 编码。",
    )


def decoding_problem(data: bytes, encoding: str, error: UnicodeDecodeError) -> Text:
    """Return what is wrong with a file whose bytes are not of the encoding that it declares."""
    line = len(_LINE_BREAK.findall(data[: error.start].decode("latin-1"))) + 1
    return Text(
        f"It says that it is {encoding}, but line {line} is not; write it as UTF-8.",
        f"它声明为 {encoding} 编码，但第 {line} 行不是；请改用 UTF-8 编码。",
    )


def _forbidden_character(data: bytes, source: bytes | str) -> Text | None:
    text = source if isinstance(source, str) else data.decode("utf-8", "replace")
    match = _FORBIDDEN.search(text)
    at, number = (match.start(), ord(match.group())) if match else (len(text), 0)
    for reference in _REFERENCE.finditer(text, 0, at):
        value = int(reference[1], 16) if reference[1] else int(reference[2])
        if value < _FIRST_PRINTABLE and value not in _SPACES:
            at, number = reference.start(), value
            break
    else:
        if match is None:
            return None
    breaks = list(_LINE_BREAK.finditer(text, 0, at))
    line, column = len(breaks) + 1, at - (breaks[-1].end() if breaks else 0) + 1
    code = f"U+{number:04X}"
    return Text(
        f"Line {line}, column {column} holds the control character {code}, which XML cannot hold; "
        "let the tests print without colours (NO_COLOR=1), or remove it.",
        f"第 {line} 行第 {column} 列含有控制字符 {code}，XML 不允许出现；"
        "请让测试不输出颜色（NO_COLOR=1），或删除该字符。",
    )


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
