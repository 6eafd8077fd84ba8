"""Text in cells of a table that a spreadsheet opens (threat O4).

A cell that begins like a formula is run by spreadsheets, also behind spaces, quotes and marks that
nobody sees, and in full-width or small letters. An apostrophe before it makes it text.
"""

from __future__ import annotations

import unicodedata

_STARTS = frozenset("=+-@|")
_MINUS = frozenset("\u2212\ufe63")
_QUOTES = frozenset("\"'`\u2018\u2019\u201c\u201d\uff02\uff07")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def guard(text: str) -> str:
    """Return `text` as a cell; control characters are shown as spaces."""
    clean = "".join(max(sign, " ") for sign in text)
    return f"'{clean}" if _is_formula(text) else clean


def _is_formula(text: str) -> bool:
    """Return whether a spreadsheet could take `text` for a formula; rather once too often."""
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    for sign in text:
        if unicodedata.category(sign) in _UNSEEN or sign in _QUOTES:
            continue
        return sign in _MINUS or unicodedata.normalize("NFKC", sign)[:1] in _STARTS
    return False
