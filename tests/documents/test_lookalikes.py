"""Pasted characters that look like YAML's syntax: named, at the right place, in both languages."""

from __future__ import annotations

import pytest

from launchpolicy.documents import validation
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.reading_rules import ReadingRules
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check
from launchpolicy.vocabulary.finding import Finding

SCHEMA = Schema(
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "risk": {"type": "string"},
            "text": {"type": "string"},
            "users": {"type": "integer"},
            "spec": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"users": {"type": "integer"}, "hours": {"type": "integer"}},
            },
            "steps": {"type": "array", "items": {"type": ["string", "integer", "object"]}},
        },
    }
)


def first_finding(source: str) -> Finding:
    found = read("f.yaml", source.encode())
    findings = found.findings if isinstance(found, Refusal) else check(SCHEMA, found)
    return findings[0]


SPACES = ["\u00a0", "\u2002", "\u2009", "\u202f", "\u3000"]
TO_BLAME = {
    **{
        f"U+{ord(each):04X} behind a colon": (f"users: 1\nrisk:{each}low\ntext: a\n", each, (2, 6))
        for each in SPACES
    },
    **{
        f"U+{ord(each):04X} behind the last colon": (f"spec:\n  users:{each}1\n", each, (2, 9))
        for each in SPACES
    },
    **{
        f"U+{ord(each):04X} as indentation": (f"spec:\n{each * 2}users: 1\n", each, (2, 1))
        for each in SPACES
    },
    "the whole text is one line": ("risk:\u00a0low", "\u00a0", (1, 6)),
    "behind the colon of a mapping": ("spec:\u00a0\n  users: 1\n", "\u00a0", (1, 6)),
    "behind a list mark": ("steps:\n  - 1\n  -\u00a02\n", "\u00a0", (3, 4)),
    "behind every list mark": ("steps:\n  -\u00a0a\n  -\u00a0b\n", "\u00a0", (2, 4)),
    "one deeper indentation": ("spec:\n  users: 1\n\u3000\u3000hours: 2\n", "\u3000", (3, 1)),
    "a tab as indentation": ("spec:\n  users: 1\n\thours: 2\n", "\t", (3, 1)),
    "tabs as indentation": ("spec:\n\tusers: 1\n\thours: 2\n", "\t", (2, 1)),
    "a full-width colon": ("users: 1\nrisk：low\ntext: a\n", "：", (2, 5)),
    "a full-width colon at the end": ("spec:\n  users：1\n", "：", (2, 8)),
    "full-width colons on every line": ("spec:\n  users：1\n  hours：2\n", "：", (2, 8)),
    "a full-width colon behind Chinese": ("text: 一\nspec：\n  users: 1\n", "：", (2, 5)),
    "a full-width comma in braces": ("spec: {users: 1，hours: 2}\n", "，", (1, 16)),
    "full-width punctuation in braces": ("spec: {users：1，hours：2}\n", "：", (1, 13)),
    "full-width brackets": ("steps: ［1, 2］\n", "［", (1, 8)),
    "full-width braces": ("spec: ｛users: 1｝\n", "｛", (1, 7)),
    "an en dash as list mark": ("steps:\n  – one\n  – two\n", "–", (2, 3)),
    "an em dash as list mark": ("steps:\n  — one: 1\n    two: 2\n", "—", (2, 3)),
    "a bullet as list mark": ("steps:\n  • one\n", "•", (2, 3)),
    "one dash among hyphens": ("steps:\n  - one\n  – two: 2\n", "–", (3, 3)),
    "typographic double quotes": ("text: “a: b”\nrisk: low\n", "“", (1, 7)),
    "typographic single quotes": ("text: ‘a: b’\nrisk: low\n", "‘", (1, 7)),
    "a key in typographic quotes": ("“risk”: low\n", "“", (1, 1)),
}


@pytest.mark.parametrize(("source", "character", "at"), TO_BLAME.values(), ids=TO_BLAME)
def test_the_character_is_named_where_it_stands(
    source: str, character: str, at: tuple[int, int]
) -> None:
    finding = first_finding(source)
    assert finding.rule in {"yaml/syntax", "yaml/look-alike"}
    assert tuple(finding.place.span.start) == at
    for text in (finding.message.en, finding.message.zh):
        assert f"U+{ord(character):04X}" in text
    assert finding.fix.en
    assert finding.fix.zh
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(finding.fix.zh)


NOT_TO_BLAME = {
    "another error on the same line": "text: 说明：a: b\n",
    "another error on the next line": "text: “一”，二：三\nsteps: [1\n",
    "a value in typographic quotes": "text: “yes”\nusers: many\n",
    "a block of text with marks": "text: |\n  – one\n  key：value\nusers: many\n",
    "a folded text": "text: >\n  – one\n  • two\nusers: many\n",
    "a Chinese text": "text: 上线：今晚，全部\nusers: many\n",
    "a comment": "# 用户：多\u00a0少\nusers: many\n",
}


@pytest.mark.parametrize("source", NOT_TO_BLAME.values(), ids=NOT_TO_BLAME)
def test_ordinary_text_is_never_blamed(source: str) -> None:
    finding = first_finding(source)
    assert "U+" not in finding.message.en
    assert finding.rule != "yaml/look-alike"


def test_what_is_well_formed_is_read_whatever_it_looks_like() -> None:
    source = "text: “上线”：今晚，全部\u3000完成 – 好\nsteps: [1，2]\n"
    document = read("f.yaml", source.encode())
    assert isinstance(document, Document)
    assert check(SCHEMA, document) == ()


def test_a_large_text_is_not_read_again_and_again() -> None:
    source = "text: |\n" + "  line\n" * 12_000 + "risk:\u00a0low\nusers: 1\n"
    assert "U+00A0" not in first_finding(source).message.en


def test_many_of_them_are_tried_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "spec:\n" + "".join(f"  users{number}：1\n\n" for number in range(200))
    tried: list[bytes] = []

    def counted(path: str, data: bytes, rules: ReadingRules) -> Document | Refusal:
        tried.append(data)
        return read(path, data, rules)

    monkeypatch.setattr(validation, "read", counted)
    document = read("f.yaml", source.encode())
    assert isinstance(document, Document)
    assert check(SCHEMA, document)
    assert 0 < len(tried) <= 24
