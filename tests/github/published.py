"""This project as others get it: what is committed, or would be, without what lies beside it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def publish(folder: Path) -> Path:
    """Copies every file that is or would be committed to `folder`, changes included."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    for name in filter(None, listing.stdout.split("\0")):
        if (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, folder / name)
    return folder
