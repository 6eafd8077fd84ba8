"""The elements that a `forEach` goes through, each with its route and what it is called by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.policy.policy import ANY_KEY
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route


class ForEachElement(NamedTuple):
    """One element: its route, its value, and the keys that `*` stands for, outermost first."""

    route: Route
    value: Any
    keys: tuple[str, ...] = ()

    def variables(self, index: int) -> Mapping[str, Any]:
        """Return what expressions about it may name; `key` is the innermost that `*` stands for."""
        own: dict[str, Any] = {"each": self.value, "index": index}
        if self.keys:
            own["key"] = self.keys[-1]
        return own


def elements_at(data: object, steps: tuple[str, ...]) -> Iterator[ForEachElement]:
    """Yield the elements of the list, or with `*` of the map, that `steps` lead to.

    Lists on the way are entered. `*` is every value of a map, or every item of a list.
    """
    return _walk(data, steps, ForEachElement((), data))


def _walk(data: object, steps: tuple[str, ...], at: ForEachElement) -> Iterator[ForEachElement]:
    if isinstance(data, list):
        rest = steps[1:] if steps[:1] == (ANY_KEY,) else steps
        for index, item in enumerate(data):
            element = ForEachElement((*at.route, index), item, at.keys)
            if rest:
                yield from _walk(item, rest, element)
            else:
                yield element
    elif isinstance(data, dict) and steps[:1] == (ANY_KEY,):
        for key, value in data.items():
            element = ForEachElement((*at.route, key), value, (*at.keys, key))
            if len(steps) > 1:
                yield from _walk(value, steps[1:], element)
            else:
                yield element
    elif steps and isinstance(data, dict) and steps[0] in data:
        route = (*at.route, steps[0])
        value = data[steps[0]]
        yield from _walk(value, steps[1:], ForEachElement(route, value, at.keys))
