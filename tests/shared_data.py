"""Data that nobody here wrote; it stands beside the repository and is never copied into it."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def shared_file(name: str) -> Path:
    """The file or folder `name` of the shared data.

    Raises:
        FileNotFoundError: it is not there; a test that needs it must not pass without it.
    """
    shared = Path(os.environ.get("LAUNCHPOLICY_SHARED", REPOSITORY.parent / "shared"))
    found = shared / name
    if not found.exists():
        message = (
            f"There is no {found}. These tests need the data that is kept beside the repository:"
            " put it there, or set LAUNCHPOLICY_SHARED to where it is."
        )
        raise FileNotFoundError(message)
    return found
