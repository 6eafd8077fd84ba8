"""The files that this run has read and written; a process is one run.

No report is written over what was read. What was written is named where a report cannot be printed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.text import Text

_DOCUMENT = re.compile(rb"""^["']?apiVersion["']?[ \t]*:[ \t]*["']?launchpolicy/""", re.MULTILINE)
_HEAD = 64 * 1024
_SHOWN = 5


class _RunFiles:
    """What one run has read and written.

    `evidence` are paths from the top of the launch repository, `inputs` files named on the command
    line, without links, `written` what was written, in its order.
    """

    __slots__ = ("evidence", "inputs", "written")

    def __init__(self) -> None:
        self.evidence: set[str] = set()
        self.inputs: set[str] = set()
        self.written: dict[Text, None] = {}


_run = _RunFiles()


def forget_files() -> None:
    """Forget all files: a new run starts."""
    for files in (_run.evidence, _run.inputs, _run.written):
        files.clear()


def note_evidence(path: str) -> None:
    """Add a path in the launch repository whose evidence was read, here or in a commit."""
    _run.evidence.add(path)


def note_input(file: Path) -> None:
    """Add a file that was named on the command line and read."""
    _run.inputs.add(os.path.realpath(file))


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
    is_evidence = top is not None and name.relative_to(top).as_posix() in _run.evidence
    return str(name) in _run.inputs or is_evidence


def note_written(name: str) -> None:
    """Add the name of a file or a folder that was written, and stays even if the run fails."""
    _run.written[Text(name, name)] = None


def note_moved(reference: str) -> None:
    """Add a reference of git that was moved, if it is a branch."""
    branch = reference.removeprefix("refs/heads/")
    if branch != reference:
        _run.written[Text(f"the branch {branch}", f"分支 {branch}")] = None


def names_of_writes() -> Text | None:
    """Return what was written, as a list of names in a sentence; None for nothing."""
    if not _run.written:
        return None
    names = list(_run.written)[:_SHOWN]
    total = len(_run.written)
    count = total - len(names)
    more = Text(f" and {count} more" if count else "", f"等 {total} 项" if count else "")
    return Text(
        ", ".join(name.en for name in names) + more.en,
        "、".join(name.zh for name in names) + more.zh,
    )
