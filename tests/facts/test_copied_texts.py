"""Texts that repeat the one that they must add to."""

from __future__ import annotations

import pytest

from launchpolicy.facts.copied_texts import is_copied

_RISK = {"summary": {"en": "The queue may fill.", "zh": "队列可能积压。"}}
_ATTEMPT = {"cause": "An index was missing"}


@pytest.mark.parametrize(
    ("data", "route", "text", "copied"),
    [
        ({"attempt": _ATTEMPT}, ("attempt", "fix"), "An index was missing.", True),
        ({"attempt": _ATTEMPT}, ("attempt", "fix"), "The index is created first", False),
        ({"risks": [_RISK]}, ("risks", 0, "treatment", "zh"), "队列可能积压", True),
        ({"risks": [{}, _RISK]}, ("risks", 1, "treatment"), "THE QUEUE MAY FILL", True),
        ({"risks": [{}, _RISK]}, ("risks", 0, "treatment"), "The queue may fill", False),
        ({"risks": [_RISK]}, ("risks", 0, "remark"), "The queue may fill.", False),
        ({"summary": "Works offline"}, ("otherwise",), "Works offline", True),
        ({"spec": {"summary": "Split orders"}}, ("status", "otherwise"), "split orders", True),
        ({"features": "Fast", "functions": "Pay"}, ("advantages",), "pay", True),
        ({"text": "?", "answer": "!"}, ("answer",), "!", False),
    ],
)
def test_a_copy_adds_nothing_however_it_is_spelled(
    data: object, route: tuple[str | int, ...], text: str, *, copied: bool
) -> None:
    assert is_copied(data, route, text) is copied
