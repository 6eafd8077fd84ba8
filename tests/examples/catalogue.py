"""What the examples are, found on disk: processes, their requests, and the broken variants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = "2026-11-25T10:00:00+08:00"
"""The moment at which every example is judged: its past lies before it, its plans after it."""

NOW_INSTANT = datetime.fromisoformat(NOW)

PROCESSES = tuple(sorted(path.parent.name for path in EXAMPLES.glob("*/launches")))

_HEADER = re.compile(r"^(policy|clause|at): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Broken:
    """A patch that breaks one policy; what stands above the patch says where, and which clause."""

    process: str
    file: Path
    policy: str
    clause: str
    at: str

    @property
    def id(self) -> str:
        return f"{self.process}/{self.policy}"


def broken_variants() -> list[Broken]:
    """Every patch of every example."""
    return [_broken(file) for file in sorted(EXAMPLES.glob("*/broken/*.patch"))]


def _broken(file: Path) -> Broken:
    head = file.read_text("utf-8").split("\ndiff --git ", 1)[0]
    said = dict(_HEADER.findall(head))
    assert set(said) == {"policy", "clause", "at"}, f"{file}: its head must say all three"
    assert said["policy"] == file.stem, file
    return Broken(file.parents[1].name, file, said["policy"], said["clause"], said["at"])
