"""All real deliverable files in one run, and one deliberate alteration for every policy."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.amending import amended
from launchpolicy.engine.judging import Submission, judge
from launchpolicy.hosts.running import run
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Judgement, Outcome, PolicyResult, Verdict
from launchpolicy.vocabulary.place import format_route

FILES = 6026
WITHOUT_KNOWN_TEAM = 243

NOVA = "deliverables/gazpacho/nova.yaml"
OSLO = "deliverables/gazpacho/oslo.log.yaml"
CURRENT = "deliverables/hibiscus/oslo.cache.yaml"
ENDED = "deliverables/victoria/nova.yaml"
PLUGIN = "deliverables/gazpacho/barbican-tempest-plugin.yaml"
INDEPENDENT = "deliverables/_independent/pbr.yaml"
ABANDONED = "deliverables/_independent/dragonflow.yaml"
UNTAGGED = "deliverables/gazpacho/devstack.yaml"
UNMAINTAINED = "deliverables/bobcat/nova.yaml"

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def release(version: str, repository: str, commit: str = COMMIT) -> dict[str, Any]:
    return {"version": version, "projects": [{"repo": repository, "hash": commit}]}


@dataclass(frozen=True)
class Alteration:
    """A real file, what is set or removed in it, and the policy that must notice.

    With `updates`, the real file is the version before the change.
    """

    policy: str
    path: str
    set: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    updates: bool = False
    deletes: bool = False
    moved_to: str = ""
    at: str = ""


ALTERATIONS = [
    Alteration("series-known", NOVA, moved_to="deliverables/gazpachos/nova.yaml"),
    Alteration("release-model-fits-series", NOVA, remove=("release-model",)),
    Alteration(
        "untagged-has-no-releases",
        UNTAGGED,
        set={"releases": [release("1.0.0", "openstack/devstack")]},
        at="releases[0].version",
    ),
    Alteration("bug-tracker-named", NOVA, remove=("launchpad",)),
    Alteration("repositories-declared", NOVA, remove=("repository-settings",)),
    Alteration(
        "repository-flags-listed",
        NOVA,
        set={'repository-settings["openstack/nova"].flags': "retired"},
        at="repository-settings",
    ),
    Alteration(
        "release-notes-of-own-repositories",
        NOVA,
        set={"release-notes": {"openstack/novae": "https://docs.example.org/novae"}},
        at="release-notes",
    ),
    Alteration("team-governed", NOVA, set={"team": "novae"}, at="team"),
    Alteration(
        "version-well-formed",
        NOVA,
        set={"releases[1].version": "v33.0.0"},
        at="releases[1].version",
    ),
    Alteration(
        "prerelease-allowed",
        OSLO,
        set={"releases[0].version": "8.2.0.0rc1"},
        at="releases[0].version",
    ),
    Alteration(
        "releases-of-declared-repositories",
        NOVA,
        set={"releases[1].projects[0].repo": "openstack/novae"},
        at="releases[1].projects",
    ),
    Alteration(
        "release-covers-repositories",
        CURRENT,
        set={'repository-settings["openstack/oslo.cache-extra"]': {}},
    ),
    Alteration(
        "versions-increase",
        NOVA,
        set={"releases[1].version": "32.9.9"},
        at="releases[1].version",
    ),
    Alteration(
        "prereleases-in-order",
        NOVA,
        set={"releases[0].version": "33.0.0.0b1"},
        at="releases[1].version",
    ),
    Alteration("candidate-before-final", NOVA, remove=("releases[0]",), at="releases[0].version"),
    Alteration(
        "final-is-the-candidate",
        NOVA,
        set={"releases[1].projects[0].hash": COMMIT},
        at="releases[1].projects",
    ),
    Alteration(
        "first-release-opens-minor",
        OSLO,
        set={"releases[0].version": "8.1.7"},
        at="releases[0].version",
    ),
    Alteration(
        "diff-start-is-earlier",
        NOVA,
        set={"releases[1].diff-start": "99.0.0"},
        at="releases[1].diff-start",
    ),
    Alteration(
        "series-tag-names-series",
        ENDED,
        set={"releases[0].version": "ussuri-em"},
        at="releases[0].version",
    ),
    Alteration("series-tag-needs-branch", ENDED, remove=("branches",)),
    Alteration(
        "last-tag-after-maintenance",
        PLUGIN,
        set={"releases[0].version": "2026.1-last"},
        at="releases[0].version",
    ),
    Alteration(
        "em-tag-on-last-release",
        ENDED,
        set={"releases[9].projects[0].hash": COMMIT},
        at="releases[9].projects",
    ),
    Alteration(
        "nothing-after-series-end",
        NOVA,
        set={"releases[0].version": "2026.1-eol"},
        at="releases[1].version",
    ),
    Alteration(
        "branch-name-form", NOVA, set={"branches[0].name": "Stable/2026.1"}, at="branches[0].name"
    ),
    Alteration(
        "branch-names-series",
        NOVA,
        set={"branches[0].name": "stable/2026.2"},
        at="branches[0].name",
    ),
    Alteration(
        "bugfix-branch-matches-version",
        NOVA,
        set={"branches[0].name": "bugfix/33.0"},
        at="branches[0].name",
    ),
    Alteration(
        "branch-starts-at-release",
        NOVA,
        set={"branches[0].location": "99.0.0"},
        at="branches[0].location",
    ),
    Alteration(
        "branch-location-form",
        NOVA,
        set={"branches[0].location": {"openstack/nova": COMMIT}},
        at="branches[0].location",
    ),
    Alteration("unbranched-has-no-branches", NOVA, set={"stable-branch-type": "none"}),
    Alteration(
        "released-stays-released",
        NOVA,
        set={"releases[0].projects[0].hash": COMMIT},
        updates=True,
        at="releases[0].projects",
    ),
    Alteration(
        "new-release-last",
        NOVA,
        set={"releases[0].version": "33.0.0.0b1"},
        updates=True,
        at="releases[0].version",
    ),
    Alteration(
        "new-release-while-maintained",
        UNMAINTAINED,
        set={"releases[0].version": "28.99.0"},
        updates=True,
        at="releases[0].version",
    ),
    Alteration(
        "abandoned-stays-abandoned",
        ABANDONED,
        set={"releases[0].version": "99.0.0"},
        updates=True,
        at="releases[0].version",
    ),
    Alteration(
        "stable-branch-at-latest-release",
        NOVA,
        set={"branches[0].name": "stable/2026.2"},
        updates=True,
        at="branches[0].location",
    ),
    Alteration("branches-stay", NOVA, remove=("branches",), updates=True),
    Alteration("released-deliverable-stays", NOVA, deletes=True, updates=True, at="releases"),
]


@pytest.fixture(scope="module")
def judgements(submissions: list[Submission], rules: PackSet, moment: datetime) -> list[Judgement]:
    return run(submissions, rules, moment)


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


def test_only_dissolved_teams_are_warned_about(judgements: list[Judgement]) -> None:
    failed = Counter(r.policy for j in judgements for r in j.results if r.outcome is Outcome.FAILED)
    assert failed == {"team-governed": WITHOUT_KNOWN_TEAM}


def test_every_policy_about_single_files_is_seen_to_hold(
    judgements: list[Judgement], rules: PackSet
) -> None:
    held = {r.policy for j in judgements for r in j.results if r.outcome is Outcome.PASSED}
    about_changes = {a.policy for a in ALTERATIONS if a.updates}
    assert held == set(rules.policy_texts) - about_changes


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


def test_named_exceptions_are_exactly_the_real_ones(
    deliverables: Mapping[str, bytes],
    submissions: list[Submission],
    rules: PackSet,
    moment: datetime,
) -> None:
    """An exception that nothing needs any more, or one too many, would hide a new mistake."""
    named = {policy.id: set(policy.params["exceptions"]) for policy in excepting(rules)}
    found: dict[str, set[str]] = defaultdict(set)
    for judgement in run(submissions, without_exceptions(rules), moment):
        for result in judgement.results:
            if result.outcome is Outcome.FAILED:
                found[result.policy] |= breaches(judgement, result, deliverables, named)
    assert found == named


def excepting(rules: PackSet) -> list[Policy]:
    return [p for p in rules.packs["openstack"].policies if "exceptions" in p.params]


def without_exceptions(rules: PackSet) -> PackSet:
    pack = rules.packs["openstack"]
    always_on = [policy for policy in pack.policies if policy.id == "series-known"]
    bare = [replace(p, params={**p.params, "exceptions": []}) for p in excepting(rules)]
    return replace(rules, packs={"openstack": replace(pack, policies=(*always_on, *bare))})


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


def test_every_policy_has_an_alteration(rules: PackSet) -> None:
    assert {a.policy for a in ALTERATIONS} == set(rules.policy_texts)


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=lambda a: a.policy)
def test_a_deliberate_alteration_is_caught(
    alteration: Alteration, deliverables: Mapping[str, bytes], rules: PackSet, moment: datetime
) -> None:
    real = deliverables[alteration.path]
    before = real if alteration.updates else None
    untouched = judge(Submission("Deliverable", alteration.path, real, before), rules, moment)
    assert outcome(untouched, alteration.policy) in (Outcome.PASSED, Outcome.NOT_APPLICABLE)
    path = alteration.moved_to or alteration.path
    new = None if alteration.deletes else altered(alteration, real)
    judgement = judge(Submission("Deliverable", path, new, before), rules, moment)
    assert outcome(judgement, alteration.policy) is Outcome.FAILED
    places = [
        format_route(finding.place.wanted)
        for result in judgement.results
        if result.policy == alteration.policy
        for finding in result.findings
    ]
    assert not alteration.at or alteration.at in places


def altered(alteration: Alteration, real: bytes) -> bytes:
    data = amended(plain(alteration.path, real), alteration.set, alteration.remove)
    return json.dumps(data, ensure_ascii=False).encode()


def plain(path: str, source: bytes) -> Any:
    document = read(path, source)
    assert isinstance(document, Document)
    return document.data


def outcome(judgement: Judgement, policy: str) -> Outcome:
    assert judgement.refusals == ()
    return next(result.outcome for result in judgement.results if result.policy == policy)
