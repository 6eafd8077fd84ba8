"""Text in cells of a table that a spreadsheet opens (threat O4).

A cell that begins like a formula is run by spreadsheets, also behind spaces, quotes and in
full-width letters. An apostrophe before it makes it text.
"""

from __future__ import annotations

import re

_FORMULA = re.compile("[\\s\"'\u200b\ufeff]*[=+\\-@\t\r\n|＝＋－＠]")


def guarded(text: str) -> str:
    """`text` as a cell; control characters are shown as spaces, and NUL is none at all."""
    clean = "".join(max(sign, " ") for sign in text)
    return f"'{clean}" if _FORMULA.match(text) or _FORMULA.match(clean) else clean
