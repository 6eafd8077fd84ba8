"""The JSON Schema of `kind: LaunchRequest` (draft 2020-12), made from the models.

Our own keywords, which other tools ignore: `x-title-zh` and `x-description-zh`; on choices
`x-enum-descriptions-zh`, beside the `enumDescriptions` that editors know; on lists `x-unique-by`.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from launchpolicy.requests.launch_request.fields import RequestSection
from launchpolicy.requests.launch_request.grammar_text import REPEATED
from launchpolicy.requests.launch_request.request import LaunchRequest

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
    "pattern",
    "minimum",
    "uniqueItems",
    "x-unique-by",
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
    """The schema as plain data, always in the same order."""
    schema = LaunchRequest.model_json_schema(schema_generator=_Generator)
    tidy = _Tidier(schema["$defs"]).tidied({"$schema": DIALECT, "$id": ID, **schema})
    return dict(tidy)


class _Generator(GenerateJsonSchema):
    """pydantic's generator without its noise: no made-up titles, no defaults, no docstrings."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Leaves the order alone; `_tidied` makes the one that people read."""
        del parent_key
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 (a core schema)
        """Every title is written by hand."""
        del schema
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """An optional key has no default: it is absent."""
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The definition of a shape, with its own explanation."""
        shape: type[RequestSection] = schema["cls"]
        return {**super().model_schema(schema), **shape.explanation.keywords()}


class _Tidier:
    """Puts keywords in one order, names definitions like keys, and moves explanations.

    They stand where a definition is used, never in the definition: an editor that finds one in
    both (yaml-language-server does) shows that of the definition, which says less.
    """

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.definitions = definitions

    def tidied(self, node: dict[str, Any]) -> dict[str, Any]:
        """The schema `node` as it is written to the file."""
        return {word: self._value(word, node[word]) for word in sorted(node, key=_ORDER.index)}

    def _value(self, keyword: str, value: Any) -> Any:  # noqa: ANN401 (plain JSON data)
        if keyword == "$ref":
            return _REFERENCE + _key(value.removeprefix(_REFERENCE))
        if keyword == "$defs":
            return {_key(name): self.tidied(_bare(value[name])) for name in sorted(value)}
        if keyword == "properties":
            return {name: self.tidied(self._explained(each)) for name, each in value.items()}
        if keyword in _SUBSCHEMAS and isinstance(value, dict):
            return self.tidied(self._explained(value))
        return value

    def _explained(self, node: dict[str, Any]) -> dict[str, Any]:
        """A use of a definition with what the definition has to say."""
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
