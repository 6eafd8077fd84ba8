"""Our dialect of JSON Schema: the keywords that are understood, and how one leads to another.

Draft 2020-12 with references within the file, plus `x-unique-by`. Schemas of other drafts, with
other references or keywords that say nothing, are made to schemas of it when they are loaded
(`translation`). Here, every other keyword is an error: one that is not known passes everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

DRAFT = "https://json-schema.org/draft/2020-12/schema"
UNIQUE_BY = "x-unique-by"

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "object": (dict,),
    "array": (list,),
    "boolean": (bool,),
    "null": (type(None),),
    "number": (int, float),
    "integer": (int, float),
}
"""The classes of plain data that each type may have; of integers, 1.0 is one and 1.5 is not."""

SAME_VALUE = ("not", "if", "then", "else")
SAME_VALUE_LISTS = ("allOf", "anyOf", "oneOf")
SAME_VALUE_MAPS = ("dependentSchemas",)
UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")
INNER_VALUE = ("additionalProperties", "propertyNames", "items", "contains", *UNEVALUATED)
INNER_VALUE_MAPS = ("properties", "patternProperties")
DEFINITIONS = ("$defs", "definitions")

SCHEMAS = (*SAME_VALUE, *INNER_VALUE)
SCHEMA_LISTS = (*SAME_VALUE_LISTS, "prefixItems")
SCHEMA_MAPS = (*INNER_VALUE_MAPS, *SAME_VALUE_MAPS, *DEFINITIONS)

ASSERTIONS = frozenset(
    {
        *("$ref", "type", "enum", "const", "format", "pattern", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("required", "minProperties", "maxProperties", "dependentRequired"),
        *("minItems", "maxItems", "uniqueItems", UNIQUE_BY, "minContains", "maxContains"),
        *(*SCHEMAS, *SCHEMA_LISTS, *SCHEMA_MAPS),
    }
)
ANNOTATIONS = frozenset(
    {
        *("$schema", "$id", "$comment", "title", "description", "default", "examples"),
        *("deprecated", "readOnly", "writeOnly"),
        "enumDescriptions",  # what editors show beside each value of an enum
    }
)

UNDERSTOOD = ASSERTIONS | ANNOTATIONS | {"x-title-zh", "x-description-zh"}

NAMES = frozenset({"$id", "id", "$schema", "$anchor", "$dynamicAnchor"})
"""Keywords that name a schema or its draft; in our dialect, of the whole schema only."""

SchemaNode = dict[str, Any] | bool


class SchemaProblem(NamedTuple):
    """A reason why a schema cannot be used; `pointer` (RFC 6901, in `#…` form) says where."""

    pointer: str
    message: Text


def problem_at(pointer: str, english: str, chinese: str) -> SchemaProblem:
    """Return a problem whose message names its pointer."""
    return SchemaProblem(pointer, Text(f"{english} (at {pointer})", f"{chinese}（位于 {pointer}）"))


class UnsupportedSchemaError(ValueError):
    """A schema that cannot be compiled; the owner of the schema must act."""

    def __init__(self, problem: SchemaProblem) -> None:
        super().__init__(problem.message.en)
        self.problem = problem
        self.pointer = problem.pointer


def is_understood(keyword: str) -> bool:
    """Return whether a keyword has a meaning here, or is an `x-…` that may be ignored."""
    return keyword in UNDERSTOOD or keyword.startswith("x-")


def join(pointer: str, *steps: str | int) -> str:
    """Return the pointer to the place `steps` below `pointer`."""
    for step in steps:
        pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return pointer


RECURSIVE = "x-recursive"
"""The remark at the top of a schema whose answers are remembered (`remembered_answers`)."""


def resolve(root: object, reference: str) -> object:
    """Return the schema that a local reference (`#`, `#/$defs/name`) leads to.

    Raises:
        LookupError: it leads nowhere, or out of this schema.
    """
    if reference == "#":
        return root
    if not reference.startswith("#/"):
        raise LookupError(reference)
    node = root
    for step in reference[2:].split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict):
            node = node[key]
        elif isinstance(node, list) and key.isascii() and key.isdigit():
            node = node[int(key)]
        else:
            raise LookupError(reference)
    return node


def subschemas(schema: dict[str, Any], pointer: str) -> Iterator[tuple[str, str, SchemaNode]]:
    """Yield keyword, pointer and schema of each schema directly inside a well-formed one.

    References are not followed.
    """
    for keyword, value in schema.items():
        if keyword in SCHEMAS:
            yield keyword, join(pointer, keyword), value
        elif keyword in SCHEMA_LISTS:
            for index, subschema in enumerate(value):
                yield keyword, join(pointer, keyword, index), subschema
        elif keyword in SCHEMA_MAPS:
            for name, subschema in value.items():
                yield keyword, join(pointer, keyword, name), subschema


NEW_KEYWORDS = frozenset(
    {
        *("contains", "minContains", "maxContains", "dependentRequired", *SAME_VALUE_MAPS),
        *UNEVALUATED,
    }
)
"""Keywords that our dialect did not have in the first two editions (`policy.edition`)."""


def is_in_our_dialect(schema: Mapping[str, Any], without: frozenset[str] = frozenset()) -> bool:
    """Return whether a schema in which nothing is wrong is written in our dialect as it is.

    `without` are keywords that are taken for unknown.
    """
    if str(schema.get("$schema", DRAFT)).removesuffix("#") != DRAFT:
        return False
    waiting: list[tuple[bool, object]] = [(True, schema)]
    while waiting:
        is_whole, node = waiting.pop()
        if not isinstance(node, dict):
            continue
        if not node.keys() <= UNDERSTOOD and not all(map(is_understood, node)):
            return False
        if not without.isdisjoint(node):
            return False
        if "$ref" in node and not _is_plain(node["$ref"]):
            return False
        if not is_whole and not NAMES.isdisjoint(node):
            return False
        waiting += [(False, inner) for _, _, inner in subschemas(node, "")]
    return True


def _is_plain(reference: object) -> bool:
    if not isinstance(reference, str):
        return False
    return (reference == "#" or reference.startswith("#/")) and "%" not in reference
