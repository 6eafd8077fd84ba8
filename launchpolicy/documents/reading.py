"""Bytes of a file to a `Document`, or to a `Refusal` that says where and why not."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import yaml

from launchpolicy.documents import events
from launchpolicy.documents.decoding import LINE_BREAK, decode
from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading_rules import STRICT, ReadingRules
from launchpolicy.documents.refusals import RefusalError, refusal
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import START, Place, Position, Route, Span

if TYPE_CHECKING:  # loaded only where a place is asked for
    from launchpolicy.documents.positions import NodePosition

_LONGEST_QUOTED_LINE = 1000
_SMALL = 64 * 1024


class Document:
    """One YAML document: plain `data`, and the place of anything in it on demand.

    Positions cost a second walk over the file, so they are found only when asked for. Nobody
    changes `data`: a document is shared by all who read the same bytes. What `validation` finds in
    it is kept with the schema that it was held against.
    """

    __slots__ = ("_findings", "_lines", "_positions", "data", "path", "rules", "text")

    def __init__(self, path: str, text: str, data: object, rules: ReadingRules = STRICT) -> None:
        self.path = path
        self.text = text
        self.data = data
        self.rules = rules
        self._findings: list[tuple[object, tuple[Finding, ...]]] = []
        self._positions: dict[Route, NodePosition] | None = None
        self._lines: list[str] | None = None

    def findings_by(self, schema: object) -> tuple[Finding, ...] | None:
        """Return what was kept for this very schema; None if it was not checked by it yet."""
        for other, findings in self._findings:
            if other is schema:
                return findings
        return None

    def keep_findings(self, schema: object, findings: tuple[Finding, ...]) -> None:
        """Keep what is wrong with the document by `schema`, for `findings_by`."""
        self._findings.append((schema, findings))

    def place(self, route: Route, missing: Route = ()) -> Place:
        """Return the place of the value at `route`: of a scalar itself, of a container its key.

        If the route does not exist, the nearest existing parent, with the rest as `missing`.
        """
        nodes = self._index()
        existing = route
        while existing not in nodes:
            existing = existing[:-1]
        missing = route[len(existing) :] + missing
        node = nodes[existing]
        is_container = node.style == "{"
        span = node.key if node.key is not None and (is_container or missing) else node.value
        return self._place_at_span(span, existing, missing)

    def key_place(self, route: Route) -> Place:
        """Return the place of the key of the value at `route` (of a list item, the item)."""
        node = self._index()[route]
        return self._place_at_span(node.key or node.value, route, ())

    def inside(self, route: Route, line: int, column: int) -> Place:
        """Return the place of 1-based `line` and `column` within the text of the scalar at `route`.

        True for plain, quoted, literal (`|`) and folded (`>`) scalars without escapes, which is
        how expressions are written; elsewhere the place of the scalar itself.
        """
        node = self._index()[route]
        start = node.value.start
        if node.style == "|":
            position = self._literal_position(start.line, line, column)
        elif node.style == ">" and line == 1:
            position = self._folded_position(start.line + 1, column)
        elif node.style != ">" and line == 1:
            position = Position(start.line, start.column + len(node.style) + column - 1)
        else:
            return self.place(route)
        span = Span(position, Position(position.line, position.column + 1))
        return Place(self.path, span, route, (), self.line(position.line))

    def _literal_position(self, header: int, line: int, column: int) -> Position:
        """Return the position in a block, whose first line with text says how far it is indented.

        Lines that are indented further have the rest of their indentation in the text.
        """
        first = header + 1
        while first < header + line and not self.line(first).strip():
            first += 1
        source = self.line(first)
        return Position(header + line, column + len(source) - len(source.lstrip(" ")))

    def _folded_position(self, line: int, column: int) -> Position:
        """Return the position of a column of a folded line, whose line breaks became spaces."""
        while column > len(self.line(line).strip()) + 1 and self.line(line).strip():
            column -= len(self.line(line).strip()) + 1
            line += 1
        source = self.line(line)
        return Position(line, column + len(source) - len(source.lstrip(" ")))

    def _index(self) -> dict[Route, NodePosition]:
        if self._positions is None:
            from launchpolicy.documents import positions  # noqa: PLC0415 (a pass has no place)

            self._positions = positions.index(self.text, None, self._next_event())
        return self._positions

    def _next_event(self) -> events.NextEvent | None:
        if not self.rules.expands_anchors:
            return None
        from launchpolicy.documents import ruled_events  # noqa: PLC0415 (few kinds have rules)

        return ruled_events.next_event_of(self.text, self.rules)

    def _place_at_span(self, span: Span, route: Route, missing: Route) -> Place:
        source = self.line(span.start.line)
        if span.start == span.end:  # a container without a key: the rest of its first line
            end = max(len(source.rstrip()) + 1, span.start.column + 1)
            span = Span(span.start, Position(span.start.line, end))
        return Place(self.path, span, route, missing, source)

    def line(self, number: int) -> str:
        """Return the text of line `number` (from 1), cut where it is absurdly long."""
        if self._lines is None:
            self._lines = LINE_BREAK.split(self.text)
        if number > len(self._lines):
            return ""
        return self._lines[number - 1][:_LONGEST_QUOTED_LINE]


class Refusal(NamedTuple):
    """A file that is not a readable document, with what must be fixed."""

    path: str
    findings: tuple[Finding, ...]


def read(path: str, source: bytes, rules: ReadingRules = STRICT) -> Document | Refusal:
    """Return the document in a YAML file, or its refusal; `path` is only used in findings.

    `rules` are those of its kind, as for one document. Bad input is a refusal, never an exception.

    A check reads the same bytes for its facts, its digests and its judgement, and a walk through
    history meets each version twice: what was read last is kept.
    """
    if len(source) > rules.max_bytes:
        return too_large(path, len(source), rules.max_bytes)
    is_small = len(source) <= _SMALL
    return _read_again(path, source, rules) if is_small else _read(path, source, rules)


@functools.lru_cache(maxsize=64)
def _read_again(path: str, source: bytes, rules: ReadingRules) -> Document | Refusal:
    return _read(path, source, rules)


def _read(path: str, source: bytes, rules: ReadingRules) -> Document | Refusal:
    text = decode_text(path, source)
    if isinstance(text, Refusal):
        return text
    try:
        return Document(path, text, _build(text, rules), rules)
    except (RefusalError, yaml.MarkedYAMLError) as error:
        return refusal_of(path, text, error, rules)


def _build(text: str, rules: ReadingRules) -> object:
    if rules == STRICT:
        return events.build(text)
    from launchpolicy.documents import ruled_events  # noqa: PLC0415 (few kinds have rules)

    return ruled_events.build(text, rules)


def decode_text(path: str, source: bytes) -> str | Refusal:
    """Return the text in the bytes of a file, or why there is none."""
    try:
        return decode(source)
    except RefusalError as error:
        return _refusal_at(path, source.decode("utf-8", "replace"), error)


def refusal_of(
    path: str, text: str, error: RefusalError | yaml.MarkedYAMLError, rules: ReadingRules
) -> Refusal:
    """Return the refusal of a text that the reader gave up with `error`."""
    if isinstance(error, RefusalError):
        return _refusal_at(path, text, error)
    return _syntax_refusal(path, text, error, rules)


def point(path: str, text: str, line: int, column: int) -> Place:
    """Return the place of a single character, from 0-based line and column."""
    source = Document(path, text, None).line(line + 1)
    start = Position(line + 1, column + 1)
    return Place(path, Span(start, Position(line + 1, column + 2)), (), (), source)


def too_large(path: str, size: int, limit: int = MAX_BYTES) -> Refusal:
    """Return the refusal of a file of `size` bytes, for callers that never read its bytes."""
    return Refusal(path, (refusal("too-large", Place(path, START), size, limit),))


def _refusal_at(path: str, text: str, error: RefusalError) -> Refusal:
    place = point(path, text, error.line, error.column)
    return Refusal(path, (refusal(error.name, place, *error.details),))


def _syntax_refusal(
    path: str, text: str, error: yaml.MarkedYAMLError, rules: ReadingRules
) -> Refusal:
    from launchpolicy.documents import syntax  # noqa: PLC0415 (only what fails needs it)

    line, column, words, remedy = syntax.explain(error, text, is_strict=rules == STRICT)
    finding = refusal("syntax", point(path, text, line, column), words)
    return Refusal(path, (Finding(finding.rule, finding.message, finding.place, remedy),))
