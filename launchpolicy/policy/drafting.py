"""A first policy for a kind: one thing about a real field of its schema, with what shows it.

An optional field is asked for; where all are required, a time must lie ahead, or a text must not be
among those that are not allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from typing import Any, Final

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.schema.sampling import NoSampleError, resolve_references, sample
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route, format_route
from launchpolicy.vocabulary.text import Text, without_gaps

Case = Mapping[str, Any]

_DEEPEST: Final = 3
_FORMAL: Final = frozenset({"apiVersion", "kind", "metadata", "status"})
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind: where it stands, what it is called, a value that it may have.

    `fixed` is how many steps of the route lead to what is there in every document. Of a document
    that is a list or a map as a whole, a field of each entry is meant; the route leads to one.
    """

    route: Route
    title: Text
    value: Any
    is_required: bool
    fixed: int
    is_instant: bool
    is_of_entry: bool = False

    @property
    def at(self) -> str:
        """Return the place of a finding about it, as a policy writes it."""
        return format_route(("each", *self.route[1:]) if self.is_of_entry else self.route)

    @property
    def wording(self) -> str:
        """Return the field as messages name it."""
        return format_route(self.route[1:]) or "each" if self.is_of_entry else self.at

    def routes_in(self, document: object) -> list[str]:
        """Return where it stands in a document; of a list, in each of its entries."""
        first, *further = self.route
        entries = range(len(document)) if isinstance(document, list) else (first,)
        return [format_route((entry, *further)) for entry in entries]

    @property
    def name(self) -> Text:
        """Return what it is called: its title, else as it is written."""
        return Text(self.title.en or self.wording, self.title.zh or self.wording)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a policy says of one field; `passes` and `fails` are how cases change a document."""

    subject: Field
    expression: str
    title: Text
    message: Text
    fix: Text
    passes: Case
    fails: Case
    params: Mapping[str, Any] = field(default_factory=dict)
    only_changed: bool = False
    """Whether it applies only where the document itself is new or changed.

    Else it judges also documents that rest on another file, where a change brings them up.
    """


def drafts(schema: Mapping[str, Any], *, only_changed: bool) -> Iterator[Draft]:
    """Yield every draft for documents of this schema, the best first.

    `only_changed` is not for kinds of one's own: their policies may look up other documents, and
    a change of only these has to be judged.
    """
    for draft in _drafts(schema):
        yield replace(draft, only_changed=only_changed)


def sample_document(schema: Mapping[str, Data]) -> Data:
    """Return a document of this schema; one that is a list or a map has an entry.

    Raises:
        NoSampleError: none is found.
    """
    data, entry = sample(schema), _entry(schema)
    if entry is None or data:
        return data
    key, node = entry
    value = sample(schema, node)
    return [value] if key == 0 else {key: value}


def _entry(schema: Mapping[str, Any]) -> tuple[str | int, Mapping[str, Any]] | None:
    """Return key and schema of an entry, where documents are lists or maps as a whole."""
    whole = resolve_references(schema, schema)
    for kind, keyword, key in (("array", "items", 0), ("object", "additionalProperties", "a")):
        node = whole.get(keyword)
        if whole.get("type") == kind and isinstance(node, dict) and not whole.get("properties"):
            return key, resolve_references(schema, node)
    return None


def _all_fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    entry = _entry(schema)
    if entry is None:
        yield from _fields(schema, schema, ())
        return
    key, node = entry
    is_single = _is_single(node) and "properties" not in node
    below = _field(schema, (key,), 1, node) if is_single else _fields(schema, node, (key,))
    for field_of_entry in below:
        yield replace(field_of_entry, is_of_entry=True)


def _drafts(schema: Mapping[str, Any]) -> Iterator[Draft]:
    fields = sorted(_all_fields(schema), key=lambda key: (_is_formal(key), key.is_required))
    for key in fields:
        if not key.is_required:
            yield _draft_of_presence(key)
    required = [key for key in fields if key.is_required and not _is_formal(key)]
    for key in required:
        if key.is_instant:
            yield from _drafts_of_future(key)
    for key in required:
        if isinstance(key.value, str):
            yield _draft_of_choice(key)


def _is_formal(field: Field) -> bool:
    return field.route[0] in _FORMAL


def _fields(schema: Mapping[str, Any], start: Mapping[str, Any], at: Route) -> Iterator[Field]:
    """Yield the fields with a single value below `at`, whose part of the schema is `start`."""
    level: list[tuple[Route, int, Mapping[str, Any]]] = [(at, len(at), start)]
    for _ in range(_DEEPEST):
        below: list[tuple[Route, int, Mapping[str, Any]]] = []
        for route, fixed, node in level:
            required = node.get("required", ())
            for name, part in node.get("properties", {}).items():
                whole = resolve_references(schema, part)
                is_required = name in required and fixed == len(route)
                steps = fixed + 1 if is_required else fixed
                if "properties" in whole and whole.get("type") == "object":
                    below.append(((*route, name), steps, whole))
                elif _is_single(whole):
                    yield from _field(schema, (*route, name), steps, whole)
        level = below


def _is_single(node: Mapping[str, Any]) -> bool:
    """Return whether the value is one that people write on a line, and may choose."""
    types = node.get("type", "string")
    allowed = {types} if isinstance(types, str) else {*types}
    return "const" not in node and not allowed <= {"array", "object"}


def _field(
    schema: Mapping[str, Any], route: Route, fixed: int, node: Mapping[str, Any]
) -> Iterator[Field]:
    try:
        value = sample(schema, node)
    except NoSampleError:
        return
    title = Text(node.get("title", ""), node.get("x-title-zh", ""))
    is_instant = node.get("format") == "date-time"
    yield Field(route, title, value, fixed == len(route), fixed, is_instant)


def _draft_of_presence(field: Field) -> Draft:
    path, value = field.wording, json.dumps(field.value, ensure_ascii=False)
    route = format_route(field.route)
    return Draft(
        field,
        f"{_access(field)}.hasValue()",
        Text(f"{field.name.en} is given", without_gaps(f"已填写 {field.name.zh}")),
        Text(
            f"{field.name.en} (`{path}`) is missing.",
            without_gaps(f"缺少 {field.name.zh}（`{path}`）。"),
        ),
        Text(f"Write `{path}`, for example {value}.", f"请填写 `{path}`，例如 {value}。"),
        passes={"set": {route: field.value}},
        fails={"remove": [route]},
    )


def _drafts_of_future(field: Field) -> Iterator[Draft]:
    path, moment = field.wording, parse_instant(str(field.value))
    route = format_route(field.route)
    if moment is None:
        return
    before, after = (
        (moment + timedelta(days=days)).astimezone(UTC).isoformat() for days in (-1, 1)
    )
    yield Draft(
        field,
        f"timestamp({_access(field)}) > now",
        Text(f"{field.name.en}: the time lies ahead", f"{field.name.zh}晚于当前时间"),
        Text(f"{field.name.en} (`{path}`) has passed.", f"{field.name.zh}（`{path}`）已过。"),
        Text(f"Write a later time as `{path}`.", f"请在 `{path}` 填写更晚的时间。"),
        passes={"set": {route: field.value}, "now": before},
        fails={"set": {route: field.value}, "now": after},
    )


def _draft_of_choice(field: Field) -> Draft:
    path, route = field.wording, format_route(field.route)
    return Draft(
        field,
        f"!({_access(field)} in params.forbidden)",
        Text(f"{field.name.en} is a value that is allowed", f"{field.name.zh}取值允许"),
        Text(
            f"This value of {field.name.en} (`{path}`) is not allowed.",
            f"{field.name.zh}（`{path}`）不允许取该值。",
        ),
        Text(f"Write another value as `{path}`.", f"请在 `{path}` 填写其他值。"),
        passes={"set": {route: field.value}},
        fails={"set": {route: field.value}, "params": {"forbidden": [field.value]}},
        params={"forbidden": []},
    )


def _access(field: Field) -> str:
    """Return the field in CEL; what need not be there is reached as an optional value."""
    written, first = ("each", 1) if field.is_of_entry else ("object", 0)
    for number, step in enumerate(field.route[first:], start=first):
        maybe = "" if number < field.fixed else "?"
        plain = isinstance(step, str) and _PLAIN.match(step)
        written += f".{maybe}{step}" if plain else f"[{maybe}{json.dumps(step)}]"
    return written


def place_of_failure(draft: Draft, document: Data) -> dict[str, str]:
    """Return where the finding of the failing case stands: `at`, and what is `missing` there."""
    route = draft.subject.route
    if "remove" not in draft.fails:
        return {"at": format_route(route)}
    known = 0
    for step in route[:-1]:
        if not has(document, (step,)):
            break
        document, known = document[step], known + 1
    at = {"at": format_route(route[:known])} if known else {}
    return {**at, "missing": format_route(route[known:])}


def has(document: Data, route: Sequence[str | int]) -> bool:
    """Return whether plain data has something at a route, and not null."""
    return value_at(document, tuple(route)) is not None
