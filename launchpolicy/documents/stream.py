"""A file of several documents, divided by `---`, as one document each.

Each keeps the lines of the file: its text is that of the file with everything before it left
blank. So what a finding points at, and what a reader sees, are the file's own lines.
"""

from __future__ import annotations

from typing import Final

import yaml

from launchpolicy.documents import ruled_events
from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.documents.reading import (
    Document,
    Refusal,
    decode_text,
    read,
    refusal_of,
    too_large,
)
from launchpolicy.documents.reading_rules import ReadingRules
from launchpolicy.documents.refusals import RefusalError

MAX_DOCUMENTS: Final = 1000
"""How many documents a file may hold."""


def read_documents(path: str, source: bytes, rules: ReadingRules) -> tuple[Document, ...] | Refusal:
    """Return the documents in a file: one, or as many as `rules` allow; or the refusal."""
    if rules.is_stream:
        return read_stream(path, source, rules)
    document = read(path, source, rules)
    return document if isinstance(document, Refusal) else (document,)


def read_stream(path: str, source: bytes, rules: ReadingRules) -> tuple[Document, ...] | Refusal:
    """Return the documents in a file, each with the lines that it has there; or the refusal.

    One that cannot be read has the whole file refused: nobody knows where it would end. `path` is
    only used in findings.
    """
    if len(source) > rules.max_bytes:
        return too_large(path, len(source), rules.max_bytes)
    text = decode_text(path, source)
    if isinstance(text, Refusal):
        return text
    starts: list[int] = []
    try:
        roots = ruled_events.build_all(text, rules, starts)
        _require_whole(roots, starts)
    except (RefusalError, yaml.MarkedYAMLError) as error:
        return refusal_of(path, text, error, rules)
    own = rules.of_one_document
    texts = _texts(text, starts)
    return tuple(Document(path, part, root, own) for part, root in zip(texts, roots, strict=True))


def _require_whole(roots: list[object], starts: list[int]) -> None:
    """Require that there are documents, not too many, and none is empty.

    Raises:
        RefusalError: they are not so.
    """
    if not roots:
        raise RefusalError("empty", 0, 0)
    if len(roots) > MAX_DOCUMENTS:
        raise RefusalError("too-many-documents", starts[MAX_DOCUMENTS], 0, MAX_DOCUMENTS)
    for root, start in zip(roots, starts, strict=True):
        if root is None:
            raise RefusalError("empty-document", start, 0)


def _texts(text: str, starts: list[int]) -> list[str]:
    """Return the text of each document, after as many blank lines as stand before it."""
    offsets = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
    begins = [0, *(offsets[line] for line in starts[1:])]
    ends = [*begins[1:], len(text)]
    lines = [0, *starts[1:]]
    return [
        "\n" * line + text[begin:end] for line, begin, end in zip(lines, begins, ends, strict=True)
    ]
