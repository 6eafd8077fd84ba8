"""YAML events to plain data, with every cap and refusal applied before anything recursive runs.

One parser only: PyYAML's C event stream. `build` is the hot path of the product, so it is one
flat loop over events; positions are not kept here but found again, by `positions`, for the few
places that a finding points at.
"""

from __future__ import annotations

from typing import Any

from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from launchpolicy.documents.decoding import hidden_character
from launchpolicy.documents.limits import MAX_DEPTH, MAX_NODES, MAX_SCALAR
from launchpolicy.documents.refusals import RefusalError
from launchpolicy.documents.scalars import NumberTooLargeError, Scalar, resolve
from launchpolicy.vocabulary.text import Text

Event = Any
"""The C parser makes the event classes of `yaml.events`, but its stubs promise only a base."""

_NOTHING: Any = object()


class _Builder:
    """The open containers of a document that is not complete yet, outermost first."""

    __slots__ = ("container", "has_escapes", "key", "key_lines", "nodes", "root", "stack")

    def __init__(self, text: str) -> None:
        self.has_escapes = "\\" in text
        self.root: Any = _NOTHING
        self.container: Any = None  # the innermost open dict or list
        self.key: Any = _NOTHING  # the key of `container` that waits for its value
        self.key_lines: list[int] = []  # lines of the keys of `container`, in order
        self.stack: list[tuple[Any, Any, list[int]]] = []
        self.nodes = 0


def build(text: str) -> object:
    """Return the one document in `text` as str, int, float, bool, None, list and dict.

    Raises:
        RefusalError: a cap, or something that is not read (see `refusals.CATALOGUE`).
        yaml.YAMLError: the text is not YAML.
    """
    try:
        return _build_document(text)
    except MarkedYAMLError as error:
        _refuse_depth(text, error)
        raise
    except RefusalError as refusal:
        if refusal.name == "key-not-text":
            _refuse_depth(text, refusal)
        raise


def _refuse_depth(text: str, problem: Exception) -> None:
    """Raise the refusal of a text that is nested too deep, in place of its other `problem`.

    Raises:
        RefusalError: the text is nested too deep.
    """
    from launchpolicy.documents.nesting import too_deep  # noqa: PLC0415 (only what fails needs it)

    refusal = too_deep(text)
    if refusal is not None:
        raise refusal from problem


def _build_document(text: str) -> object:
    builder = _Builder(text)
    next_event = CParser(text).get_event
    documents = 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            _scalar(builder, event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            _open(builder, event, {} if kind is MappingStartEvent else [])
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            builder.container, builder.key, builder.key_lines = builder.stack.pop()
        elif kind is AliasEvent:
            raise _refusal_at("anchor", event)
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _refusal_at("several-documents", event)
        elif kind is StreamEndEvent:
            break
    if builder.root is _NOTHING:
        raise RefusalError("empty", 0, 0)
    return builder.root


def _scalar(builder: _Builder, event: Event) -> None:
    value: str = event.value
    if event.anchor is not None or event.tag is not None:
        raise _refusal_at("tag" if event.anchor is None else "anchor", event)
    if len(value) > MAX_SCALAR:
        raise _refusal_at("scalar-too-long", event, MAX_SCALAR)
    if event.style == '"' and builder.has_escapes and (hidden := hidden_character(value)):
        raise _refusal_at("hidden-character", event, ord(hidden.group()))
    container = builder.container
    if type(container) is dict and builder.key is _NOTHING:
        _key(builder, event, value)
        return
    builder.nodes += 1
    if event.style != "":
        scalar: Scalar = value
    else:
        try:
            scalar = resolve(value)
        except NumberTooLargeError:
            raise _refusal_at("number", event, value[:40]) from None
    _place(builder, event, scalar)


def _key(builder: _Builder, event: Event, key: str) -> None:
    if event.style == "":
        if key == "<<":
            raise _refusal_at("merge-key", event)
        if not _is_text(key):
            raise _refusal_at("key-not-text", event, Text(f"`{key[:40]}`", f"`{key[:40]}`"))
    if key in builder.container:
        first = builder.key_lines[list(builder.container).index(key)] + 1
        raise _refusal_at("duplicate-key", event, key[:80], first)
    builder.key = key
    builder.key_lines.append(event.start_mark.line)


def _is_text(plain: str) -> bool:
    try:
        return isinstance(resolve(plain), str)
    except NumberTooLargeError:
        return False


def _place(builder: _Builder, event: Event, value: object) -> None:
    """Put a value, or a container that was just opened, into the innermost open container."""
    if builder.nodes > MAX_NODES:
        raise _refusal_at("too-many-values", event, MAX_NODES)
    container = builder.container
    if type(container) is dict:
        container[builder.key] = value
        builder.key = _NOTHING
    elif container is None:
        builder.root = value
    else:
        container.append(value)


def _open(builder: _Builder, event: Event, container: dict[str, Any] | list[Any]) -> None:
    if event.anchor is not None or event.tag is not None:
        raise _refusal_at("tag" if event.anchor is None else "anchor", event)
    if type(builder.container) is dict and builder.key is _NOTHING:
        raise _refusal_at("key-not-text", event, Text("a mapping or a list", "映射或列表"))
    if len(builder.stack) >= MAX_DEPTH:
        raise _refusal_at("too-deep", event, MAX_DEPTH)
    builder.nodes += 1
    _place(builder, event, container)
    builder.stack.append((builder.container, builder.key, builder.key_lines))
    builder.container, builder.key, builder.key_lines = container, _NOTHING, []


def _refusal_at(name: str, event: Event, *details: object) -> RefusalError:
    return RefusalError(name, event.start_mark.line, event.start_mark.column, *details)
