"""Escape text for Markdown that GitHub or GitLab shows: the one function for it (threat O2).

Three readers are disarmed, one after the other: the log that the report may be printed into (the
terminal's escaping function), Markdown and HTML (that of the papers), and the platform, which
looks for mentions, references and addresses in what Markdown has made, where an entity is a plain
character again. Against the last stands a word joiner, which nobody sees and no pattern passes.
"""

from __future__ import annotations

import re

from launchpolicy.papers.escaping import escape as markdown_escape
from launchpolicy.reporters.text.escaping import escape as terminal_escape

_LONGEST = 2000
_JOINER = "\u2060"

# In what is escaped already: @name, #1, scheme://, :emoji:, www., GH-1.
_REFERENCE = re.compile(r"&#(?:64|35|58);|(?i:www(?=&#46;)|GH-(?=\d))")
_COMMIT = re.compile(r"(?<![0-9A-Za-z_])[0-9A-Fa-f]{7,}")
_PIECE = 6
_QUOTED = re.compile(r"`([^`]+)`")


def prose(text: str) -> str:
    """Return `text` as it stands, on one line; parts between backticks are shown as code."""
    pieces = []
    for number, piece in enumerate(_QUOTED.split(_cut(text))):
        is_quoted = number % 2 == 1
        pieces.append(_code(piece) if is_quoted else _COMMIT.sub(_break_up, _plain(piece)))
    return "".join(pieces)


def code(text: str) -> str:
    """Return a name or a path, to be copied: platforms look for nothing inside `code`."""
    return _code(_cut(text))


def _code(text: str) -> str:
    return f"<code>{_plain(text)}</code>" if text.strip() else ""


def _plain(text: str) -> str:
    """Return escaped text; spaces at its ends stay: they part words from code."""
    markup = str(markdown_escape(terminal_escape(text)))
    inert_markup = _REFERENCE.sub(lambda match: match.group() + _JOINER, markup)
    before = " " if text.startswith(" ") else ""
    return f"{before}{inert_markup}{' ' if inert_markup and text.endswith(' ') else ''}"


def _break_up(digits: re.Match[str]) -> str:
    """Return hexadecimal digits so that no platform takes them for the name of a commit."""
    run = digits.group()
    return _JOINER.join(run[at : at + _PIECE] for at in range(0, len(run), _PIECE))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
