"""Tables in plain text, in which a comma, a semicolon or a tab stands between the cells."""

from __future__ import annotations

import csv
import io
from typing import Final

_DELIMITERS: Final = (",", ";", "\t")


def cells_of(text: str) -> str:
    """Return the text with a tab between the cells of each row, as tables of documents are read.

    What stands between the cells is what the first row has most of; a text that is no such table
    comes back as it was.
    """
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return text
    cells = ((" ".join(cell.split()) for cell in row) for row in rows)
    return "\n".join("\t".join(row) for row in cells)
