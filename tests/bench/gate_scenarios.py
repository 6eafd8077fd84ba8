"""What the gates are about: files of an own kind, the product launch, and the ledger."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.agreement import require_agreement, require_equal
from tests.bench.before import BEFORE
from tests.bench.conditions import clean_environment
from tests.bench.generate import commit_everything
from tests.bench.long_history import long_history
from tests.bench.own_kind import SCHEMA, good_files, own_kind_repository, spoiled_files
from tests.bench.own_rules import SCHEMA_OF_THE_RULES
from tests.bench.peers import OURS, ROOT, Tool, kept_file, say
from tests.bench.tables import (
    NO_CACHE,
    REMEMBERING,
    SMALL,
    Table,
    check_commands,
    measured_table,
    with_forgetful,
)
from tests.bench.timing import Command

APPEND, VERIFY, SINCE = "ledger append", "ledger verify", "ledger verify --since"
ONE_MORE, SHORT = "ledger append, one landing", "a ledger of 100 merges"
_SHORT = 100
WALK = "git log --first-parent --raw"
DAY = "ledger verify --since, a day"
WHOLE_WALK = "git log --first-parent --raw, the whole branch"
_PART_THAT_IS_NEW, _DAYS = 5, 250
PRODUCT_LAUNCH = "examples/product-launch"
_OWN_EXAMPLES = (
    "Each version judges the same requests as its own example writes them, by the policies that it "
    "ships: there are more of them now."
)
NOW = "2026-11-25T10:00:00+08:00"
_LEDGER_NOW = "2028-01-01T00:00:00Z"
_COMMIT = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qam"]
_WALK = ["git", "log", "--first-parent", "--format=%H", "--raw", "--diff-merges=first-parent"]


def peers_schema() -> Path:
    """Return the file of the schema that the peers hold the own kind against."""
    return kept_file("own-kind.schema.json", {**SCHEMA, **SCHEMA_OF_THE_RULES})


def own_kind_agreement(tools: Sequence[Tool], folder: Path) -> int:
    """Return how many spoiled files of the own kind each tool objects to, and to no other.

    Raises:
        DisagreementError: one tool judges differently.
    """
    files = spoiled_files()
    paths = own_kind_repository(folder, good_files(SMALL) | files)
    return require_agreement(tools, folder, paths, {f"changes/{name}.yaml" for name in files})


def own_kind(tools: Sequence[Tool], count: int, runs: int, folder: Path) -> Table:
    """Return the table of the check of `count` good files of an own kind with five policies."""
    noun = "file" if count == 1 else "files"
    say(f"{count:,} {noun} of an own kind: {runs} runs of each tool")
    repository = folder / f"own-kind-{count}"
    paths = own_kind_repository(repository, good_files(count))
    commands = check_commands(tools, repository, paths, folder, {0})
    if count <= SMALL:
        commands = with_forgetful(commands, OURS)
    return measured_table(
        f"own-kind-{count}",
        f"{count:,} {noun} of an own kind, five policies, all good",
        commands,
        runs,
        warm=count <= SMALL,
        note=REMEMBERING if count <= SMALL else "",
    )


def product_launch(versions: Sequence[Tool], runs: int, folder: Path) -> Table:
    """Return the table of all requests of the example, with all facts: people, days, evidence.

    Args:
        versions: launchpolicy, and where asked for as it was before.
        runs: How many rounds.
        folder: Where the repository is laid out.

    Raises:
        DisagreementError: the two judge a request differently.
    """
    say(f"examples/product-launch: {runs} runs")
    shared = set.intersection(*(_launches(tool) for tool in versions))
    commands: dict[str, Command] = {}
    verdicts: list[dict[str, str]] = []
    for version in versions:
        tool = replace(version, argv=[*version.argv, "--now", NOW])
        repository = folder / f"product-launch-{tool.name}"
        _lay_out(tool, shared, repository)
        verdicts.append(_verdicts(tool, repository))
        commands |= check_commands([tool], repository, [], folder, {0})
    _require_same("product-launch", verdicts)
    return measured_table(
        "product-launch",
        f"examples/product-launch, {len(shared)} requests with all facts",
        with_forgetful(commands, OURS),
        runs,
        warm=True,
        note=f"{REMEMBERING} {_OWN_EXAMPLES}" if len(versions) > 1 else REMEMBERING,
    )


def _example(tool: Tool) -> Path:
    return (tool.tree or ROOT) / PRODUCT_LAUNCH


def _launches(tool: Tool) -> set[str]:
    return {folder.name for folder in (_example(tool) / "launches").iterdir() if folder.is_dir()}


def _lay_out(tool: Tool, launches: set[str], repository: Path) -> None:
    """Write the version's own example as a repository, with the requests of these names only."""
    shutil.copytree(_example(tool), repository)
    for name in _launches(tool) - launches:
        shutil.rmtree(repository / "launches" / name)
    commit_everything(repository)


