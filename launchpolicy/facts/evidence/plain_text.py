"""Bytes to the text that a person would see: UTF-8, or UTF-16 with its mark; documents GB18030.

All are what Windows programs write (Excel's “CSV UTF-8”, “Unicode text”, the Editor, PowerShell).
"""

from __future__ import annotations

import codecs

from launchpolicy.documents.decoding import LINE_BREAK, hidden_character, looks_like_gbk
from launchpolicy.vocabulary.text import Text

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = (codecs.BOM_UTF8, *_UTF_16)


def is_only_a_mark(data: bytes) -> bool:
    """Return whether nothing follows the byte order mark."""
    return data in _MARKS


def is_utf_16(data: bytes) -> bool:
    """Return whether the bytes begin with the byte order mark of UTF-16."""
    return data.startswith(_UTF_16) and not data.startswith(codecs.BOM_UTF32_LE)


def text_of(data: bytes) -> str | None:
    """Return the text without its byte order mark; None where the bytes are no such text."""
    try:
        return data.decode("utf-16") if is_utf_16(data) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def problem_with(text: str) -> Text | None:
    """Return what a reader of the text could not see, by its name and line, or None."""
    hidden = hidden_character(text)
    if hidden is None:
        return None
    line = len(LINE_BREAK.findall(text, 0, hidden.start())) + 1
    code = f"U+{ord(hidden.group()):04X}"
    return Text(
        f"Line {line} holds the character {code}, which is invisible or changes how text is shown; "
        "remove it.",
        f"第 {line} 行含有字符 {code}，它不可见或会改变文字的显示方式；请删除。",
    )


def document_text_of(data: bytes) -> str | None:
    """Return the text of a document, which may also be GB18030, as Chinese Windows writes it."""
    text = text_of(data)
    if text is None and looks_like_gbk(data):
        return data.decode("gb18030", "replace")
    return text


def needs_utf_8(data: bytes) -> Text | None:
    """Return what to do with a UTF-16 report whose format demands UTF-8 (RFC 8259, section 8.1)."""
    if not is_utf_16(data):
        return None
    return Text(
        "It is UTF-16, as PowerShell writes what is redirected; save it as UTF-8.",
        "它是 UTF-16 编码（PowerShell 重定向输出时的默认编码）；请另存为 UTF-8 编码。",
    )
