"""Records that are documents of ours: YAML, read strictly and held against their schema."""

from __future__ import annotations

from typing import Any

from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.evidence.contents import Schemas, UnreadableEvidence
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
    return spec


def words(value: object) -> str:
    """Return what a field of text for people says, in English where it has both."""
    return text_of(value).en if value else ""
