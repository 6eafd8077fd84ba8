"""The text of a new request, and of one that moves on to its next stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from launchpolicy.documents.editing import with_lines, with_value, without
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import require_document
from launchpolicy.documents.writing import Comment, block, entry, item
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Language

if TYPE_CHECKING:  # an edit of what is there needs no skeleton, which loads samples of all kinds
    from launchpolicy.engine.drafts.skeleton import Skeleton

_COMMENTED_FROM = 2
"""`spec` and `status` need no explanation; what stands in them does."""

_LONGEST_CHOICES = 100


class _ChangedValue(NamedTuple):
    """A value that is new (`is_added`) or another than before."""

    route: Route
    value: Data
    is_added: bool


def new_text(skeleton: Skeleton, schema: Schema, language: Language, schema_path: str) -> str:
    """Return the text of a new request; editors find its schema at `schema_path` ("": nowhere)."""
    head = f"# yaml-language-server: $schema={schema_path}\n" if schema_path else ""
    return head + block(skeleton.data, comments(skeleton, schema, language))


def grown_text(document: Document, skeleton: Skeleton, schema: Schema, language: Language) -> str:
    """Return the text of `document` with what `skeleton` has beyond it, and all else as it was.

    Raises:
        EditError: something cannot be added without disturbing the layout.
    """
    for route in skeleton.removed:
        document = require_document(read(document.path, without(document, route).encode()))
    return edited_text(document, skeleton.data, comments(skeleton, schema, language))


def edited_text(document: Document, data: Data, comment: Comment = lambda _: "") -> str:
    """Return the text of `document` with what `data` has beyond it, and all else as it was.

    `comment` says what stands behind a value that is new.

    Raises:
        EditError: something cannot be added without disturbing the layout.
    """
    for difference in _differences(document.data, data, ()):
        document = require_document(
            read(document.path, _with_difference(document, difference, comment).encode())
        )
    return document.text


def comments(skeleton: Skeleton, schema: Schema, language: Language) -> Comment:
    """Return what says behind a value what the schema explains of it, and who can be chosen."""
    outline = outline_of(schema)
    instants = (route for route in skeleton.open_routes if _is_instant(outline.at(route)))
    first_instant = next(instants, None)

    def comment(route: Route) -> str:
        part = (
            outline.at(_explained_route(route, outline)) if len(route) >= _COMMENTED_FROM else None
        )
        explanation = part.comment.in_language(language) if part is not None else ""
        candidates = " | ".join(skeleton.candidates.get(route, ())) or _choices(outline.at(route))
        if candidates == explanation:
            candidates = ""
        if part is not None and route == first_instant:
            candidates = str(next(iter(part.examples), ""))  # how all of them are written
        colon = "：" if language == "zh" else ": "
        return colon.join(filter(None, (explanation, candidates)))

    return comment


def _choices(part: Outline | None) -> str:
    """Return the values that may be chosen, where they fit behind the explanation."""
    choices = " | ".join(map(str, part.choices)) if part is not None else ""
    return choices if len(choices) <= _LONGEST_CHOICES else ""


def _is_instant(part: Outline | None) -> bool:
    return part is not None and part.definition in ("instant", "plannedInstant")


def _explained_route(route: Route, outline: Outline) -> Route:
    """Return where the schema explains a value: of a scalar in a list, the list."""
    part = outline.at(route)
    is_inner = isinstance(route[-1], int) and part is not None and not part.is_object
    return route[:-1] if is_inner else route


def _with_difference(document: Document, difference: _ChangedValue, comment: Comment) -> str:
    route, value = difference.route, difference.value
    if not difference.is_added:
        return with_value(document, route, value)

    def render(spaces: int) -> str:
        step = route[-1]
        if isinstance(step, int):
            return item(value, comment, route, spaces)
        return entry(step, value, comment, route, spaces)

    return with_lines(document, route, value, render)


def _differences(before: Data, after: Data, route: Route) -> Iterator[_ChangedValue]:
    """Yield every value of `after` that `before` does not have, as high up as possible."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in after.items():
            if key in before:
                yield from _differences(before[key], value, (*route, key))
            else:
                yield _ChangedValue((*route, key), value, is_added=True)
    elif isinstance(before, list) and isinstance(after, list):
        for index, value in enumerate(after):
            if index < len(before):
                yield from _differences(before[index], value, (*route, index))
            else:
                yield _ChangedValue((*route, index), value, is_added=True)
    elif before != after:
        yield _ChangedValue(route, after, is_added=False)
