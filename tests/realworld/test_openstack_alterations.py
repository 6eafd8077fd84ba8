"""For every policy one deliberate alteration of a real file, which it must notice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.amendments import amend
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import submission_of
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Judgement, Outcome
from launchpolicy.vocabulary.place import format_route

pytestmark = pytest.mark.shared

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


def test_every_policy_has_an_alteration(rules: PackSet) -> None:
    about_files = {policy.id for policy in rules.packs["openstack"].policies}
    assert {a.policy for a in ALTERATIONS} == about_files


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=lambda a: a.policy)
def test_a_deliberate_alteration_is_caught(
    alteration: Alteration, deliverables: Mapping[str, bytes], rules: PackSet, moment: datetime
) -> None:
    real = deliverables[alteration.path]
    before = real if alteration.updates else None
    untouched = judge(submission_of("Deliverable", alteration.path, real, before), rules, moment)
    assert outcome(untouched, alteration.policy) in (Outcome.PASSED, Outcome.NOT_APPLICABLE)
    path = alteration.moved_to or alteration.path
    new = None if alteration.deletes else altered(alteration, real)
    judgement = judge(submission_of("Deliverable", path, new, before), rules, moment)
    assert outcome(judgement, alteration.policy) is Outcome.FAILED
    places = [
        format_route(finding.place.full_route)
        for result in judgement.results
        if result.policy == alteration.policy
        for finding in result.findings
    ]
    assert not alteration.at or alteration.at in places


def altered(alteration: Alteration, real: bytes) -> bytes:
    document = read(alteration.path, real)
    assert isinstance(document, Document)
    data = amend(document.data, alteration.set, alteration.remove)
    return json.dumps(data, ensure_ascii=False).encode()


def outcome(judgement: Judgement, policy: str) -> Outcome:
    assert judgement.refusals == ()
    return next(result.outcome for result in judgement.results if result.policy == policy)
