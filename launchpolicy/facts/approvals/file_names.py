"""Where signed approvals stand: the folder, and what their files are called."""

from __future__ import annotations

from typing import Final

FOLDER: Final = "approvals"
"""The folder beside a request in which its signed approvals stand."""

SUFFIXES: Final = (".yaml", ".yml")
"""How the names of their files end."""


def approval_folder(path: str) -> str:
    """Return the folder of the approvals of the document at `path`."""
    return f"{path.rpartition('/')[0]}/{FOLDER}".lstrip("/")


def file_stem(files: str, path: str, person: str) -> str:
    """Return the name, without suffix, of the file in which a person's approval stands.

    It is the person's id, after the document's name where documents of a kind share a folder.

    Args:
        files: the pattern of the kind's files.
        path: where the document stands.
        person: the person's id.
    """
    shares_its_folder = "*" in files.rpartition("/")[2]
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return f"{stem}.{person}" if shares_its_folder else person
