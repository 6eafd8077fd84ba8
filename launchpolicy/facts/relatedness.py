"""Which other requests may concern a request, known from their bytes alone.

Hundreds of requests lie beside one that is judged, and nearly all of them have nothing to do with
it. Parsing them would take most of the run. So a file is passed over if it certainly cannot matter:
every fact about a neighbour rests on a text that both files contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from launchpolicy.facts.claims import Claim
from launchpolicy.requests.kinds import text_at, value_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route

OPEN = ("requested", "launched")
"""The stages in which a launch may still be going on."""

EARLIER = ("launched", "verified", "closed", "rolled-back")
"""The stages of a launch that was carried out, whatever came of it."""

ENDED = (*EARLIER, "cancelled")
"""The stages of a launch that came to something, or failed."""

PRODUCT: Route = ("spec", "product", "name")
ENVIRONMENT: Route = ("spec", "product", "environment")
RISK: Route = ("spec", "risk")
EMERGENCY = "emergency"
"""The risk class whose launches owe a review."""

DEPENDS_ON: Route = ("spec", "dependsOn")
AFTER: Route = ("spec", "attempt", "after")

# YAML may break a line wherever a text has space, and doubles the quote of a quoted text.
_BREAKS = re.compile(r"[\s'\x00-\x20\x85\u2028\u2029\ufeff]+")


class SharedNames(NamedTuple):
    """What a request shares with requests that may concern it, case-folded.

    `words` concern in every stage, `open_words` only where the other launch may be going on, or
    may owe a review as an emergency, `ended_words` only where it was carried out or cancelled.
    """

    words: frozenset[str]
    open_words: frozenset[str]
    ended_words: frozenset[str]

    def includes(self, source: bytes) -> bool:
        """Return whether the request in `source` may matter; False only if it surely does not."""
        return self.includes_text(searchable(source))

    def includes_text(self, text: str | None) -> bool:
        """Return whether the request with this `searchable` text may matter."""
        if text is None or any(word in text for word in self.words):
            return True
        return _holds(text, (*OPEN, EMERGENCY), self.open_words) or _holds(
            text, ENDED, self.ended_words
        )


def _holds(text: str, stages: Iterable[str], words: Iterable[str]) -> bool:
    return any(word in text for word in words) and any(stage in text for stage in stages)


def searchable(source: bytes) -> str | None:
    """Return the text of a request, case-folded; None where escapes may hide what it says.

    Escapes and other encodings can hide a word, so such a file always may matter.
    """
    if b"\\" in source or b"\0" in source:
        return None
    try:
        return source.decode("utf-8").casefold()
    except UnicodeDecodeError:
        return None


def shared_names_of(data: Data, claims: Iterable[Claim]) -> SharedNames:
    """Return what the request `data`, which makes `claims`, shares with those that concern it."""
    return SharedNames(
        frozenset(_piece(text) for text in _texts(data, claims)),
        frozenset(_piece(text) for text in _places(data)),
        frozenset(_piece(text) for text in filter(None, (text_at(data, PRODUCT),))),
    )


def _places(data: object) -> Iterator[str]:
    yield from filter(None, (text_at(data, PRODUCT), text_at(data, ENVIRONMENT)))


def _texts(data: object, claims: Iterable[Claim]) -> Iterator[str]:
    depends_on = value_at(data, DEPENDS_ON)
    if isinstance(depends_on, list):
        yield from (name for name in depends_on if isinstance(name, str))
    yield from filter(None, (text_at(data, AFTER),))
    yield from _digests(data)
    yield from (claim.trace for claim in claims)


def _digests(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        digest = data.get("sha256")
        if isinstance(digest, str):
            yield digest
        for value in data.values():
            yield from _digests(value)
    elif isinstance(data, list):
        for value in data:
            yield from _digests(value)


def _piece(text: str) -> str:
    """Return the longest part of `text` that every YAML file must write without a break."""
    return max(_BREAKS.split(text.casefold()), key=len)
