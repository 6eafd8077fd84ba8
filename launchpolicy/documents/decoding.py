"""Bytes to text: UTF-8 only, and no character that a reviewer cannot see."""

from __future__ import annotations

import codecs
import itertools
import re

from launchpolicy.documents.refusals import RefusalError

# Cc but \t\n\r, Cs, noncharacters, bidi controls, and what else does not show by itself (Unicode's
# Default_Ignorable_Code_Point: zero-width characters, fillers, variation selectors), line and
# paragraph separators (threats Y11, Y12; CVE-2021-42574). U+0085 is in C1: libyaml would break a
# line there. Inside of an emoji some of them are seen: `vocabulary.emoji`. The joiners of Persian
# and Indic words (U+200C, U+200D between letters) are refused like the rest: where they change
# nothing that is seen, they would make two texts of one.
# Patterns are compiled at first use: hardly any file needs one.
_HIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\uffff]"
)
# The same beyond the basic plane. Apart, because so many ranges are scanned ten times slower, and
# hardly any file has a character beyond U+FFFF at all.
_BEYOND = "[\U00010000-\U0010ffff]"
_HIDDEN_BEYOND = (
    "[\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_IN_EMOJI = "[\u200d\ufe0e\ufe0f\U000e0020-\U000e007f]"
# Bytes with which a hidden character may begin, in UTF-8; most files have none of them.
_SUSPICIOUS = bytes(
    [
        *(*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F),
        *(0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, *range(0xF0, 0x100)),
    ]
)
_HARMLESS = bytes(range(0x100)).translate(None, _SUSPICIOUS)
# Chinese punctuation begins with E2, E3 and EF, as some hidden characters do: those are these.
_PUNCTUATION = b"\xe2\xe3\xef"
_HIDDEN_E2 = rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81)"
_HIDDEN_E3 = b"\xe3\x85"
_HIDDEN_EF = rb"\xef[\xb7\xb8\xbb\xbe\xbf]"
LINE_BREAK = re.compile(r"\r\n|\n|\r")
# What Git LFS stores in place of a file, by its present and its older names: it reads the pointer
# without the white space around it (git-lfs specification, "The Pointer").
_POINTER = r"[\s\ufeff]*version\s+https?://(?:git-lfs|hawser|git-media)\b"
_POINTER_BYTES = 1024


def decode(source: bytes) -> str:
    """Return the text of a file, without a leading byte order mark.

    Raises:
        RefusalError: the bytes are not UTF-8, or they have a hidden character.
    """
    source = source.removeprefix(codecs.BOM_UTF8)
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(source, error.start) from error
    hidden = hidden_character(text) if _may_hide(source) else None
    if hidden is not None:
        line, column = _position(text, hidden.start())
        raise RefusalError("hidden-character", line, column, ord(hidden.group()))
    return text


def _may_hide(source: bytes) -> bool:
    """Return whether UTF-8 bytes may hold a hidden character; False only if they hold none."""
    suspicious = source.translate(None, _HARMLESS)
    if not suspicious:
        return False
    return (
        suspicious.translate(None, _PUNCTUATION) != b""
        or _HIDDEN_E3 in source
        or re.search(_HIDDEN_E2, source) is not None
        or re.search(_HIDDEN_EF, source) is not None
    )


def is_lfs_pointer(source: bytes) -> bool:
    """Return whether a file is only a pointer of Git LFS, so that its content is not in git."""
    return re.match(_POINTER, source[:_POINTER_BYTES].decode("utf-8", "replace")) is not None


def hidden_character(text: str) -> re.Match[str] | None:
    """Return the first character that a reviewer cannot see, or that changes what they see."""
    beyond = re.search(_BEYOND, text)
    first = re.search(_HIDDEN, text)
    if not first and beyond:
        first = re.compile(_HIDDEN_BEYOND).search(text, beyond.start())
    if not first or not re.match(_IN_EMOJI, first.group()):
        return first
    from launchpolicy.vocabulary import emoji  # noqa: PLC0415 (few files have any)

    in_emoji = emoji.positions(text)
    outer = re.compile(_HIDDEN_BEYOND).finditer(text, beyond.start()) if beyond else ()
    candidates = itertools.chain(re.finditer(_HIDDEN, text), outer)
    hidden = (match for match in candidates if match.start() not in in_emoji)
    return min(hidden, key=re.Match.start, default=None)


def _not_utf8(source: bytes, at: int) -> RefusalError:
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return RefusalError("utf-16", 0, 0)
    line, column = _position(source[:at].decode("utf-8"), len(source[:at].decode("utf-8")))
    return RefusalError(
        "gbk" if looks_like_gbk(source) else "not-utf-8", line, column, at + 1, source[at]
    )


def looks_like_gbk(source: bytes) -> bool:
    """Return whether the bytes are GBK text, mostly Chinese, as Chinese Windows writes it."""
    try:
        text = source.decode("gbk")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if not character.isascii()]
    common = sum(
        "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or c in ",。:;!?()" for c in foreign
    )
    return bool(foreign) and common >= 0.9 * len(foreign)


def _position(text: str, at: int) -> tuple[int, int]:
    """Return 0-based line and column of the character at `at`."""
    breaks = list(LINE_BREAK.finditer(text, 0, at))
    return len(breaks), at - (breaks[-1].end() if breaks else 0)
