"""A document for those who ask what is wrong in it, and not on which line."""

from __future__ import annotations

from typing import Any, cast

from launchpolicy.documents.reading import Document
from launchpolicy.vocabulary.place import START, Data, Place, Route


class UnplacedDocument(Document):
    """A document whose places say the route, and the first line in place of the right one.

    To find lines costs as much as to read the file once more; an entry of the ledger holds none.
    """

    __slots__ = ()

    def place(self, route: Route, missing: Route = ()) -> Place:
        """Return where the value at `route` is, without its line.

        If the route does not exist, the nearest existing parent, with the rest as `missing`.
        """
        existing, data = 0, cast("Any", self.data)
        while existing < len(route) and _holds(data, route[existing]):
            data = data[route[existing]]
            existing += 1
        return Place(self.path, START, route[:existing], route[existing:] + missing)


def _holds(data: Data, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(data, list) and 0 <= step < len(data)
    return isinstance(data, dict) and step in data


def without_lines(document: Document) -> UnplacedDocument:
    """Return the same document without lines; what was found by schemas is kept with both."""
    unplaced = UnplacedDocument(document.path, document.text, document.data, document.rules)
    unplaced._findings = document._findings  # noqa: SLF001 (one object in two classes)
    return unplaced
