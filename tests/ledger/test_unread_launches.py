"""What nobody read when it landed: in the ledger as bypassed; older ledgers stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from tests.ledger.chronicle import Chronicle, begun

LAX = "apiVersion: launchpolicy/v1\nkind: Configuration\nprocesses: {emergency-launch: []}\n"


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path)


def land_what_nobody_read(chronicle: Chronicle, name: str) -> None:
    """A folder that is a link, a stray request and a configuration further down, on the branch."""
    chronicle.request(name)
    stray = chronicle.folder / f"launches/2026/{name}"
    stray.parent.mkdir(exist_ok=True)
    (chronicle.folder / "launches" / name).rename(stray)
    (chronicle.folder / "launches" / name).symlink_to(f"2026/{name}")
    nested = chronicle.folder / f"teams/{name}/.launchpolicy.yaml"
    nested.parent.mkdir(parents=True)
    nested.write_text(LAX, "utf-8")
    chronicle.commit("Nobody is looking")


def test_a_link_and_a_stray_that_landed_are_bypassed_not_left_out(chronicle: Chronicle) -> None:
    chronicle.append()
    land_what_nobody_read(chronicle, "LR-1")
    chronicle.append()
    entries = {entry.path: entry for entry in chronicle.entries()}
    for path, rule in (
        ("launches/LR-1", "request/no-folder"),
        ("launches/2026/LR-1/request.yaml", "request/stray"),
    ):
        assert (entries[path].event, entries[path].verdict) == ("bypassed", "rejected")
        assert [hurdle.policy for hurdle in entries[path].hurdles] == [rule]
    rules = chronicle.entries()[-1]
    assert (rules.kind, [file.path for file in rules.files]) == (
        "Rules",
        ["teams/LR-1/.launchpolicy.yaml"],
    )
    assert chronicle.complaints() == []
    assert chronicle.complaints(replay=False) == []


@contextmanager
def earlier_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The program as it was before it looked for what nobody reads; yields its set's digest."""
    earlier = shipped_files.current()._replace(edition=1)
    with monkeypatch.context() as patch:
        patch.setattr(shipped_files, "current", lambda: earlier)
        yield earlier.digest


def test_a_ledger_of_an_earlier_program_still_verifies_and_rebuilds_to_the_same_bytes(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    with earlier_program(monkeypatch) as digest:
        land_what_nobody_read(chronicle, "LR-1")
        chronicle.request("LR-2")
        chronicle.commit("A good one")
        chronicle.append()
        before = chronicle.told()
    assert before == [("adopted", "rules"), ("bypassed", "LR-2")]
    assert chronicle.complaints(trusted_sets=[digest]) == []
    land_what_nobody_read(chronicle, "LR-3")
    chronicle.append()
    assert chronicle.told()[:2] == before
    assert ("bypassed", "launches/LR-3") in chronicle.told()
    assert chronicle.complaints(trusted_sets=[digest]) == []
    built = chronicle.run("build", "again", "--trust-set", digest)
    assert built.code == 0, built.complaint
    assert "byte for byte" in built.output
