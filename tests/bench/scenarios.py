"""What is measured: the same files and rules for every tool, and the real release requests."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tarfile
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from tests.bench.generate import commit_everything, good_requests, launch_repository
from tests.bench.peers import ROOT, Tool, check_jsonschema, say, spectral
from tests.bench.spoiling import requests_with_expectations
from tests.bench.timing import Command, Summary, interleaved

OPENSTACK = ROOT / "examples/openstack-releases"
SHARED = Path(os.environ.get("LAUNCHPOLICY_SHARED", ROOT.parent / "shared"))
SMALL = 10
"""Up to so many files, a first round is run and not counted, so that all start warm."""
NO_CACHE = Path(os.devnull)
"""A cache folder in which nothing can be kept."""
REMEMBERING = (
    "launchpolicy remembers, in the user's cache folder, which packs have passed their type check; "
    "the packs that it ships need none. One row is without that memory."
)
FORGETFUL = "launchpolicy, remembering nothing"


@dataclass(frozen=True, slots=True)
class Table:
    """The measurements of one scenario by tool; `objections` where tools may differ in them."""

    title: str
    summaries: dict[str, Summary]
    objections: dict[str, int] | None = None
    note: str = ""


class DisagreementError(Exception):
    """A tool objects to other files than those that were spoiled: times would mean nothing."""

    def __init__(self, tool: str, missed: Mapping[str, str], wrongly: AbstractSet[str]) -> None:
        super().__init__(f"{tool} misses {missed} and wrongly objects to {wrongly}")


def agreement(tools: Sequence[Tool], folder: Path) -> int:
    """Demands that each tool objects to exactly the spoiled requests; returns how many these are.

    Raises:
        DisagreementError: one does not; the message names the files.
    """
    requests, expected = requests_with_expectations()
    paths = launch_repository(folder, requests)
    spoiled = {f"launches/{name}/request.yaml": rule for name, rule in expected.items()}
    for tool in tools:
        flagged = tool.flagged(folder, paths)
        missed = {path: rule for path, rule in spoiled.items() if path not in flagged}
        if missed or flagged - spoiled.keys():
            raise DisagreementError(tool.name, missed, flagged - spoiled.keys())
    return len(spoiled)


def files(tools: Sequence[Tool], count: int, runs: int, folder: Path) -> Table:
    """The check of `count` good requests, whole processes."""
    say(f"{count:,} files: {runs} runs of each tool")
    repository = folder / f"requests-{count}"
    paths = launch_repository(repository, good_requests(count))
    commands = _commands(tools, repository, paths, folder, {0})
    if count <= SMALL:
        commands[FORGETFUL] = replace(commands[tools[0].name], cache=NO_CACHE)
    noun = "file" if count == 1 else "files"
    return Table(
        f"{count:,} {noun}, all good",
        interleaved(commands, runs, warm=count <= SMALL),
        note=REMEMBERING if FORGETFUL in commands else "",
    )


def blocked(tools: Sequence[Tool], runs: int, folder: Path) -> Table:
    """The check of one request that breaks one rule, so that the tool has to explain."""
    say(f"one file with something wrong: {runs} runs of each tool")
    requests, expected = requests_with_expectations()
    name = next(iter(expected))
    repository = folder / "blocked"
    paths = launch_repository(repository, {name: requests[name]})
    return Table(
        "1 file with one thing wrong",
        interleaved(_commands(tools, repository, paths, folder, {1}), runs, warm=True),
    )


def one_good_file(tool: Tool, folder: Path) -> tuple[list[str], Path]:
    """The command that checks one good request, and where to run it."""
    repository = folder / "one"
    return [*tool.argv, *launch_repository(repository, good_requests(1))], repository


def reference(runs: int, folder: Path) -> Table:
    """What a process costs before it does anything: the floor under every figure."""
    say(f"reference: {runs} runs each")
    git = shutil.which("git") or "git"
    python = sys.executable
    lines = {
        "bare interpreter (`python -I -S -c pass`)": [python, "-I", "-S", "-c", "pass"],
        "interpreter with site packages (`python -c pass`)": [python, "-c", "pass"],
        "`git version`": [git, "version"],
    }
    commands = {
        name: Command(argv, folder, folder / "output", frozenset({0}), folder / "cache")
        for name, argv in lines.items()
    }
    return Table("The floor", interleaved(commands, runs, warm=True))


def openstack(launchpolicy: Tool, runs: int, folder: Path) -> Table:
    """All real release requests: launchpolicy with its example, the others with its schema."""
    repository = folder / "openstack"
    shutil.copytree(OPENSTACK, repository)
    with tarfile.open(SHARED / "realworld/openstack-deliverables.tar.gz") as archive:
        for member in archive:  # extractall has no safe filter in Debian 12's Python
            file = archive.extractfile(member)
            if file is not None and PurePosixPath(member.name).match("deliverables/*/*.yaml"):
                path = repository / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.read())
    commit_everything(repository)
    schema = OPENSTACK / "schemas/deliverable.schema.json"
    peers = [launchpolicy, check_jsonschema(schema), spectral(_one_schema_rule(schema))]
    tools = [tool for tool in peers if tool is not None]
    paths = sorted(
        str(path.relative_to(repository)) for path in repository.glob("deliverables/*/*.yaml")
    )
    say(f"{len(paths):,} real files: {runs} runs of each tool")
    return Table(
        f"{len(paths):,} real files",
        interleaved(_commands(tools, repository, paths, folder, {0, 1}), runs, warm=False),
        {tool.name: len(tool.flagged(repository, paths)) for tool in tools},
        "launchpolicy holds each file against the example's schema and judges it by the example's "
        "policies; the others hold it against the same schema and have nothing like the policies.",
    )


def _one_schema_rule(schema: Path) -> dict[str, object]:
    options = {
        "schema": json.loads(schema.read_text(encoding="utf-8")),
        "dialect": "draft2020-12",
        "allErrors": True,
    }
    then = {"function": "schema", "functionOptions": options}
    return {"rules": {"deliverable": {"severity": "error", "given": "$", "then": then}}}


def _commands(
    tools: Sequence[Tool], repository: Path, paths: list[str], folder: Path, exits: set[int]
) -> dict[str, Command]:
    return {
        tool.name: Command(
            [*tool.argv, *paths],
            repository,
            folder / f"output-{tool.name}",
            frozenset(exits),
            folder / "cache",
        )
        for tool in tools
    }
