"""Data documents: files of the launch repository that policies read as `data.<name>`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data

_FORMATS: Final = {
    "": "yaml",
    "yaml": "yaml",
    "yml": "yaml",
    "json": "json",
    "toml": "toml",
    "txt": "lines",
}
"""The format that a suffix stands for; a file without one is YAML."""


class DataDeclaration(NamedTuple):
    """A data document, as a configuration declares it; `at`, `schema` and `format` may be ""."""

    name: str
    file: str
    at: str = ""
    schema: str = ""
    format: str = ""

    @property
    def stated_format(self) -> str:
        """Return the format of the file, by its suffix where none is declared; "" if unknown."""
        stem, _, suffix = self.file.rpartition("/")[2].rpartition(".")
        return self.format or _FORMATS.get(suffix.lower() if stem else "", "")


class DataDocuments(NamedTuple):
    """The data documents that the policies about one kind read.

    `values` are plain data by name; `schemas` are of those that have one. `typed` is the schema of
    the kind together with theirs, for the type check (`policy.data_types`).
    """

    values: Mapping[str, Any]
    schemas: Mapping[str, Schema]
    typed: Schema


NO_DATA: Final = DataDocuments({}, {}, Schema({}))
"""What a configuration without data documents gives to policies: no variable `data`."""


def data_declarations(written: Data) -> tuple[DataDeclaration, ...]:
    """Return the declarations of a validated configuration."""
    return tuple(DataDeclaration(**declaration) for declaration in written)
