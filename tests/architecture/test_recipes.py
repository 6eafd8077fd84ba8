"""The recipes of CONTRIBUTING are carried out, step by step, in a copy of the repository."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.test_names import VERBS
from tests.extent import share_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = {
    "Add a format of reports": ("launchpolicy/reporters/lines.py", "test_every_reporter"),
    "Add a kind of evidence": ("launchpolicy/facts/evidence/tap.py", "test_every_reader"),
    "Add a policy": ("policies/governance/review-recorded.yaml", ""),
}
_BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def _steps(recipe: str) -> list[tuple[str, str, str]]:
    """The blocks of a recipe in their order: file (of a whole one), language, text."""
    section = PAGE.split(f"\n### {recipe}\n")[1].split("\n### ")[0].split("\n## ")[0]
    return [
        (found["file"] or "", found["language"], found["text"])
        for found in _BLOCK.finditer(section)
    ]


def _run(folder: Path, *command: str, told: str = "") -> subprocess.CompletedProcess[str]:
    # As on the machine of a person without the shared data; and the copy counts for no coverage.
    ours = ("CI", "COV_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = {**kept, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=told,
        check=False,
        capture_output=True,
        text=True,
    )


def _as_here(line: str) -> list[str]:
    """A command of the page, run by the interpreter of the tests and on the copy."""
    words = shlex.split(line)
    if words[:2] == ["make", "generate"]:
        return [sys.executable, "-m", "launchpolicy.cli.generate"]
    if words[:2] == ["make", "pytest"]:
        return [sys.executable, "-m", "pytest", *shlex.split(words[2].removeprefix("PYTEST="))]
    assert words[0] == ".venv/bin/launchpolicy", line
    return [sys.executable, "-m", "launchpolicy", *words[1:]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What git would commit of this repository, in a repository of its own."""
    listed = _run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / name)
    assert _run(tmp_path, "git", "init", "--quiet").returncode == 0
    return tmp_path


def test_the_page_has_just_these_recipes() -> None:
    section = PAGE.split("\n## Recipes\n")[1].split("\n## ")[0]
    assert re.findall(r"^### (.+)$", section, re.MULTILINE) == list(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_functions_of_a_recipe_are_documented_as_ours_are(recipe: str) -> None:
    whole = [text for file, language, text in _steps(recipe) if file and language == "python"]
    functions = [
        node
        for text in whole
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_")
    ]
    first_words = [(ast.get_docstring(node) or "").partition(" ")[0] for node in functions]
    assert [word for word in first_words if word and word not in VERBS] == []


@pytest.mark.parametrize("recipe", share_of(tuple(RECIPES), 1))
def test_a_recipe_works_as_written(recipe: str, copy: Path) -> None:
    new, guard = RECIPES[recipe]
    for file, language, text in _steps(recipe):
        if file:
            assert not (copy / file).exists()
            (copy / file).write_text(text, encoding="utf-8")
        elif language == "diff":
            if guard:  # before the registry knows the module, the tests are red
                tests = "tests/architecture/test_registries.py"
                red = _run(copy, sys.executable, "-m", "pytest", "-q", tests, "-k", guard)
                assert red.returncode == 1, red.stdout
            applied = _run(copy, "git", "apply", "--unidiff-zero", "-", told=text)
            remedy = (
                "the hunks of this recipe in .github/CONTRIBUTING.md no longer fit: change them"
            )
            assert applied.returncode == 0, f"{remedy}\n{applied.stderr}"
        else:
            for line in text.splitlines():
                done = _run(copy, *_as_here(line))
                assert done.returncode == 0, done.stdout + done.stderr
    assert (copy / new).is_file()
    lint = Path(sys.executable).with_name("ruff")
    for check in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        checked = _run(copy, str(lint), *check, "launchpolicy", "tests/reporters", "tests/facts")
        assert checked.returncode == 0, checked.stdout + checked.stderr
