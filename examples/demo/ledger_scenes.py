"""What both stories do to the ledger."""

from __future__ import annotations

from pathlib import Path

from examples.demo.stage import Stage, WrongTurnError
from launchpolicy.vocabulary.text import Text

BEFORE, AFTER = "he.lin", "he.liu"


def change_one_byte(stage: Stage) -> tuple[str, str]:
    """Changes one byte of an entry, on the branch of the ledger; gives what was and what is there.

    It is done in a copy, which the stage goes on in.

    Raises:
        WrongTurnError: the entry does not hold what is to be changed.
    """
    copy = stage.home / "tampered"
    stage.git("clone", "--quiet", "--template=", str(stage.folder), str(copy))
    stage.folder = copy
    stage.git("fetch", "--quiet", "origin", "launch-ledger-heads:launch-ledger-heads")
    stage.git("switch", "--quiet", "launch-ledger")
    entries = _entries(copy)
    changed = entries.read_bytes().replace(BEFORE.encode(), AFTER.encode(), 1)
    if changed == entries.read_bytes():
        expected = Text(f"an entry that names {BEFORE}", f"条目中有 {BEFORE}")
        command = f"edit {entries.relative_to(copy)}"
        raise WrongTurnError(command, expected, Text("none does", "没有"), "")
    entries.write_bytes(changed)
    stage.commit("Nobody will notice", "gao.peng")
    stage.git("switch", "--quiet", "main")
    return BEFORE, AFTER


def _entries(copy: Path) -> Path:
    """The file that holds both entries."""
    return next((copy / "tile" / "entries").rglob("2"))
