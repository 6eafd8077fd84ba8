"""Know the inputs of this run, so that no report is written over one of them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from launchpolicy.requests.configuration import FILE

_DOCUMENT = re.compile(rb"""^["']?apiVersion["']?[ \t]*:[ \t]*["']?launchpolicy/""", re.MULTILINE)
_HEAD = 64 * 1024
_paths: set[str] = set()
"""Evidence that was read, from the top of the launch repository; a process is one run."""
_files: set[str] = set()
"""Files that were named on the command line and read, without links."""


def note_evidence(path: str) -> None:
    """Add a path in the launch repository whose evidence was read, here or in a commit."""
    _paths.add(path)


def note_file(file: Path) -> None:
    """Add a file that was named on the command line and read."""
    _files.add(os.path.realpath(file))


def forget_inputs() -> None:
    """Forget all: a new run begins."""
    _paths.clear()
    _files.clear()


def is_input(file: Path) -> bool:
    """Return whether an ordinary file was read in this run, or is a document of launchpolicy.

    A document counts in any case: a check of commits reads the same file out of a commit.

    Raises:
        OSError: it cannot be read.
    """
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        if _DOCUMENT.search(stream.read(_HEAD)):
            return True
    name = Path(os.path.realpath(file))
    top = next((folder for folder in name.parents if (folder / FILE).is_file()), None)
    return str(name) in _files or (top is not None and name.relative_to(top).as_posix() in _paths)
