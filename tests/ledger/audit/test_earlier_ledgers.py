"""Ledgers of earlier formats are audited too: what they do not hold is said to be not recorded."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from launchpolicy.ledger.audit.exception_kinds import INTEGRITY
from tests.cli.launch_repository import clean_environment
from tests.ledger.chronicle import Chronicle
from tests.processes.program import run_program

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("name", ["earlier-ledger", "second-ledger"])
def test_a_ledger_of_an_earlier_format_is_audited_with_authors_from_git(
    name: str, tmp_path: Path
) -> None:
    home, folder = tmp_path / "home", tmp_path / "launches"
    home.mkdir()
    bundle = str(DATA / f"{name}.bundle")
    subprocess.run(
        ["git", "clone", "--quiet", "--branch", "main", bundle, str(folder)],
        env=clean_environment(home),
        check=True,
    )
    chronicle = Chronicle(folder, home)
    for branch in ("launch-ledger", "launch-ledger-heads"):
        chronicle.git("branch", branch, f"origin/{branch}")
    done = run_program(
        ["audit", "--output", str(tmp_path / "audit"), "--lang", "en"],
        cwd=folder,
        env=chronicle.environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads((tmp_path / "audit" / "audit.json").read_text("utf-8"))
    assert not {record["kind"] for record in data["exceptions"]} & set(INTEGRITY)
    makers = [entry["makers"] for launch in data["launches"] for entry in launch["entries"]]
    assert makers
    assert all(made["fromGit"] and made["authors"] for made in makers)
    assert any("not recorded" in limit["en"] for limit in data["limits"])
