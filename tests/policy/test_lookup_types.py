"""The types of looked-up documents: each kind keeps its own, also under equal names."""

from __future__ import annotations

import pytest

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.lookup_types import types_of
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import Lookup


def _kind(name: str, field: str) -> Kind:
    boss = {"$ref": "#/$defs/person"}
    person = {"type": "object", "properties": {field: {"type": "string"}, "boss": boss}}
    schema = {
        "type": "object",
        "properties": {
            "by": {"$ref": "#/$defs/person"},
            "all": {"type": "array", "items": {"$ref": "#/$defs/person"}},
            "at": {"type": "string", "format": "date-time"},
        },
        "$defs": {"person": person},
    }
    return Kind(name, FilePatterns((f"{name}/*.yaml",)), Schema(schema), "path.stem", "")


PROPOSAL, REVIEW = _kind("Proposal", "name"), _kind("Review", "login")
KINDS = {"Proposal": PROPOSAL, "Review": REVIEW}
LOOKUPS = (Lookup("review", "Review", "''"), Lookup("other", "Proposal", "''"))
CHECKER = ExpressionChecker(types_of(PROPOSAL, LOOKUPS, KINDS), {})


@pytest.mark.parametrize(
    "expression",
    [
        "object.by.name == lookups.review.object.by.login",
        "lookups.review.object.all.all(p, p.login != '')",
        "lookups.review.object.by.boss.boss.login == ''",
        "lookups.other.oldObject.by.name == ''",
        "timestamp(lookups.review.object.at) < now",
        "has(lookups.review.object) && lookups.review.exists && lookups.review.changed",
        "lookups.review.path == path.text",
    ],
)
def test_what_a_kind_has_can_be_read_of_its_lookup(expression: str) -> None:
    checked = CHECKER.check(expression)
    assert (checked.problems, checked.type.name()) == ((), "BOOL")


@pytest.mark.parametrize(
    ("expression", "field"),
    [
        ("lookups.review.object.by.name == ''", "name"),
        ("object.by.login == ''", "login"),
        ("lookups.other.object.by.login == ''", "login"),
        ("lookups.review.object.by.boss.name == ''", "name"),
        ("lookups.nothing.exists", "nothing"),
        ("lookups.review.exist", "exist"),
    ],
)
def test_what_a_kind_has_not_is_a_mistake(expression: str, field: str) -> None:
    assert CHECKER.check(expression).problems[0].message.en == f"there is no field `{field}` here"


def test_without_lookups_there_are_none_to_read() -> None:
    checker = ExpressionChecker(types_of(PROPOSAL, (), KINDS), {})
    assert checker.check("lookups.review.exists").problems != ()
