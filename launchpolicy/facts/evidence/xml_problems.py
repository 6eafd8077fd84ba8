"""Why XML could not be read: which line and character, and what to do about it."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import ParseError

from launchpolicy.documents.decoding import looks_like_gbk
from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.vocabulary.text import Text

_UNKNOWN_ENCODING: Final = 18
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
    if isinstance(error, ParseError):
        line, column = error.position
        return Text(
            f"It is not well-formed XML: line {line}, column {column + 1}.",
            f"不是格式正确的 XML：第 {line} 行第 {column + 1} 列。",
        )
    return Text("It is not well-formed XML.", "不是格式正确的 XML。")


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
