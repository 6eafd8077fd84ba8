"""What the words of a document come to: whether they say anything, whom and what they name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from launchpolicy.vocabulary.placeholders import is_placeholder

_LEAST: Final = 8
"""What a document says at least: a letter or digit of an alphabet counts 1, an ideograph 2."""

_RUNNING: Final = 60
"""So much text says something, however it is broken into lines."""

_JUDGED: Final = 20_000
_SHORT: Final = 24
_SENTENCE = re.compile(r"[,.;:!?，。；：！？、]")
_MARKS = re.compile(r"^[\s#>*\-+=_|`~.0-9、()（）一二三四五六七八九十]+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}(\s|$)")
_LABEL = re.compile(r"[:：]")
_PUT_OFF = re.compile(
    r"(待补充?|待定|后补|待后补|稍后补充|后续补充|待填写?|to follow|tbd|tba"
    r"|to be (added|done|provided"
    r"|attached|determined|confirmed)|(will be )?(attached|added|provided|sent) later)\W*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![A-Z0-9-])[A-Z][A-Z0-9]{0,15}(?:-[A-Za-z0-9]{1,20}){1,5}(?![A-Za-z0-9])")
_MOST_NAMES: Final = 50
_FIGURE = re.compile(
    r"(?<![\w.])(\d{1,12}(?:\.\d{1,9})?)[ \u00a0\u3000]?(ms|us|µs|s|m|h|毫秒|秒|分钟|%|％"
    r"|[A-Za-z]{1,8}(?:/[A-Za-z]{1,8})?)(?![\w])"
)
_MOST_FIGURES: Final = 200
_DURATIONS = {
    "毫秒": "ms",
    "秒": "s",
    "分钟": "m",
    "µs": "us",
    **{u: u for u in ("ms", "us", "s", "m", "h")},
}
_UNITS = {"％": "%"}


def says_something(text: str) -> bool:
    """Return whether a text says more than a title, labels and placeholders."""
    lines = [line for line in text[:_JUDGED].splitlines() if line.strip()]
    bodies = [line for line in lines if not _HEADING.match(line)]
    if len(bodies) == len(lines) > 1 and not _SENTENCE.search(bodies[0]):
        bodies = bodies[1:]  # the first line is the title
    weight = sum(_weight(_sentence(line)) for line in bodies)
    return weight >= _LEAST or (bool(bodies) and _weight(text[:_JUDGED]) >= _RUNNING and weight > 0)


def _sentence(line: str) -> str:
    """Return what a line says, without list marks, labels, and what only puts it off."""
    words = _MARKS.sub("", line).strip()
    value = _LABEL.split(words)[-1]
    if is_placeholder(value) or (_weight(value) <= _SHORT and _PUT_OFF.search(value)):
        return ""
    return words


def _weight(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if character.isalnum()
    )


def names_in(text: str) -> list[str]:
    """Return what may be names of requests in a text, each once, the first fifty."""
    names = dict.fromkeys(match.group() for match in _NAME.finditer(text))
    numbered = [name for name in names if any(character.isdigit() for character in name)]
    return numbered[:_MOST_NAMES]


def figures_in(text: str) -> list[str]:
    """Return the figures with a unit in a text, written as a request writes quantities.

    Durations are `240ms`, anything else `95 %`; each once, the first two hundred.
    """
    figures: dict[str, None] = {}
    for number, unit in _FIGURE.findall(text):
        duration = _DURATIONS.get(unit)
        figures[f"{number}{duration}" if duration else f"{number} {_UNITS.get(unit, unit)}"] = None
        if len(figures) == _MOST_FIGURES:
            break
    return list(figures)


def digest_of(text: str) -> str:
    """Return the digest of the letters and digits of a text, whatever stands between them."""
    core = "".join(
        character for character in unicodedata.normalize("NFKC", text) if character.isalnum()
    )
    return hashlib.sha256(core.casefold().encode()).hexdigest() if core else ""
