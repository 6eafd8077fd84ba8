"""Every fixed value of a request and of a report has a name in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.vocabulary.finding import Action, Operation, Outcome, Verdict
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import VALUE_NAMES, value_name, value_names

ROOT = Path(__file__).parents[2]


def _values_of_the_schema() -> dict[str, list[str]]:
    schema: dict[str, Any] = json.loads(
        (ROOT / "schemas/launch-request.schema.json").read_text("utf-8")
    )
    return {name: part["enum"] for name, part in schema["$defs"].items() if "enum" in part}


VALUES = {
    **_values_of_the_schema(),
    "action": [str(action) for action in Action],
    "documentKind": ["LaunchRequest", "Waiver"],
    "operation": [str(operation) for operation in Operation],
    "outcome": [str(outcome) for outcome in Outcome],
    "verdict": [str(verdict) for verdict in Verdict],
}


def test_the_table_has_every_kind_of_value_and_no_other() -> None:
    assert sorted(VALUE_NAMES) == sorted(VALUES)


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_every_value_has_its_own_name_and_a_chinese_one(kind: str) -> None:
    names = VALUE_NAMES[kind]
    assert list(names) == VALUES[kind]
    assert len({name.en for name in names.values()}) == len(names)
    assert len({name.zh for name in names.values()}) == len(names)
    assert [name.zh for name in names.values() if not re.search(r"[\u4e00-\u9fff]", name.zh)] == []


def test_an_unknown_value_is_shown_as_it_is_written() -> None:
    assert value_name("stage", "frozen") == Text("frozen", "frozen")


def test_several_values_are_enumerated_as_each_language_does() -> None:
    assert value_names("stage", ("launched", "rolled-back")) == Text(
        "launched, rolled back", "已上线、已回滚"
    )
