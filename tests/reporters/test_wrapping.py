"""Lines of a given width, in cells, for text that has spaces and text that has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wrapping import NEVER_FIRST, NEVER_LAST, wrap

WORDS = st.text(st.sampled_from("ab -`/:中文上线，。（）“”e\u0301한ᅡ😀"), max_size=60)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("abc", 3, id="latin"),
        pytest.param("上线", 4, id="chinese"),
        pytest.param("ｱ", 1, id="half-width kana"),
        pytest.param("Ａ", 2, id="full-width latin"),
        pytest.param("e\u0301", 1, id="combining accent"),
        pytest.param("😀", 2, id="emoji"),
        pytest.param("\u1112\u1161\u11ab", 2, id="decomposed hangul"),
        pytest.param("→…│", 3, id="ambiguous is narrow"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_the_width_of_text(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [""], id="nothing"),
        pytest.param("one two", ["one two"], id="fits"),
        pytest.param("one two three four", ["one two", "three four"], id="at spaces"),
        pytest.param("请在上线窗口填写", ["请在上线窗", "口填写"], id="between characters"),
        pytest.param("请在上线窗，口填写", ["请在上线", "窗，口填写"], id="not before a comma"),
        pytest.param("请在上线（口填写", ["请在上线", "（口填写"], id="not behind a bracket"),
        pytest.param("写 `spec.x` 中", ["写", "`spec.x`", "中"], id="mixed"),
        pytest.param("写入一 `a 角色` 中", ["写入一 `a", "角色` 中"], id="not before code ends"),
        pytest.param(
            "写一二三`角色`中", ["写一二三", "`角色`中"], id="not behind the begin of code"
        ),
        pytest.param("abcdefghijklm", ["abcdefghij", "klm"], id="long word"),
        pytest.param("写abcdefghijklm", ["写", "abcdefghij", "klm"], id="long word in chinese"),
        pytest.param("a  b", ["a  b"], id="spaces inside stay"),
    ],
)
def test_where_lines_break(text: str, lines: list[str]) -> None:
    assert wrap(text, 10) == lines


@given(WORDS, st.integers(2, 20))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert [line for line in wrap(text, width) if cells(line) > width] == []


@given(WORDS, st.integers(2, 20))
def test_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.sampled_from("中文上线，。（）“”"), max_size=60))
def test_punctuation_stays_with_its_text_where_there_is_room(text: str) -> None:
    lines = wrap(text, 200)
    assert all(line[0] not in NEVER_FIRST for line in lines[1:])
    assert all(line[-1] not in NEVER_LAST for line in lines[:-1])


def test_a_character_wider_than_the_line_is_not_lost() -> None:
    assert wrap("中文", 1) == ["中", "文"]
