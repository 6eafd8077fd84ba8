"""A ledger that an earlier program made stays good: stricter rules judge what lands later.

No release brought the rules that it was made by (there was none yet), so whoever verifies names
their set; a release's own would be in `launchpolicy/shipped/known_sets.json`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.launch_repository import clean_environment
from tests.ledger.chronicle import Chronicle
from tests.ledger.data.make_earlier_ledger import BUNDLE

pytestmark = pytest.mark.slow

FIRST_SET = "sha256:0a38611b6c880094e300c74b251fcf779a4e26f136e95c6e5332b4cad11339d1"
"""The rules that the program brought when it made the bundle."""


@pytest.fixture
def earlier(tmp_path: Path) -> Chronicle:
    """A clone of the repository whose landings and ledger the first format made."""
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


def test_a_ledger_of_the_first_format_still_verifies(earlier: Chronicle) -> None:
    assert earlier.complaints(trusted_sets=[FIRST_SET]) == []
    assert [(entry.event, entry.verdict) for entry in earlier.entries()] == [
        ("adopted", "undecided"),
        ("people-changed", "pass"),
        ("approved", "pass"),
        ("approved", "pass"),
        ("people-changed", "pass"),
    ]


def test_what_lands_after_an_upgrade_is_judged_by_the_stricter_rules(earlier: Chronicle) -> None:
    earlier.edit("people.yaml", "rd-lead: [zhou.kai]", "rd-lead: [zhou.kai, li.wei]")
    earlier.commit("I am a lead, and nobody owns the rules")
    earlier.append()
    last = earlier.entries()[-1]
    assert (last.event, last.attempted, last.verdict) == ("bypassed", "people-changed", "blocked")
    assert earlier.complaints(trusted_sets=[FIRST_SET]) == []
    with earlier.state() as (_, state):
        assert state.files.find("shipped/since.json") is not None


def test_a_signature_of_the_first_format_counts_for_nothing_that_lands_after_the_upgrade(
    earlier: Chronicle,
) -> None:
    merged = earlier.git("rev-parse", "HEAD")
    earlier.git("rm", "--quiet", "-r", "waivers")
    earlier.git("commit", "--quiet", "--message", "Withdraw the waiver", name="qian.na")
    earlier.git("checkout", "--quiet", merged, "--", "waivers")
    earlier.git("commit", "--quiet", "--message", "Restore it", name="qian.na")
    earlier.append()
    last = earlier.entries()[-1]
    assert (last.event, last.name, last.verdict) == ("bypassed", "vault", "blocked")
    assert last.approvals == ()
    assert earlier.complaints(trusted_sets=[FIRST_SET]) == []


def test_a_ledger_of_the_first_format_is_built_again_to_the_same_bytes(earlier: Chronicle) -> None:
    done = earlier.run("build", "again", "--trust-set", FIRST_SET)
    assert done.code == 0, done.complaint
    trees = earlier.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]
