"""`make bench`: measure launchpolicy beside its peers and its own past; write bench-report.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import gate_scenarios, imports, ledgers, node_tools, scenarios
from tests.bench.agreement import DisagreementError
from tests.bench.before import UnknownCommitError, launchpolicy_before
from tests.bench.gates import render_gates
from tests.bench.peers import CACHE, ROOT, Tool, check_jsonschema, launchpolicy, say
from tests.bench.report import Findings, render
from tests.bench.tables import Table

REPORT = ROOT / "bench-report.md"
GATES = ("floor", "own-kind", "product-launch", "gates-ledger")
MORE = ("blocked", "requests", "openstack", "ledger")
SIZES = "1,100,10000"
RUNS = {1: 21, 100: 7, 10_000: 3}
SMALL_RUNS = 21
EXAMPLE_RUNS = 11
FEW_RUNS = 3
MERGES = 2_000
FIVE = "the schema of the kind and the five rules as one JSON Schema"
BEFORE = "26c3ba52a8512bec520a10ecd91492f906f95116"
"""The last commit before the work on structure and speed (#12), which the gates refer to."""


def main() -> None:
    """Measure what the options ask for; write the report after each table, print the gates."""
    options = _options()
    CACHE.mkdir(parents=True, exist_ok=True)
    say("installing the tools, each into its own environment")
    left_out: list[str] = []
    versions = [launchpolicy(), *_before(options.before, left_out)]
    with tempfile.TemporaryDirectory(prefix="launchpolicy-bench-") as temporary:
        folder = Path(temporary)
        peers = _own_kind_peers(left_out) if "own-kind" in options.only else []
        others = scenarios.five_rules() if {"blocked", "requests"} & {*options.only} else []
        say("do the tools agree on what is wrong?")
        spoiled = gate_scenarios.own_kind_agreement([*versions, *peers], folder / "agreement")
        if others:
            spoiled += scenarios.agreement([versions[0], *others], folder / "agreement-requests")
        modules = imports.measure(*scenarios.one_good_file(versions[0], folder))
        tools = [*versions, *peers, *others]
        tables: list[Table] = []
        for table in _tables(options, versions, peers, others, folder):
            tables.append(table)
            # Written after each table: the longest ones may be interrupted.
            page = render(Findings(tools, left_out, spoiled, tables, modules))
            REPORT.write_text(page, encoding="utf-8")
    sys.stdout.write(render_gates(tables))
    say(f"the report is {REPORT}")


def _before(commit: str, left_out: list[str]) -> list[Tool]:
    """Return launchpolicy of the earlier commit; name it in `left_out` where it is unknown."""
    if commit == "none":
        left_out.append("launchpolicy before (left out by --before)")
        return []
    try:
        return [launchpolicy_before(commit)]
    except UnknownCommitError as error:
        left_out.append(f"launchpolicy before ({error})")
        return []


def _own_kind_peers(left_out: list[str]) -> list[Tool]:
    """Return the peers that have the own kind; name in `left_out` what this machine lacks."""
    schema = gate_scenarios.peers_schema()
    by_lock = node_tools.ajv(schema, FIVE)
    if by_lock is None:
        left_out.append("ajv-cli (needs Node.js and npm)")
    return [check_jsonschema(schema, FIVE), *([by_lock] if by_lock else [])]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parts = ",".join((*GATES, *MORE))
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of files (default: {SIZES})")
    parser.add_argument("--runs", type=int, help="runs of each tool, instead of fewer for more")
    parser.add_argument("--before", default=BEFORE, help="a commit, or none")
    parser.add_argument("--only", default=",".join(GATES), help=f"some of {parts}, or all")
    parser.add_argument("--merges", type=int, help="of the generated histories")
    parser.add_argument("--releases", type=Path, help="a clone of openstack/releases")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    options.only = [*GATES, *MORE] if options.only == "all" else options.only.split(",")
    if unknown := set(options.only) - {*GATES, *MORE}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _tables(
    options: argparse.Namespace,
    versions: list[Tool],
    peers: list[Tool],
    others: list[Tool],
    folder: Path,
) -> Iterator[Table]:
    """Yield the table of each part that is asked for, once measured; the gates first."""
    small = options.runs or SMALL_RUNS
    if "floor" in options.only:
        yield scenarios.reference(small, folder)
    if "product-launch" in options.only:
        yield gate_scenarios.product_launch(versions, options.runs or EXAMPLE_RUNS, folder)
    if "gates-ledger" in options.only:
        merges, runs = options.merges or MERGES, options.runs or FEW_RUNS
        yield from gate_scenarios.ledger(versions, merges, runs, folder)
    if "own-kind" in options.only:
        for size in options.sizes:
            runs = options.runs or RUNS.get(size, FEW_RUNS)
            yield gate_scenarios.own_kind([*versions, *peers], size, runs, folder)
    yield from _more_tables(options, [versions[0], *others], folder)


def _more_tables(options: argparse.Namespace, tools: list[Tool], folder: Path) -> Iterator[Table]:
    """Yield the tables that no gate needs."""
    if "blocked" in options.only:
        yield scenarios.blocked(tools, options.runs or SMALL_RUNS, folder)
    if "requests" in options.only:
        for size in options.sizes:
            yield scenarios.files(tools, size, options.runs or RUNS.get(size, FEW_RUNS), folder)
    if "openstack" in options.only:
        yield scenarios.openstack(tools[0], options.runs or FEW_RUNS, folder)
    if "ledger" in options.only:
        yield ledgers.generated(tools[0], options.merges or MERGES, folder)
        if options.releases is not None:
            yield ledgers.real(tools[0], options.releases, folder)


if __name__ == "__main__":
    try:
        main()
    except DisagreementError as error:
        sys.exit(f"The tools do not agree, so nothing was timed: {error}")
