"""A skeleton is what the policies ask for; it answers nothing that a person must judge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.engine.analysis.template_cases import useless_templates
from launchpolicy.engine.context import Context
from launchpolicy.engine.drafts.growth import GrowthRules
from launchpolicy.engine.drafts.skeleton import Skeleton, skeleton
from launchpolicy.facts.change import change_between
from launchpolicy.facts.people import people_fact
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.directory import Directory, Person
from launchpolicy.requests.kinds import launch_request
from launchpolicy.vocabulary.finding import Outcome
from launchpolicy.vocabulary.text import Text
from tests.engine.test_evaluation import document, policy, result

START: dict[str, Any] = {
    "apiVersion": "launchpolicy/v1",
    "kind": "LaunchRequest",
    "metadata": {"name": "LR-1", "title": "Checkout"},
    "spec": {"process": "small"},
    "status": {"stage": "requested"},
}
NOW = datetime(2026, 11, 23, tzinfo=UTC)
EXECUTOR = {
    "expression": "object.spec.?people.?executor.hasValue()",
    "at": "spec.people.executor",
    "template": "TODO: operations-lead",
}
NOT_THE_REQUESTER = {
    "expression": "object.spec.?people.?executor.orValue('') != object.spec.people.requester",
    "at": "spec.people.executor",
}


def directory(*leads: str) -> Directory:
    people = tuple(Person(name, Text(name, name), "operations") for name in leads)
    return Directory(people, {"operations-lead": leads}, {})


def grown(*policies: Policy, leads: tuple[str, ...] = ("zhao.min",), **spec: Any) -> Skeleton:
    schema, digest = shipped_files.schema("LaunchRequest")
    kind = launch_request(schema, digest, "launches")
    people = people_fact(directory(*leads))
    path = "launches/LR-1/request.yaml"
    start = {**START, "spec": {**START["spec"], **spec}}
    return skeleton(start, GrowthRules(kind, policies, path, people, NOW))


def test_nothing_is_asked_that_no_policy_asks() -> None:
    found = grown(policy({"expression": "true"}))

    assert found.data == START
    assert found.open_routes == ()


def test_what_is_missing_has_the_shape_that_the_schema_wants() -> None:
    wanted = [
        policy({"expression": "has(object.spec.window)", "at": "spec.window"}),
        policy({"expression": "has(object.spec.steps)", "at": "spec.steps"}),
        policy({"expression": "has(object.spec.acceptance)", "at": "spec.acceptance.document"}),
    ]

    spec = grown(*wanted).data["spec"]

    assert spec["window"] == {"start": "TODO", "end": "TODO"}
    assert spec["steps"] == [{"name": "TODO"}]
    assert spec["acceptance"] == {"document": "TODO"}, "evidence is never invented"


def test_a_person_who_alone_holds_the_role_is_named() -> None:
    assert grown(policy(EXECUTOR)).data["spec"]["people"] == {"executor": "zhao.min"}


def test_of_two_who_hold_the_role_a_person_chooses() -> None:
    found = grown(policy(EXECUTOR), leads=("zhao.min", "he.lin"))

    assert found.data["spec"]["people"] == {"executor": "TODO"}
    assert found.candidates == {("spec", "people", "executor"): ("zhao.min", "he.lin")}


def test_a_role_that_nobody_holds_is_a_plain_question() -> None:
    found = grown(policy(EXECUTOR), leads=())

    assert found.data["spec"]["people"] == {"executor": "TODO"}
    assert found.candidates == {}


def test_a_person_whom_a_policy_refuses_there_is_not_named() -> None:
    both = (policy(EXECUTOR, NOT_THE_REQUESTER),)

    found = grown(*both, people={"requester": "zhao.min"})

    assert found.data["spec"]["people"] == {"requester": "zhao.min", "executor": "TODO"}


def test_a_result_is_never_answered_beforehand() -> None:
    accepted = policy(
        {
            "expression": "object.spec.?acceptance.?checks.orValue([]).size() > 0",
            "at": "spec.acceptance.checks",
        },
        {
            "forEach": "spec.acceptance.checks",
            "expression": "each.result == 'accepted'",
            "at": "each.result",
        },
    )

    (check,) = grown(accepted).data["spec"]["acceptance"]["checks"]

    assert check == {"name": "TODO", "result": "TODO"}


def test_what_a_later_stage_asks_of_the_plan_is_asked_now() -> None:
    later = policy(
        {"expression": "has(object.spec.channels)", "at": "spec.channels"},
        {"expression": "has(object.status.summary)", "at": "status.summary"},
        match={"stages": ["closed"]},
    )

    found = grown(later)

    assert found.data["spec"]["channels"] == [{"name": "TODO"}]
    assert found.data["status"] == {"stage": "requested"}


SOME = {
    "expression": "size(object.spec.?impact.?departments.orValue([])) > 0",
    "at": "spec.impact.departments",
    "template": ["TODO"],
}
CERTAIN = {
    "expression": "'warehouse' in object.spec.?impact.?departments.orValue([])",
    "at": "spec.impact.departments",
    "template": ["warehouse"],
}
TWO = {
    "expression": "size(object.spec.?impact.?departments.orValue([])) > 1",
    "at": "spec.impact.departments",
}


@pytest.mark.parametrize(
    ("validations", "departments"),
    [
        ((SOME,), ["TODO"]),
        ((SOME, CERTAIN), ["warehouse"]),
        ((SOME, CERTAIN, TWO), ["TODO", "warehouse"]),
    ],
)
def test_a_question_beside_answers_stays_only_where_a_policy_asks_for_more(
    validations: tuple[dict[str, Any], ...], departments: list[str]
) -> None:
    assert grown(policy(*validations)).data["spec"]["impact"]["departments"] == departments


def test_policies_that_ask_for_each_other_come_to_an_end() -> None:
    never = policy(
        {"expression": "false", "at": "spec.summary", "template": "TODO"},
        {"expression": "false", "at": "spec.watch", "template": [{"name": "TODO"}]},
    )

    assert grown(never).data["spec"]["watch"] == [{"name": "TODO"}]


def test_a_policy_without_an_answer_asks_for_nothing() -> None:
    assert grown(policy({"expression": "object.spec.risk == 'major'", "at": "spec.risk"})).data == (
        START
    )


@pytest.mark.parametrize("template", ["TODO", "zhao.min", None])
@pytest.mark.parametrize(
    "executor", [{}, {"executor": "TODO"}, {"executor": "zhao.min"}, {"executor": "li.wei"}]
)
def test_a_template_changes_no_judgement(template: str | None, executor: dict[str, str]) -> None:
    """The attack: a template that writes the answer, hoping that what it writes will do."""
    validation = {
        "expression": "object.spec.?people.?executor.orValue('') == 'zhao.min'",
        "at": "spec.people.executor",
    }
    plain = policy(validation)
    (known,) = plain.validations
    hinted = plain._replace(validations=(known._replace(template=template, template_at=known.at),))
    request = {**START, "spec": {**START["spec"], "people": executor}}

    with_template, without_template = result(hinted, request), result(plain, request)

    assert with_template == without_template
    assert (with_template.outcome is Outcome.PASSED) == (executor.get("executor") == "zhao.min")


@pytest.mark.parametrize(
    ("template", "useless"),
    [
        ({"template": [{"name": "backup"}]}, []),
        ({"template": [{"name": "monitoring"}]}, [0]),
        ({"template": [{"name": "TODO"}]}, [0]),
    ],
)
def test_policy_test_knows_a_template_that_does_nothing_for_its_validation(
    template: dict[str, Any], useless: list[int]
) -> None:
    schema, digest = shipped_files.schema("LaunchRequest")
    kind = launch_request(schema, digest, "launches")
    expression = "object.spec.?watch.orValue([]).exists(w, w.name == 'backup')"
    tested = policy({"expression": expression, "at": "spec.watch", **template})
    shown = document(START)
    change = change_between(None, START)
    case = Context("LaunchRequest", shown.path, shown, None, change, (tested,), NOW)

    assert list(useless_templates(tested, kind, [case])) == useless
