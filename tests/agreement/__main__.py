"""`python -m tests.agreement`: whether this tree says what the tree of the baseline said.

Exit codes: 0 equal, 1 different, 2 wrong options.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.agreement.digests import SetDigest, differences, digest_of, keep
from tests.agreement.sets import BASELINE, EXTENTS, SETS, baseline, extent_of
from tests.agreement.workspace import Workspace


def main() -> int:
    """Compute the sets, compare or write the baseline, and print one line for each set."""
    options = _options()
    different = 0
    for name in options.only or list(SETS):
        begin = time.perf_counter()
        found = _computed(name, options.extent, options.keep)
        seconds = time.perf_counter() - begin
        if options.write:
            _write(options.extent, name, found)
        lines = differences(baseline(options.extent).get(name), found)
        verdict = "DIFFERENT" if lines else "written" if options.write else "equal"
        told = f"{name}: {verdict}, {found['items']} items, {seconds:.0f} s, {found['digest']}"
        sys.stdout.write("\n    ".join([told, *lines]) + "\n")
        sys.stdout.flush()
        different += bool(lines)
    return 1 if different else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.agreement", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the baseline anew")
    parser.add_argument("--only", action="append", choices=list(SETS), help="one set; repeatable")
    parser.add_argument("--extent", choices=EXTENTS, default="whole", help="the sample of pytest")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="write every item into FOLDER, for diff -r"
    )
    return parser.parse_args()


def _computed(name: str, extent: str, kept: Path | None) -> SetDigest:
    with tempfile.TemporaryDirectory() as folder:
        items = SETS[name].items(Workspace(Path(folder)), extent_of(name, extent))
        return digest_of(keep(items, kept / name) if kept is not None else items)


def _write(extent: str, name: str, found: SetDigest) -> None:
    whole = {each: baseline(each) for each in EXTENTS}
    whole[extent][name] = found
    BASELINE.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
