"""The import contracts can be broken: each is seen catching what it forbids."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VIOLATIONS = {
    "an upward import": (
        "vocabulary/text.py",
        "import launchpolicy.engine",
        "Imports point one way",
    ),
    "a room that has no layer": ("sideways/__init__.py", "", "Imports point one way"),
    "a cycle within a room": (
        "vocabulary/text.py",
        "import launchpolicy.vocabulary.finding",
        "No cycles",
    ),
    "rules that know of a check": (
        "operations/rules/load.py",
        "import launchpolicy.operations.check.check_input",
        "A check joins approvals",
    ),
    "a ledger's branch that knows how it grows": (
        "operations/ledger/branch/state.py",
        "import launchpolicy.operations.ledger.growth.append",
        "A ledger grows",
    ),
    "a process started in the core": ("engine/context.py", "import subprocess", "The core"),
    "an import inside a function": (
        "policy/policy.py",
        "def later() -> None:\n    import socket",
        "The core",
    ),
    "the expression engine outside its package": (
        "engine/context.py",
        "import cel_expr_python",
        "The expression engine",
    ),
    "a second YAML parser": ("operations/rules/load.py", "import yaml", "One YAML parser"),
    "the HTTP client outside its package": (
        "operations/check/run.py",
        "import httpx",
        "The HTTP client",
    ),
    "a forge past the registry": (
        "operations/check/run.py",
        "import launchpolicy.hosts.forges.github.client",
        "A forge is reached",
    ),
    "a forge that judges": (
        "hosts/forges/github/event.py",
        "import launchpolicy.engine.request",
        "Imports point one way",
    ),
    "a template in the engine": ("engine/context.py", "import jinja2", "Templates"),
}


def _lint(package: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            "--no-cache",
            "--no-logo",
            *("--config", str(ROOT / "pyproject.toml")),
        ],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent), "COLUMNS": "200"},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of our package that may be spoiled."""
    copy = tmp_path / "launchpolicy"
    shutil.copytree(ROOT / "launchpolicy", copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_every_contract_is_kept(package: Path) -> None:
    linted = _lint(package)
    assert linted.returncode == 0, linted.stdout
    assert " 0 broken" in linted.stdout


@pytest.mark.parametrize(("module", "line", "contract"), VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_a_contract_catches(package: Path, module: str, line: str, contract: str) -> None:
    path = package / module
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    linted = _lint(package)
    broken = [each for each in linted.stdout.splitlines() if each.endswith("BROKEN")]
    assert linted.returncode == 1
    assert [each for each in broken if each.startswith(contract)] != [], linted.stdout
