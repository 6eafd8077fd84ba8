r"""Escape text for a terminal or a log: the one function through which it goes there.

Two attacks end here (threats O1, O5): control sequences that repaint what was already printed, and
commands, which runners of jobs obey wherever they read `##[` or `##vso[`, and in a line that begins
with `::` after white space. What would act is written out instead, so that it is seen:

| character | written |
| --- | --- |
| a control character | `\n`, `\t`, `\r`, else `\x1b` |
| any other that does not show (bidi, zero width, …) | `<U+202E>` |
| the second `#` of `##[` and `##vso[` | `\x23` |
| the first `:` of a leading `::` | `\x3a` |
"""

from __future__ import annotations

import re

from launchpolicy.reporters.visibility import is_visible, reveal

_NAMED = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}
_HASH, _COLON = r"\x23", r"\x3a"
_COMMAND = r"(?i)##(?=(?:vso)?\[)"
_LEADING = r"\s*::"

# Letters and marks that look like nothing: the rest of Unicode's Default_Ignorable_Code_Point, but
# for U+FE0E and U+FE0F, which choose between a sign and its emoji. A set: a regular expression of
# these takes longer to compile than all others here together.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0").union(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0)))
)

# A finished line may hold our own colours; they must not be able to hide a command.
_COLOUR = r"(?:\x1b\[[0-9;]*m)*"
_JOINED_COMMAND = rf"(?i)(#{_COLOUR})#(?={_COLOUR}(?:v{_COLOUR}s{_COLOUR}o{_COLOUR})?\[)"
_JOINED_LEADING = rf"\A((?:\s|\x1b\[[0-9;]*m)*):(?={_COLOUR}:)"


def escape(text: str) -> str:
    """Return `text` fit to stand on one line of a terminal or log; ordinary text is unchanged."""
    return text if _is_harmless(text) else "".join(characters(text))


def characters(text: str) -> list[str]:
    """Return the escaped text, one string per character of `text`, to count columns."""
    if _is_harmless(text):
        return list(text)
    forms = reveal(text, _visible_form)
    for at, character in enumerate(text):
        if character in _BLANK:
            forms[at] = _visible_form(character)
    for command in re.finditer(_COMMAND, text):
        forms[command.start() + 1] = _HASH
    leading = re.match(_LEADING, text)
    if leading:
        forms[leading.end() - 2] = _COLON
    return forms


def inert(line: str) -> str:
    """Return a finished line, coloured or not, that no runner takes for a command.

    `escape` has seen the parts; this sees what joining and wrapping them has made.
    """
    if "##" not in line and "::" not in line and "\x1b" not in line:
        return line
    without = re.sub(_JOINED_COMMAND, lambda match: match[1] + _HASH, line)
    return re.sub(_JOINED_LEADING, lambda match: match[1] + _COLON, without)


def _is_harmless(text: str) -> bool:
    if ("##" in text and re.search(_COMMAND, text)) or ("::" in text and re.match(_LEADING, text)):
        return False
    if not is_visible(text):
        return False
    return text.isascii() or _BLANK.isdisjoint(text)


def _visible_form(character: str) -> str:
    code = ord(character)
    if code <= 0x9F:  # noqa: PLR2004 (the last control character of C1)
        return _NAMED.get(character, f"\\x{code:02x}")
    return f"<U+{code:04X}>"
