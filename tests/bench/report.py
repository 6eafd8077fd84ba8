"""One Markdown page of what was measured, with the ratios that the README may quote."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.gates import MEBIBYTE, ratio_text, render_gates, time_text
from tests.bench.imports import Import, by_package
from tests.bench.peers import OURS, Tool
from tests.bench.tables import Table
from tests.bench.timing import Summary, paired_ratio

MODULES_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that one run of the benchmark measured."""

    tools: Sequence[Tool]
    left_out: Sequence[str]
    spoiled: int
    tables: Sequence[Table]
    imports: Sequence[Import]


def render(findings: Findings) -> str:
    """Return the page."""
    parts = [
        "# launchpolicy beside its peers\n",
        _machine(),
        render_gates(findings.tables),
        _tools(findings),
        *(_table(table) for table in findings.tables),
        _imports(findings.imports),
    ]
    return "\n".join(part for part in parts if part)


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores. Every figure is a whole process, from start to exit, as its "
        "user starts it, with compiled code and without variables that change how an interpreter "
        "starts. The tools take turns, every second round backwards, so a noisy minute meets all "
        "of them alike; figures are medians. *Processor* is time on all cores together. *Peak "
        "memory* is that of all of a tool's processes together, *largest* that of its largest "
        "process in any run. *Of its time* is what launchpolicy takes of that tool's wall time, "
        "round by round.\n"
    )


def _tools(findings: Findings) -> str:
    lines = ["## Who checks what\n", "| tool | version | checks |", "| --- | --- | --- |"]
    lines += [f"| {tool.name} | {tool.version} | {tool.checks} |" for tool in findings.tools]
    lines += ["", *(f"Not measured: {name}.\n" for name in findings.left_out)]
    lines.append(
        f"Before anything was timed, the tools were given {findings.spoiled} files that break one "
        "rule each, among good ones, and objected to exactly these.\n"
    )
    return "\n".join(lines)


def _table(table: Table) -> str:
    ours = table.summaries.get(OURS)
    objecting = table.objections is not None
    heads = ["", "wall", "fastest to slowest", "processor", "peak memory", "largest", "runs"]
    heads += ["of its time"] if ours else []
    heads += ["objects to"] if objecting else []
    notes = [f"{table.note}\n"] if table.note else []
    rows = [
        _row(name, summary, ours, (table.objections or {}).get(name))
        for name, summary in table.summaries.items()
    ]
    began, ended = table.load
    notes.append(f"Load average: {began:.1f} at the start, {ended:.1f} at the end.\n")
    lines = [_cells(heads), _cells(["---"] * len(heads)), *rows, ""]
    return "\n".join([f"## {table.title}\n", *notes, *lines])


def _row(name: str, summary: Summary, ours: Summary | None, objections: int | None) -> str:
    cells = [
        name,
        time_text(summary.wall),
        f"{time_text(min(summary.walls))} to {time_text(max(summary.walls))}",
        time_text(summary.processor),
        f"{summary.peak / MEBIBYTE:.0f} MiB",
        f"{summary.largest / MEBIBYTE:.0f} MiB",
        str(summary.runs),
    ]
    if ours:
        cells.append("" if summary is ours else ratio_text(paired_ratio(ours.walls, summary.walls)))
    if objections is not None:
        cells.append(f"{objections:,} files")
    return _cells(cells)


def _imports(imports: Sequence[Import]) -> str:
    if not imports:
        return ""
    total = sum(each.own for each in imports)
    lines = [
        "## What the check of one good file imports\n",
        f"{len(imports)} modules, {time_text(total / 1e6)} under `-X importtime`, not free.\n",
        "By package, without what each imports:\n",
        "| package | modules | own time |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {package} | {modules} | {time_text(own / 1e6)} |"
        for package, (modules, own) in list(by_package(list(imports)).items())[:MODULES_SHOWN]
    ]
    lines += [
        "\nBy module, with what it imports first:\n",
        "| module | own time | cumulative |",
        "| --- | --- | --- |",
    ]
    dearest = sorted(imports, key=lambda each: -each.cumulative)[:MODULES_SHOWN]
    lines += [
        f"| {each.module} | {time_text(each.own / 1e6)} | {time_text(each.cumulative / 1e6)} |"
        for each in dearest
    ]
    return "\n".join([*lines, ""])


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
