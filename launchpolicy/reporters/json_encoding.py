"""Escape values for every sink that is JSON."""

from __future__ import annotations

import json
import re

from launchpolicy.reporters.visibility import is_visible, reveal


def encode(value: object) -> str:
    r"""Return a value as one line of JSON: the escaping function of this sink.

    Chinese stays readable. What does not show (threats O1, O5) is written `\u001b`, and `##[` and
    `##vso[`, that a runner would obey, `#\u0023[`: a parser gives back exactly what was put in. No
    line can begin with `::`, because none begins with text.
    """
    return _escape_line(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


def encode_indented(value: object) -> str:
    """Return a value as JSON with an indentation of two spaces, escaped as by `encode`."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(map(_escape_line, text.split("\n")))


def _escape_line(line: str) -> str:
    """Return a line of JSON without what a runner would obey, or a reader not see."""
    if "##" in line:
        line = re.sub(r"(?i)##(?=(?:vso)?\[)", r"#\\u0023", line)
    return line if is_visible(line) else "".join(reveal(line, _escape))


def _escape(character: str) -> str:
    """Return a character as JSON escapes it (RFC 8259 section 7): one or two UTF-16 units."""
    return json.dumps(character)[1:-1] if not character.isascii() else f"\\u{ord(character):04x}"
