"""Remember what this run has written, to say it where the report of it cannot be printed."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text

_SHOWN = 5
_log: dict[Text, None] = {}
"""What was written, in its order; a process is one run."""


def note_written(name: str) -> None:
    """Add the name of a file or a folder that was written, and stays whatever comes."""
    _log[Text(name, name)] = None


def note_moved(reference: str) -> None:
    """Add a reference of git that was moved, if it is a branch."""
    branch = reference.removeprefix("refs/heads/")
    if branch != reference:
        _log[Text(f"the branch {branch}", f"分支 {branch}")] = None


def forget_written() -> None:
    """Forget all: a new run begins."""
    _log.clear()


def names_of_writes() -> Text | None:
    """Return what was written, as a list of names in a sentence; None for nothing."""
    if not _log:
        return None
    names = list(_log)[:_SHOWN]
    count = len(_log) - len(names)
    more = Text(f" and {count} more" if count else "", f"等 {len(_log)} 项" if count else "")
    return Text(
        ", ".join(name.en for name in names) + more.en,
        "、".join(name.zh for name in names) + more.zh,
    )
