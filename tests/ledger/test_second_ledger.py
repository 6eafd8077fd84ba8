"""A ledger that the second edition made stays as it is; what lands after it says more."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.launch_repository import clean_environment
from tests.ledger.chronicle import Chronicle
from tests.ledger.data.make_second_ledger import BUNDLE

pytestmark = pytest.mark.slow

SECOND_SET = "sha256:d8601f57bad7306d0643a226f03f0716836ddda0ded61e8a32fbf77618e417dc"
"""The rules that the program brought when it made the bundle."""


@pytest.fixture
def second(tmp_path: Path) -> Chronicle:
    """A clone of the repository whose landings and ledger the second edition made."""
    home = tmp_path / "home"
    home.mkdir()
    chronicle = Chronicle(tmp_path / "launches", home)
    subprocess.run(
        ["git", "clone", "--quiet", "--branch", "main", str(BUNDLE), str(chronicle.folder)],
        env=clean_environment(home),
        check=True,
    )
    for branch in ("launch-ledger", "launch-ledger-heads"):
        chronicle.git("branch", branch, f"origin/{branch}")
    chronicle.git("remote", "remove", "origin")
    return chronicle


def test_a_ledger_of_the_second_edition_still_verifies(second: Chronicle) -> None:
    assert second.complaints(trusted_sets=[SECOND_SET]) == []
    entries = second.entries()
    assert {entry.format for entry in entries} == {"launchpolicy/ledger-entry/v1"}
    assert [entry.attempted or entry.event for entry in entries] == [
        "adopted",
        "people-changed",
        "approved",
        "approved",
        "withdrawn",
        "approved",
        "people-changed",
    ]


def test_a_ledger_of_the_second_edition_is_built_again_to_the_same_bytes(
    second: Chronicle,
) -> None:
    done = second.run("build", "again", "--trust-set", SECOND_SET)
    assert done.code == 0, done.complaint
    trees = second.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]


def test_what_lands_after_the_second_edition_is_entered_in_the_third_format(
    second: Chronicle,
) -> None:
    before = second.entries()
    second.request("LR-2026-0044")
    second.commit("A launch that nobody approved\n\nBypass-Reason: the site was down")
    second.append()
    *unchanged, last = second.entries()
    assert unchanged == before
    assert (last.format, last.event) == ("launchpolicy/ledger-entry/v3", "bypassed")
    assert last.reason == "the site was down"
    assert second.complaints(trusted_sets=[SECOND_SET]) == []
    done = second.run("build", "again", "--trust-set", SECOND_SET)
    assert done.code == 0, done.complaint


def test_a_name_that_the_second_edition_used_twice_is_two_launches(second: Chronicle) -> None:
    done = second.run("query", "--format", "json")
    assert done.code == 0, done.complaint
    launches = [json.loads(line) for line in done.output.splitlines()]
    assert [(launch["name"], launch["launch"], launch["standing"]) for launch in launches] == [
        ("LR-2026-0043", 5, "unapproved"),
        ("LR-2026-0043", 3, "withdrawn"),
        ("LR-2026-0042", 2, "approved"),
    ]
