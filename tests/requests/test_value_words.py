"""Every fixed word of the schema has a word for readers, in both languages."""

from __future__ import annotations

import re

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.requests.value_words import VALUE_WORDS, item_word, value_word


def test_the_groups_are_the_definitions_with_fixed_words_and_hold_each_of_them() -> None:
    definitions = shipped_files.schema("LaunchRequest").data["$defs"]
    groups = {name: node["enum"] for name, node in definitions.items() if "enum" in node}

    assert {name: list(words) for name, words in VALUE_WORDS.items()} == groups


def test_no_word_is_an_id_in_chinese() -> None:
    words = [text.zh for group in VALUE_WORDS.values() for text in group.values()]

    assert [word for word in words if not re.search("[\u4e00-\u9fff]", word)] == []


def test_a_value_of_a_later_version_is_shown_as_it_is_and_an_unknown_group_is_an_error() -> None:
    assert value_word("result", "postponed").zh == "postponed"
    assert item_word("checkout-db").zh == "checkout-db"
    assert item_word("app-store").zh == "应用商店"
    with pytest.raises(KeyError):
        value_word("nothing", "passed")
