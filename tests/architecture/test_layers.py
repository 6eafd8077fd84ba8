"""What import-linter cannot see of the layering: what a room *calls*, not what it imports."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "launchpolicy"
OUTER_ROOMS = {"cli", "hosts", "operations"}
DATA_ROOMS = {"shipped"}
ROOMS = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()}
CORE_ROOMS = ROOMS - OUTER_ROOMS - DATA_ROOMS
CORE_MODULES = sorted(path for room in CORE_ROOMS for path in (PACKAGE / room).rglob("*.py"))

# Dotted names as imported; a name that ends in a dot stands for everything in that module.
OUTSIDE_WORLD = (
    "builtins.__import__",
    "builtins.breakpoint",
    "builtins.eval",
    "builtins.exec",
    "builtins.input",
    "builtins.open",
    "builtins.print",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "importlib.",
    "io.open",
    "locale.",
    "logging.",
    "os.",
    "random.",
    "secrets.",
    "sys.argv",
    "sys.exit",
    "sys.stderr",
    "sys.stdin",
    "sys.stdout",
    "time.",
    "uuid.uuid1",
    "uuid.uuid4",
)
FILE_METHODS = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
IN_MEMORY = {
    Path("facts/evidence/office_archive.py"): ".open()",
    Path("papers/pdf.py"): "importlib.import_module",
}
"""What looks like the outside and is none: a member of an archive whose bytes are there already,
a library that is loaded where it is needed."""
FILE_METHODS |= {"exists", "glob", "is_dir", "is_file", "iterdir", "rglob", "stat"}


def _imported_names(tree: ast.Module) -> dict[str, str]:
    """What each name bound by an import stands for, as a dotted name."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.split(".")[0]
                names[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _dotted(node: ast.expr, imported: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return imported.get(node.id, f"builtins.{node.id}")
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, imported)}.{node.attr}"
    return ""


def _reaches(name: str) -> bool:
    return any(
        name.startswith(forbidden) if forbidden.endswith(".") else name == forbidden
        for forbidden in OUTSIDE_WORLD
    )


def _calls_to_the_outside(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    imported = _imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            name = _dotted(node, imported)
            if _reaches(name):
                yield f"line {node.lineno}: {name}"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in FILE_METHODS
        ):
            yield f"line {node.lineno}: .{node.func.attr}()"


def _contract(contract_id: str) -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    found: list[dict[str, list[str]]] = [each for each in contracts if each["id"] == contract_id]
    assert len(found) == 1
    return found[0]


def test_the_core_reaches_nothing_outside() -> None:
    calls = {
        path.relative_to(PACKAGE): list(_calls_to_the_outside(path.read_text(encoding="utf-8")))
        for path in CORE_MODULES
    }
    outside = {
        path: [call for call in found if not call.endswith(IN_MEMORY.get(path, "\0"))]
        for path, found in calls.items()
    }
    assert {path: found for path, found in outside.items() if found} == {}


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "print(1)",
        "reader = open",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime as dt\ndt.now(tz)",
        "from datetime import date\ndate.today()",
        "import datetime as d\nd.datetime.utcnow()",
        "import time\ntime.time()",
        "from time import monotonic as tick\ntick()",
        "import os\nos.environ['X']",
        "from os import environ\nenviron.get('X')",
        "import os.path\nos.path.exists('x')",
        "from pathlib import Path\nPath('x').read_text()",
        "from importlib.resources import files\n(files('x') / 'y').read_bytes()",
        "import sys\nsys.stdout.write('x')",
        "import builtins as b\nb.open('x')",
    ],
)
def test_a_way_to_the_outside_is_seen(source: str) -> None:
    assert list(_calls_to_the_outside(source)) != []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.fromisoformat('x')",
        "context.now",
        "snapshot.read(entry)",
        "timeline.time.start",
        "time = each.at\ntime.hour",
        "def f(input: str) -> str: ...",
        "from pathlib import PurePosixPath\nPurePosixPath('x').parts",
    ],
)
def test_pure_code_is_left_alone(source: str) -> None:
    assert list(_calls_to_the_outside(source)) == []


def test_there_is_a_core_to_look_at() -> None:
    assert {"vocabulary", "documents", "requests", "policy", "engine", "reporters"} <= CORE_ROOMS
    assert len(CORE_MODULES) > len(CORE_ROOMS)


def test_the_contract_of_the_pure_core_names_every_core_room() -> None:
    rooms = {
        name.removeprefix("launchpolicy.") for name in _contract("pure-core")["source_modules"]
    }
    assert rooms == CORE_ROOMS


def test_templates_are_forbidden_wherever_they_are_not_needed() -> None:
    rooms = {
        name.removeprefix("launchpolicy.") for name in _contract("templates")["source_modules"]
    }
    assert rooms == ROOMS - DATA_ROOMS - {"ledger", "papers", "reporters"}


def test_data_rooms_hold_no_code() -> None:
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for room in DATA_ROOMS
        for path in (PACKAGE / room).rglob("*.py")
    ]
    assert [node for tree in trees for node in tree.body[1:]] == []
