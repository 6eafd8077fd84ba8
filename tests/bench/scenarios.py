"""What is measured beside the gates: launch requests, a blocked one, real release requests."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tests.bench.agreement import require_agreement
from tests.bench.generate import commit_everything, good_requests, launch_repository
from tests.bench.node_tools import spectral
from tests.bench.peers import OURS, ROOT, Tool, check_jsonschema, kept_file, say
from tests.bench.rules import JSON_SCHEMA, SPECTRAL_RULES
from tests.bench.spoiling import requests_with_expectations
from tests.bench.tables import (
    REMEMBERING,
    SMALL,
    Table,
    check_commands,
    measured_table,
    with_forgetful,
)
from tests.bench.timing import Command

OPENSTACK = ROOT / "examples/openstack-releases"
SHARED = Path(os.environ.get("LAUNCHPOLICY_SHARED", ROOT.parent / "shared"))
_MORE_THAN_THE_SCHEMA = (
    "launchpolicy holds each file against the example's schema and judges it by the example's "
    "policies; the others hold it against the same schema and have nothing like the policies."
)


def five_rules() -> list[Tool]:
    """Return the peers that have the five rules: check-jsonschema and, with Node.js, Spectral."""
    schema = kept_file("five-rules.schema.json", JSON_SCHEMA)
    ruled = spectral("five-rules.spectral.json", SPECTRAL_RULES, "the five rules as a ruleset")
    peers = [check_jsonschema(schema, "the five rules as one JSON Schema, nothing else"), ruled]
    return [tool for tool in peers if tool is not None]


def agreement(tools: Sequence[Tool], folder: Path) -> int:
    """Return how many spoiled requests each tool objects to, and to no other.

    Raises:
        DisagreementError: one tool judges differently.
    """
    requests, expected = requests_with_expectations()
    paths = launch_repository(folder, requests)
    spoiled = {f"launches/{name}/request.yaml" for name in expected}
    return require_agreement(tools, folder, paths, spoiled)


def files(tools: Sequence[Tool], count: int, runs: int, folder: Path) -> Table:
    """Return the table of the check of `count` good requests."""
    say(f"{count:,} files: {runs} runs of each tool")
    repository = folder / f"requests-{count}"
    paths = launch_repository(repository, good_requests(count))
    commands = check_commands(tools, repository, paths, folder, {0})
    if count <= SMALL:
        commands = with_forgetful(commands, OURS)
    noun = "request" if count == 1 else "requests"
    return measured_table(
        f"requests-{count}",
        f"{count:,} launch {noun}, all good",
        commands,
        runs,
        warm=count <= SMALL,
        note=REMEMBERING if count <= SMALL else "",
    )


def blocked(tools: Sequence[Tool], runs: int, folder: Path) -> Table:
    """Return the table of one request that breaks one rule, so that the tool has to explain."""
    say(f"one file with something wrong: {runs} runs of each tool")
    requests, expected = requests_with_expectations()
    name = next(iter(expected))
    repository = folder / "blocked"
    paths = launch_repository(repository, {name: requests[name]})
    commands = check_commands(tools, repository, paths, folder, {1})
    title = "1 launch request with one thing wrong"
    return measured_table("blocked", title, commands, runs, warm=True)


def one_good_file(tool: Tool, folder: Path) -> tuple[list[str], Path]:
    """Return the command that checks one good request, and where to run it."""
    repository = folder / "one"
    return [*tool.argv, *launch_repository(repository, good_requests(1))], repository


def reference(runs: int, folder: Path) -> Table:
    """Return what a process costs before it does anything: the floor under every figure."""
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
    return measured_table("floor", "The floor", commands, runs, warm=True)


def openstack(launchpolicy: Tool, runs: int, folder: Path) -> Table:
    """Return the table of all real release requests: the peers have the example's schema only."""
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
    checks = "the schema of the real files"
    ruled = spectral("deliverable.spectral.json", _one_schema_rule(schema), checks)
    peers = [launchpolicy, check_jsonschema(schema, checks), ruled]
    tools = [tool for tool in peers if tool is not None]
    paths = sorted(
        str(path.relative_to(repository)) for path in repository.glob("deliverables/*/*.yaml")
    )
    say(f"{len(paths):,} real files: {runs} runs of each tool")
    objections = {tool.name: len(tool.flagged(repository, paths)) for tool in tools}
    commands = check_commands(tools, repository, paths, folder, {0, 1})
    table = measured_table(
        "openstack",
        f"{len(paths):,} real files",
        commands,
        runs,
        warm=False,
        note=_MORE_THAN_THE_SCHEMA,
    )
    return replace(table, objections=objections)


def _one_schema_rule(schema: Path) -> dict[str, object]:
    options = {
        "schema": json.loads(schema.read_text(encoding="utf-8")),
        "dialect": "draft2020-12",
        "allErrors": True,
    }
    then = {"function": "schema", "functionOptions": options}
    return {"rules": {"deliverable": {"severity": "error", "given": "$", "then": then}}}
