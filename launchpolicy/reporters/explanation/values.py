"""Values of expressions in a few characters, as an expression would write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from launchpolicy.reporters.text.cells import cells, cut

_LONGEST = 60
_SHOWN = 5
"""Runs of equal values that are shown of a part that a loop evaluates several times."""


def written_value(value: Any, longest: int = _LONGEST) -> str:  # noqa: ANN401 (a CEL value)
    """Return a value in at most `longest` cells."""
    text = _text_of(value)
    return text if cells(text) <= longest else f"{cut(text, longest - 1)[0]}…"


def written_values(values: Sequence[Any], count: int) -> str:
    """Return the values that a part took, in order: `false ×3, true`; of many the first few.

    `count` is how many there were, of which `values` are the first.
    """
    if count == 1:
        return written_value(values[0])
    runs = [
        (text, sum(1 for _ in same))
        for text, same in groupby(written_value(value, _LONGEST // 3) for value in values)
    ]
    shown = [f"{text} ×{size}" if size > 1 else text for text, size in runs[:_SHOWN]]
    is_cut = len(runs) > _SHOWN or count > len(values)
    return ", ".join([*shown, f"… ({count})"] if is_cut else shown)


def plain_value(value: Any) -> Any:  # noqa: ANN401 (a CEL value)
    """Return a value as JSON can hold it; moments, durations and bytes as text."""
    if isinstance(value, dict):
        named = {str(key): plain_value(item) for key, item in value.items()}
        return dict(sorted(named.items()))  # the library keeps no order
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    if isinstance(value, datetime | timedelta | bytes | bytearray):
        return _text_of(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _text_of(value: Any) -> str:  # noqa: ANN401 (a CEL value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}s"
    if isinstance(value, bytes | bytearray):
        return f"{len(value)} bytes"
    return json.dumps(plain_value(value), ensure_ascii=False)
