"""Write many files into one folder, each whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from launchpolicy.hosts.run_files import note_written
from launchpolicy.hosts.write_errors import ANOTHER_FOLDER, explain_write_errors, not_writable
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_LINK = Text("it is a link", "它是链接")


def write_folder(folder: Path, files: Iterable[tuple[str, str]], mark: str) -> int:
    """Write files below a folder that is new, empty or was written so before; return how many.

    `mark` is a file by which a folder of ours is known again: what lies in any other is not ours
    to write over.

    Raises:
        UsageError: the folder holds something else, or cannot be written.
        OutputError: there is no room for a file.
    """
    require_own_folder(folder, mark)
    make_folder(folder)
    count = 0
    for path, text in files:
        target = folder / path
        with explain_write_errors(target, ANOTHER_FOLDER):
            if target.is_symlink():
                raise not_writable(target, _LINK, ANOTHER_FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="")
        count += 1
    note_written(str(folder))
    return count


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, unless it is there.

    Raises:
        UsageError: it cannot be made, or something else is there.
        OutputError: there is no room for it.
    """
    with explain_write_errors(folder, ANOTHER_FOLDER):
        folder.mkdir(parents=True, exist_ok=True)


def require_own_folder(folder: Path, mark: str) -> None:
    """Require that a folder is new, empty, or holds the file `mark` by which ours are known.

    Raises:
        UsageError: it is none of these, or cannot be looked into.
    """
    with explain_write_errors(folder, ANOTHER_FOLDER):
        is_foreign = folder.exists() and any(folder.iterdir()) and not (folder / mark).is_file()
    if is_foreign:
        raise UsageError(
            Text(
                f"{folder} holds something that launchpolicy did not write.",
                f"{folder} 中有并非由 launchpolicy 写入的内容。",
            ),
            Text("Name a new or an empty folder.", "请指定新目录或空目录。"),
        )
