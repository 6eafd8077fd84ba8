"""What the macros `transformMap` and `transformMapEntry` call for each entry that they add.

The library's own is not registered with the evaluator that Python gets (record 0024), and it finds
ours by the container of the environment.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from launchpolicy.policy.cel.work import WorkBudget, count_values

_Entries: TypeAlias = dict[Any, Any]

_TWICE = "two entries of the map have the same key"
_MOMENT = "a map made by `transformMap` cannot hold timestamps or durations; keep their text"


def insert(work: WorkBudget, entries: _Entries, key: Any, value: Any) -> _Entries:  # noqa: ANN401
    """Return `entries` with one more.

    Raises:
        ValueError: the key is there already, or the value is a moment, which cannot be handed back.
    """
    work.spend(count_values(entries) + count_values(value))
    _add(entries, key, value)
    return entries


def merge(work: WorkBudget, entries: _Entries, added: _Entries) -> _Entries:
    """Return `entries` with those of `added`.

    Raises:
        ValueError: a key is in both, or a value is a moment, which cannot be handed back.
    """
    work.spend(count_values(entries) + count_values(added))
    for key, value in added.items():
        _add(entries, key, value)
    return entries


def _add(entries: _Entries, key: Any, value: Any) -> None:  # noqa: ANN401 (CEL values)
    if key in entries:
        raise ValueError(_TWICE)
    if _holds_a_moment(value):
        raise ValueError(_MOMENT)
    entries[key] = value


def _holds_a_moment(value: Any) -> bool:  # noqa: ANN401 (a CEL value)
    if isinstance(value, list):
        return any(map(_holds_a_moment, value))
    if isinstance(value, dict):
        return any(map(_holds_a_moment, value.values()))
    return isinstance(value, datetime | timedelta)
