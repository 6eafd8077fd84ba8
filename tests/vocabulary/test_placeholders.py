"""What says nothing in the place of a text."""

from __future__ import annotations

import pytest

from launchpolicy.vocabulary.placeholders import content_of, is_placeholder


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "。",
        "TBD",
        " t.b.d. ",
        "ＴＢＤ",
        "待定",
        "xxxx",
        "\u3164\uffa0",
        "\u115f\u1160\u3164",
    ],
)
def test_what_says_nothing_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["重启", "pg_restore", "refunds_once"])
def test_a_short_text_that_says_something_is_none(text: str) -> None:
    assert not is_placeholder(text)


def test_a_further_placeholder_is_compared_by_its_content() -> None:
    assert is_placeholder("By mail!", ["by mail"])


def test_the_content_has_one_width_and_one_case_and_only_what_can_be_seen() -> None:
    assert content_of(" Ａb-1\u3164。") == "ab1"
