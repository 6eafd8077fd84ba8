"""Templates: what they put where, and that one which cannot be written does not load."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.templates import complete_template, references, render_template
from tests.policy.test_loading import PACK, POLICY, load, refused

NAMED = Schema({"type": "array", "x-unique-by": "name", "items": {"type": "object"}})
VALUES = {
    "object": {"spec": {"people": {"executor": "zhao.min"}, "backup": [{"name": "db"}]}},
    "each": {"name": "servers"},
    "params": {"role": "dba", "offices": ["a", "b"]},
}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("${object.spec.people.executor}", "zhao.min"),
        ("${object.spec.backup[0].name}", "db"),
        ("${object.spec.people.watcher}", "TODO"),
        ("${each.name}", "servers"),
        ("TODO: ${params.role}", "TODO: dba"),
        ("${params.offices}", ["a", "b"]),
        ([{"name": "${each.name}", "result": "TODO"}], [{"name": "servers", "result": "TODO"}]),
        ("${not a route", "${not a route"),
        (3, 3),
    ],
)
def test_references_take_the_value_that_stands_there(template: Any, expected: Any) -> None:
    assert render_template(template, VALUES) == expected


def test_every_reference_of_a_template_is_found() -> None:
    template = {"a": ["${each.x}", {"b": "TODO: ${params.role}"}], "c": 1}

    assert references(template) == ["each.x", "params.role"]


def test_what_a_person_wrote_is_never_overwritten() -> None:
    outline = outline_of(NAMED)
    current = [{"name": "backup", "how": "by hand"}]

    found = complete_template(current, [{"name": "backup", "how": "TODO", "by": "TODO"}], outline)

    assert found == [{"name": "backup", "how": "by hand", "by": "TODO"}]
    assert current == [{"name": "backup", "how": "by hand"}]


def test_an_item_that_is_not_there_is_added() -> None:
    found = complete_template([{"name": "backup"}], [{"name": "monitoring"}], outline_of(NAMED))

    assert found == [{"name": "backup"}, {"name": "monitoring"}]


def test_a_question_gives_way_to_what_the_template_knows() -> None:
    assert complete_template("TODO", "zhao.min", None) == "zhao.min"
    assert complete_template("li.wei", "zhao.min", None) == "li.wei"


AT = "      at: spec.window\n"


def with_template(*lines: str) -> dict[str, str]:
    added = "".join(f"      {line}\n" for line in lines)
    assert AT in POLICY
    return {"pack.yaml": PACK, "window-fixed.yaml": POLICY.replace(AT, AT + added, 1)}


@pytest.mark.parametrize(
    "lines",
    [
        ["template: {start: TODO, end: TODO}"],
        ["template: TODO"],
        ["templateAt: spec.people.executor", 'template: "TODO: operations-lead"'],
        ["templateAt: spec.risk", "template: standard"],
        [
            "templateAt: status.checksBefore",
            "templateForEach: spec.checks.before",
            'template: [{name: "${each.name}"}]',
        ],
    ],
)
def test_a_template_that_can_be_written_loads(lines: list[str]) -> None:
    (policy,) = load(with_template(*lines)).policies

    assert policy.validations[0].template is not None
    assert policy.validations[1].template is None


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["template: {begin: TODO}"], "`spec.window.begin`"),
        (["template: [TODO]"], "must be an object"),
        (["templateAt: spec.risk", "template: huge"], "standard, major, emergency"),
        (["templateAt: spec.steps", "template: {name: a}"], "must be a list"),
        (["templateAt: spec.nothing", "template: TODO"], "`spec.nothing`"),
        (["templateAt: spec.window"], "there is no template"),
        (['template: {start: "${each.at}"}'], "each"),
        (['template: {start: "${object.spec.windw}"}'], "windw"),
        (['template: {start: "${params.shortest}"}'], "shortest"),
        (["templateForEach: spec.people", "template: TODO"], "not a list"),
    ],
)
def test_a_template_that_could_never_be_written_does_not_load(lines: list[str], words: str) -> None:
    findings = refused(with_template(*lines))

    assert any(words in finding.message.en for finding in findings), findings
