"""A pattern that is compiled late answers as one that is compiled at once."""

from __future__ import annotations

import re

import pytest

from launchpolicy.vocabulary.late_pattern import LatePattern

PATTERN = r"(\d)未通过|no-go"
TEXTS = ("2 项：1未通过，NO-GO, 3未通过", "no-go", "", "通过")


@pytest.mark.parametrize("text", TEXTS)
def test_it_answers_as_the_compiled_one(text: str) -> None:
    late, at_once = LatePattern(PATTERN, re.IGNORECASE), re.compile(PATTERN, re.IGNORECASE)
    for mine, other in (
        (late.search(text), at_once.search(text)),
        (late.match(text), at_once.match(text)),
        (late.fullmatch(text), at_once.fullmatch(text)),
        (late.search(text, 6), at_once.search(text, 6)),
        (late.search(text, 0, 5), at_once.search(text, 0, 5)),
    ):
        assert (mine and mine.span()) == (other and other.span())
    assert [one.span() for one in late.finditer(text)] == [
        one.span() for one in at_once.finditer(text)
    ]
    assert late.findall(text) == at_once.findall(text)
    assert late.sub("-", text) == at_once.sub("-", text)
    assert late.subn("-", text) == at_once.subn("-", text)
    assert LatePattern("[,，]").split(text) == re.split("[,，]", text)


def test_it_is_compiled_where_it_is_first_asked() -> None:
    broken = LatePattern("(")
    with pytest.raises(re.error):
        broken.search("")
