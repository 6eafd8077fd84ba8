"""Where the characters of a scalar stand, in every way of writing one."""

from __future__ import annotations

import pytest

from launchpolicy.documents.inner_places import InnerPlaces
from launchpolicy.documents.reading import Document, read
from launchpolicy.vocabulary.place import Position

WRITTEN = {
    "plain": "a: one two\n  three && four\n",
    "single quotes": "a: 'it''s\n  && four'\n",
    "double quotes": 'a: "say \\"x\\" \\\\ &&\n  four"\n',
    "literal": "a: |-\n  one\n    two\n\n  && four\n",
    "folded": "a: >-\n  one\n  two\n\n  three\n    && four\n",
    "with a Chinese word": "a: >-\n  前面 一\n  && four\n",
    "in a flow": "{b: 1, a: one && four}\n",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_word_is_found_where_it_is_written(text: str) -> None:
    document = read("f.yaml", text.encode())
    assert isinstance(document, Document)
    value = document.data["a"]  # type: ignore[index]
    start = value.index("four")
    span = InnerPlaces(document).span(("a",), value, start, start + 4)
    lines = text.split("\n")
    row = next(number for number, line in enumerate(lines) if "four" in line)
    column = lines[row].index("four")
    assert span.start == Position(row + 1, column + 1)
    assert span.end == Position(row + 1, column + 5)


def test_an_escape_that_stands_for_something_else_leads_to_the_whole_scalar() -> None:
    document = read("f.yaml", b'a: "\\u0061 four"\n')
    assert isinstance(document, Document)
    span = InnerPlaces(document).span(("a",), "a four", 2, 6)
    assert span == document.place(("a",)).span
