"""Lines are made in one place, and none of them acts."""

from __future__ import annotations

import pytest

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import StyledText, TextWriter

PEN = TextWriter(ReaderView("en", 20))
IN_COLOUR = TextWriter(ReaderView("en", 20, colour=True))


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        pytest.param([":", ":error::x"], r"\x3a:error::x", id="command made of two pieces"),
        pytest.param(["a ##", "[error]"], r"a #\x23[error]", id="old command made of two pieces"),
        pytest.param(["a", "\n", "b"], r"a\nb", id="line break as a piece"),
        pytest.param(["a", "  "], "a", id="spaces at the end"),
    ],
)
def test_joined_pieces_are_looked_at_once_more(pieces: list[str], line: str) -> None:
    assert PEN.line(*map(StyledText, pieces)) == f"{line}\n"


def test_colour_does_not_hide_a_command_made_of_two_pieces() -> None:
    line = IN_COLOUR.line(StyledText("a ##", "bad"), StyledText("[error]", "strong"))
    assert line == "\x1b[1;31ma #\\x23\x1b[0m\x1b[1m[error]\x1b[0m\n"


def test_nothing_is_painted_without_colour_or_without_text() -> None:
    assert PEN.line(StyledText("a", "bad")) == "a\n"
    assert IN_COLOUR.line(StyledText("", "bad"), StyledText("a")) == "a\n"


def test_pieces_that_do_not_fit_go_to_the_next_line_whole() -> None:
    pieces = [StyledText("first"), StyledText("second/that/is/long"), StyledText("third")]
    assert list(PEN.flow(pieces, 2)) == ["first\n", "  second/that/is/long\n", "  third\n"]


def test_a_paragraph_hangs_to_the_right_of_its_lead() -> None:
    lines = PEN.paragraph("one two three four five", 2, StyledText("→ "))
    assert list(lines) == ["  → one two three\n", "    four five\n"]
