"""Text as YAML writes it: what others choose (names, keys, branches) never becomes syntax."""

from __future__ import annotations

import json
import re

from launchpolicy.documents.decoding import hidden_character

_PLAIN = re.compile(
    r"[A-Za-z\u4e00-\u9fff](?:[A-Za-z0-9\u4e00-\u9fff_./@+-]|:(?=//))*(?: [A-Za-z0-9_./@+=-]+)*"
)
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What some reader of YAML takes for something else than text."""


def scalar(text: str) -> str:
    """Return `text` as a YAML scalar on one line: plain if that is safe, else in double quotes.

    Characters that nobody can see are left out: launchpolicy refuses a file that holds one.
    """
    visible = without_hidden(text)
    if _PLAIN.fullmatch(visible) and visible.lower() not in _WORDS:
        return visible
    return json.dumps(visible, ensure_ascii=False)


def comment(text: str) -> str:
    """Return `text` as a comment without its `# `: on one line, no invisible characters."""
    return " ".join(without_hidden(text).split())


def without_hidden(text: str) -> str:
    """Return `text` without the characters that `documents.decoding` refuses."""
    if hidden_character(text) is None:
        return text
    return "".join(character for character in text if hidden_character(character) is None)