def ledger(versions: Sequence[Tool], merges: int, runs: int, folder: Path) -> list[Table]:
    """Return the tables of appending a history of `merges` merges, and of verifying all of it.

    Each version appends to a fresh copy of the history each time, and verifies what it wrote.

    Raises:
        DisagreementError: two versions record other verdicts.
    """
    say(f"the ledger of {merges:,} merges: {runs} runs")
    # An earlier version does not read today's example; today's reads that of every version.
    example = next((tool.tree for tool in versions if tool.tree is not None), ROOT)
    origin = long_history(folder / "gates-history", merges, example / PRODUCT_LAUNCH)
    appending = {tool.name: _append(tool, origin, folder) for tool in versions}
    walk = Command([*_WALK], origin, folder / "output-git", frozenset({0}), NO_CACHE)
    appended = measured_table(
        APPEND,
        f"ledger append, {merges:,} merges",
        {**appending, WALK: walk},
        runs,
        warm=False,
        note=(
            "Every landing is judged by every policy of the example. git only lists what changed. "
            "It belongs to the issue on the ledger, and is measured here already."
        ),
    )
    _require_same("ledger", [_records(tool, appending[tool.name].folder) for tool in versions])
    trees = {_tree_of_the_ledger(command.folder) for command in appending.values()}
    verified = measured_table(
        VERIFY,
        f"ledger verify, all of it, {merges:,} merges",
        {
            tool.name: replace(
                appending[tool.name],
                argv=[*_ledger(tool), "verify"],
                prepare=lambda: None,
            )
            for tool in versions
        },
        runs,
        warm=False,
        note=_same_bytes(len(versions), len(trees)),
    )
    whole = appending[versions[0].name].folder
    since = _since(versions[0], origin, merges, runs, folder)
    return [appended, verified, *since, _one_more(versions[0], whole, example, runs, folder)]


def _one_more(tool: Tool, whole: Path, example: Path, runs: int, folder: Path) -> Table:
    """Return the table of appending one landing to a long ledger (`whole`) and to a short one.

    In the repository of the long one as many requests are left as in the other: a landing is judged
    beside all that are there, and the figure is about the ledger.
    """
    short = long_history(folder / "history-short", _SHORT, example / PRODUCT_LAUNCH)
    append = [*_ledger(tool), "append", "--now", _LEDGER_NOW]
    _output(append, short)
    count = sum(1 for _ in (short / "launches").iterdir())
    for archived in sorted((whole / "launches").iterdir())[count:]:
        shutil.rmtree(archived)
    _output([*_COMMIT, "archive launches"], whole)
    _output(append, whole)
    commands = {}
    for name, ledger_folder in ((tool.name, whole), (SHORT, short)):
        request = ledger_folder / "launches" / "LR-000000" / "request.yaml"
        request.write_text(request.read_text("utf-8") + "# one more landing\n", "utf-8")
        _output([*_COMMIT, "one more landing"], ledger_folder)
        commands[name] = _append(replace(tool, name=f"one-more-{name}"), ledger_folder, folder)
    merges = int(_output(["git", "rev-list", "--count", "--first-parent", "main"], whole))
    return measured_table(
        ONE_MORE,
        f"ledger append, one landing after {merges - 3:,} merges, and after {_SHORT:,}",
        commands,
        runs,
        warm=False,
        note=f"In both repositories are {count} requests; older ones were archived.",
    )


