"""Write the files of a draft into the work tree: new ones only, and one pack that is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from launchpolicy.hosts import whole_files
from launchpolicy.policy.pack_files import PACK_FILE
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def write_draft(root: Path, files: Mapping[str, str], folder: str) -> None:
    """Write the files, by their paths from `root`; the pack last, which alone may be there.

    Raises:
        UsageError: another one is there, a link leads out of `root`, or it cannot be written.
    """
    pack = f"{folder}/{PACK_FILE}"
    for path in files:
        _check_place(root, path, may_exist=path == pack)
    for path, text in files.items():
        if path == pack and whole_files.content(root, path) is not None:
            whole_files.replace(root, path, text.encode())
        else:
            whole_files.write_new(root, path, text)


def _check_place(root: Path, path: str, *, may_exist: bool) -> None:
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()) or target.is_symlink():
        raise UsageError(
            Text(f"{path} lies behind a link.", f"{path} 位于链接之后。"),
            Text("Replace the link by a folder or file.", "请用目录或文件替换该链接。"),
        )
    if target.exists() and not may_exist:
        raise UsageError(
            Text(f"{path} is there already.", f"{path} 已存在。"),
            Text("Choose another id, or remove the file.", "请换一个标识，或删除该文件。"),
        )
