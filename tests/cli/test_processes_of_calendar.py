"""A calendar that names a process which nobody has, so that it stops nothing (threat R4)."""

from __future__ import annotations

import json

import pytest

from tests.cli.launch_repository import LaunchRepository

CALENDAR = "calendar.yaml"
WINDOWS = ("  product-launch:\n", "  prodct-launch:\n")
FREEZE = (
    "+08:00, except: [emergency]}",
    "+08:00, except: [emergency], processes: [prodct-launch]}",
)
MISSPELT = pytest.mark.parametrize("mistake", [WINDOWS, FREEZE], ids=["windows", "a freeze"])


def merged(proposal: LaunchRepository, *edits: tuple[str, str]) -> None:
    """Merge a calendar before the request that is proposed."""
    proposal.git("switch", "--quiet", "main")
    proposal.edit(*edits, path=CALENDAR)
    proposal.commit("the calendar")
    proposal.git("switch", "--quiet", "request")
    proposal.git("rebase", "--quiet", "main")


@MISSPELT
def test_a_calendar_of_a_misspelt_process_lets_nothing_pass(
    proposal: LaunchRepository, mistake: tuple[str, str]
) -> None:
    """Its windows would leave the real process without any, so that it launches at any time."""
    merged(proposal, mistake)
    for arguments in (["--base", "main"], []):
        done = proposal.check(*arguments)
        assert done.code == 2, arguments
        assert "calendar.yaml:" in done.output + done.complaint
        assert "There is no process `prodct-launch`." in done.output + done.complaint
        assert "Did you mean `product-launch`?" in done.output + done.complaint


@MISSPELT
def test_a_misspelt_process_cannot_be_merged_into_the_calendar(
    proposal: LaunchRepository, mistake: tuple[str, str]
) -> None:
    proposal.git("switch", "--quiet", "main")
    proposal.git("switch", "--quiet", "--create", "calendar")
    proposal.edit(mistake, path=CALENDAR)
    proposal.commit("the calendar")
    done = proposal.check("--base", "main", "--format", "json")
    assert json.loads(done.output)["verdict"] == "rejected"


def test_a_misspelt_process_that_was_merged_can_be_corrected(proposal: LaunchRepository) -> None:
    merged(proposal, WINDOWS)
    proposal.git("switch", "--quiet", "--create", "correction", "main")
    proposal.edit(WINDOWS[::-1], path=CALENDAR)
    proposal.commit("correct it")
    verdict = json.loads(proposal.check("--base", "main", "--format", "json").output)["verdict"]
    assert verdict in {"blocked", "undecided"}, "only the approval of the owners is missing"


def test_processes_that_the_program_brings_are_known(proposal: LaunchRepository) -> None:
    """A company keeps one calendar for several launch repositories."""
    slot = '{days: [tue], from: "00:00", until: "24:00"}'
    merged(proposal, ("windows:\n", f"windows:\n  system-cutover:\n    - {slot}\n"))
    done = proposal.check("--base", "main")
    assert "There is no process" not in done.output + done.complaint
