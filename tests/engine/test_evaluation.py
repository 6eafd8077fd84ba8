"""One policy on one request: the rules of `engine.evaluation`, by the ways they could leak."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.engine.context import Context
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.request import verdict_of
from launchpolicy.facts.change import change_between
from launchpolicy.policy.policy import Policy, policy_of
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Action, Outcome, PolicyResult, Verdict
from launchpolicy.vocabulary.place import format_route

REQUEST: dict[str, Any] = {
    "metadata": {"name": "LR-1"},
    "spec": {"owner": "zhao.min", "users": 3, "steps": [{"by": "a"}, {"by": "b", "takes": "5m"}]},
    "status": {"stage": "requested"},
}
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def policy(
    *validations: dict[str, Any], binding: dict[str, Any] | None = None, **spec: Any
) -> Policy:
    data = {
        "metadata": {"name": "some-policy", "title": {"en": "Some", "zh": "某项"}},
        "spec": {
            "match": {"kinds": ["LaunchRequest"], **spec.pop("match", {})},
            "validations": [
                {"message": {"en": "wrong", "zh": "有误"}, **validation}
                for validation in validations
            ],
            "fix": "mend it",
            **spec,
        },
    }
    return policy_of(data, "pack", {"action": "deny", **(binding or {})})


def document(data: Any) -> Document:
    found = read("launches/LR-1/request.yaml", json.dumps(data, indent=1).encode())
    assert isinstance(found, Document)
    return found


def result(tested: Policy, new: Any = REQUEST, old: Any = None) -> PolicyResult:
    change = change_between(old, new)
    shown = document(new) if new is not None else None
    before = document(old) if old is not None else None
    path = "launches/LR-1/request.yaml"
    context = Context("LaunchRequest", path, shown, before, change, (tested,), NOW)
    return Evaluation(context).result(tested)


def test_true_passes_and_false_fails() -> None:
    assert result(policy({"expression": "object.spec.users == 3"})).outcome is Outcome.PASSED
    failed = result(policy({"expression": "object.spec.users == 4", "at": "spec.users"}))
    assert failed.outcome is Outcome.FAILED
    (finding,) = failed.findings
    assert finding.rule == "some-policy"
    assert format_route(finding.place.route) == "spec.users"
    assert (finding.message.en, finding.message.zh) == ("wrong", "有误")


def test_every_failed_validation_is_a_finding() -> None:
    both = policy(
        {"expression": "object.spec.users == 4"}, {"expression": "object.spec.owner == ''"}
    )
    assert len(result(both).findings) == 2


@pytest.mark.parametrize(
    "expression",
    ["object.spec.rollback.owner != ''", "object.spec.users", "'true'", "object.spec.owner > 3"],
)
def test_expression_without_an_answer_is_an_error_never_a_pass(expression: str) -> None:
    found = result(policy({"expression": expression}))
    assert found.outcome is Outcome.ERROR
    assert found.findings
    assert verdict_of((found,)) is Verdict.UNDECIDED


def test_error_in_one_validation_is_not_hidden_by_a_passing_one() -> None:
    tested = policy({"expression": "true"}, {"expression": "object.nothing.deep == 1"})
    assert result(tested).outcome is Outcome.ERROR


def test_error_in_a_warning_policy_is_still_undecided() -> None:
    tested = policy({"expression": "object.nothing == 1"}, binding={"action": "audit"})
    assert verdict_of((result(tested),)) is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("match", "reason"),
    [
        ({"kinds": ["Deliverable"]}, "kind"),
        ({"stages": ["launched"]}, "stage"),
        ({"operations": ["delete"]}, "operation"),
    ],
)
def test_not_applicable_says_why(match: dict[str, Any], reason: str) -> None:
    found = result(policy({"expression": "false"}, match=match))
    assert found.outcome is Outcome.NOT_APPLICABLE
    assert found.reason is not None
    assert reason in found.reason.en


def test_unmet_condition_is_named_and_a_broken_one_is_an_error() -> None:
    unmet = policy(
        {"expression": "false"},
        matchConditions=[{"name": "is-major", "expression": "object.spec.users > 100"}],
    )
    found = result(unmet)
    assert found.outcome is Outcome.NOT_APPLICABLE
    assert found.reason is not None
    assert "is-major" in found.reason.en
    broken = policy(
        {"expression": "true"},
        matchConditions=[{"name": "c", "expression": "object.spec.risk == 'major'"}],
    )
    assert result(broken).outcome is Outcome.ERROR


def test_nothing_applicable_is_undecided_not_a_pass() -> None:
    skipped = result(policy({"expression": "true"}, match={"stages": ["closed"]}))
    assert verdict_of((skipped,)) is Verdict.UNDECIDED
    assert verdict_of(()) is Verdict.UNDECIDED


def test_for_each_points_at_the_element_that_fails() -> None:
    tested = policy(
        {
            "forEach": "spec.steps",
            "expression": "has(each.takes)",
            "at": "each.takes",
            "messageExpression": {"en": "'step of ' + each.by + ' at ' + string(index)"},
        }
    )
    (finding,) = result(tested).findings
    assert format_route(finding.place.full_route) == "spec.steps[0].takes"
    assert finding.message.en == "step of a at 0"
    assert finding.message.zh == "有误"


def test_for_each_sees_object_params_and_variables() -> None:
    tested = policy(
        {
            "forEach": "spec.steps",
            "expression": "each.by in variables.known && each.by != params.no",
        },
        params={"no": "z"},
        variables=[{"name": "known", "expression": "object.spec.steps.map(s, s.by)"}],
    )
    assert result(tested).outcome is Outcome.PASSED


def test_for_each_over_a_missing_list_demands_nothing() -> None:
    tested = policy({"forEach": "spec.backup", "expression": "false"})
    assert result(tested).outcome is Outcome.PASSED


def test_for_each_error_in_one_element_is_an_error_although_others_hold() -> None:
    tested = policy({"forEach": "spec.steps", "expression": "each.takes == '5m'"})
    assert result(tested).outcome is Outcome.ERROR


def test_for_each_enters_lists_on_the_way() -> None:
    data = {"spec": {"releases": [{"projects": [{"h": 1}]}, {"projects": [{"h": 1}, {"h": 2}]}]}}
    tested = policy({"forEach": "spec.releases.projects", "expression": "each.h == 1"})
    (finding,) = result(tested, data).findings
    assert format_route(finding.place.route) == "spec.releases[1].projects[1]"


def test_a_long_list_beyond_the_budget_of_one_evaluation_is_still_judged_element_by_element() -> (
    None
):
    data = {"items": [{"v": list(range(40))} for _ in range(600)]}
    tested = policy({"forEach": "items", "expression": "each.v.all(x, x >= 0)"})
    assert result(tested, data).outcome is Outcome.PASSED
    data["items"][599]["v"].append(-1)
    (finding,) = result(tested, data).findings
    assert format_route(finding.place.route) == "items[599]"


def test_change_edits_point_at_the_changed_value_and_quote_the_old_one() -> None:
    tested = policy(
        {
            "forEach": "change.edits",
            "expression": "!each.path.startsWith('spec.')",
            "atExpression": "each.path",
            "messageExpression": {"en": "'was ' + each.old", "zh": "'原为 ' + each.old"},
        }
    )
    new = {**REQUEST, "spec": {**REQUEST["spec"], "users": 5}, "status": {"stage": "launched"}}
    (finding,) = result(tested, new, REQUEST).findings
    assert format_route(finding.place.route) == "spec.users"
    assert (finding.message.en, finding.message.zh) == ("was 3", "原为 3")


def test_message_expression_without_an_answer_falls_back_to_the_text() -> None:
    tested = policy({"expression": "false", "messageExpression": {"en": "object.nothing"}})
    assert result(tested).findings[0].message.en == "wrong"


def test_a_message_that_nobody_can_read_to_its_end_falls_back_to_the_text() -> None:
    longer = "'x'.replace('x', 'xxxxxxxxxx')" + ".replace('x', 'xxxxxxxxxx')" * 4
    tested = policy({"expression": "false", "messageExpression": {"en": longer}})
    assert result(tested).findings[0].message.en == "wrong"


def test_place_expression_without_an_answer_does_not_lose_the_finding() -> None:
    tested = policy({"expression": "false", "atExpression": "object.nothing"})
    assert len(result(tested).findings) == 1


def test_variables_see_earlier_ones_and_a_failing_one_only_hurts_who_needs_it() -> None:
    variables = [
        {"name": "one", "expression": "object.spec.users"},
        {"name": "two", "expression": "variables.one + 1"},
        {"name": "broken", "expression": "object.nothing"},
    ]
    assert (
        result(policy({"expression": "variables.two == 4"}, variables=variables)).outcome
        is Outcome.PASSED
    )
    assert (
        result(policy({"expression": "variables.broken == 4"}, variables=variables)).outcome
        is Outcome.ERROR
    )


def test_binding_parameters_replace_the_defaults() -> None:
    tested = policy(
        {"expression": "object.spec.users < params.most"},
        params={"most": 1},
        binding={"params": {"most": 10}},
    )
    assert result(tested).outcome is Outcome.PASSED


def test_before_effective_from_a_failure_warns_and_does_not_block() -> None:
    early = policy({"expression": "false"}, binding={"effectiveFrom": "2027-01-01T00:00:00+08:00"})
    late = policy({"expression": "false"}, binding={"effectiveFrom": "2026-01-01T00:00:00+08:00"})
    assert result(early).action is Action.WARN
    assert verdict_of((result(early),)) is Verdict.PASS
    assert verdict_of((result(late),)) is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("action", "verdict"), [("warn", "pass"), ("audit", "pass"), ("deny", "blocked")]
)
def test_only_deny_blocks(action: str, verdict: str) -> None:
    found = result(policy({"expression": "false"}, binding={"action": action}))
    assert found.outcome is Outcome.FAILED
    assert verdict_of((found,)) == verdict


def test_deletion_is_judged_only_by_policies_that_ask_for_it() -> None:
    kept = policy({"expression": "object != null"}, match={"operations": ["delete"]})
    assert result(kept, None, REQUEST).outcome is Outcome.FAILED
    other = policy({"expression": "object.spec.users == 3"})
    assert result(other, None, REQUEST).outcome is Outcome.NOT_APPLICABLE


def test_object_name_uses_the_expression_and_falls_back_to_the_path() -> None:
    path = "launches/LR-1/request.yaml"
    found = document(REQUEST)

    def name(expression: str) -> str:
        return name_of(
            Kind(
                "LaunchRequest",
                FilePatterns(("launches/*/request.yaml",)),
                Schema({}),
                expression,
                "",
            ),
            found,
        )

    assert name("object.metadata.name") == "LR-1"
    assert name("path.segments[1] + '/' + path.stem") == "LR-1/request"
    assert name("object.nothing") == path
