"""What is called one push must look like one (threat L4)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from launchpolicy.operations.ledger.sources.push_records import push_record
from tests.cli.launch_repository import EXAMPLE
from tests.ledger.chronicle import AT, MOMENT, begun
from tests.ledger.data.make_earlier_ledger import FOLDER, Signers

pytestmark = pytest.mark.slow

LEADS = ("wang.fang", "zhou.kai", "zhao.min")
TWO_DAYS_LATER = "2026-11-27T10:00:00+08:00"


@pytest.fixture
def signers(tmp_path: Path) -> Signers:
    chronicle = begun(tmp_path / "work")
    people = Signers(chronicle, tmp_path / "keys")
    people.register(*LEADS)
    return people


def push(signers: Signers, approved_at: str) -> str:
    """Push a request, and its approvals at that time; return the commit before both."""
    chronicle = signers.chronicle
    before = chronicle.git("rev-parse", "HEAD")
    chronicle.git("switch", "--quiet", "--create", "request")
    shutil.copytree(EXAMPLE / FOLDER, chronicle.folder / FOLDER)
    chronicle.commit("Request")
    for lead in LEADS:
        signers.approve(FOLDER, lead)
    last = f"HEAD~{len(LEADS)}"
    chronicle.git("rebase", "--quiet", "--force-rebase", last, at=approved_at)
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--ff-only", "request")
    return before


def test_approvals_pushed_days_later_are_not_of_the_push_that_landed_the_request(
    signers: Signers,
) -> None:
    chronicle = signers.chronicle
    before = push(signers, TWO_DAYS_LATER)
    done = chronicle.run("append", "--landed-after", before, "--now", TWO_DAYS_LATER)
    assert done.code == 0, done.complaint
    entry = next(entry for entry in chronicle.entries() if entry.name == "LR-2026-0042")
    assert (entry.event, entry.attempted, entry.record) == ("bypassed", "approved", "")
    assert chronicle.complaints() == []


def test_a_record_written_by_hand_of_a_push_of_two_days_does_not_verify(
    signers: Signers, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle = signers.chronicle
    before = push(signers, TWO_DAYS_LATER)
    with monkeypatch.context() as patch:
        patch.setattr(
            "launchpolicy.operations.ledger.history.pushed_together.PushCheck.are_together",
            lambda *_: True,
        )
        with chronicle.place() as place:
            writing = AppendOptions(None, lambda: MOMENT, lambda new: push_record(new, before))
            append(place, writing)
    assert chronicle.told()[-1] == ("approved", "LR-2026-0042")
    assert any("LR-2026-0042" in complaint for complaint in chronicle.complaints())


def test_a_rebased_proposal_that_was_pushed_at_once_is_one_landing(signers: Signers) -> None:
    before = push(signers, AT)
    done = signers.chronicle.run("append", "--landed-after", before, "--now", AT)
    assert done.code == 0, done.complaint
    assert signers.chronicle.told()[-1] == ("approved", "LR-2026-0042")
    assert signers.chronicle.complaints() == []
