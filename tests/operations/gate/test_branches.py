"""Branches that would lead the gate past a stop, a withdrawal, or what was recorded already."""

from __future__ import annotations

import pytest

from launchpolicy.facts.deployed_content import ContentIdentity
from launchpolicy.vocabulary.errors import UsageError
from tests.cli.company import FOLDER
from tests.operations.gate.night import COMMIT, FACTS, RECORDING, REQUESTED, Night, states, unmet

DEPLOYED = (ContentIdentity("checkout-service", "commit", COMMIT),)
OVER = (
    f"{FACTS}  execution: {{startedAt: 2026-12-01T22:01:00+08:00,"
    " finishedAt: 2026-12-01T22:08:00+08:00}\n"
)


def test_a_withdrawal_beside_recorded_facts_is_a_change_of_the_approvals(night: Night) -> None:
    night.clone.git("switch", "--quiet", RECORDING)
    approval = next((night.clone.folder / FOLDER / "approvals").iterdir())
    approval.unlink()
    night.clone.commit("withdraw")
    night.push(RECORDING)
    night.clone.git("switch", "--quiet", "main")

    assert states(night.ask(deployed=DEPLOYED))["pending"] == "not-met"


def test_facts_of_a_branch_that_was_never_pushed_do_not_count(night: Night) -> None:
    night.clone.git("branch", "local", RECORDING)

    with pytest.raises(UsageError, match="no branch local"):
        night.ask(deployed=DEPLOYED, facts="local")


def test_an_end_on_another_recording_branch_is_an_end(night: Night) -> None:
    night.record(OVER, branch="over")

    result = night.ask(deployed=DEPLOYED, facts=RECORDING)

    assert states(result)["stage"] == "not-met"


def test_a_branch_that_takes_back_what_another_recorded_is_not_the_latest(night: Night) -> None:
    night.record(OVER)
    night.clone.git("switch", "--quiet", "--force-create", "zzz", RECORDING)
    night.clone.edit((OVER, FACTS))
    night.clone.commit("take it back")
    night.push("zzz")
    night.clone.git("switch", "--quiet", "main")

    result = night.ask(deployed=DEPLOYED, facts="zzz")

    assert states(result)["stage"] == "not-met"


def test_no_option_lets_a_launch_start_that_a_branch_stops(night: Night) -> None:
    night.on_branch(
        "stop", (REQUESTED, REQUESTED.replace("requested", "cancelled") + "  cancellation: {}\n")
    )

    result = night.ask(deployed=DEPLOYED, allows_pending=True)

    assert states(result)["pending"] == "not-met"


def test_a_branch_that_deletes_the_whole_launch_is_a_proposal(night: Night) -> None:
    night.clone.git("switch", "--quiet", "--create", "gone")
    night.clone.git("rm", "--quiet", "-r", FOLDER)
    night.clone.commit("delete the launch")
    night.push("gone")
    night.clone.git("switch", "--quiet", "main")

    assert states(night.ask(deployed=DEPLOYED))["pending"] == "not-met"


def test_a_branch_that_never_had_the_launch_proposes_nothing(night: Night) -> None:
    first = night.clone.git("rev-list", "--max-parents=0", "main").strip()
    night.clone.git("push", "--quiet", "origin", f"{first}:refs/heads/before")

    assert unmet(night.ask(deployed=DEPLOYED)) == set()
