"""Records that are documents of ours: YAML, read strictly and held against their schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.evidence.contents import Schemas, UnreadableEvidence
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.placeholders import content_of
from launchpolicy.vocabulary.text import Text, text_of

MEDIA_TYPE = "application/yaml"


def spec_of(
    kind: str, path: str, data: bytes, schemas: Schemas
) -> dict[str, Any] | UnreadableEvidence:
    """Return the `spec` of a record of this kind, or the first thing wrong with the file."""
    document = read(path, data)
    if isinstance(document, Document):
        findings = tuple(check(schemas[kind], document))
    else:
        findings = document.findings
    if findings or isinstance(document, Refusal):
        first = findings[0]
        line = first.place.span.start.line
        return UnreadableEvidence(
            Text(
                f"It is no readable {kind}; line {line}: {first.message.en}",
                f"不是可读取的 {kind}；第 {line} 行：{first.message.zh}",
            )
        )
    content: Any = document.data
    spec: dict[str, Any] = content["spec"]
    blank = next(_blank_texts(spec, ("spec",)), None)
    return spec if blank is None else _blank_text_problem(document, blank)


def _blank_texts(value: object, route: Route) -> Iterator[Route]:
    """Yield the routes of all texts in which no letter or digit shows."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _blank_texts(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _blank_texts(inner, (*route, index))
    elif isinstance(value, str) and not content_of(value):
        yield route


def _blank_text_problem(document: Document, route: Route) -> UnreadableEvidence:
    line = document.place(route).span.start.line
    return UnreadableEvidence(
        Text(
            f"Line {line} has a text without a visible letter or digit; write what was recorded.",
            f"第 {line} 行的文本没有任何可见的文字或数字；请写明记录内容。",
        )
    )


def words(value: object) -> str:
    """Return what a field of text for people says, in English where it has both."""
    return text_of(value).en if value else ""
