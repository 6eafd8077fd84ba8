"""One Markdown page of what was measured, with the ratios that the README may quote."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.imports import Import, by_package
from tests.bench.peers import Tool
from tests.bench.scenarios import Table
from tests.bench.timing import Summary

OURS = "launchpolicy"
MODULES_SHOWN = 15
MEBIBYTE = 1024 * 1024
AIMS = {
    ("1 file, all good", "check-jsonschema"): 0.5,
    ("10,000 files, all good", "check-jsonschema"): 1 / 15,
}
"""What launchpolicy may take of a peer's wall time, by table and peer."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that one run of the benchmark found out."""

    tools: Sequence[Tool]
    left_out: Sequence[str]
    spoiled: int
    tables: Sequence[Table]
    imports: Sequence[Import]


def render(findings: Findings) -> str:
    parts = [
        "# launchpolicy beside its peers\n",
        _machine(),
        _tools(findings),
        *(_table(table) for table in findings.tables),
        _aims(findings.tables),
        _imports(findings.imports),
    ]
    return "\n".join(part for part in parts if part)


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores. Every figure is a whole process, from start to exit, as its "
        "user starts it. The tools take turns, so a noisy minute meets all of them alike; figures "
        "are medians. *Processor* is time on all cores together. *Peak memory* is that of all of "
        "a tool's processes together. *Of its time* is what launchpolicy takes of that tool's "
        "wall time.\n"
    )


def _tools(findings: Findings) -> str:
    lines = ["## Who checks what\n", "| tool | version | checks |", "| --- | --- | --- |"]
    lines += [f"| {tool.name} | {tool.version} | {tool.checks} |" for tool in findings.tools]
    lines += ["", *(f"Not measured: {name}.\n" for name in findings.left_out)]
    lines.append(
        f"Before anything was timed, each of these tools was given {findings.spoiled} requests that"
        " break one rule each, among good ones, and objected to exactly these.\n"
    )
    return "\n".join(lines)


def _table(table: Table) -> str:
    ours = table.summaries.get(OURS)
    objecting = table.objections is not None
    heads = ["", "wall", "fastest to slowest", "processor", "peak memory", "runs"]
    heads += ["of its time"] if ours else []
    heads += ["objects to"] if objecting else []
    notes = [f"{table.note}\n"] if table.note else []
    rows = [
        _row(name, summary, ours, (table.objections or {}).get(name))
        for name, summary in table.summaries.items()
    ]
    return "\n".join(
        [f"## {table.title}\n", *notes, _cells(heads), _cells(["---"] * len(heads)), *rows, ""]
    )


def _row(name: str, summary: Summary, ours: Summary | None, objections: int | None) -> str:
    cells = [
        name,
        _time(summary.wall),
        f"{_time(summary.fastest)} to {_time(summary.slowest)}",
        _time(summary.processor),
        f"{summary.peak / MEBIBYTE:.0f} MiB",
        str(summary.runs),
    ]
    if ours:
        cells.append("" if name.startswith(OURS) else _ratio(ours.wall / summary.wall))
    if objections is not None:
        cells.append(f"{objections:,} files")
    return _cells(cells)


def _aims(tables: Sequence[Table]) -> str:
    by_title = {table.title: table.summaries for table in tables}
    lines = []
    for (title, peer), aim in AIMS.items():
        summaries = by_title.get(title, {})
        if peer in summaries:
            ratio = summaries[OURS].wall / summaries[peer].wall
            word = "met" if ratio <= aim else "missed"
            lines.append(
                f"* {title}: at most {_ratio(aim)} of {peer}'s time: "
                f"**{word}**, measured {_ratio(ratio)}"
            )
    return "\n".join(["## Aims\n", *lines, ""]) if lines else ""


def _imports(imports: Sequence[Import]) -> str:
    if not imports:
        return ""
    total = sum(each.own for each in imports)
    lines = [
        "## What the check of one good file imports\n",
        f"{len(imports)} modules, {_time(total / 1e6)} under `-X importtime`, itself not free.\n",
        "By package, without what each imports:\n",
        "| package | modules | own time |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {package} | {modules} | {_time(own / 1e6)} |"
        for package, (modules, own) in list(by_package(list(imports)).items())[:MODULES_SHOWN]
    ]
    lines += [
        "\nBy module, with what it imports first:\n",
        "| module | own time | cumulative |",
        "| --- | --- | --- |",
    ]
    dearest = sorted(imports, key=lambda each: -each.cumulative)[:MODULES_SHOWN]
    lines += [
        f"| {each.module} | {_time(each.own / 1e6)} | {_time(each.cumulative / 1e6)} |"
        for each in dearest
    ]
    return "\n".join([*lines, ""])


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _ratio(ratio: float) -> str:
    """0.42 as it is; small ones also as a fraction, which says more."""
    return f"{ratio:.2f}" if ratio > 1 / 3 else f"{ratio:.3f} (1/{1 / ratio:.1f})"
