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
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    if "##" in line:
        line = re.sub(r"(?i)##(?=(?:vso)?\[)", r"#\\u0023", line)
    return line if is_visible(line) else "".join(reveal(line, _escape))


def _escape(character: str) -> str:
    """Return a character as JSON escapes it (RFC 8259 section 7): one or two UTF-16 units."""
    return json.dumps(character)[1:-1] if not character.isascii() else f"\\u{ord(character):04x}"
