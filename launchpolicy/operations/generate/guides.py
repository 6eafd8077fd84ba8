"""Make the tables of keys in guides from `schemas/` of a checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from launchpolicy.vocabulary.text import Language, Text

GUIDES: Final[Mapping[str, tuple[str, ...]]] = {
    ".github/guides/configuration": ("configuration", "directory", "calendar", "waiver"),
    ".github/guides/testing-policies": ("policy-test",),
}
"""Each guide, and the schemas in `schemas/` whose keys it explains, between marks of their own."""

_SUFFIXES: Final[Mapping[Language, str]] = {"en": ".md", "zh": ".zh-CN.md"}

_HEAD: Final = Text("| key | meaning | example |", "| 键 | 含义 | 示例 |")
_REQUIRED: Final = Text("Required. ", "必填。")
_LEAVES: Final = ("text", "parameter")
"""Definitions that are one value to a reader: a text, in each language or not, or a parameter."""

_Schema: TypeAlias = Mapping[str, Any]


def pages_with_keys(root: Path) -> dict[str, str]:
    """Return the guides that explain keys, with their tables made again, by path.

    Raises:
        ValueError: a page lacks the two lines between which a table stands.
    """
    pages = {}
    for guide, kinds in GUIDES.items():
        for language, suffix in _SUFFIXES.items():
            page = (root / f"{guide}{suffix}").read_text("utf-8")
            for kind in kinds:
                schema = json.loads((root / "schemas" / f"{kind}.schema.json").read_text("utf-8"))
                page = with_section(page, f"keys of {kind}", "\n".join(key_table(schema, language)))
            pages[f"{guide}{suffix}"] = page
    return pages


def key_table(schema: _Schema, language: Language) -> Iterator[str]:
    """Yield the lines of a Markdown table with every key that `schema` allows, outermost first.

    `name[]` stands for each item of a list, `<name>` for any key of a map.
    """
    yield _HEAD.in_language(language)
    yield "| --- | --- | --- |"
    for key, required, node in _keys(schema, schema, ""):
        prefix = "" if language == "en" else "x-"
        suffix = "" if language == "en" else "-zh"
        meaning = node.get(f"{prefix}description{suffix}", "")
        if required:
            meaning = f"{_REQUIRED.in_language(language)}{meaning}"
        yield f"| `{key}` | {meaning} | {_example(node)} |"


def _keys(schema: _Schema, node: _Schema, prefix: str) -> Iterator[tuple[str, bool, _Schema]]:
    """Yield the keys below a node: their path, whether they are required, their own schema."""
    required_names = node.get("required", ())
    for name, child in node.get("properties", {}).items():
        whole = _resolve(schema, child)
        yield f"{prefix}{name}", name in required_names, whole
        yield from _below(schema, whole, f"{prefix}{name}")


def _below(schema: _Schema, node: _Schema, path: str) -> Iterator[tuple[str, bool, _Schema]]:
    """Yield the keys inside a value: an object, the items of a list, the values of a map."""
    yield from _keys(schema, node, f"{path}.")
    items, values = node.get("items"), node.get("additionalProperties")
    if isinstance(items, dict):
        yield from _below(schema, _resolve(schema, items), f"{path}[]")
    if isinstance(values, dict):
        yield from _below(schema, _resolve(schema, values), f"{path}.<name>")


def _resolve(schema: _Schema, node: _Schema) -> _Schema:
    """Return a node with what it refers to; its own words go before the definition's."""
    name = node.get("$ref", "").removeprefix("#/$defs/")
    if not name:
        return node
    definition = schema["$defs"][name]
    if name in _LEAVES:
        definition = {key: value for key, value in definition.items() if key == "examples"}
    return {**definition, **node}


def _example(node: _Schema) -> str:
    """Return the first example, or the value that is the only one, as YAML in a code span."""
    values = [*node.get("examples", ()), *([node["const"]] if "const" in node else ())]
    values += [" | ".join(node["enum"])] if not values and "enum" in node else []
    if not values:
        return ""
    text = values[0] if isinstance(values[0], str) else json.dumps(values[0], ensure_ascii=False)
    code_text = text.replace("|", r"\|")
    return f"`{code_text}`"


def with_section(page: str, name: str, table: str) -> str:
    """Return `page` with `table` in place of what stands between the two marks of `name`.

    Raises:
        ValueError: one of the marks is missing, or is there twice.
    """
    begins, ends = f"<!-- {name}: made by `make generate` -->", f"<!-- end of {name} -->"
    before, rest = page.split(begins)
    _, after = rest.split(ends)
    return f"{before}{begins}\n{table}\n{ends}{after}"
