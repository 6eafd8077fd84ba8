"""Make `second-ledger.bundle`: a launch repository and its ledger, as the second edition made them.

Run once, at commit 3eab824, before entries of the third format: `python -m
tests.ledger.data.make_second_ledger`. It is not run again: a later program writes more into its
entries, and the bundle is there to prove that what was written before still verifies.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.cli.launch_repository import EXAMPLE
from tests.ledger.chronicle import Chronicle, begun
from tests.ledger.data.make_earlier_ledger import FOLDER, Signers

BUNDLE = Path(__file__).parent / "second-ledger.bundle"


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
            "bypassed",
        }
        branches = ("main", "launch-ledger", "launch-ledger-heads")
        chronicle.git("bundle", "create", "--quiet", str(BUNDLE), *branches)


def _land(chronicle: Chronicle, signers: Signers) -> None:
    """Land an approved launch, a bypass, its removal, and its name used again."""
    signers.register("wang.fang", "zhou.kai", "zhao.min")
    chronicle.git("switch", "--quiet", "--create", "request")
    shutil.copytree(EXAMPLE / FOLDER, chronicle.folder / FOLDER)
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Request", name="qian.na")
    for lead in ("wang.fang", "zhou.kai", "zhao.min"):
        signers.approve(FOLDER, lead)
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Merge the request", "request")
    chronicle.request("LR-2026-0043")
    chronicle.commit("A launch that nobody approved")
    chronicle.git("rm", "--quiet", "-r", "launches/LR-2026-0043")
    chronicle.commit("Remove it")
    chronicle.request("LR-2026-0043")
    chronicle.commit("The name again")
    chronicle.edit("people.yaml", "dba: [he.lin]", "dba: [he.lin, gao.peng]")
    chronicle.commit("One more DBA")


if __name__ == "__main__":
    main()
