"""`python -m tests.probes [--only GLOB] [--write]`: run the probes; say which end otherwise.

With `--write` the list of those that do not end as wanted yet loses the ones that now do; one
that ended as wanted before is never added.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.probes.running import NOT_YET, end_of, is_graded, not_yet, probes
from tests.processes.program import end_servers


def main() -> int:
    """Return exit code 1 when a graded probe does not end as wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--only", default="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    chosen = {n: p for n, p in probes().items() if fnmatch.fnmatch(n, options.only)}
    with ThreadPoolExecutor(1) as threads:
        ends = dict(zip(chosen, threads.map(end_of, chosen.values()), strict=True))
    end_servers()
    wrong = [name for name, probe in chosen.items() if ends[name] != probe["want"]]
    for name in wrong:
        grade = "" if is_graded(chosen[name]) else " [not graded]"
        print(f"{name}: wanted {chosen[name]['want']}, got {ends[name]}{grade}")  # noqa: T201
    graded = [name for name, probe in chosen.items() if is_graded(probe)]
    failed = {name for name in graded if name in wrong}
    print(f"{len(graded) - len(failed)} of {len(graded)} as wanted")  # noqa: T201
    if options.write:
        kept = sorted(not_yet() & (failed | (not_yet() - set(chosen))))
        NOT_YET.write_text("".join(f"{name}\n" for name in kept), "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
