"""Mutate the passing examples and judge them: `make fuzz`.

    python -m tests.mutations --count 1000000 --seed 7
    python -m tests.mutations --write

The first draws mutations, and exits with 1 where one crashes or passes without a kind that
says why. The second judges the counted ones and writes `passing.yaml` anew.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from tests.mutations.mutations import mutations_of_lots
from tests.mutations.passing import LOTS, count_by_kind, passing_kinds, write_kinds
from tests.mutations.running import Tally, judge_all, judge_drawn

_SHOWN = 40


def main() -> int:
    """Do what is asked, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
    parser.add_argument("--write", action="store_true", help="write passing.yaml anew")
    options = parser.parse_args()
    kinds = passing_kinds()
    if options.write:
        tally = judge_all(mutations_of_lots(LOTS))
        write_kinds(kinds, *count_by_kind(kinds, tally.passed.elements()))
    else:
        _say(f"seed {options.seed}")
        tally = judge_drawn(options.count, options.seed, _progress())
    _, strangers = count_by_kind(kinds, tally.passed.elements())
    _report(tally)
    for (place, operator), count in strangers.most_common(_SHOWN):
        _say(f"passes without a kind: {place} {operator} ({count})")
    return 1 if tally.crashes or (strangers and not options.write) else 0


def _progress() -> Callable[[int], None]:
    start = time.monotonic()

    def say(count: int) -> None:
        rate = count / (time.monotonic() - start)
        sys.stderr.write(f"{count} judged, {rate:.0f} a second\n")

    return say


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _report(tally: Tally) -> None:
    for verdict, count in tally.verdicts.most_common():
        _say(f"{verdict.value}: {count}")
    for process, count in sorted(tally.by_process.items()):
        _say(f"passed in {process}: {count}")
    for line in (*tally.crashes[:_SHOWN], *tally.undecided[:_SHOWN]):
        _say(line)


if __name__ == "__main__":
    sys.exit(main())
