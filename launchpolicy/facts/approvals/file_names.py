"""Where signed approvals stand: the folder, and what their files are called."""

from __future__ import annotations

from typing import Final

FOLDER: Final = "approvals"
"""The folder beside a request in which its signed approvals stand."""

SUFFIXES: Final = (".yaml", ".yml")
"""How the names of their files end."""

_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_LONGEST: Final = 40
_DIGITS: Final = 8
"""Hexadecimal digits that tell ids apart whose readable parts are one."""


def approval_folder(path: str) -> str:
    """Return the folder of the approvals of the document at `path`."""
    return f"{path.rpartition('/')[0]}/{FOLDER}".lstrip("/")


def file_stem(files: str, path: str, person: str, document: str = "") -> str:
    """Return the name, without suffix, of the file in which a person's approval stands.

    It is the person's id, after the document's name where documents of a kind share a folder, and
    after what stands for its id where documents share a file.

    Args:
        files: the pattern of the kind's files.
        path: where the document stands.
        person: the person's id.
        document: the id of a document of a file that holds many.
    """
    shares_its_folder = "*" in files.rpartition("/")[2]
    stem = path.rpartition("/")[2].rpartition(".")[0]
    parts = [stem] if shares_its_folder else []
    if document:
        parts.append(_short_name(document))
    return ".".join((*parts, person))


def further_stem(files: str, path: str, person: str, document: str = "") -> str:
    """Return the name of the file where `file_stem` is that of a document of another kind.

    Documents of two kinds may share a folder. It is "" where the name says already which document.
    """
    if "*" in files.rpartition("/")[2] or document:
        return ""
    return f"{path.rpartition('/')[2].rpartition('.')[0]}.{person}"


def _short_name(document: str) -> str:
    """Return a part of a file name that stands for an id, whatever characters that has."""
    import hashlib  # noqa: PLC0415 (few files hold many documents)

    plain = (character if character in _PLAIN else " " for character in document)
    readable = "-".join("".join(plain).split())[:_LONGEST]
    digest = hashlib.sha256(document.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
    return "-".join(filter(None, (readable, digest)))
