"""Data that nobody here wrote; it stands beside the repository and is never copied into it."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def shared_folder() -> Path:
    """Where the shared data is, or would be."""
    return Path(os.environ.get("LAUNCHPOLICY_SHARED") or REPOSITORY.parent / "shared")


def shared_file(name: str) -> Path:
    """The file or folder `name` of the shared data.

    Raises:
        FileNotFoundError: it is not there; a test that needs it must not pass without it.
    """
    found = shared_folder() / name
    if not found.exists():
        message = (
            f"There is no {found}. These tests need the data that is kept beside the repository:"
            " put it there, or set LAUNCHPOLICY_SHARED to where it is."
        )
        raise FileNotFoundError(message)
    return found
