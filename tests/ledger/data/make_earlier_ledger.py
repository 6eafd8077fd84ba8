"""Make `earlier-ledger.bundle`: a launch repository and its ledger, as format 1 made them.

Run once, at commit dd5de61, before approvals were bound to a repository and before rules without
owners were refused: `python -m tests.ledger.data.make_earlier_ledger`. It is not run again: a later
program signs and judges otherwise, and the bundle is there to prove that it still verifies.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.cli.launch_repository import EXAMPLE, Finished
from tests.ledger.chronicle import Chronicle, begun
from tests.processes.program import run_program

BUNDLE = Path(__file__).parent / "earlier-ledger.bundle"
FOLDER = "launches/LR-2026-0042"
SIGNED_AT = "2026-11-25T09:00:00+08:00"
WAIVER = """\
apiVersion: launchpolicy/v1
kind: Waiver
metadata: {name: vault}
spec:
  policy: backup-plan-covers-database-and-files
  requests: [LR-2026-0042]
  owner: chen.jie
  reason: {en: The vault moves house., zh: 备份库搬迁。}
  expires: 2026-12-05T00:00:00+08:00
"""


class Signers:
    """People with keys, who approve on the branch that is checked out."""

    def __init__(self, chronicle: Chronicle, keys: Path) -> None:
        self.chronicle = chronicle
        self.keys = keys
        keys.mkdir()

    def public(self, name: str) -> str:
        file = self.keys / name
        options = ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file)]
        subprocess.run(["ssh-keygen", *options], check=True)
        return Path(f"{file}.pub").read_text("utf-8").strip()

    def register(self, *names: str) -> None:
        for name in names:
            address = f"emails: [{name}@example.com]"
            key = self.public(name)
            self.chronicle.edit("people.yaml", address, f'{address}, keys: ["{key}"]')
        self.chronicle.commit("Register keys")

    def approve(self, path: str, name: str) -> None:
        options = ("--yes", "--key", str(self.keys / name), "--now", SIGNED_AT)
        done = run_program(
            ["approve", path, *options],
            cwd=self.chronicle.folder,
            env=self.chronicle.environment,
        )
        finished = Finished(done.returncode, done.stdout, done.stderr)
        assert finished.code == 0, finished.complaint
        self.chronicle.git("add", "--all")
        self.chronicle.git("commit", "--quiet", "--message", f"Approve {path}", name=name)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        chronicle = begun(Path(folder) / "work", {"origin": "example.com/launches"})
        _land(chronicle, Signers(chronicle, Path(folder) / "keys"))
        chronicle.append()
        assert chronicle.complaints() == []
        assert {entry.event for entry in chronicle.entries()} == {
            "adopted",
            "people-changed",
            "approved",
        }
        branches = ("main", "launch-ledger", "launch-ledger-heads")
        chronicle.git("bundle", "create", "--quiet", str(BUNDLE), *branches)


def _land(chronicle: Chronicle, signers: Signers) -> None:
    """Land what later rules judge otherwise: signatures, rules of nobody, a waiver for oneself."""
    chronicle.edit("people.yaml", "leadership: [xu.bo]", "leadership: [xu.bo, li.wei]")
    signers.register("wang.fang", "zhou.kai", "zhao.min", "li.wei")
    chronicle.git("switch", "--quiet", "--create", "request")
    shutil.copytree(EXAMPLE / FOLDER, chronicle.folder / FOLDER)
    (chronicle.folder / "waivers").mkdir()
    (chronicle.folder / "waivers/vault.yaml").write_text(WAIVER, "utf-8")
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Request and waiver", name="qian.na")
    for lead in ("wang.fang", "zhou.kai", "zhao.min"):
        signers.approve(FOLDER, lead)
    signers.approve("waivers/vault.yaml", "li.wei")
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Merge the request", "request")
    chronicle.edit("people.yaml", "dba: [he.lin]", "dba: [he.lin, gao.peng]")
    chronicle.commit("One more DBA, whom nobody approved")


if __name__ == "__main__":
    main()
