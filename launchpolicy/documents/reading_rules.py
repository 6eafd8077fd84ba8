"""How the files of a document kind are read where its owner allows more than usual."""

from __future__ import annotations

import re
from typing import Any

from launchpolicy.documents.limits import MAX_BYTES, MAX_NODES
from launchpolicy.vocabulary.named_tuple import NamedTuple

ANY_KEY = "*"
"""The step of a route that stands for any key of a mapping."""

RoutePattern = tuple[str, ...]
"""Keys from the root of a document; `*` is any key of a mapping. Lists on the way are entered."""

_SIZE = r"([1-9][0-9]{0,7})(KiB|MiB)"
_UNITS = {"KiB": 1024, "MiB": 1024 * 1024}


class ReadingRules(NamedTuple):
    """What a kind allows in its files.

    `max_bytes` is the size of the largest file. With `expands_anchors` anchors, aliases and merge
    keys stand for what they mean, else they are refused. With `is_stream` a file may hold several
    documents. Plain scalars at `text_routes` stay the text as it is written.
    """

    max_bytes: int = MAX_BYTES
    expands_anchors: bool = False
    is_stream: bool = False
    text_routes: tuple[RoutePattern, ...] = ()

    @property
    def of_one_document(self) -> ReadingRules:
        """Return the same for a text that is one document."""
        return self._replace(is_stream=False) if self.is_stream else self

    @property
    def max_nodes(self) -> int:
        """Return how many values a file may hold: as many for each byte as in a usual file."""
        return MAX_NODES * max(self.max_bytes, MAX_BYTES) // MAX_BYTES

    def settings(self) -> dict[str, Any]:
        """Return the rules as plain data, for digests; what is as usual is empty."""
        return {
            "maxSize": "" if self.max_bytes == MAX_BYTES else f"{self.max_bytes}",
            "anchors": "expand" if self.expands_anchors else "",
            "documents": "many" if self.is_stream else "",
            "keepText": [".".join(route) for route in self.text_routes],
        }


STRICT = ReadingRules()
"""How files are read where a kind says nothing else."""


def bytes_of(size: str) -> int:
    """Return the bytes of a size that is written with its unit: `512KiB`, `4MiB`.

    Raises:
        ValueError: it is none.
    """
    match = re.fullmatch(_SIZE, size)
    if match is None:
        message = f"not a size: {size!r}"
        raise ValueError(message)
    return int(match[1]) * _UNITS[match[2]]


def route_pattern(written: str) -> RoutePattern:
    """Return the steps of a route with `*` for any key; `[]` says that a list is entered."""
    return tuple(step for step in written.replace("[]", "").split(".") if step)
