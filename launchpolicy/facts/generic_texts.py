"""The fact `texts.generic`: texts that fit every launch, and reasons that are excuses.

"一切正常", "It was fixed by the developers" and "加强管理" say nothing of this launch: every word
of them could stand anywhere. At each place that a rule relies on, a list of such words says which;
one other word, a name or a figure is enough to say something. An excuse for what was left out is
no reason: that there was no time, that it was forgotten, that a leader agreed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable

from launchpolicy.facts.excuses import is_excuse, is_reason
from launchpolicy.facts.further_generic_words import FURTHER_WORDS
from launchpolicy.facts.generic_words import GROUPS
from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.policy.edition import EDITION, TENTH_EDITION
from launchpolicy.vocabulary.place import Route, format_route

_LANGUAGES = ("en", "zh")
_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:['’][^\W_]+)?")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_LONGEST_WORD = 8
"""Characters of the longest word of Chinese in the lists."""
_LONGEST = 120
"""Characters of a text that is looked up; a longer one says something."""


def generic_texts(texts: Iterable[MarkedValue], edition: int = EDITION) -> list[dict[str, str]]:
    """Return `{at, text, kind}` for each of the texts that fits every launch, or excuses itself.

    Args:
        texts: those of a request that are to be judged.
        edition: that of the program by which it is judged (`policy.edition`).
    """
    generic: list[dict[str, str]] = []
    for text in texts:
        kind = kind_of_generic(text.route, text.value, edition)
        if kind:
            generic.append({"at": format_route(text.route), "text": text.value, "kind": kind})
    return generic


def kind_of_generic(route: Route, text: str, edition: int = EDITION) -> str:
    """Return `excuse`, `generic`, or "" for a text that says something at its place."""
    place, has_further = _keys_of(route), edition > TENTH_EDITION
    is_short = len(text) <= 2 * _LONGEST
    read = _kind_at if is_short else _kind
    return read(place, text, has_further=has_further)


@functools.lru_cache(maxsize=4096)
def _kind_at(place: str, text: str, *, has_further: bool) -> str:
    """Return what `_kind` does; the texts of a launch are the same at every stage."""
    return _kind(place, text, has_further=has_further)


def _kind(place: str, text: str, *, has_further: bool) -> str:
    is_of_reason = is_reason(place)
    plain = unicodedata.normalize("NFKC", text)
    if is_of_reason and is_excuse(place, plain, has_further=has_further):
        return "excuse"
    words = _words_at(place, has_further=has_further)
    if words is None or len(plain) > _LONGEST or not _consists_of(plain, words):
        return ""
    return "excuse" if is_of_reason else "generic"


def _keys_of(route: Route) -> str:
    """Return the keys of a route, without numbers and languages."""
    keys = [str(step) for step in route if not isinstance(step, int)]
    return ".".join(keys[:-1] if keys and keys[-1] in _LANGUAGES else keys)


@functools.cache
def _words_at(place: str, *, has_further: bool) -> Collection[str] | None:
    words = next((words for pattern, words in GROUPS if pattern.search(place)), None)
    if words is None or not has_further:
        return words
    further = (more for pattern, more in FURTHER_WORDS if pattern.search(place))
    return words.union(*further)


def _consists_of(text: str, words: Collection[str]) -> bool:
    """Return whether a text is words of the list, and at least one of them."""
    runs = _RUNS.findall(text.lower())
    return bool(runs) and all(
        _is_split(run, words) if _IDEOGRAPH.match(run) else run in words for run in runs
    )


def _is_split(run: str, words: Collection[str]) -> bool:
    """Return whether a run of Chinese characters is words of the list, one behind the other."""
    reached = {0}
    for start in range(len(run)):
        if start in reached:
            ends = range(start + 1, min(start + _LONGEST_WORD, len(run)) + 1)
            reached.update(end for end in ends if run[start:end] in words)
    return len(run) in reached
