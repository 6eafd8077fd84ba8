"""An unsigned ledger that somebody forged before its first honest run (threat N15)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.hosts.forges.github.forge import GithubLandings
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
from launchpolicy.operations.ledger.sources.forge_landings import ForgeRecorder
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)
from launchpolicy.operations.ledger.verification.verify import verify
from tests.hosts.github.test_landings import MERGED_AT, Host, appended, squashed
from tests.ledger.chronicle import Chronicle, begun


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    """A repository whose approvals come from GitHub, and where a request was squashed."""
    made = begun(tmp_path)
    made.edit(".launchpolicy.yaml", "source: signed", "source: github")
    made.commit("Approvals come from GitHub")
    made.git("remote", "add", "origin", str(made.folder))
    return made


def confirmed(chronicle: Chronicle, host: Any) -> Verification:
    with open_repository(chronicle.folder, chronicle.environment) as repository:
        place = location_of(repository, LocationOptions(chronicle.folder), chronicle.environment)
        recorder = ForgeRecorder(place, GithubLandings(host, "acme/launches", "main"))
        return verify(place, recorder=recorder)


def without_approvals(host: Host) -> None:
    host.reviews.clear()


def by_somebody_else(host: Host) -> None:
    host.reviews[0]["author"] = {**host.reviews[1]["author"]}


def objected(host: Host) -> None:
    host.reviews[0]["state"] = "CHANGES_REQUESTED"


def with_one_more(host: Host) -> None:
    host.reviews.append({**host.reviews[0], "fullDatabaseId": "4", "state": "CHANGES_REQUESTED"})


def never_merged(host: Host) -> None:
    host.merged = ()


TRUTHS: dict[str, tuple[Callable[[Host], None], str]] = {
    "nobody approved": (without_approvals, "knows no review 1"),
    "somebody else approved": (by_somebody_else, "says otherwise of review 1"),
    "it was an objection": (objected, "says otherwise of review 1"),
    "an objection is left out": (with_one_more, "leaves out review 4"),
    "there was no pull request": (never_merged, "the forge knows none"),
}


@pytest.mark.parametrize("truth", TRUTHS)
def test_a_ledger_forged_before_the_honest_run_is_found_by_asking_the_host_again(
    truth: str, chronicle: Chronicle
) -> None:
    landed, head = squashed(chronicle)
    assert appended(chronicle, Host(chronicle, (landed,), head))[-1].verdict == "pass"
    assert chronicle.complaints() == []
    host = Host(chronicle, (landed,), head)
    change, complaint = TRUTHS[truth]
    change(host)
    result = confirmed(chronicle, host)
    assert not result.is_good
    assert any(complaint in discrepancy.what.en for discrepancy in result.complaints)


def test_an_honest_ledger_is_confirmed_by_the_host(chronicle: Chronicle) -> None:
    landed, head = squashed(chronicle)
    host = Host(chronicle, (landed,), head)
    appended(chronicle, host)
    result = confirmed(chronicle, host)
    assert (result.is_good, result.is_confirmed) == (True, True)


def test_a_review_that_was_dismissed_or_given_after_the_merge_changes_nothing(
    chronicle: Chronicle,
) -> None:
    landed, head = squashed(chronicle)
    appended(chronicle, Host(chronicle, (landed,), head))
    host = Host(chronicle, (landed,), head)
    host.reviews[0]["state"] = "DISMISSED"
    later = MERGED_AT.replace(":30:", ":31:")
    host.reviews.append({**host.reviews[1], "fullDatabaseId": "9", "submittedAt": later})
    assert confirmed(chronicle, host).is_good


def test_where_approvals_are_signed_the_host_has_nothing_to_confirm(tmp_path: Path) -> None:
    made = begun(tmp_path)
    made.append()
    done = made.run("verify", "--github")
    assert done.code == 2
    assert "nothing to confirm" in done.complaint
