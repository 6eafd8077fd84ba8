"""All real deliverable files in one run: they pass, and only named exceptions make them pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.submission import Submission
from launchpolicy.operations.submissions.parallel import judge_all
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Judgement, Operation, Outcome, PolicyResult, Verdict

pytestmark = pytest.mark.shared

FILES = 6026
WITHOUT_KNOWN_TEAM = 243

NOVA = "deliverables/gazpacho/nova.yaml"


@pytest.fixture(scope="module")
def judgements(submissions: list[Submission], rules: PackSet, moment: datetime) -> list[Judgement]:
    return judge_all(submissions, rules, moment)


def test_every_real_file_passes(judgements: list[Judgement]) -> None:
    blocked = {
        judgement.path: [r.policy for r in judgement.results if r.blocks]
        for judgement in judgements
        if judgement.verdict is not Verdict.PASS
    }
    assert blocked == {}
    assert len(judgements) == FILES


def test_no_policy_fails_to_answer(judgements: list[Judgement]) -> None:
    assert [r for j in judgements for r in j.results if r.outcome is Outcome.ERROR] == []


def test_only_unknown_teams_are_warned_about(judgements: list[Judgement]) -> None:
    failed = Counter(r.policy for j in judgements for r in j.results if r.outcome is Outcome.FAILED)
    assert failed == {"team-governed": WITHOUT_KNOWN_TEAM}


def test_every_policy_about_single_files_is_seen_to_hold(
    judgements: list[Judgement], rules: PackSet
) -> None:
    held = {r.policy for j in judgements for r in j.results if r.outcome is Outcome.PASSED}
    policies = rules.packs["openstack"].policies
    assert held == {p.id for p in policies if Operation.CREATE in p.match.operations}


def test_names_are_taken_from_the_paths(judgements: list[Judgement]) -> None:
    names = {judgement.path: judgement.name for judgement in judgements}
    assert names[NOVA] == "gazpacho/nova"
    assert len(set(names.values())) == FILES


def test_closed_series_are_judged_by_shape_alone(
    judgements: list[Judgement], reference: dict[str, Any]
) -> None:
    closed = set(reference["closed_series_rules_skipped"])
    applied = {
        result.policy
        for judgement in judgements
        if judgement.path.split("/")[1] in closed
        for result in judgement.results
        if result.outcome is not Outcome.NOT_APPLICABLE
    }
    assert applied == {"series-known"}


def test_facts_are_the_same_in_every_binding(rules: PackSet, reference: dict[str, Any]) -> None:
    series = reference["series"]
    open_to_releases = ("development", "maintained")
    facts = {
        "closedSeries": reference["closed_series_rules_skipped"],
        "seriesIds": [f"{one['name']} {one['release_id']}" for one in series],
        "currentSeries": reference["current_series"],
        "maintainedSeries": [one["name"] for one in series if one["status"] in open_to_releases],
        "teams": sorted(reference["teams"], key=str.lower),
    }
    for policy in rules.packs["openstack"].policies:
        bound = {name: value for name, value in policy.params.items() if name != "exceptions"}
        assert bound == {name: facts[name] for name in bound}, policy.id


def test_named_exceptions_are_exactly_the_real_ones(
    deliverables: Mapping[str, bytes],
    submissions: list[Submission],
    rules: PackSet,
    moment: datetime,
) -> None:
    """An exception that nothing needs any more, or one too many, would hide a new mistake."""
    named = {policy.id: set(policy.params["exceptions"]) for policy in excepting(rules)}
    found: dict[str, set[str]] = defaultdict(set)
    for judgement in judge_all(submissions, without_exceptions(rules), moment):
        for result in judgement.results:
            if result.outcome is Outcome.FAILED:
                found[result.policy] |= breaches(judgement, result, deliverables, named)
    assert found == named


def excepting(rules: PackSet) -> list[Policy]:
    return [p for p in rules.packs["openstack"].policies if "exceptions" in p.params]


def without_exceptions(rules: PackSet) -> PackSet:
    pack = rules.packs["openstack"]
    always_on = [policy for policy in pack.policies if policy.id == "series-known"]
    bare = [p._replace(params={**p.params, "exceptions": []}) for p in excepting(rules)]
    return rules._replace(packs={"openstack": pack._replace(policies=(*always_on, *bare))})


def breaches(
    judgement: Judgement,
    result: PolicyResult,
    deliverables: Mapping[str, bytes],
    named: Mapping[str, set[str]],
) -> set[str]:
    """What a failed policy complains about, as its exceptions would name it."""
    if not any(" " in exception for exception in named[result.policy]):
        return {judgement.name}
    releases = plain(judgement.path, deliverables[judgement.path])["releases"]
    routes = [finding.place.route for finding in result.findings]
    return {f"{judgement.name} {releases[route[1]]['version']}" for route in routes}


def plain(path: str, source: bytes) -> Any:
    document = read(path, source)
    assert isinstance(document, Document)
    return document.data
