"""Layers of a PDF (optional content, ISO 32000-1, 8.11) that are off when the file is opened."""

from __future__ import annotations

from typing import Any

from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.syntax import Indirect


class Layers:
    """Which layers of a file are off."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        properties = file.entries(file.catalog.get("OCProperties"))
        first = file.entries(properties.get("D"))
        self._hidden = _numbers(file, first.get("OFF"))
        if str(file.resolve(first.get("BaseState"))) == "OFF":
            every = _numbers(file, properties.get("OCGs"))
            self._hidden |= every - _numbers(file, first.get("ON"))

    def hide(self, value: Any) -> bool:  # noqa: ANN401 (an object of PDF)
        """Return whether what belongs to this layer, or only to such layers, is not shown."""
        if isinstance(value, Indirect) and value.number in self._hidden:
            return True
        groups = self._file.entries(value).get("OCGs")
        resolved = self._file.resolve(groups)
        members = resolved if isinstance(resolved, list) else [groups]
        numbers = {member.number for member in members if isinstance(member, Indirect)}
        return bool(numbers) and numbers <= self._hidden


def _numbers(file: PdfFile, value: Any) -> set[int]:  # noqa: ANN401
    return {item.number for item in file.items(value) if isinstance(item, Indirect)}
