"""Files of a draft, written into the work tree: new ones only, and one pack that is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from launchpolicy.policy.pack_files import PACK_FILE
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def write_draft(root: Path, files: Mapping[str, str], folder: str) -> None:
    """Writes the files, by their paths from `root`; the pack last, which alone may be there.

    Raises:
        UsageError: another one is there, a link leads out of `root`, or it cannot be written.
    """
    pack = f"{folder}/{PACK_FILE}"
    for path in files:
        _check_place(root, path, may_exist=path == pack)
    try:
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w" if path == pack else "x", encoding="utf-8", newline="") as file:
                file.write(text)
    except OSError as error:
        raise _unwritable(str(error.filename or folder), error) from error


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


def _unwritable(path: str, error: OSError) -> UsageError:
    return UsageError(
        Text(f"{path} cannot be written: {error}", f"无法写入 {path}：{error}"),
        Text("Check the folder and its permissions.", "请检查目录及其权限。"),
    )
