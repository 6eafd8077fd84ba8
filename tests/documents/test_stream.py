"""Several documents in a file: each as it would be alone, on the lines of the file."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.documents.reading_rules import ReadingRules
from launchpolicy.documents.stream import MAX_DOCUMENTS, read_stream

MANY = ReadingRules(is_stream=True)
EXPANDED = ReadingRules(is_stream=True, expands_anchors=True)


def documents(text: str, rules: ReadingRules = MANY) -> tuple[Document, ...]:
    read = read_stream("a.yaml", text.encode(), rules)
    assert not isinstance(read, Refusal), read
    return read


def refused(text: str, rules: ReadingRules = MANY) -> tuple[str, int]:
    read = read_stream("a.yaml", text.encode(), rules)
    assert isinstance(read, Refusal)
    return read.findings[0].rule, read.findings[0].place.span.start.line


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n---\na: 2\n",
        "# first\n---\na: 1\n# between\n---\n# second\na: 2\n",
        "---\r\na: 1\r\n---\r\na: 2\r\n",
        "%YAML 1.1\n---\na: 1\n...\n%YAML 1.1\n---\na: 2\n",
        "a: 1\n...\n---\na: 2\n...\n",
        "\ufeffa: 1\n--- # here\na: 2",
        "--- {a: 1}\n--- {a: 2}\n",
        "a: 1\n--- !!map\na: 2\n".replace("!!map", ""),
    ],
)
def test_each_document_has_the_lines_that_it_has_in_the_file(text: str) -> None:
    first, second = documents(text)
    assert (first.data, second.data) == ({"a": 1}, {"a": 2})
    for document, value in ((first, "1"), (second, "2")):
        start = document.place(("a",)).span.start
        line = text.removeprefix("\ufeff").splitlines()[start.line - 1]
        assert line[start.column - 1] == value
        assert document.place(("a",)).source == line


def test_one_document_is_a_stream_of_one() -> None:
    assert [document.data for document in documents("a: 1\n")] == [{"a": 1}]


REFUSED = {
    "nothing": ("# only\n", ("yaml/empty", 1)),
    "an empty document": ("a: 1\n---\n---\nb: 1\n", ("yaml/empty-document", 2)),
    "a document that is null": ("a: 1\n---\nnull\n", ("yaml/empty-document", 2)),
    "an alias of the document before": ("a: &x 1\n---\nb: *x\n", ("yaml/alias-unknown", 3)),
    "bad syntax in the second": ("a: 1\n---\nb: ]\n", ("yaml/syntax", 3)),
    "a key twice in the second": ("a: 1\n---\nb: 1\nb: 2\n", ("yaml/duplicate-key", 4)),
    "too many": ("--- a\n" * (MAX_DOCUMENTS + 1), ("yaml/too-many-documents", 1001)),
    "together too many values": (f"[{'1,' * 25_000}1]\n--- [{'1,' * 25_000}1]\n",
                                 ("yaml/too-many-values", 2)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "refusal"), REFUSED.values(), ids=REFUSED)
def test_a_file_with_one_bad_document_is_refused_as_a_whole(
    text: str, refusal: tuple[str, int]
) -> None:
    assert refused(text, EXPANDED) == refusal


leaf = st.one_of(st.integers(0, 99), st.text("ab", min_size=1, max_size=2))
mapping = st.dictionaries(st.text("abc", min_size=1), leaf | st.lists(leaf), min_size=1)


@given(st.lists(mapping, min_size=1, max_size=5))
def test_documents_are_what_another_parser_finds_at_the_lines_that_it_finds(
    written: list[dict[str, Any]],
) -> None:
    text = yaml.dump_all(written)
    read = documents(text)
    assert [document.data for document in read] == list(yaml.safe_load_all(text))
    lines = [node.start_mark.line + 1 for node in yaml.compose_all(text)]
    assert [document.place(()).span.start.line for document in read] == lines
