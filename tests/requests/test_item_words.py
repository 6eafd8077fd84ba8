"""What people call the names that requests give by convention."""

from __future__ import annotations

import re

import pytest

from launchpolicy.requests.item_words import ITEM_WORDS, item_word
from launchpolicy.vocabulary.value_names import value_name


def test_no_word_is_an_id_in_chinese() -> None:
    words = [word.zh for word in ITEM_WORDS.values()]

    assert [word for word in words if not re.search("[\u4e00-\u9fff]", word)] == []


def test_a_value_of_a_later_version_is_shown_as_it_is_and_an_unknown_group_is_an_error() -> None:
    assert value_name("result", "postponed").zh == "postponed"
    assert item_word("checkout-db").zh == "checkout-db"
    assert item_word("app-store").zh == "应用商店"
    with pytest.raises(KeyError):
        value_name("nothing", "passed")
