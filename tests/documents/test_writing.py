"""Plain data written for people: read back it is the same, and each question has its own line."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.writing import block, entry, item
from launchpolicy.vocabulary.place import Route, format_route

KEYS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,8}", fullmatch=True)
LETTERS = st.one_of(
    st.characters(min_codepoint=32, max_codepoint=126), st.sampled_from("上线：（é…\n")
)
TEXTS = st.text(LETTERS, max_size=12)
SCALARS = st.one_of(
    TEXTS,
    st.sampled_from(
        ["TODO", "TODO: dba", "true", "3.2", "2026-12-01T22:00:00+08:00", "- a", "# b"]
    ),
    st.booleans(),
    st.integers(-(10**6), 10**6),
)
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3),
            st.dictionaries(KEYS, inner, min_size=1, max_size=3),
        ),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


def parsed(text: str) -> Any:
    document = read("request.yaml", text.encode())
    assert isinstance(document, Document), document.findings
    return document.data


@given(DATA)
def test_what_is_written_says_what_was_meant(data: dict[str, Any]) -> None:
    assert parsed(block(data, format_route)) == data
    assert parsed(block(data, lambda _: "")) == data


def test_questions_stand_on_lines_of_their_own_with_their_comments_in_one_column() -> None:
    data = {"spec": {"window": {"start": "TODO", "end": "TODO"}, "risk": "standard"}}

    text = block(data, lambda route: str(route[-1]))

    assert text.splitlines() == [
        "spec:            # spec",
        "  window:        # window",
        "    start: TODO  # start",
        "    end: TODO    # end",
        "  risk: standard",
    ]


def test_an_item_with_a_question_is_never_in_braces_where_a_comma_would_end_the_answer() -> None:
    watch = [{"name": "backup", "how": "TODO"}, {"name": "b", "how": "board"}]

    lines = block({"spec": {"watch": watch}}, lambda _: "").splitlines()

    assert lines == [
        "spec:",
        "  watch:",
        "    - name: backup",
        "      how: TODO",
        "    - {name: b, how: board}",
    ]


def test_an_entry_and_an_item_are_written_where_they_are_put() -> None:
    def comment(route: Route) -> str:
        return format_route(route)

    assert entry("by", "TODO", comment, ("status", "by"), 4) == "    by: TODO  # status.by\n"
    assert item("TODO", comment, ("status", "to", 1), 2) == "  - TODO  # status.to[1]\n"
