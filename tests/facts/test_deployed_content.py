"""What is deployed beside what was approved: the same to the last digit, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.facts.deployed_content import (
    ContentIdentity,
    ContentState,
    compare_content,
    is_commit,
    is_digest,
)

COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DIGEST = f"sha256:{HEX}"
OTHER = f"sha256:{HEX[::-1]}"
DATA: dict[str, Any] = {
    "spec": {
        "content": [
            {"name": "app", "kind": "code", "reference": f"registry.example/app@{DIGEST}"},
            {"name": "tool", "kind": "code", "reference": COMMIT},
            {"name": "db", "kind": "database", "reference": "migration 0187"},
        ],
        "handover": {"installables": [{"name": "pack.tar.gz", "sha256": HEX, "commit": COMMIT}]},
    }
}
APP = ContentIdentity("app", "artifact", DIGEST)
TOOL = ContentIdentity("tool", "commit", COMMIT)
PACK = ContentIdentity("pack.tar.gz", "artifact", DIGEST)
SOURCE = ContentIdentity("pack.tar.gz", "commit", COMMIT)


def state_of(name: str, *deployed: ContentIdentity, is_partial: bool = True) -> set[ContentState]:
    rows = compare_content(DATA, deployed, is_partial=is_partial)
    return {row.state for row in rows if row.name == name}


def test_what_was_approved_is_the_same_and_a_tag_or_migration_is_not_compared() -> None:
    rows = compare_content(DATA, (APP, TOOL, PACK, SOURCE))
    assert [(row.name, str(row.state)) for row in rows] == [
        ("app", "same"),
        ("tool", "same"),
        ("pack.tar.gz", "same"),
        ("pack.tar.gz", "same"),
        ("db", "not-identified"),
    ]


@pytest.mark.parametrize(
    ("deployed", "state"),
    [
        (ContentIdentity("app", "artifact", OTHER), ContentState.OTHER),
        (ContentIdentity("app", "artifact", f"sha512:{HEX}{HEX}"), ContentState.OTHER),
        (ContentIdentity("app", "commit", COMMIT), ContentState.NOT_IDENTIFIED),
        (ContentIdentity("db", "artifact", DIGEST), ContentState.NOT_IDENTIFIED),
        (ContentIdentity("App", "artifact", DIGEST), ContentState.UNKNOWN),
        (ContentIdentity("tool", "commit", COMMIT[::-1]), ContentState.OTHER),
    ],
    ids=["other", "other-algorithm", "by-commit", "no-identity", "unknown", "commit"],
)
def test_anything_else_is_not_what_was_approved(
    deployed: ContentIdentity, state: ContentState
) -> None:
    assert state_of(deployed.name, deployed) == {state}


@pytest.mark.parametrize("is_partial", [False, True])
def test_digest_or_commit_alone_is_half_of_what_was_approved(
    is_partial: bool,  # noqa: FBT001 (pytest passes it)
) -> None:
    name, same, missing = PACK.name, ContentState.SAME, ContentState.MISSING
    for half in (PACK, SOURCE):
        assert state_of(name, half, is_partial=is_partial) == {same, missing}
    assert state_of(name, PACK, SOURCE, is_partial=is_partial) == {same}
    other = SOURCE._replace(value=COMMIT[::-1])
    assert state_of(name, PACK, other, is_partial=is_partial) == {same, ContentState.OTHER}


def test_two_values_for_one_thing_are_never_both_right() -> None:
    second = ContentIdentity("app", "artifact", OTHER)
    assert state_of("app", APP, second) == {ContentState.SAME, ContentState.OTHER}


def test_what_is_not_given_is_missing_unless_only_a_part_is_deployed() -> None:
    assert state_of("tool", APP, is_partial=False) == {ContentState.MISSING}
    assert state_of("tool", APP) == {ContentState.LEFT_OUT}


@pytest.mark.parametrize(
    "text",
    ["", HEX, "sha256:", f"sha256:{HEX[:12]}", f"sha256:{HEX.upper()}", f"md5:{HEX[:32]}",
     f"SHA256:{HEX}", f"sha256:{HEX}\n", f"sha256:{HEX[:-1]}g", f"sha512:{HEX}"],
)  # fmt: skip
def test_a_digest_is_whole_or_none(text: str) -> None:
    assert not is_digest(text)
    assert is_digest(DIGEST)


@pytest.mark.parametrize("text", ["", COMMIT[:12], COMMIT.upper(), f"{COMMIT}\n", "main", "v3.2.0"])
def test_a_commit_is_whole_or_none(text: str) -> None:
    assert not is_commit(text)
    assert is_commit(COMMIT)
