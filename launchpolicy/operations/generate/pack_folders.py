"""The folders of the shipped packs, and whether figures about their cases are still true."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.pack_files import PACK_FILE
from launchpolicy.vocabulary.hashing import sha256


def pack_folders(root: Path) -> list[Path]:
    """Return the folder of every shipped pack, in the order of their names."""
    return sorted(file.parent for file in (root / "policies").glob(f"*/{PACK_FILE}"))


def digest_of_files(folder: Path, counting: int) -> str:
    """Return the digest of everything that figures about the cases of a pack are counted from.

    `counting` is the number of the way in which they are counted.
    """
    files = {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes())
        for file in folder.rglob("*.yaml")
    }
    return digest_of({"counting": counting, "files": files})
