"""Whether a launch may start: the honest night, and what must never pass as one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest

from launchpolicy.engine.launches.preparation import AFTER_THE_START
from launchpolicy.facts.deployed_content import ContentIdentity
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from tests.cli.company import FOLDER
from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.operations.gate.night import (
    COMMIT,
    FACTS,
    IN_WINDOW,
    RECORDING,
    REQUESTED,
    Night,
    says,
    shortcomings,
    states,
    unmet,
)

DEPLOYED = (ContentIdentity("checkout-service", "commit", COMMIT),)
MOVED = ("end: 2026-12-01T23:30", "end: 2026-12-01T23:50")
_UNTIL = "until: 2026-12-02T06:00:00+08:00"
FREEZE = (
    "freezes:\n",
    f"freezes:\n  - {{name: stocktaking, from: 2026-12-01T23:00:00+08:00, {_UNTIL}}}\n",
)


def test_an_approved_and_prepared_launch_may_start_in_its_window(night: Night) -> None:
    result = night.ask(deployed=DEPLOYED)
    assert not unmet(result), [one for one in result.conditions if one.state != "met"]
    assert (result.exit_code, str(result.verdict)) == (0, "pass")
    assert result.facts_from == RECORDING
    trial = night.ask(deployed=DEPLOYED, is_trial=True)
    assert (trial.exit_code, unmet(trial)) == (3, set())


def test_a_launch_that_has_begun_may_go_on_until_it_is_over(night: Night) -> None:
    begun = f"{FACTS}  execution: {{startedAt: 2026-12-01T22:05:00+08:00}}\n"
    night.record(begun)
    assert not unmet(night.ask(deployed=DEPLOYED))
    night.record(
        begun.replace("22:05:00+08:00}", "22:05:00+08:00, finishedAt: 2026-12-01T22:08:00+08:00}")
    )
    assert states(night.ask(deployed=DEPLOYED))["stage"] == "not-met"


def test_backups_and_checks_that_nobody_recorded_are_missing_with_who_owes_them(
    approved: Night,
) -> None:
    result = approved.ask(deployed=DEPLOYED)
    assert unmet(result) == {"preparation"}
    missing = shortcomings(result, "preparation")
    assert {"planned-backups-taken", "environment-checks-passed"} <= {one.policy for one in missing}
    routes = [one.place.full_route for one in missing if one.place is not None]
    assert routes
    assert not any(route[: len(late)] == late for route in routes for late in AFTER_THE_START)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("20:10:00+08:00", "22:09:00+08:00"),  # and so after its rehearsal
        ("at: 2026-12-01T21:30", "at: 2026-12-01T23:00"),
        ("by: he.lin\n      sha256", "by: sun.yu\n      sha256"),
    ],
    ids=["unrehearsed", "check-to-come", "stranger"],
)
def test_preparation_that_only_looks_done_does_not_count(
    approved: Night, old: str, new: str
) -> None:
    assert old in FACTS
    approved.record(FACTS.replace(old, new))
    assert unmet(approved.ask(deployed=DEPLOYED)) == {"preparation"}


def test_facts_of_several_branches_have_to_be_chosen(night: Night) -> None:
    night.record(FACTS.replace("48 GB", "49 GB"), branch="another")
    with pytest.raises(UndecidedError, match="Several branches"):
        night.ask(deployed=DEPLOYED)
    assert not unmet(night.ask(deployed=DEPLOYED, facts="another"))
    assert not unmet(night.ask(deployed=DEPLOYED, facts=f"origin/{RECORDING}"))


def test_facts_do_not_bring_another_plan_along(night: Night) -> None:
    night.on_branch("quiet", (REQUESTED, FACTS), MOVED)
    result = night.ask(deployed=DEPLOYED, facts="quiet")
    assert {"preparation", "pending"} <= unmet(result)


def test_an_unmerged_change_of_the_window_is_refused_wherever_it_is(night: Night) -> None:
    night.clone.edit(MOVED)
    late = IN_WINDOW + timedelta(minutes=90)
    result = night.ask(late, deployed=DEPLOYED)
    assert {"merged", "window"} <= unmet(result)
    assert "spec.window.end" in says(result, "merged")
    night.clone.commit("here alone")
    assert "merged" in unmet(night.ask(deployed=DEPLOYED, reference="HEAD"))
    assert not unmet(night.ask(deployed=DEPLOYED, reference="origin/main"))


def test_a_request_that_is_only_proposed_is_not_merged(night: Night) -> None:
    night.clone.git("switch", "--quiet", "--orphan", "new-root")
    night.clone.git("checkout", "--quiet", "main", "--", ".")
    folder = night.clone.folder / "launches/LR-2026-0099"
    (night.clone.folder / FOLDER).rename(folder)
    result = night.ask(request="launches/LR-2026-0099")
    assert unmet(result) == {"merged"}
    assert result.exit_code == 1
    with pytest.raises(UsageError, match="no request"):
        night.ask(request="LR-2026-0100")


def test_a_request_that_was_merged_without_an_approval_is_refused(approved: Night) -> None:
    clone = approved.clone
    clone.git("reset", "--quiet", "--hard", "main^1")
    clone.git("merge", "--quiet", "--no-ff", "--message", "without operations", "request^")
    approved.push("main")
    approved.record()
    result = approved.ask(deployed=DEPLOYED)
    assert unmet(result) == {"approved"}
    assert "operations-accepts" in says(result, "approved")


def test_a_plan_that_was_changed_on_main_after_its_approval_is_refused(night: Night) -> None:
    night.land(MOVED)
    result = night.ask(deployed=DEPLOYED)
    assert "approved" in unmet(result)
    assert result.exit_code == 1


def test_an_approval_that_was_withdrawn_after_the_merge_stops_the_launch(night: Night) -> None:
    key = str(night.company.key("zhou.kai"))
    done = night.clone.run(
        *("approve", FOLDER, "--withdraw", "--yes", "--key", key),
        *("--now", "2026-11-26T09:00:00+08:00"),
    )
    assert done.code == 0, done.complaint
    night.clone.commit("withdraw")
    night.push("withdrawal")
    night.clone.git("switch", "--quiet", "--detach", "origin/main")
    assert unmet(night.ask(deployed=DEPLOYED)) == {"pending"}
    night.clone.git("switch", "--quiet", "main")
    night.push("main")
    result = night.ask(deployed=DEPLOYED)
    assert "approved" in unmet(result)
    assert shortcomings(result, "approved")[0].policy == "both-leads-approve"


def test_an_approval_that_has_expired_is_asked_for_again(night: Night) -> None:
    result = night.ask(IN_WINDOW + timedelta(days=40), deployed=DEPLOYED)
    assert {"approved", "window"} <= unmet(result)


@pytest.mark.parametrize("stage", ["cancelled", "launched"])
def test_only_a_launch_that_is_asked_for_may_start(night: Night, stage: str) -> None:
    night.land(("stage: requested", f"stage: {stage}"))
    result = night.ask(deployed=DEPLOYED)
    assert states(result)["stage"] == "not-met"
    assert result.exit_code == 1


def test_a_cancellation_that_is_only_proposed_stops_the_launch(night: Night) -> None:
    night.on_branch("stop", ("stage: requested", "stage: cancelled"))
    assert unmet(night.ask(deployed=DEPLOYED)) == {"pending"}


def test_a_proposal_of_another_plan_is_refused_unless_it_is_allowed(night: Night) -> None:
    night.on_branch("later", MOVED)
    assert unmet(night.ask(deployed=DEPLOYED)) == {"pending"}
    assert not unmet(night.ask(deployed=DEPLOYED, allows_pending=True))


def test_a_branch_that_lags_behind_or_was_squashed_proposes_nothing(night: Night) -> None:
    clone = night.clone
    clone.git("push", "--quiet", "origin", "main~1:refs/heads/old", "request:refs/heads/request")
    night.land(("Split payment", "Split payments"), path=REQUEST, message="squash")
    clone.git("push", "--quiet", "origin", "main~1:refs/heads/behind")
    clone.git("switch", "--quiet", "--force-create", "squashed", "main~1")
    clone.edit(("Split payment", "Split payments"))
    clone.commit("the same by squash")
    night.push("squashed")
    clone.git("switch", "--quiet", "main")
    night.land(("Table order_parts", "The table order_parts"), message="since then")
    assert states(night.ask(deployed=DEPLOYED))["pending"] == "met"


def test_a_freeze_that_begins_within_the_window_is_refused(night: Night) -> None:
    night.land(FREEZE, path="calendar.yaml")
    night.clone.edit((FREEZE[1], FREEZE[0]), path="calendar.yaml")  # here alone: does not count
    result = night.ask(deployed=DEPLOYED)
    assert {"calendar", "rules"} <= unmet(result)
    assert "stocktaking" in says(result, "calendar")


def test_configuration_that_is_not_merged_does_not_choose_the_branch(night: Night) -> None:
    night.on_branch("mine", MOVED)
    night.clone.edit(("vaults:", "ledger: {of: mine}\nvaults:"), path=".launchpolicy.yaml")
    night.clone.commit("here alone")
    assert night.ask(deployed=DEPLOYED).branch == "main"


def test_two_requests_of_one_name_leave_open_which_was_approved(night: Night) -> None:
    folder = night.clone.folder
    other = folder / "launches/LR-2026-0043"
    other.mkdir()
    (other / "request.yaml").write_bytes(night.request.read_bytes())
    night.clone.commit("a twin")
    night.push("main")
    result = night.ask(deployed=DEPLOYED)
    assert "merged" in unmet(result)
    assert "LR-2026-0043" in says(result, "merged")


def _shallow(clone: LaunchRepository) -> None:
    (clone.folder / ".git" / "shallow").write_text(clone.git("rev-parse", "HEAD") + "\n")


def _no_remote(clone: LaunchRepository) -> None:
    clone.git("remote", "remove", "origin")


def _unreachable(clone: LaunchRepository) -> None:
    clone.git("remote", "set-url", "origin", "../nowhere.git")


@pytest.mark.parametrize("break_it", [_shallow, _no_remote, _unreachable])
def test_a_clone_that_cannot_know_the_branch_gives_no_answer(
    night: Night, break_it: Callable[[LaunchRepository], None]
) -> None:
    break_it(night.clone)
    with pytest.raises(UndecidedError) as caught:
        night.ask(deployed=DEPLOYED)
    assert caught.value.exit_code == 3


def test_reviews_of_a_forge_need_a_signed_ledger(night: Night) -> None:
    night.land(("source: signed", "source: github"), path=".launchpolicy.yaml")
    assert states(night.ask(deployed=DEPLOYED))["approved"] == "undecided"


def test_a_ledger_that_says_pass_of_another_version_does_not_count(night: Night) -> None:
    clone = night.clone
    with open_repository(clone.folder, clone.environment) as repository:
        place = location_of(repository, LocationOptions(clone.folder), clone.environment)
        append(place, AppendOptions(None, lambda: IN_WINDOW))
    clone.git("push", "--quiet", "origin", "launch-ledger")
    result = night.ask(deployed=DEPLOYED)
    assert not unmet(result)
    assert "entry #" in says(result, "approved")
    night.land(MOVED)  # the ledger still says pass, of the version before
    assert "approved" in unmet(night.ask(deployed=DEPLOYED))


def test_the_remote_may_be_the_repository_itself(night: Night) -> None:
    subprocess.run(["git", "remote", "remove", "origin"], cwd=night.clone.folder, check=True)
    assert night.ask(deployed=DEPLOYED, remote=".").branch == "main"
