"""Suites are left out by name only, never in silence, and never where a merge depends on them."""

from __future__ import annotations

import ast
import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.suites import SUITES, how_to_get_shared_data, suites_left_out

ROOT = Path(__file__).parents[2]

NEEDS = {
    "shared": {"shared_file", "shared_folder"},
    "npm": {"file_of", "program_of", "prism"},
    "browser": {"browser", "chromium"},
    "index": {"installed", "pull_request", "publish"},
}
"""What a test module uses that only a suite may use."""

NOT_TESTS_OF = {
    ("test_suites.py", "shared"),
    ("test_ledger_action.py", "index"),  # it has an environment made from this one
}


def _pytest(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    light = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "CI": ""}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--quiet", *arguments],
        cwd=ROOT,
        env={**os.environ, **light, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


@functools.cache
def _names(module: Path) -> set[str]:
    """Every name that a module imports, or asks for as a fixture."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests."):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.FunctionDef):
            found |= {each.arg for each in node.args.args}
    return found


@pytest.mark.parametrize("name", NEEDS)
def test_whatever_needs_a_suite_carries_its_mark(name: str) -> None:
    using = [
        module
        for module in sorted((ROOT / "tests").rglob("test_*.py"))
        if _names(module) & NEEDS[name] and (module.name, name) not in NOT_TESTS_OF
    ]
    assert using
    for module in using:
        assert f"pytest.mark.{name}" in module.read_text("utf-8"), module


def test_nothing_is_left_out_unless_asked_for() -> None:
    assert suites_left_out("", shared=True, ci=False) == {}
    assert suites_left_out("", shared=True, ci=True) == {}


def test_suites_are_left_out_by_name() -> None:
    assert list(suites_left_out("npm, browser,", shared=True, ci=False)) == ["npm", "browser"]


def test_an_unknown_suite_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"no suite `brwser`\. The suites: browser, npm, index, slow, shared"
    ):
        suites_left_out("npm,brwser", shared=True, ci=False)


def test_data_that_is_not_there_leaves_its_suite_out_with_the_reason() -> None:
    found = suites_left_out("", shared=False, ci=False)
    assert list(found) == ["shared"]
    assert "no folder" in found["shared"]


@pytest.mark.parametrize(("names", "shared"), [("npm", True), ("", False)])
def test_in_ci_nothing_may_be_left_out(names: str, *, shared: bool) -> None:
    with pytest.raises(ValueError, match="With CI=true no suite may be left out"):
        suites_left_out(names, shared=shared, ci=True)


def test_the_way_to_the_shared_data_is_filled_in_from_the_variables() -> None:
    assert "OWNER/NAME ../shared" in how_to_get_shared_data({})
    named = {"LAUNCHPOLICY_SHARED_REPOSITORY": "acme/data", "LAUNCHPOLICY_SHARED_COMMIT": "abc"}
    command = how_to_get_shared_data(named)
    assert "/acme/data ../shared" in command
    assert command.endswith("checkout abc")


def test_a_run_without_the_shared_data_passes_and_says_how_to_get_it(tmp_path: Path) -> None:
    away = str(tmp_path / "nowhere")
    done = _pytest("tests/engine/test_clause_coverage.py", LAUNCHPOLICY_SHARED=away)
    assert done.returncode == 0, done.stdout + done.stderr
    for part in ("left out", "shared: real release requests", away, "git clone "):
        assert part in done.stdout
    assert "1 deselected" in done.stdout.splitlines()[-1]


def test_a_run_in_ci_without_the_shared_data_fails(tmp_path: Path) -> None:
    away = str(tmp_path / "nowhere")
    done = _pytest("tests/engine/test_clause_coverage.py", LAUNCHPOLICY_SHARED=away, CI="true")
    assert done.returncode != 0
    assert "With CI=true" in done.stderr
    assert "passed" not in done.stdout


def test_data_of_which_a_part_is_missing_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    done = _pytest(
        "tests/engine/test_clause_coverage.py",
        "tests/ledger/test_proof_vectors.py",
        LAUNCHPOLICY_SHARED=str(tmp_path / "shared"),
    )
    assert done.returncode == 1
    assert "2 failed" in done.stdout.splitlines()[-1]


def test_what_waits_for_others_runs_first_and_the_rest_in_its_order() -> None:
    modules = ["tests/architecture/test_suites.py", "tests/hosts/github/test_graphql_schema.py"]
    done = _pytest("--collect-only", *modules)
    listed = [line.split("::")[0] for line in done.stdout.splitlines() if "::" in line]
    assert list(dict.fromkeys(listed)) == modules[::-1]


def _make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--dry-run", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_make_knows_the_same_suites() -> None:
    done = _make("test", "WITHOUT=nothing")
    assert done.returncode == 2
    assert f"The suites: {' '.join(SUITES)}. " in done.stderr


def test_make_leaves_nothing_out_in_ci() -> None:
    assert _make("test", CI="true", LAUNCHPOLICY_SHARED=str(ROOT)).returncode == 0
    assert "no suite may be left out" in _make("test", "WITHOUT=npm", CI="true").stderr


@pytest.mark.parametrize(
    ("without", "shared", "gate"), [("", ROOT, True), ("npm", ROOT, False), ("", ROOT / "x", False)]
)
def test_coverage_is_required_of_a_whole_run_only(
    without: str, shared: Path, *, gate: bool
) -> None:
    planned = _make("test", f"WITHOUT={without}", LAUNCHPOLICY_SHARED=str(shared)).stdout
    assert f"--without='{without}'" in planned
    assert ("--cov-fail-under 0" not in planned) == gate


def test_an_unknown_resolution_is_refused() -> None:
    done = _make("test", "RESOLUTION=latest")
    assert done.returncode == 2
    assert "use locked, newest or oldest" in done.stderr
