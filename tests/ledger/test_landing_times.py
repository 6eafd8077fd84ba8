"""Who commits chooses the date, and gains nothing by it (threat L4)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from launchpolicy.ledger.entry import FORMAT_3
from tests.cli.launch_repository import EXAMPLE
from tests.ledger.chronicle import Chronicle, begun
from tests.ledger.data.make_earlier_ledger import FOLDER, Signers
from tests.processes.program import run_program

pytestmark = pytest.mark.slow

LEADS = ("wang.fang", "zhou.kai", "zhao.min")
MERGED = "2026-11-25T11:00:00+08:00"
LATER = "2026-11-28T10:00:00+08:00"
LATER_UTC = "2026-11-28T02:00:00Z"


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    """A repository with a branch `request`, approved by everybody for a day."""
    chronicle = begun(tmp_path / "work")
    signers = Signers(chronicle, tmp_path / "keys")
    signers.register(*LEADS)
    chronicle.git("switch", "--quiet", "--create", "request")
    shutil.copytree(EXAMPLE / FOLDER, chronicle.folder / FOLDER)
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Request")
    for lead in LEADS:
        approve_for_a_day(chronicle, signers, lead)
    chronicle.git("switch", "--quiet", "main")
    return chronicle


def approve_for_a_day(chronicle: Chronicle, signers: Signers, name: str) -> None:
    options = ("--yes", "--key", str(signers.keys / name), "--expires", "24h")
    done = run_program(
        ["approve", FOLDER, *options, "--now", "2026-11-25T09:00:00+08:00"],
        cwd=chronicle.folder,
        env=chronicle.environment,
    )
    assert done.returncode == 0, done.stderr
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Approve", name=name)


def land_something(chronicle: Chronicle, at: str) -> None:
    chronicle.edit("people.yaml", "dba: [he.lin]", "dba: [he.lin, gao.peng]")
    chronicle.commit("One more DBA", at)


def merge(chronicle: Chronicle, at: str) -> None:
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Merge", "request", at=at)


def test_a_merge_dated_before_an_earlier_landing_revives_no_expired_approval(
    chronicle: Chronicle,
) -> None:
    land_something(chronicle, LATER)
    done = chronicle.run("append", "--now", LATER)
    assert done.code == 0, done.complaint
    merge(chronicle, MERGED)
    done = chronicle.run("append", "--now", LATER)
    assert done.code == 0, done.complaint
    last = chronicle.entries()[-1]
    assert (last.event, last.attempted, last.approvals) == ("bypassed", "approved", ())
    assert (last.at, last.time_source, last.format) == (LATER_UTC, "landing-before", FORMAT_3)
    assert "dated before the landing before it" in done.output
    assert chronicle.complaints() == []
    assert chronicle.run("build", "again").code == 0


def test_clocks_that_differ_by_minutes_block_nobody(chronicle: Chronicle) -> None:
    land_something(chronicle, "2026-11-25T11:03:00+08:00")
    merge(chronicle, MERGED)
    assert chronicle.run("append", "--now", "2026-11-25T11:04:00+08:00").code == 0
    last = chronicle.entries()[-1]
    assert (last.event, last.verdict) == ("approved", "pass")
    assert (last.at, last.time_source) == ("2026-11-25T03:03:00Z", "landing-before")
    assert chronicle.complaints() == []


def test_a_merge_dated_in_the_future_is_judged_as_of_now_and_says_so(
    chronicle: Chronicle,
) -> None:
    chronicle.edit("people.yaml", "dba: [he.lin]", "dba: [he.lin, gao.peng]")
    chronicle.commit("One more DBA", "2099-01-01T00:00:00+08:00")
    done = chronicle.run("append", "--now", "2026-11-25T10:30:00+08:00")
    assert "dated in the future" in done.output
    landed = chronicle.entries()[-1]
    assert (landed.at, landed.time_source) == ("2026-11-25T02:30:00Z", "append")
    assert landed.format == FORMAT_3
    merge(chronicle, MERGED)
    assert chronicle.run("append", "--now", MERGED).code == 0
    last = chronicle.entries()[-1]
    assert (last.event, last.at, last.time_source) == ("approved", "2026-11-25T03:00:00Z", "commit")
    assert chronicle.complaints() == []
    assert chronicle.run("build", "again").code == 0
    trees = chronicle.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]


def test_an_honest_date_stays_that_of_the_commit(chronicle: Chronicle) -> None:
    merge(chronicle, MERGED)
    land_something(chronicle, LATER)
    assert chronicle.run("append", "--now", "2026-11-28T09:55:00+08:00").code == 0
    entries = [(entry.event, entry.time_source) for entry in chronicle.entries()]
    assert entries[-2:] == [("approved", "commit"), ("people-changed", "commit")]
    assert chronicle.complaints() == []