def _since(tool: Tool, origin: Path, merges: int, runs: int, folder: Path) -> list[Table]:
    """Return the tables of verifying the end of a history, after a verified checkpoint.

    That is the last fifth beside git's walk over the same commits, and what a working day brings of
    the merges of a year beside its walk over the branch.
    """
    fifth, day = merges // _PART_THAT_IS_NEW, max(1, merges // _DAYS)
    part = ([*_WALK, f"main~{fifth}..main"], WALK)
    note = "Every new landing is judged again; git only lists what {} change."
    return [
        measured_table(
            SINCE,
            f"ledger verify --since, the last {fifth:,} of {merges:,} merges",
            _verify_since(tool, origin, fifth, part, folder / "since"),
            runs,
            warm=False,
            note=note.format("the same commits"),
        ),
        measured_table(
            DAY,
            f"ledger verify --since, the last {day:,} of {merges:,} merges: a day's",
            _verify_since(tool, origin, day, ([*_WALK, "main"], WHOLE_WALK), folder / "day"),
            runs,
            warm=False,
            note=note.format("all commits of the branch"),
        ),
    ]


def _verify_since(
    tool: Tool, origin: Path, new: int, walk: tuple[list[str], str], folder: Path
) -> dict[str, Command]:
    """Return the command that verifies the last `new` merges, and git's walk with its name."""
    repository, checkpoint = folder / "history", folder / "checkpoint"
    shutil.copytree(origin, repository)
    append = [*_ledger(tool), "append", "--now", _LEDGER_NOW]
    _output(["git", "update-ref", "refs/heads/main", f"main~{new}"], repository)
    _output(append, repository)
    checkpoint.write_text(_output(["git", "show", "launch-ledger:checkpoint"], repository), "utf-8")
    _output(["git", "update-ref", "refs/heads/main", "main@{1}"], repository)
    _output(append, repository)
    command = Command(
        [*_ledger(tool), "verify", "--since", str(checkpoint)],
        repository,
        folder / "output",
        frozenset({0}),
        folder / f"cache-{tool.name}",
    )
    argv, name = walk
    return {tool.name: command, name: replace(command, argv=argv, cache=NO_CACHE)}


def _append(tool: Tool, origin: Path, folder: Path) -> Command:
    repository = folder / f"history-{tool.name}"
    return Command(
        [*_ledger(tool), "append", "--now", _LEDGER_NOW],
        repository,
        folder / f"output-{tool.name}",
        frozenset({0}),
        folder / f"cache-{tool.name}",
        functools.partial(_copy_afresh, origin, repository),
    )


def _copy_afresh(origin: Path, repository: Path) -> None:
    shutil.rmtree(repository, ignore_errors=True)
    shutil.copytree(origin, repository)


def _ledger(tool: Tool) -> list[str]:
    return [*tool.argv[:-1], "ledger"]  # without `check`


def _same_bytes(versions: int, trees: int) -> str:
    if versions == 1:
        return ""
    return f"The ledgers of now and before {'are' if trees == 1 else 'are not'} the same bytes."


def _tree_of_the_ledger(repository: Path) -> str:
    return _output(["git", "rev-parse", "launch-ledger^{tree}"], repository)


def _require_same(what: str, verdicts: Sequence[object]) -> None:
    for before in verdicts[1:]:
        require_equal(f"{what}, {OURS} and {BEFORE}", verdicts[0], before)


def _verdicts(tool: Tool, repository: Path) -> dict[str, str]:
    """Return the verdict on each request by its path."""
    report = json.loads(_output([*tool.argv, *tool.machine], repository))
    return {judgement["path"]: judgement["verdict"] for judgement in report["requests"]}


def _records(tool: Tool, repository: Path) -> list[tuple[Any, ...]]:
    """Return what the ledger says of each launch: its name, standing, entries and verdict."""
    lines = _output([*_ledger(tool), "query", "--format", "json"], repository).splitlines()
    launches = [json.loads(line) for line in lines]
    return [
        (launch["name"], launch["standing"], launch["entries"], launch["facts"]["verdict"])
        for launch in launches
    ]


def _output(argv: list[str], folder: Path) -> str:
    ended = subprocess.run(
        argv, cwd=folder, check=True, capture_output=True, text=True, env=clean_environment()
    )
    return ended.stdout
