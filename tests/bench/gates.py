"""The gates of the speed: what launchpolicy may take, beside its peers and beside its own past."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.before import BEFORE
from tests.bench.gate_scenarios import (
    APPEND,
    DAY,
    ONE_MORE,
    SHORT,
    SINCE,
    VERIFY,
    WALK,
    WHOLE_WALK,
)
from tests.bench.peers import OURS
from tests.bench.tables import Table
from tests.bench.timing import Summary, paired_ratio

MEBIBYTE = 1024 * 1024
_HEADS = ("gate", "launchpolicy", "against", "figure", "limit", "met", "before", "runs", "load")
_EXPLANATION = (
    "A figure is launchpolicy ÷ the other: the median of the ratios round by round. *Before* is "
    "the same figure with the launchpolicy of the earlier commit. *Load* is the load average of "
    "one minute when the rounds began and ended; on a machine that does other work, a figure is "
    "a hint and no proof.\n"
)
_MEMORY_LIMIT = 80 * MEBIBYTE
_CHECKS = ("own-kind-1", "own-kind-100", "own-kind-10000", "product-launch")
_LARGEST = "own-kind-10000"
"""Without this scenario, the largest process of the others would say too little."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One ratio that has a limit: launchpolicy ÷ `against`, paired, in the scenario `key`."""

    title: str
    key: str
    against: str
    limit: float
    seconds: Callable[[Summary], Sequence[float]]


@dataclass(frozen=True, slots=True)
class GateRow:
    """One line of the table of gates, in words; `met` is yes, no or not measured."""

    title: str
    ours: str
    against: str
    figure: str
    limit: str
    met: str
    before: str
    runs: str
    load: str

    def cells(self) -> list[str]:
        """Return the line's cells in the order of the table's heads."""
        met = f"**{self.met}**"
        middle = [self.ours, self.against, self.figure, self.limit]
        return [self.title, *middle, met, self.before, self.runs, self.load]


def _wall(summary: Summary) -> Sequence[float]:
    return summary.walls


def _processor(summary: Summary) -> Sequence[float]:
    return summary.processors


_LEDGER_NOTE = "of the issue on the ledger"
GATES = (
    Gate("1 file of an own kind", "own-kind-1", "check-jsonschema", 0.40, _wall),
    Gate("100 files", "own-kind-100", "check-jsonschema", 0.13, _wall),
    Gate("10,000 files", "own-kind-10000", "ajv-cli", 3.0, _wall),
    Gate("10,000 files", "own-kind-10000", "check-jsonschema", 1 / 20, _wall),
    Gate("examples/product-launch, all requests", "product-launch", BEFORE, 0.45, _wall),
    Gate(f"ledger append, CPU ({_LEDGER_NOTE})", APPEND, BEFORE, 0.5, _processor),
    Gate(f"ledger verify, all, CPU ({_LEDGER_NOTE})", VERIFY, BEFORE, 0.5, _processor),
    Gate(f"ledger verify --since, CPU ({_LEDGER_NOTE})", SINCE, WALK, 20, _processor),
    Gate(f"ledger verify --since, a day's, CPU ({_LEDGER_NOTE})", DAY, WHOLE_WALK, 20, _processor),
    Gate(f"ledger append, one landing, CPU ({_LEDGER_NOTE})", ONE_MORE, SHORT, 1.2, _processor),
)


def gate_rows(tables: Sequence[Table]) -> list[GateRow]:
    """Return one row for each gate, also for those that were not measured.

    Args:
        tables: All tables of one run of the benchmark.
    """
    by_key = {table.key: table for table in tables}
    rows = [_row(gate, by_key.get(gate.key)) for gate in GATES]
    return [*rows, _largest_row(by_key)]


def render_gates(tables: Sequence[Table]) -> str:
    """Return the table of gates as Markdown."""
    rows = [row.cells() for row in gate_rows(tables)]
    lines = [_HEADS, ["---"] * len(_HEADS), *rows]
    return "\n".join(
        [
            "## Gates\n",
            _EXPLANATION,
            *(f"| {' | '.join(cells)} |" for cells in lines),
            "",
        ]
    )


def _row(gate: Gate, table: Table | None) -> GateRow:
    limit = f"≤ {ratio_text(gate.limit)}"
    if table is None or not {OURS, gate.against} <= table.summaries.keys():
        return GateRow(gate.title, "", gate.against, "", limit, "not measured", "", "", "")
    ours, other = table.summaries[OURS], table.summaries[gate.against]
    ratio = paired_ratio(gate.seconds(ours), gate.seconds(other))
    return GateRow(
        title=gate.title,
        ours=time_text(statistics.median(gate.seconds(ours))),
        against=f"{gate.against}: {time_text(statistics.median(gate.seconds(other)))}",
        figure=ratio_text(ratio),
        limit=limit,
        met="yes" if ratio <= gate.limit else "no",
        before=_before(gate, table),
        runs=str(ours.runs),
        load=_load(table),
    )


def _before(gate: Gate, table: Table) -> str:
    before = table.summaries.get(BEFORE)
    if before is None or gate.against == BEFORE:
        return ""
    other = gate.seconds(table.summaries[gate.against])
    return ratio_text(paired_ratio(gate.seconds(before), other))


def _largest_row(by_key: Mapping[str, Table]) -> GateRow:
    title, limit = "largest process of all checks", f"≤ {_MEMORY_LIMIT // MEBIBYTE} MiB"
    if _LARGEST not in by_key:
        return GateRow(title, "", "", "", limit, "not measured", "", "", "")
    tables = [by_key[key] for key in _CHECKS if key in by_key]
    ours = max(_largest(tables, OURS))
    before = max(_largest(tables, BEFORE), default=0)
    return GateRow(
        title=title,
        ours=_mebibytes(ours),
        against="",
        figure=_mebibytes(ours),
        limit=limit,
        met="yes" if ours <= _MEMORY_LIMIT else "no",
        before=_mebibytes(before) if before else "",
        runs=str(by_key[_LARGEST].summaries[OURS].runs),
        load=_load(by_key[_LARGEST]),
    )


def _largest(tables: Sequence[Table], name: str) -> Iterator[int]:
    """Yield the largest process of each table, remembering nothing or not."""
    for table in tables:
        for row, summary in table.summaries.items():
            if row == name or (name == OURS and row.startswith(f"{OURS}, ")):
                yield summary.largest


def _load(table: Table) -> str:
    return f"{table.load[0]:.1f} to {table.load[1]:.1f}"


def _mebibytes(size: int) -> str:
    return f"{size / MEBIBYTE:.0f} MiB"


def time_text(seconds: float) -> str:
    """Return seconds as text, short times in milliseconds."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def ratio_text(ratio: float) -> str:
    """Return 0.42 as it is; a small ratio also as a fraction, which says more."""
    return f"{ratio:.2f}" if ratio >= 1 / 10 else f"{ratio:.3f} (1/{1 / ratio:.1f})"
