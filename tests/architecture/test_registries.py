"""Registries name just what there is; pages, schemas and tests keep up with them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import click
import pytest

from launchpolicy.cli.lazy import LazyGroup
from launchpolicy.cli.main import program
from launchpolicy.facts.evidence.registry import READERS, RECORD_SCHEMAS
from launchpolicy.operations.generate.shipped_files import SCHEMAS
from launchpolicy.operations.ledger.exports.registry import EXPORTERS
from launchpolicy.papers.registry import PAPERS
from launchpolicy.reporters.ledger.registry import ON_BRANCH, VIEWS
from launchpolicy.reporters.registry import REPORTERS
from launchpolicy.requests.launch_request.records import EvidenceKind

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "launchpolicy"
READMES = ("README.md", "README.zh-CN.md")


def _modules_with(function: str, parameters: list[str], folder: Path) -> set[str]:
    """The modules below `folder` that have a function of that name with these parameters."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in folder.rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == function
        if [argument.arg for argument in node.args.args] == parameters
    }


def _loaded(registry: Mapping[str, object]) -> set[str]:
    """The modules that the entries of a registry load."""
    found = (entry.load() for entry in registry.values())  # type: ignore[attr-defined] # any entry
    return {getattr(module, "__module__", None) or module.__name__ for module in found}


def test_every_reporter_is_registered() -> None:
    assert _modules_with("render", ["report", "view"], PACKAGE / "reporters") - {
        "launchpolicy.reporters.todo"  # what `status` prints, no format of a report
    } == _loaded(REPORTERS)


def test_every_reader_of_evidence_is_registered() -> None:
    folder = PACKAGE / "facts" / "evidence"
    assert _modules_with("read", ["path", "data", "schemas", "edition"], folder) == _loaded(READERS)


def test_every_view_of_the_ledger_is_registered() -> None:
    folder = PACKAGE / "reporters" / "ledger"
    assert _modules_with("files", ["view"], folder) == _loaded(VIEWS)
    assert set(ON_BRANCH) <= VIEWS.keys()


def test_every_format_of_an_export_is_registered() -> None:
    folder = PACKAGE / "operations" / "ledger" / "exports"
    assert _modules_with("write", ["tables", "folder"], folder) == _loaded(EXPORTERS)


def test_every_template_is_a_paper() -> None:
    folder = PACKAGE / "papers" / "templates"
    assert {path.name.removesuffix(".md.j2") for path in folder.glob("*.md.j2")} == PAPERS.keys()


def test_a_request_may_name_just_the_kinds_of_evidence_that_are_read() -> None:
    """A kind in the schema without a reader would be a file that nobody looks into."""
    words = get_args(get_args(EvidenceKind.__value__)[0])
    schema = json.loads((ROOT / "schemas" / "launch-request.schema.json").read_text("utf-8"))
    assert set(words) == set(schema["$defs"]["evidenceKind"]["enum"]) == READERS.keys()


def test_every_record_has_a_schema() -> None:
    assert set(RECORD_SCHEMAS) <= SCHEMAS.keys()
    assert {
        path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").glob("*.json")
    } >= {*SCHEMAS.values()}


def _tests(folder: str) -> list[str]:
    return [path.read_text("utf-8") for path in (ROOT / "tests" / folder).rglob("test_*.py")]


@pytest.mark.parametrize(
    ("registry", "folder"),
    [(REPORTERS, "reporters"), (VIEWS, "ledger")],
    ids=["reporters", "views"],
)
def test_every_module_of_a_registry_has_a_test(registry: Mapping[str, object], folder: str) -> None:
    """A test that imports it; that the test asserts something is for a reviewer to see."""
    imported = {
        name
        for text in _tests(folder)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    }
    assert _loaded(registry) - imported == set()


@pytest.mark.parametrize(
    ("registry", "folder"),
    [(READERS, "facts/evidence"), (EXPORTERS, "ledger/exports")],
    ids=["readers", "exports"],
)
def test_every_entry_of_a_registry_has_a_test(registry: Mapping[str, object], folder: str) -> None:
    texts = _tests(folder)
    assert [name for name in registry if not any(f'"{name}"' in text for text in texts)] == []


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        assert command is not None
        yield f"{name} {each}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {each}")


def test_every_module_of_a_command_is_reached() -> None:
    """A module with a `command` that no group names would be help that nobody can ask for."""
    groups = [program(), *(each for _, each in _commands(program(), "launchpolicy"))]
    named = {
        module
        for group in groups
        if isinstance(group, LazyGroup)
        for module in group._modules.values()
    }
    assert _modules_with("command", [], PACKAGE / "cli") <= named
    with_command = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (PACKAGE / "cli").rglob("*.py")
        if "\ndef command(" in path.read_text("utf-8")
    }
    assert with_command == named


def test_every_command_is_run_by_a_test() -> None:
    """By all its words, or by the last one alone where a test names its group elsewhere."""
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    leaves = [
        name.split()[1:]
        for name, command in _commands(program(), "launchpolicy")
        if not isinstance(command, click.Group)
    ]
    assert [words for words in leaves if not any(_is_run(words, text) for text in texts)] == []


def _is_run(words: list[str], text: str) -> bool:
    *groups, last = words
    between = r"""["']?,?\s+["']?"""
    whole = rf"""["'\s]{between.join(map(re.escape, words))}["'\s]"""
    alone = rf"""[(=]\s*\(?["']{last}["']"""
    is_group_there = all(group in text for group in groups)
    return bool(re.search(whole, text) or (is_group_there and re.search(alone, text)))


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_shows_every_command(readme: str) -> None:
    """Of a group, at least one of its commands."""
    text = (ROOT / readme).read_text("utf-8")
    group = program()
    assert [
        name
        for name in group.list_commands(click.Context(group))
        if f"launchpolicy {name}" not in text
    ] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_shows_no_command_that_is_not_there(readme: str) -> None:
    words = {name.removeprefix("launchpolicy ") for name, _ in _commands(program(), "launchpolicy")}
    text = (ROOT / readme).read_text("utf-8")
    shown = {part.split("`")[0].split("\n")[0] for part in text.split("`launchpolicy ")[1:]}
    first = {word.split()[0] for word in shown if not word.startswith(("-", "COMMAND", "命令"))}
    assert first <= {word.split()[0] for word in words}
