"""Where the references of a schema lead: pointers, anchors and names (`$id`) within one file.

JSON Schema resolves a reference against the nearest name above it. Nothing is fetched: what a file
does not hold is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from launchpolicy.documents.schema.addresses import absolute_address, unescape_fragment
from launchpolicy.documents.schema.dialect import (
    ANNOTATIONS,
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SCHEMAS,
    SchemaNode,
    join,
    resolve,
)
from launchpolicy.documents.schema.drafts import KEYWORDS, SchemaDraft
from launchpolicy.vocabulary.text import Text

REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")
_LONGEST: Final = 80
_ANCHORS: Final = ("$anchor", "$dynamicAnchor")


class Lead(NamedTuple):
    """Where a reference leads: the pointer of a schema, or why to none."""

    pointer: str = ""
    problem: Text | None = None


class SchemaIndex:
    """The schemas of a file by pointer, as a draft reads it, and the names that they have."""

    def __init__(self, schema: object, draft: SchemaDraft) -> None:
        self.nodes: dict[str, SchemaNode] = {}
        self._schema = schema
        self._draft = draft
        self._bases: dict[str, str] = {}
        self._resources: dict[str, str] = {"": "#"}
        self._anchors: dict[tuple[str, str], list[str]] = {}
        self._has_recursive_anchor = False
        self.add("#", "")

    def add(self, pointer: str, base: str) -> None:
        """Take in the schema at a pointer and all inside it; `base` is the name around it."""
        waiting = [(pointer, resolve(self._schema, pointer), base)]
        while waiting:
            at, node, around = waiting.pop()
            if at in self.nodes:
                continue
            if isinstance(node, dict):
                own = self._take_names(node, at, around)
                self.nodes[at], self._bases[at] = node, own
                inner = [
                    (below, part, own) for below, part in raw_subschemas(node, at, self._draft)
                ]
                waiting += reversed(inner)
            elif isinstance(node, bool):
                self.nodes[at], self._bases[at] = node, around

    def _take_names(self, node: dict[str, Any], pointer: str, around: str) -> str:
        """Return the name against which references inside a schema resolve; keep its anchors."""
        name = node.get(self._draft.id)
        if isinstance(name, str) and not is_closed(node, self._draft):
            if name.startswith("#"):
                self._anchors.setdefault((around, name[1:]), []).append(pointer)
            else:
                around, _ = absolute_address(around, name)
                self._resources.setdefault(around, pointer)
        for keyword in _ANCHORS:
            anchor = node.get(keyword)
            if isinstance(anchor, str):
                self._anchors.setdefault((around, anchor), []).append(pointer)
        if node.get("$recursiveAnchor") is True:
            self._has_recursive_anchor = True
        return around

    def lead(self, pointer: str, keyword: str, reference: str) -> Lead:
        """Return where the reference in a schema leads; the schema there is taken in."""
        base = self._bases[pointer]
        name, fragment = absolute_address(base, reference)
        resource, fragment = self._resources.get(name), unescape_fragment(fragment)
        if resource is None:
            return Lead(problem=_outside(reference))
        is_anchor = fragment != "" and not fragment.startswith("/")
        if keyword != "$ref" and self._is_ambiguous(fragment if is_anchor else ""):
            return Lead(problem=_dynamic(reference))
        if is_anchor:
            places = self._anchors.get((name, fragment), [])
            return Lead(places[0]) if len(places) == 1 else Lead(problem=_nowhere(reference))
        target = resource + fragment
        if target not in self.nodes and not self._take_in(target, name):
            return Lead(problem=_nowhere(reference))
        return Lead(target)

    def _is_ambiguous(self, anchor: str) -> bool:
        """Return whether where a dynamic reference leads depends on how it was reached."""
        if not anchor:
            return self._has_recursive_anchor and len(set(self._resources.values())) > 1
        return sum(len(at) for (_, name), at in self._anchors.items() if name == anchor) > 1

    def _take_in(self, target: str, base: str) -> bool:
        """Take in a schema at a place where the draft expects none: below an unknown keyword."""
        try:
            node = resolve(self._schema, target)
        except (LookupError, ValueError):
            return False
        known = target
        while known not in self.nodes:
            known = known.rpartition("/")[0]
        keyword = target[len(known) + 1 :].partition("/")[0]
        if keyword in KEYWORDS | ANNOTATIONS or not isinstance(node, dict | bool):
            return False
        self.add(target, self._bases.get(known, base))
        return True


def is_closed(node: dict[str, Any], draft: SchemaDraft) -> bool:
    """Return whether all that stands beside the reference of a schema is ignored."""
    return draft.has_closed_references and isinstance(node.get("$ref"), str)


def raw_subschemas(
    node: dict[str, Any], pointer: str, draft: SchemaDraft
) -> Iterator[tuple[str, object]]:
    """Yield pointer and schema of each schema directly inside one, as a draft reads it.

    What is no schema although one should stand there is left out.
    """
    return (
        (at, part) for at, part in _parts(node, pointer, draft) if isinstance(part, dict | bool)
    )


def _parts(node: dict[str, Any], pointer: str, draft: SchemaDraft) -> Iterator[tuple[str, object]]:
    closed = is_closed(node, draft)
    for keyword, value in node.items():
        if keyword not in draft.keywords or (closed and keyword not in ("definitions", "$defs")):
            continue
        if keyword in SCHEMA_LISTS or (keyword == "items" and isinstance(value, list)):
            parts = enumerate(value) if isinstance(value, list) else ()
            yield from ((join(pointer, keyword, index), part) for index, part in parts)
        elif keyword in SCHEMAS or keyword == "additionalItems":
            yield join(pointer, keyword), value
        elif keyword in SCHEMA_MAPS or keyword == "dependencies":
            members = value.items() if isinstance(value, dict) else ()
            for name, part in members:
                yield join(pointer, keyword, name), part


def _outside(reference: str) -> Text:
    shown = reference[:_LONGEST]
    return Text(
        f"`{shown}` leads out of this file, and nothing is fetched; "
        "copy what it needs below `$defs`",
        f"`{shown}` 指向本文件之外，程序不会下载；请将所需内容复制到 `$defs` 之下",
    )


def _nowhere(reference: str) -> Text:
    shown = reference[:_LONGEST]
    return Text(
        f"`{shown}` is no schema in this file; references are `#`, `#/$defs/NAME` or an anchor",
        f"`{shown}` 不是本文件中的结构定义；引用可写成 `#`、`#/$defs/名称` 或锚点",
    )


def _dynamic(reference: str) -> Text:
    shown = reference[:_LONGEST]
    return Text(
        f"where `{shown}` leads depends on how it is reached; write `$ref`",
        f"`{shown}` 的指向取决于引用路径；请改用 `$ref`",
    )
