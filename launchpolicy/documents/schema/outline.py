"""A schema walked by route: what may stand at a place, in which order, and how it is explained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from launchpolicy.documents.schema.dialect import resolve
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import LANGUAGES, Language, Text

_DEFINITIONS = "#/$defs/"
_DESCRIPTION = {"en": "description", "zh": "x-description-zh"}
_CLAUSES = re.compile(r" ?[(（][A-Z]\d[^)）]*[)）]")
_FIRST_CLAUSE = re.compile(r"[.;:](?= |\Z)|[。；：]")
_FIRST_SENTENCE = re.compile(r"[.](?= |\Z)|[。]")
_LONGEST_CHOICE = 60
_WITH_EXAMPLE = ("duration", "quantity")
"""Definitions whose values are written in a way that an example says best."""


class Outline:
    """The schema of one place in a document. `words` are its keywords, a reference resolved.

    `definition` is the name of the definition that it refers to, "" without one. `keys` are those
    of an object in the order in which the schema lists them. `is_evidence` says that a reference to
    a file stands here (see `facts.evidence.references`), `is_moment` that a point in time does. The
    places below are made at the first step to them, and kept.
    """

    __slots__ = ("_below", "_root", "definition", "is_evidence", "is_moment", "keys", "words")

    def __init__(self, root: Mapping[str, Any], node: Mapping[str, Any]) -> None:
        reference = node.get("$ref", "")
        name = reference.removeprefix(_DEFINITIONS) if isinstance(reference, str) else ""
        self.words: Mapping[str, Any] = {**_target(root, reference), **node}
        self.definition = "" if "/" in name or name == reference else name
        self.keys: tuple[str, ...] = tuple(self.words.get("properties", ()))
        self.is_evidence = self.definition == "evidence" or self.words.get("x-evidence") is True
        self.is_moment = self.words.get("format") == "date-time"
        self._root = root
        self._below: dict[str | None, Outline | None] = {}

    def step(self, step: str | int) -> Outline | None:
        """Return the outline of a key or of a list item below this place; None without one."""
        key = None if isinstance(step, int) else step
        if key not in self._below:
            inner = self._inner(key)
            self._below[key] = Outline(self._root, inner) if isinstance(inner, dict) else None
        return self._below[key]

    def _inner(self, key: str | None) -> object:
        """Return the schema of a key, or of every list item (None)."""
        if key is None:
            return self.words.get("items")
        inner = self.words.get("properties", {}).get(key)
        return self.words.get("additionalProperties") if inner is None else inner

    def at(self, route: Route) -> Outline | None:
        """Return the outline of the place at `route`; None if there is none."""
        outline: Outline | None = self
        for step in route:
            outline = outline.step(step) if outline is not None else None
        return outline

    @property
    def required_keys(self) -> tuple[str, ...]:
        """Return the keys that an object must have."""
        return tuple(self.words.get("required", ()))

    @property
    def choices(self) -> tuple[Any, ...]:
        """Return the values of an enumeration; empty for anything else."""
        return tuple(self.words.get("enum", ()))

    @property
    def examples(self) -> tuple[Any, ...]:
        """Return examples of values for this place."""
        examples = self.words.get("examples")
        return tuple(examples) if isinstance(examples, list) else ()

    @property
    def is_object(self) -> bool:
        """Return whether only an object may stand here (a text in two languages is no object)."""
        return self.words.get("type") == "object"

    @property
    def is_list(self) -> bool:
        """Return whether only a list may stand here."""
        return self.words.get("type") == "array"

    @property
    def identifying_key(self) -> str:
        """Return the key that tells the items of this list apart; "" if there is none."""
        return str(self.words.get("x-unique-by", ""))

    @property
    def comment(self) -> Text:
        """Return what belongs here: the choices, or the first clause of the description."""
        choices = " | ".join(map(str, self.choices))
        if choices and len(choices) <= _LONGEST_CHOICE:
            return Text(choices, choices)
        return Text(**{language: self._clause(language) for language in LANGUAGES})

    def _clause(self, language: Language) -> str:
        description = _CLAUSES.sub("", str(self.words.get(_DESCRIPTION[language], "")))
        first = _FIRST_CLAUSE.split(description, maxsplit=1)[0].strip()
        if first.endswith("…"):  # `For revert-…:` says nothing without what follows
            first = _FIRST_SENTENCE.split(description, maxsplit=1)[0].strip()
        if self.definition in _WITH_EXAMPLE and self.examples:
            first += f" ({self.examples[0]})" if language == "en" else f"（{self.examples[0]}）"
        return first


def _target(root: Mapping[str, Any], reference: object) -> Mapping[str, Any]:
    """Return the schema that a reference leads to, without references of its own to others."""
    if not isinstance(reference, str) or not reference:
        return {}
    try:
        target = resolve(root, reference)
    except (LookupError, ValueError):
        return {}
    return target if isinstance(target, dict) else {}


def outline_of(schema: Schema) -> Outline:
    """Return the outline of a whole document that follows `schema`."""
    return schema.derive(_outline)


def _outline(schema: Schema) -> Outline:
    return Outline(schema, schema)
