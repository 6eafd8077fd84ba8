"""Which characters show: asked of every character that there is."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from launchpolicy.reporters.visibility import is_visible, reveal

UNICODE = [chr(code) for code in range(sys.maxunicode + 1)]
NEVER_SHOWN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}


def test_no_character_of_a_hidden_category_is_called_visible() -> None:
    hidden = [each for each in UNICODE if unicodedata.category(each) in NEVER_SHOWN]
    assert [f"{ord(each):04x}" for each in hidden if is_visible(each)] == []


def test_letters_marks_numbers_punctuation_symbols_and_spaces_show() -> None:
    shown = [each for each in UNICODE if unicodedata.category(each)[0] in "LMNPS"]
    shown += [each for each in UNICODE if unicodedata.category(each) == "Zs"]
    assert [f"{ord(each):04x}" for each in shown if not is_visible(each)] == []


@pytest.mark.parametrize(
    "text", ["", "plain", "上线 ２.０", "a\u00a0b\u3000c", "⚠\ufe0f", "e\u0301"]
)
def test_ordinary_text_is_visible(text: str) -> None:
    assert is_visible(text)
    assert reveal(text, lambda _: "?") == list(text)


def test_only_what_is_hidden_is_written_otherwise() -> None:
    assert reveal("a\x00中\u200b", "<{}>".format) == ["a", "<\x00>", "中", "<\u200b>"]
