"""The ledger of a long history, beside git's own walk over the same history."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.bench.conditions import load_average
from tests.bench.long_history import long_history
from tests.bench.peers import ROOT, Tool, say
from tests.bench.tables import NO_CACHE, Table
from tests.bench.timing import Command, Summary, interleaved

OPENSTACK = ROOT / "examples/openstack-releases"
_WALK = ("git", "log", "--first-parent", "--format=%H")
_RAW = (*_WALK, "--raw", "--diff-merges=first-parent")


def generated(launchpolicy: Tool, merges: int, folder: Path) -> Table:
    """Return the table of a generated history; nobody approves, all policies are evaluated."""
    say(f"a history of {merges:,} merges")
    repository = long_history(folder / "history", merges)
    return _table(f"the ledger of {merges:,} merges", launchpolicy, repository, (), folder)


def real(launchpolicy: Tool, clone: Path, folder: Path) -> Table:
    """Return the table of a clone of openstack/releases, with the kind and pack of the example."""
    say(f"the history of {clone}")
    repository = folder / "releases"
    subprocess.run(["git", "clone", "--quiet", str(clone), str(repository)], check=True)
    rules = ("--rules", str(OPENSTACK))
    return _table("the ledger of openstack/releases", launchpolicy, repository, rules, folder)


def _table(
    title: str, launchpolicy: Tool, repository: Path, rules: Sequence[str], folder: Path
) -> Table:
    ledger = [*launchpolicy.argv[:-1], "ledger"]  # without `check`
    steps = {
        "git log --first-parent": [*_WALK],
        "git log --first-parent --raw": [*_RAW],
        "ledger append, everything": [*ledger, "append", *rules],
        "ledger append, nothing new": [*ledger, "append", *rules],
        "ledger verify --quick": [*ledger, "verify", "--quick", *rules],
        "ledger verify": [*ledger, "verify", *rules],
    }
    began = load_average()
    summaries: dict[str, Summary] = {}
    for name, argv in steps.items():
        say(name)
        output = folder / f"output-{len(summaries)}"
        command = Command(argv, repository, output, frozenset({0}), NO_CACHE)
        summaries |= interleaved({name: command}, 1, warm=False)
    note = (
        "Verifying judges every landing again, with every policy, as appending does; --quick does "
        "not. git only lists what changed."
    )
    return Table("ledger", title, summaries, (began, load_average()), note=note)
