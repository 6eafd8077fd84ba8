"""YAML events to plain data, with every cap and refusal applied before anything recursive runs.

One parser only: PyYAML's C event stream. `build` is the hot path of the product, so it is one
flat loop over events; positions are not kept here but found again, by `positions`, for the few
places that a finding points at.
"""

from __future__ import annotations

from collections.abc import Callable
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
from launchpolicy.documents.refusals import RefusalError, refusal_at
from launchpolicy.documents.scalars import NumberTooLargeError, Scalar, resolve
from launchpolicy.vocabulary.text import Text

Event = Any
"""The C parser makes the event classes of `yaml.events`, but its stubs promise only a base."""

_KEY: Any = object()
"""In place of a key: the innermost open container is a mapping, and waits for one."""

_SPECIAL = frozenset({"", *"-0123456789tfn<"})
"""How a plain scalar begins that is no text (a number, a truth value, null), or the key `<<`."""


class _Builder:
    """The open containers of a document that is not complete yet, outermost first.

    Every event costs, so each has one method, in which a good one meets nothing else.
    """

    __slots__ = (
        "container",
        "has_escapes",
        "key",
        "key_lines",
        "max_nodes",
        "nodes",
        "roots",
        "stack",
    )

    def __init__(self, text: str, max_nodes: int) -> None:
        self.has_escapes = "\\" in text
        self.max_nodes = max_nodes
        self.roots: list[Any] = []
        self.container: Any = self.roots  # the innermost open dict or list
        self.key: Any = None  # of a dict: `_KEY`, or the key that waits for its value
        self.key_lines: list[int] = []  # lines of the keys of `container`, in order
        self.stack: list[tuple[Any, Any, list[int]]] = []
        self.nodes = 0

    def add_scalar(self, event: Event) -> None:
        """Add a key, or a value, to the innermost open container."""
        value: Any = event.value
        style = event.style
        if event.anchor is not None or event.tag is not None or len(value) > MAX_SCALAR:
            raise _scalar_refusal(event)
        if style == '"' and self.has_escapes and (hidden := hidden_character(value)):
            raise refusal_at("hidden-character", event, ord(hidden.group()))
        key = self.key
        if key is _KEY:
            if style == "" and value[:1] in _SPECIAL:
                _refuse_special_key(event, value)
            if value in self.container:
                first = self.key_lines[list(self.container).index(value)] + 1
                raise refusal_at("duplicate-key", event, value[:80], first)
            self.key = value
            self.key_lines.append(event.start_mark.line)
            return
        self.nodes += 1
        if style == "" and value[:1] in _SPECIAL:
            value = _plain_value(event, value)
        if self.nodes > self.max_nodes:
            raise refusal_at("too-many-values", event, self.max_nodes)
        if key is None:
            self.container.append(value)
        else:
            self.container[key] = value
            self.key = _KEY

    def begin(self, event: Event, *, is_mapping: bool) -> None:
        """Start a container inside of the innermost one."""
        if event.anchor is not None or event.tag is not None:
            raise refusal_at("tag" if event.anchor is None else "anchor", event)
        if self.key is _KEY:
            raise refusal_at("key-not-text", event, Text("a mapping or a list", "映射或列表"))
        if len(self.stack) >= MAX_DEPTH:
            raise refusal_at("too-deep", event, MAX_DEPTH)
        self.nodes += 1
        if self.nodes > self.max_nodes:
            raise refusal_at("too-many-values", event, self.max_nodes)
        container: dict[str, Any] | list[Any] = {} if is_mapping else []
        if self.key is None:
            self.container.append(container)
        else:
            self.container[self.key] = container
            self.key = _KEY
        self.stack.append((self.container, self.key, self.key_lines))
        self.container, self.key, self.key_lines = container, _KEY if is_mapping else None, []

    def end(self) -> None:
        """End the innermost container."""
        self.container, self.key, self.key_lines = self.stack.pop()


NextEvent = Callable[[], Event]
"""Gives one event after the other, the last one a `StreamEndEvent`."""


def build(text: str, max_nodes: int = MAX_NODES, next_event: NextEvent | None = None) -> object:
    """Return the one document in `text` as str, int, float, bool, None, list and dict.

    `next_event` gives other events than the parser does, for `ruled_events`.

    Raises:
        RefusalError: a cap, or something that is not read (see `refusals.CATALOGUE`).
        yaml.YAMLError: the text is not YAML.
    """
    roots = build_all(text, max_nodes, next_event)
    if not roots:
        raise RefusalError("empty", 0, 0)
    return roots[0]


def build_all(
    text: str,
    max_nodes: int = MAX_NODES,
    next_event: NextEvent | None = None,
    starts: list[int] | None = None,
) -> list[object]:
    """Return all documents in `text`; one at most, unless `starts` is given.

    It is filled with the 0-based lines in which the documents start.

    Raises:
        RefusalError: as `build`.
        yaml.YAMLError: the text is not YAML.
    """
    try:
        return _build(text, max_nodes, next_event or CParser(text).get_event, starts)
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


def _build(
    text: str, max_nodes: int, next_event: NextEvent, starts: list[int] | None
) -> list[object]:
    builder = _Builder(text, max_nodes)
    add_scalar = builder.add_scalar
    documents = 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            add_scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            builder.begin(event, is_mapping=kind is MappingStartEvent)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            builder.end()
        elif kind is AliasEvent:
            raise refusal_at("anchor", event)
        elif kind is DocumentStartEvent:
            documents += 1
            if starts is not None:
                starts.append(event.start_mark.line)
            elif documents > 1:
                raise refusal_at("several-documents", event)
        elif kind is StreamEndEvent:
            return builder.roots


def _scalar_refusal(event: Event) -> RefusalError:
    """Return the refusal of a scalar with an anchor, a tag or too long a text."""
    if event.anchor is not None:
        return refusal_at("anchor", event)
    if event.tag is not None:
        return refusal_at("tag", event)
    return refusal_at("scalar-too-long", event, MAX_SCALAR)


def _refuse_special_key(event: Event, key: str) -> None:
    if key == "<<":
        raise refusal_at("merge-key", event)
    try:
        is_text = isinstance(resolve(key), str)
    except NumberTooLargeError:
        is_text = False
    if not is_text:
        raise refusal_at("key-not-text", event, Text(f"`{key[:40]}`", f"`{key[:40]}`"))


def _plain_value(event: Event, plain: str) -> Scalar:
    try:
        return resolve(plain)
    except NumberTooLargeError:
        raise refusal_at("number", event, plain[:40]) from None
