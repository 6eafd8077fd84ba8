"""Texts that must add something to another text, and only repeat it.

What can be seen is compared: width, case, punctuation and letters of other scripts that look like
letters of Latin make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.placeholders import content_of, look_of

_LANGUAGES: Final = ("en", "zh")
_BESIDE: Final = {
    "otherwise": ("summary",),  # D2.7: without the rollback, beside what the rollback does
    "handling": ("symptom",),  # D3.3.5: what was done, beside what was seen
    "fix": ("cause",),  # D3.3.5: what was changed, beside why it failed
    "answer": ("text",),  # D5.5, D1.3: beside the question or the feedback
    "treatment": ("summary",),  # beside the risk
    "expected": ("action",),  # D3.3.5: how one sees that it worked, beside what is done
    "functions": ("features",),  # D5.3
    "advantages": ("features", "functions"),
    "scenarios": ("features", "functions", "advantages"),
}
"""Keys of texts, each with the keys beside it whose texts it must not repeat."""

_ELSEWHERE: Final[dict[str, tuple[Route, ...]]] = {
    "otherwise": (
        ("spec", "rollback", "impact", "summary"),
        ("spec", "impact", "summary"),
        ("spec", "summary"),
    )
}
"""The same with texts of other sections of the request."""


def is_copied(data: Data, route: Route, text: str) -> bool:
    """Return whether `text`, which stands at `route`, repeats a text that it must add to.

    Args:
        data: the request.
        route: of the text, or of one of its languages.
        text: as it was written.
    """
    if route[-1] in _LANGUAGES:
        route = route[:-1]
    key = str(route[-1])
    if key not in _BESIDE:
        return False
    look = look_of(content_of(text))
    beside = ((*route[:-1], other) for other in _BESIDE[key])
    places = (*beside, *_ELSEWHERE.get(key, ()))
    others = (other for place in places for other in _texts_at(data, place))
    return bool(look) and any(look_of(content_of(other)) == look for other in others)


def _texts_at(data: Data, route: Route) -> Iterator[str]:
    """Yield the text at `route` in each language that it has."""
    for step in route:
        if isinstance(data, dict):
            data = data.get(step)
        else:
            data = data[step] if isinstance(data, list) and isinstance(step, int) else None
    for text in data.values() if isinstance(data, dict) else (data,):
        if isinstance(text, str):
            yield text
