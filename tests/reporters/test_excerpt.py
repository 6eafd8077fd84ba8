"""The caret stands exactly under the place, whatever the line is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.excerpt import excerpt
from launchpolicy.vocabulary.place import Place, Position, Span

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

LONG = f"  key: {'x' * 60}TARGET{'y' * 60}"
LONG_CHINESE = f"  说明: {'上' * 40}目标{'线' * 40}"


def drawn(source: str, part: str, room: int = 40) -> list[str]:
    """The excerpt and its carets for the place of `part` in `source`."""
    start = source.index(part) + 1
    span = Span(Position(7, start), Position(7, start + len(part)))
    shown = excerpt(Place("f", span, (), (), source), room)
    return [shown.text, " " * shown.start + "^" * shown.length]


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        pytest.param("  a: bad", "bad", ["  a: bad", "     ^^^"], id="plain"),
        pytest.param("a:\tbad", "bad", ["a:  bad", "    ^^^"], id="behind a tab"),
        pytest.param("abcd\te\tbad", "bad", ["abcd    e   bad", "            ^^^"], id="two tabs"),
        pytest.param("a: \tb", "\tb", ["a:  b", "   ^^"], id="the tab itself"),
        pytest.param("名称: 错误", "错误", ["名称: 错误", "      ^^^^"], id="chinese"),
        pytest.param("Ａ: bad", "bad", ["Ａ: bad", "    ^^^"], id="full width"),
        pytest.param("e\u0301: bad", "bad", ["e\u0301: bad", "   ^^^"], id="combining before"),
        pytest.param("a: e\u0301x", "\u0301", ["a: e\u0301x", "   ^"], id="combining itself"),
        pytest.param("😀: bad", "bad", ["😀: bad", "    ^^^"], id="emoji"),
        pytest.param("a\x1b: bad", "bad", [r"a\x1b: bad", "       ^^^"], id="escaped before"),
        pytest.param("a: \u202e", "\u202e", ["a: <U+202E>", "   ^^^^^^^^"], id="escaped itself"),
        pytest.param("a: ##[x] bad", "bad", [r"a: #\x23[x] bad", "            ^^^"], id="command"),
        pytest.param("::x bad", "bad", [r"\x3a:x bad", "       ^^^"], id="leading command"),
    ],
)
def test_the_caret_stands_under_the_place(source: str, part: str, expected: list[str]) -> None:
    assert drawn(source, part) == expected


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        pytest.param(
            LONG, "key", ["  key: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", "  ^^^"], id="at the start"
        ),
        pytest.param(
            LONG,
            "TARGET",
            ["…xxxxxxxxxxxxxTARGETyyyyyyyyyyyyyyyyyyy…", "              ^^^^^^"],
            id="in the middle",
        ),
        pytest.param(LONG + "!", "!", ["…" + "y" * 38 + "!", " " * 39 + "^"], id="at the end"),
        pytest.param(
            LONG,
            LONG[7:],
            ["  key: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", "       " + "^" * 32],
            id="too long itself",
        ),
        pytest.param(
            LONG_CHINESE,
            "目标",
            ["…上上上上上上目标线线线线线线线线线线线…", "             ^^^^"],
            id="chinese is never cut in half",
        ),
    ],
)
def test_a_long_line_is_cropped_around_the_place(
    source: str, part: str, expected: list[str]
) -> None:
    assert drawn(source, part) == expected


def test_cropping_leaves_no_accent_without_its_letter() -> None:
    text, _ = drawn("e\u0301" * 60 + "bad", "bad")
    assert text.startswith("…e\u0301")


def test_a_place_behind_the_end_of_the_line(make: Make) -> None:
    assert excerpt(make.place("a:", 3, 4), 40) == ("a:", 2, 1)


def test_a_place_that_ends_on_a_later_line_is_underlined_to_the_end(make: Make) -> None:
    place = make.place("  how: |  ", 8, 9)
    span = Span(place.span.start, Position(place.span.start.line + 2, 5))
    assert excerpt(Place("f", span, (), (), place.source), 40) == ("  how: |  ", 7, 1)


@given(
    st.text(st.sampled_from("a \t:中，e\u0301😀\x1b#["), max_size=120),
    st.integers(1, 140),
    st.integers(0, 60),
    st.integers(12, 60),
)
def test_line_and_carets_fit_the_room(source: str, start: int, length: int, room: int) -> None:
    span = Span(Position(1, start), Position(1, start + length))
    shown = excerpt(Place("f", span, (), (), source), room)
    assert cells(shown.text) <= room
    assert shown.start >= 0
    assert shown.length >= 1
    assert shown.start + shown.length <= room + 1
