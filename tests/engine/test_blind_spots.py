"""What rules do not look at: found without a false word about what they do look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.engine.analysis.blind_spots import BlindSpots, find_blind_spots
from launchpolicy.ledger.policy_history import PolicyHistory
from launchpolicy.policy.policy import Pack, Policy, policy_of
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.text import Text

DATE = {"type": "string", "format": "date-time"}
SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "name": {"type": "string"},
            "risk": {"type": "string"},
            "at": DATE,
            "owner": {"type": "string", "x-person": {}},
            "plan": {
                "type": "object",
                "properties": {"who": {"type": "string"}, "when": DATE, "why": {"type": "string"}},
            },
            "steps": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"by": {"type": "string"}, "how": {"type": "string"}},
                },
            },
            "report": {
                "x-evidence": True,
                "type": "object",
                "properties": {"path": {"type": "string"}, "kind": {"type": "string"}},
            },
        },
    }
)
KIND = Kind("Note", FilePatterns(("notes/*.yaml",)), SCHEMA, "object.name", "")
ALL = ["risk", "at", "owner", "plan", "steps", "report"]


def _policy(name: str = "rule", action: str = "deny", **spec: Any) -> Policy:
    validations = [{"message": "No.", **validation} for validation in spec.pop("validations", ())]
    data = {
        "metadata": {"name": name, "title": name},
        "spec": {
            "match": {"kinds": ["Note"]},
            "fix": "Mend it.",
            "validations": validations,
            **spec,
        },
    }
    return policy_of(data, "own", {"action": action})


def _spots(
    *policies: Policy,
    history: PolicyHistory | None = None,
    shared: Mapping[str, Any] | None = None,
    kinds: tuple[Kind, ...] = (KIND,),
) -> BlindSpots:
    source = {"pack": {"spec": {"params": shared or {}}}}
    pack = Pack("own", Text("Own", "Own"), 1, policies, source, "")
    return find_blind_spots(kinds, [pack], ["junit", "sarif"], frozenset({"why"}), history)


def _unread(*expressions: str, **spec: Any) -> list[str]:
    validations = [{"expression": expression} for expression in expressions]
    (kind,) = _spots(_policy(validations=validations, **spec)).kinds
    return [field.route for field in kind.unread]


def _without(*routes: str) -> list[str]:
    return [route for route in ALL if route not in routes]


def test_without_a_policy_every_field_is_unread_but_what_names_the_document() -> None:
    (kind,) = _spots().kinds
    assert [field.route for field in kind.unread] == ALL
    assert [field.leaf_count for field in kind.unread] == [1, 1, 1, 3, 2, 2]


def test_of_a_part_that_is_read_only_the_rest_is_listed() -> None:
    assert _unread("object.plan.who != ''", "object.steps.all(s, s.by != '')") == [
        *("risk", "at", "owner", "plan.when", "plan.why", "steps[].how", "report")
    ]


@pytest.mark.parametrize(
    "expression",
    [
        "object.name != '' // object.risk",
        "object.name != 'object.risk'",
        "[object.name].exists(object, object != 'risk')",
    ],
)
def test_a_field_that_a_comment_or_a_text_mentions_is_not_read(expression: str) -> None:
    assert _unread(expression) == ALL


def test_has_reads_a_section_and_none_of_its_fields() -> None:
    assert _unread("has(object.plan)") == [
        *("risk", "at", "owner", "plan.who", "plan.when", "plan.why", "steps", "report")
    ]


def test_a_section_that_is_compared_is_read_with_all_that_it_holds() -> None:
    assert _unread("object.plan == oldObject.plan") == _without("plan")


@pytest.mark.parametrize(
    "validation",
    [
        {"messageExpression": {"en": "object.risk"}},
        {"atExpression": "object.risk"},
        {"at": "risk"},
        {"template": {"risk": "${object.risk}"}},
    ],
)
def test_what_only_words_a_finding_decides_nothing(validation: Mapping[str, Any]) -> None:
    (kind,) = _spots(_policy(validations=[{"expression": "true", **validation}])).kinds
    assert [field.route for field in kind.unread] == ALL


def test_a_policy_for_another_kind_reads_nothing_of_this_one() -> None:
    assert _unread("object.risk != ''", match={"kinds": ["Other"]}) == ALL


@pytest.mark.parametrize(
    ("spec", "read"),
    [
        ({"matchConditions": [{"name": "x", "expression": "object.risk != ''"}]}, "risk"),
        ({"order": [{"earlier": "at", "later": "now"}]}, "at"),
        ({"quorum": {"role": "lead", "when": "object.risk == 'major'"}}, "risk"),
        ({"quorum": {"people": "[object.owner]"}}, "owner"),
        ({"match": {"kinds": ["Note"]}, "quorum": {"role": "x", "at": "risk"}}, ""),
    ],
)
def test_conditions_dates_and_approvals_read_too(spec: dict[str, Any], read: str) -> None:
    assert _unread(**spec) == _without(read)


def test_a_list_that_is_gone_through_is_read_by_the_fields_of_each() -> None:
    validation = {"forEach": "steps", "expression": "each.by != ''"}
    (kind,) = _spots(_policy(validations=[validation])).kinds
    assert [field.route for field in kind.unread] == [
        *("risk", "at", "owner", "plan", "steps[].how", "report")
    ]


def test_facts_that_a_policy_names_read_what_they_are_found_out_from() -> None:
    assert _unread("people.named.all(p, p.known)") == _without("owner")
    assert _unread("evidence.references.all(r, r.read)") == _without("report")


def test_what_cannot_be_looked_at_counts_as_reading_everything() -> None:
    assert _unread("(" * 150 + "true" + ")" * 150) == []


def test_kinds_of_evidence_are_asked_for_by_expression_or_parameter() -> None:
    asked = _policy(validations=[{"expression": "object.report.kind == 'junit'"}])
    assert _spots(asked).unasked_evidence == ("sarif",)
    allowed = _policy(
        params={"kinds": ["sarif"]},
        validations=[{"expression": "object.report.kind in params.kinds // 'junit'"}],
    )
    assert _spots(allowed).unasked_evidence == ("junit",)


def test_parameters_and_variables_that_nothing_uses_are_named() -> None:
    policy = _policy(
        params={"used": "a", "limit": "1h", "role": "lead", "dead": "b"},
        variables=[
            {"name": "used", "expression": "object.risk"},
            {"name": "dead", "expression": "object.risk == params.dead"},
        ],
        validations=[
            {
                "expression": "variables.used != params.used // variables.dead",
                "template": {"by": "TODO: ${params.role}"},
            }
        ],
        order=[{"earlier": "at", "later": "now", "within": "params.limit"}],
    )
    unread = [(one.name, one.kind) for one in _spots(policy).unread_names]
    assert unread == [("dead", "parameter"), ("dead", "variable")]


def test_names_that_only_a_message_uses_are_used() -> None:
    validation = {
        "expression": "true",
        "messageExpression": {"en": "params.said + variables.told"},
    }
    policy = _policy(
        params={"said": "a"},
        variables=[{"name": "told", "expression": "object.risk"}],
        validations=[validation],
    )
    assert _spots(policy).unread_names == ()


def test_the_ledger_tells_what_never_stood_in_the_way_and_what_was_always_waived() -> None:
    policies = [_policy(name) for name in ("never", "held", "waived", "both")]
    history = PolicyHistory(7, {"held": 2, "both": 1}, {"waived": 3, "both": 2})
    spots = _spots(*policies, _policy("warns", "warn"), history=history)
    assert (spots.never_in_the_way, spots.always_waived) == (("never",), ("waived",))


@pytest.mark.parametrize("history", [None, PolicyHistory(0, {}, {})])
def test_without_a_landing_nothing_is_said_of_what_policies_did(
    history: PolicyHistory | None,
) -> None:
    spots = _spots(_policy(), history=history)
    assert (spots.never_in_the_way, spots.always_waived) == ((), ())


def test_a_parameter_of_a_pack_is_unused_only_where_none_of_its_policies_uses_it() -> None:
    shared = {"used": "a", "dead": "b"}
    one = _policy(
        "one", params=shared, validations=[{"expression": "object.risk == params.used // dead"}]
    )
    other = _policy("other", params=shared, validations=[{"expression": "true"}])
    unread = _spots(one, other, shared=shared).unread_names
    assert [tuple(name) for name in unread] == [("own", "dead", "parameter")]


def test_a_document_that_is_looked_up_is_read_by_the_policies_of_others() -> None:
    review = KIND._replace(name="Review", id="path.stem")
    policy = _policy(
        lookups=[
            {"name": "review", "kind": "Review", "path": "object.plan.who"},
            {"name": "dead", "kind": "Review", "path": "object.name"},
        ],
        validations=[
            {"expression": "lookups.review.exists && lookups.review.object.risk == 'low'"}
        ],
    )
    note, looked_up = _spots(policy, kinds=(KIND, review)).kinds
    assert [field.route for field in note.unread][:4] == ["risk", "at", "owner", "plan.when"]
    assert [field.route for field in looked_up.unread][:3] == ["name", "at", "owner"]
    unread = _spots(policy).unread_names
    assert [tuple(name) for name in unread] == [("rule", "dead", "lookup")]


def test_a_data_document_that_no_policy_names_is_listed() -> None:
    kind = KIND._replace(data=KIND.data._replace(values={"aliases": {}, "unused": []}))
    policy = _policy(validations=[{"expression": "object.name in data.aliases // data.unused"}])
    unread = _spots(policy, kinds=(kind,)).unread_names
    assert [tuple(name) for name in unread] == [("", "unused", "data")]
