from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from launchpolicy.documents.instants import PATTERN
from launchpolicy.policy.cel.message_types import kind_types
from launchpolicy.policy.cel.runtime import Bindings
from launchpolicy.requests.launch_request.schema import launch_request_schema

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCHEMA: Any = launch_request_schema()
EXPLANATIONS = ("title", "x-title-zh", "description", "x-description-zh")
DOCUMENTS = {"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"}


def _subschemas(schema: dict[str, Any], at: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its JSON pointer."""
    yield at, schema
    for keyword in ("properties", "$defs"):
        for name, each in schema.get(keyword, {}).items():
            yield from _subschemas(each, f"{at}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(keyword), dict):
            yield from _subschemas(schema[keyword], f"{at}/{keyword}")


ALL = dict(_subschemas(SCHEMA))
EXPLAINED = {
    at: schema
    for at, schema in ALL.items()
    if at.split("/")[-2:-1] == ["properties"] or (at.endswith("/items") and "$ref" in schema)
}
PATTERNS = sorted({schema["pattern"] for schema in ALL.values() if "pattern" in schema})


def test_it_is_valid_draft_2020_12() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_there_is_something_to_look_at() -> None:
    assert len(EXPLAINED) > 500
    assert len(PATTERNS) > 10


def test_every_key_and_list_item_is_explained_in_both_languages() -> None:
    mute = [
        f"{at}: {word}"
        for at, schema in [("#", SCHEMA), *EXPLAINED.items()]
        for word in EXPLANATIONS
        if not schema.get(word)
        or (word.endswith("zh") and not re.search(r"[\u4e00-\u9fff]", schema[word]))
    ]
    assert mute == []


def test_every_description_ends_like_a_sentence() -> None:
    for at, schema in EXPLAINED.items():
        assert schema["description"].endswith((".", "?")), at
        assert schema["x-description-zh"].endswith(("。", "？")), at


def test_chinese_text_has_chinese_punctuation() -> None:
    odd = [
        f"{at}: {schema[word]}"
        for at, schema in EXPLAINED.items()
        for word in ("x-title-zh", "x-description-zh")
        if re.search(r"[\u4e00-\u9fff][,;:()?!]|[,;:()?!][\u4e00-\u9fff]", schema[word])
    ]
    assert odd == []


def test_every_word_of_a_choice_is_explained_in_both_languages() -> None:
    choices = {at: schema for at, schema in ALL.items() if "enum" in schema}
    assert len(choices) > 20
    for at, schema in choices.items():
        words = len(schema["enum"])
        assert len(schema["enumDescriptions"]) == words, at
        assert len(schema["x-enum-descriptions-zh"]) == words, at


def test_every_source_document_is_cited() -> None:
    text = " ".join(schema.get("description", "") for schema in ALL.values())
    assert set(re.findall(r"\bD[1-9]\b", text)) == DOCUMENTS


def test_clauses_are_cited_in_both_languages_alike() -> None:
    clause = re.compile(r"D[1-9](?:\.[0-9]+)*")
    unlike = [
        at
        for at, schema in EXPLAINED.items()
        if set(clause.findall(schema["description"]))
        != set(clause.findall(schema["x-description-zh"]))
    ]
    assert unlike == []


def test_every_object_is_closed_or_a_map_whose_keys_have_a_pattern() -> None:
    opened = [
        at
        for at, schema in ALL.items()
        if "object" in schema.get("type", ())
        and schema.get("additionalProperties") is not False
        and "propertyNames" not in schema
    ]
    assert opened == []


def test_null_is_nowhere_allowed_and_nothing_has_a_default() -> None:
    noisy = [
        at
        for at, schema in ALL.items()
        if schema.keys() & {"anyOf", "oneOf", "allOf", "default"}
        or "null" in schema.get("type", ())
    ]
    assert noisy == []


def test_every_list_of_named_things_asks_for_unique_names() -> None:
    lists = {at: schema for at, schema in ALL.items() if schema.get("type") == "array"}
    careless = []
    for at, schema in lists.items():
        item = SCHEMA["$defs"][schema["items"]["$ref"].rsplit("/", 1)[-1]]
        keys = {"name", "person"} & set(item.get("required", ()))
        if keys and schema.get("x-unique-by") not in keys:
            careless.append(at)
        if "properties" not in item and not schema.get("uniqueItems"):
            careless.append(at)
    assert careless == []


def test_every_definition_is_used() -> None:
    used = set(re.findall(r'"#/\$defs/([A-Za-z0-9]+)"', json.dumps(SCHEMA)))
    assert used == set(SCHEMA["$defs"])


def test_every_example_follows_its_own_schema() -> None:
    wrong = [
        f"{at}: {example}"
        for at, schema in ALL.items()
        for example in schema.get("examples", ())
        if not Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).is_valid(example)
    ]
    assert wrong == []


def test_a_definition_says_nothing_that_would_hide_what_its_uses_say() -> None:
    for name, schema in SCHEMA["$defs"].items():
        assert not schema.keys() & set(EXPLANATIONS), name


def test_a_grammar_that_nobody_guesses_is_explained_wherever_it_is_used() -> None:
    guessed_by_nobody = ("instant", "plannedInstant", "duration", "quantity")
    uses = {
        at: schema
        for at, schema in EXPLAINED.items()
        if schema.get("$ref", "").rsplit("/", 1)[-1] in guessed_by_nobody
    }
    assert len(uses) > 100
    for at, schema in uses.items():
        assert re.search("RFC 3339|30m|300ms", schema["description"]), at
        assert re.search("RFC 3339|30m|300ms", schema["x-description-zh"]), at


def test_a_time_has_the_pattern_that_the_reader_of_instants_has() -> None:
    times = {
        at: schema["pattern"] for at, schema in ALL.items() if schema.get("format") == "date-time"
    }
    assert times == {"#/$defs/instant": PATTERN, "#/$defs/plannedInstant": PATTERN}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_anchored_and_looks_neither_ahead_nor_back(pattern: str) -> None:
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    assert not re.search(r"\(\?|\\[1-9]", pattern)


@pytest.mark.parametrize(
    "text",
    ["x", "", "a-b", "li.wei", "../x", "/x", "文件/报告.pdf", " ", "1h30m", "4.3 %", "10.0.0.1"],
)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_re2_and_python_agree_on_a_pattern(pattern: str, text: str) -> None:
    bindings = Bindings({"params": {"pattern": pattern, "text": text}})
    matched = re.search(pattern, text) is not None
    assert bindings.holds("params.text.matches(params.pattern)") is matched


def test_expressions_can_be_checked_against_it() -> None:
    types = kind_types(SCHEMA)

    assert types.odd_keys == {}
    assert {"stage", "checksBefore", "actionItems"} <= set(types.fields["kind.Ref_status"])


def test_it_is_always_the_same() -> None:
    assert json.dumps(launch_request_schema()) == json.dumps(launch_request_schema())
