"""The JSON Schema of `kind: LaunchRequest` (draft 2020-12), made from the sections.

Our own keywords, which other tools ignore: `x-title-zh` and `x-description-zh`; on choices
`x-enum-descriptions-zh`, beside the `enumDescriptions` that editors know; on lists `x-unique-by`;
on persons and texts those of `marks`; on dates that may lie ahead `x-time`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from launchpolicy.requests.launch_request.fields import RequestSection, SectionField
from launchpolicy.requests.launch_request.grammar_text import REPEATED
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.requests.launch_request.shapes import (
    BooleanShape,
    ListShape,
    MapShape,
    NumberShape,
    ProseShape,
    SectionShape,
    TextShape,
    ValueShape,
)
from launchpolicy.requests.schema_marks import PEOPLE, PERSON, TEXT
from launchpolicy.vocabulary.place import Data

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:launchpolicy:v1:launch-request"

_REFERENCE = "#/$defs/"
_SUBSCHEMAS = ("items", "propertyNames", "additionalProperties")
_EXPLANATION = ("title", "x-title-zh", "description", "x-description-zh")
_ORDER = (
    "$schema",
    "$id",
    "title",
    "x-title-zh",
    "description",
    "x-description-zh",
    "$ref",
    "type",
    "const",
    "enum",
    "enumDescriptions",
    "x-enum-descriptions-zh",
    "format",
    "x-time",
    "pattern",
    "minimum",
    "uniqueItems",
    "x-unique-by",
    PERSON,
    PEOPLE,
    TEXT,
    "items",
    "propertyNames",
    "additionalProperties",
    "minProperties",
    "required",
    "properties",
    "examples",
    "$defs",
)


def launch_request_schema() -> dict[str, object]:
    """Return the schema as plain data, always in the same order."""
    definitions = _Definitions()
    schema = definitions.schema_of_section(LaunchRequest)
    formatter = _SchemaFormatter(definitions.schemas)
    return formatter.arrange(
        {"$schema": DIALECT, "$id": ID, **schema, "$defs": definitions.schemas}
    )


class _Definitions:
    """The schemas of sections and of named values by name, each made when it is first used."""

    def __init__(self) -> None:
        self.schemas: dict[str, Any] = {}

    def schema_of_section(self, section: type[RequestSection]) -> dict[str, Any]:
        """Return the schema of an object that has only the keys of a section."""
        schema = {
            **section.explanation.keywords(),
            "type": "object",
            "additionalProperties": False,
            "required": [key for key, field in section.fields.items() if field.is_required],
            "properties": self._properties(section),
        }
        return {word: value for word, value in schema.items() if value != []}

    def _properties(self, section: type[RequestSection]) -> dict[str, Any]:
        return {key: self._schema_of_field(field) for key, field in section.fields.items()}

    def _schema_of_field(self, field: SectionField) -> dict[str, Any]:
        words = {**field.explanation.keywords(), **field.marks}
        schema = {**self._schema_of(field.shape), **words}
        definition = self.schemas.get(schema.get("$ref", "").removeprefix(_REFERENCE), {})
        examples = list(field.examples)
        if examples and examples != definition.get("examples"):
            schema["examples"] = examples
        return schema

    def _schema_of(self, shape: ValueShape) -> dict[str, Any]:
        """Return a reference to the definition of a shape, or its schema where it has no name."""
        match shape:
            case SectionShape(section):
                return self._reference(
                    section.explanation.definition, lambda: self.schema_of_section(section)
                )
            case TextShape(name) | NumberShape(name) | ProseShape(name) if name:
                return self._reference(name, lambda: self._keywords(shape))
        return self._keywords(shape)

    def _keywords(self, shape: ValueShape) -> dict[str, Any]:
        keywords: dict[str, Any] = {}
        match shape:
            case TextShape(grammar=None, choices=[word]):
                keywords = {"type": "string", "const": word}
            case TextShape(_, words, choices) if choices:
                keywords = words.keywords(choices)
            case TextShape(_, grammar) | NumberShape(_, grammar):
                keywords = grammar.keywords()
            case BooleanShape():
                keywords = {"type": "boolean"}
            case ProseShape(_, form, sentence, localised):
                keys = self._properties(localised.section)
                keywords = form.keywords(sentence.grammar.pattern, keys)
            case ListShape(items, rule):
                keywords = {"type": "array", "items": self._schema_of(items), **rule.keywords()}
            case MapShape(keys, values):
                inner = {"propertyNames": keys, "additionalProperties": values}
                schemas = {
                    word: self._schema_of(shape_of_part) for word, shape_of_part in inner.items()
                }
                keywords = {"type": "object", **schemas}
        return keywords

    def _reference(self, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return a reference to a definition; the schema itself where it has no name."""
        if not name:
            return make()
        if name not in self.schemas:
            self.schemas[name] = make()
        return {"$ref": _REFERENCE + name}


class _SchemaFormatter:
    """Puts keywords in one order, names definitions like keys, and moves explanations.

    They stand where a definition is used, never in the definition: an editor that finds one in
    both (yaml-language-server does) shows that of the definition, which says less.
    """

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.definitions = definitions

    def arrange(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return the schema `node` as it is written to the file."""
        return {word: self._value(word, node[word]) for word in sorted(node, key=_ORDER.index)}

    def _value(self, keyword: str, value: Data) -> Data:
        if keyword == "$ref":
            return _REFERENCE + _key(value.removeprefix(_REFERENCE))
        if keyword == "$defs":
            return {_key(name): self.arrange(_bare(value[name])) for name in sorted(value)}
        if keyword == "properties":
            return {name: self.arrange(self._explain(schema)) for name, schema in value.items()}
        if keyword in _SUBSCHEMAS and isinstance(value, dict):
            return self.arrange(self._explain(value))
        return value

    def _explain(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return a use of a definition with what the definition has to say."""
        if "$ref" not in node:
            return node
        definition = self.definitions[node["$ref"].removeprefix(_REFERENCE)]
        explained = {word: definition[word] for word in _EXPLANATION} | node
        if REPEATED in definition and "description" in node:
            explained["description"] += " " + definition["description"]
            explained["x-description-zh"] += definition["x-description-zh"]
        return explained


def _bare(definition: dict[str, Any]) -> dict[str, Any]:
    silent = (*_EXPLANATION, REPEATED)
    return {word: value for word, value in definition.items() if word not in silent}


def _key(name: str) -> str:
    name = "text" if name == "Prose" else name
    return name[0].lower() + name[1:]
