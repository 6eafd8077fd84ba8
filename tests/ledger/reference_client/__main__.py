"""Have the Go project's library for transparency logs read a ledger: `make full` runs this.

    python -m tests.ledger.reference_client

Makes a signed ledger of some hundred landings, and changes one byte of a copy. The client has to
take the first and to refuse the second. Needs Go and `golang.org/x/mod` in its older place (on
Debian: golang-go, golang-golang-x-mod-dev); brings both where it may.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from launchpolicy.operations.ledger.branch.signing_key import new_signer
from tests.bench.long_history import long_history
from tests.cli.launch_repository import clean_environment
from tests.processes.program import run_program

SOURCE = Path(__file__).with_name("main.go")
LIBRARIES = Path("/usr/share/gocode")
_MERGES = 300
_BEFORE = 140


def main() -> int:
    """Verify an honest ledger and a changed one; return 1 where either goes wrong."""
    if shutil.which("go") is None or not (LIBRARIES / "src/golang.org/x/mod").is_dir():
        _install()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "home").mkdir()
        client = work / "client"
        _run(["go", "build", "-o", str(client), str(SOURCE)], work)
        ledger = _Ledger(work)
        answer = subprocess.run([client, *ledger.arguments("now")], check=False)
        shutil.copytree(work / "now", work / "changed")
        bundle = next((work / "changed/tile/entries").iterdir())
        source = bytearray(bundle.read_bytes())
        source[40] ^= 1
        bundle.write_bytes(source)
        changed = subprocess.run([client, *ledger.arguments("changed")], check=False)
    if answer.returncode or not changed.returncode:
        sys.stdout.write("The reference client and the ledger disagree.\n")
        return 1
    return 0


class _Ledger:
    """A signed ledger in folders: as it was, as it is, and some of its receipts."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.repository = long_history(work / "launches", _MERGES)
        self.signer = new_signer("example.com/launches")
        self.environment = {
            **clean_environment(work / "home"),
            "LAUNCHPOLICY_LEDGER_KEY": self.signer.source,
        }
        middle = _run(["git", "rev-parse", f"main~{_MERGES - _BEFORE}"], self.repository)
        self._git("branch", "--quiet", "now", "main")
        self._git("reset", "--quiet", "--hard", middle)
        self._append()
        self._export("before")
        self._git("reset", "--quiet", "--hard", "now")
        self._append()
        self._export("now")
        self.receipts = [self._receipt(name) for name in ("LR-000000", "LR-000050")]

    def arguments(self, folder: str) -> list[str]:
        paths = [self.work / folder, self.work / "before", *self.receipts]
        return [self.signer.verifier.source, *map(str, paths)]

    def _append(self) -> None:
        self._program("append")

    def _receipt(self, name: str) -> Path:
        path = self.work / f"{name}.tlog-proof"
        self._program("prove", name, "--output", str(path))
        return path

    def _export(self, name: str) -> None:
        (self.work / name).mkdir()
        archive = self.work / f"{name}.tar"
        self._git("archive", "--output", str(archive), "launch-ledger")
        _run(["tar", "--extract", "--file", str(archive)], self.work / name)

    def _program(self, *arguments: str) -> None:
        done = run_program(["ledger", *arguments], cwd=self.repository, env=self.environment)
        if done.returncode:
            raise SystemExit(done.stderr)

    def _git(self, *arguments: str) -> None:
        _run(["git", *arguments], self.repository)


def _install() -> None:
    names = ("golang-go", "golang-golang-x-mod-dev")
    if os.geteuid() or shutil.which("apt-get") is None:
        message = f"Missing: {' '.join(names)} (names of Debian's packages). Install them."
        raise SystemExit(message)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *names]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def _run(command: list[str], folder: Path) -> str:
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(LIBRARIES),
        "GOCACHE": str(folder / ".go-cache"),
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        message = f"{' '.join(command)}: {done.stderr}"
        raise SystemExit(message)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
