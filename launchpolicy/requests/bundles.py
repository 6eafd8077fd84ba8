"""Bundles as a configuration declares them: packs that were copied in from somewhere else."""

from __future__ import annotations

from typing import Any, Final

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data

FOLDER: Final = "bundles"
"""The folder that holds the copies, one folder for each bundle."""

LOCK: Final = "bundles.lock.yaml"
"""The file that says where each copy came from, and what was in it."""


class BundleDeclaration(NamedTuple):
    """A bundle: `source` is a git repository, a folder or an archive, `ref` a name in the first.

    `packs` are those that were asked for; none for all. `ref` is "" where there is none.
    """

    name: str
    source: str
    ref: str = ""
    packs: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Return the folder of its copy."""
        return f"{FOLDER}/{self.name}"

    @property
    def pack_folder(self) -> str:
        """Return the folder of its packs, each a folder below."""
        return f"{self.folder}/packs"

    def as_data(self) -> dict[str, Any]:
        """Return the declaration as it is written."""
        data: dict[str, Any] = {"name": self.name, "source": self.source}
        data |= {"ref": self.ref} if self.ref else {}
        return data | ({"packs": list(self.packs)} if self.packs else {})


def bundle_declarations(written: Data) -> tuple[BundleDeclaration, ...]:
    """Return the declarations of a validated configuration."""
    return tuple(
        BundleDeclaration(**{**declaration, "packs": tuple(declaration.get("packs", ()))})
        for declaration in written
    )
