"""Answers of a recursive schema, each given once for one value.

A recursive definition that tests the same inner value in two branches would otherwise take
2^depth steps: a small file, an endless check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from launchpolicy.documents.schema.dialect import resolve, subschemas
from launchpolicy.documents.schema.leaves import Check

_MOST: Final = 50_000
"""Answers that are kept at most; a file holds fewer lists and maps."""


def may_refer_to_itself(schema: Mapping[str, Any]) -> bool:
    """Return whether a definition of a schema in our dialect leads back to itself."""
    ahead: dict[str, list[str]] = {}
    waiting = ["#"]
    while waiting:
        pointer = waiting.pop()
        if pointer not in ahead:
            ahead[pointer] = list(_references_in(resolve(schema, pointer), pointer))
            waiting += ahead[pointer]
    return any(_leads_back(ahead, pointer) for pointer in ahead)


def _references_in(node: object, pointer: str) -> Iterator[str]:
    """Yield what the schemas at and below one refer to."""
    waiting = [(node, pointer)]
    while waiting:
        part, at = waiting.pop()
        if isinstance(part, dict):
            if "$ref" in part:
                yield part["$ref"]
            waiting += [(inner, below) for _, below, inner in subschemas(part, at)]


def _leads_back(ahead: Mapping[str, list[str]], start: str) -> bool:
    seen: set[str] = set()
    waiting = list(ahead[start])
    while waiting:
        pointer = waiting.pop()
        if pointer == start:
            return True
        if pointer not in seen:
            seen.add(pointer)
            waiting += ahead[pointer]
    return False


class RememberedAnswers:
    """The answers for the lists and maps of one document, by definition."""

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[tuple[str, int], tuple[object, bool]] = {}

    def clear(self) -> None:
        """Forget all answers: those of another document are others."""
        self._answers.clear()

    def remembering(self, reference: str, check: Check) -> Check:
        """Return a check that asks `check` of each list and map once.

        The value is kept beside its answer, so that no other one can have its identity meanwhile.
        """
        answers = self._answers

        def remembered_check(value: object) -> bool:
            if type(value) is not dict and type(value) is not list:
                return check(value)
            key = (reference, id(value))
            known = answers.get(key)
            if known is not None and known[0] is value:
                return known[1]
            answer = check(value)
            if len(answers) >= _MOST:
                answers.clear()
            answers[key] = (value, answer)
            return answer

        return remembered_check

    def for_one_document(self, check: Check) -> Callable[[object], bool]:
        """Return a check of whole documents, after each of which all is forgotten."""

        def whole_check(document: object) -> bool:
            try:
                return check(document)
            finally:
                self.clear()

        return whole_check
