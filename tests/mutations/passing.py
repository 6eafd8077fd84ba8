"""The kinds of mutations that pass, each with a sentence why an honest requester could write it.

`passing.yaml` lists them. The first kind that fits a mutation counts it. Its `most` is the count
among the mutations of `LOTS`; it may only fall. `python -m tests.mutations --write` writes the
counts anew, and adds what passes and fits no kind, without a sentence: a test fails until it has
one, or until a policy refuses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FILE = Path(__file__).with_name("passing.yaml")
LOTS = 266
"""So many thousandths of all mutations are counted: 20,000."""

_HEAD = """\
# What passes although it was mutated (tests/mutations/passing.py): places and operators, why an
# honest requester could write it, and how many of 20,000 mutations at most. Counts are written by
# `python -m tests.mutations --write`; sentences by hand.
"""


class PassingKind(NamedTuple):
    """Mutations that may pass: at which places, by which operators, why, and how many at most."""

    places: tuple[str, ...]
    operators: tuple[str, ...]
    because: str
    most: int

    def fits(self, place: str, operator: str) -> bool:
        """Return whether this is the kind of a mutation; `*` in a place stands for anything."""
        is_operator = operator in self.operators or "*" in self.operators
        return is_operator and any(fnmatchcase(place, pattern) for pattern in self.places)


def passing_kinds() -> tuple[PassingKind, ...]:
    """Return the kinds of the table, in its order."""
    entries = yaml.safe_load(FILE.read_text("utf-8")) or []
    return tuple(
        PassingKind(
            tuple(entry["at"]),
            tuple(entry["by"]),
            entry.get("because") or "",
            entry.get("most", 0),
        )
        for entry in entries
    )


def count_by_kind(
    kinds: Sequence[PassingKind], passed: Iterable[tuple[str, str]]
) -> tuple[Counter[int], Counter[tuple[str, str]]]:
    """Return how many fit each kind, by its number, and those that fit none.

    `passed` are the places and operators of mutations that pass.
    """
    counts: Counter[int] = Counter()
    strangers: Counter[tuple[str, str]] = Counter()
    for place, operator in passed:
        fitting = (number for number, kind in enumerate(kinds) if kind.fits(place, operator))
        number = next(fitting, None)
        if number is None:
            strangers[place, operator] += 1
        else:
            counts[number] += 1
    return counts, strangers


def write_kinds(
    kinds: Sequence[PassingKind],
    counts: Mapping[int, int],
    strangers: Mapping[tuple[str, str], int],
) -> None:
    """Write the table with these counts; kinds that nothing fits any more are left out."""
    kept = [kind._replace(most=counts.get(number, 0)) for number, kind in enumerate(kinds)]
    by_operator: dict[str, list[str]] = {}
    for place, operator in sorted(strangers):
        by_operator.setdefault(operator, []).append(place)
    added = [
        PassingKind(
            tuple(places), (operator,), "", sum(strangers[place, operator] for place in places)
        )
        for operator, places in by_operator.items()
    ]
    entries = [_entry(kind) for kind in (*kept, *added) if kind.most]
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)
    FILE.write_text(_HEAD + text.replace("\n- at", "\n\n- at"), "utf-8")


def _entry(kind: PassingKind) -> dict[str, Any]:
    return {
        "at": list(kind.places),
        "by": list(kind.operators),
        "because": kind.because,
        "most": kind.most,
    }
