"""What people wrote, as Markdown that shows it as it stands (threat O2)."""

from __future__ import annotations

import re

from markupsafe import Markup

# What acts anywhere, what acts only where a line begins, and what makes GitHub's links and emoji.
_SPECIAL = re.compile(
    r"[\\`*_\[\]#|~<>&@$]|^[-+=]|(?<=^\d)[.)](?= |$)|(?<=^\d\d)[.)](?= |$)"
    r"|:(?=//|[a-z0-9_+-]+:)|(?<=www)\.",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_LONGEST = 20_000


def escape(text: str) -> Markup:
    """Return `text` on one line, so that Markdown shows it as it stands (CommonMark 2.4)."""
    shown = _HIDDEN.sub(" ", text[:_LONGEST]).strip(" ")
    return Markup(_SPECIAL.sub(_entity, shown))  # noqa: S704 (this is the escaping function)


def _entity(match: re.Match[str]) -> str:
    # Entities mean nothing but the character, in text, in tables and in what autolinks look for.
    return f"&#{ord(match.group())};"
