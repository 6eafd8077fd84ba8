"""`make bench`: measures launchpolicy beside its peers and writes bench-report.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import imports, ledgers, scenarios
from tests.bench.peers import CACHE, ROOT, Tool, check_jsonschema, launchpolicy, say, spectral
from tests.bench.report import Findings, render

REPORT = ROOT / "bench-report.md"
PARTS = ("floor", "blocked", "files", "openstack", "ledger")
SIZES = "1,100,10000"
RUNS = {1: 21, 100: 7, 10_000: 3}
SMALL_RUNS = 21
REAL_RUNS = 3
MERGES = 2_000


def main() -> None:
    options = _options()
    CACHE.mkdir(parents=True, exist_ok=True)
    say("installing the tools, each into its own environment")
    ours = launchpolicy()
    peers = {"check-jsonschema": check_jsonschema(), "Spectral (needs Node.js)": spectral()}
    tools = [ours, *(tool for tool in peers.values() if tool is not None)]
    left_out = [name for name, tool in peers.items() if tool is None]
    with tempfile.TemporaryDirectory(prefix="launchpolicy-bench-") as temporary:
        folder = Path(temporary)
        say("do the tools agree on what is wrong?")
        spoiled = scenarios.agreement(tools, folder / "agreement")
        found = imports.measure(*scenarios.one_good_file(ours, folder))
        tables: list[scenarios.Table] = []
        for table in _tables(tools, options, folder):
            tables.append(table)
            # Written after each part: the longest ones may be interrupted.
            REPORT.write_text(
                render(Findings(tools, left_out, spoiled, tables, found)), encoding="utf-8"
            )
    say(f"the report is {REPORT}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of files (default: {SIZES})")
    parser.add_argument("--runs", type=int, help="runs of each tool, instead of fewer for more")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--merges", type=int, default=MERGES, help="of the generated history")
    parser.add_argument("--releases", type=Path, help="a clone of openstack/releases")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    options.only = options.only.split(",")
    if unknown := set(options.only) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _tables(
    tools: list[Tool], options: argparse.Namespace, folder: Path
) -> Iterator[scenarios.Table]:
    """Each part that is asked for, once measured; the quick ones first."""
    small = options.runs or SMALL_RUNS
    if "floor" in options.only:
        yield scenarios.reference(small, folder)
    if "blocked" in options.only:
        yield scenarios.blocked(tools, small, folder)
    if "files" in options.only:
        for size in options.sizes:
            yield scenarios.files(tools, size, options.runs or RUNS.get(size, REAL_RUNS), folder)
    if "openstack" in options.only:
        yield scenarios.openstack(tools[0], options.runs or REAL_RUNS, folder)
    if "ledger" in options.only:
        yield ledgers.generated(tools[0], options.merges, folder)
        if options.releases is not None:
            yield ledgers.real(tools[0], options.releases, folder)


if __name__ == "__main__":
    try:
        main()
    except scenarios.DisagreementError as error:
        sys.exit(f"The tools do not agree, so nothing was timed: {error}")
