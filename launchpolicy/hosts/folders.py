"""Write many files into one folder, each whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def write_folder(folder: Path, files: Iterable[tuple[str, str]], mark: str) -> int:
    """Write files below a folder that is new, empty or was written so before; return how many.

    `mark` is a file by which a folder of ours is known again: what lies in any other is not ours
    to write over.

    Raises:
        UsageError: the folder holds something else, or cannot be written.
    """
    require_own_folder(folder, mark)
    try:
        count = 0
        for path, text in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="")
            count += 1
    except OSError as error:
        raise unwritable(folder, error) from error
    return count


def require_own_folder(folder: Path, mark: str) -> None:
    """Require that a folder is new, empty, or holds the file `mark` by which ours are known.

    Raises:
        UsageError: it is none of these, or cannot be looked into.
    """
    try:
        is_foreign = folder.exists() and any(folder.iterdir()) and not (folder / mark).is_file()
    except OSError as error:
        raise unwritable(folder, error) from error
    if is_foreign:
        raise UsageError(
            Text(
                f"{folder} holds something that launchpolicy did not write.",
                f"{folder} 中有并非由 launchpolicy 写入的内容。",
            ),
            Text("Name a new or an empty folder.", "请指定新目录或空目录。"),
        )


def unwritable(folder: Path, error: OSError) -> UsageError:
    """Return the error for a folder that the system does not let us write."""
    reason = error.strerror or str(error)
    return UsageError(
        Text(f"{folder} cannot be written: {reason}.", f"无法写入 {folder}：{reason}。"),
        Text("Name a folder that you may write to.", "请指定有写权限的目录。"),
    )
