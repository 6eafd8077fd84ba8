"""The repository reads as the design says: what stands where, how big, under which name."""

from __future__ import annotations

import ast
import functools
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"launchpolicy", "policies", "schemas", ".github", "examples", "tests"}
INSISTED_ON_BY_TOOLS = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "README.zh-CN.md",
    "action.yml",
    "pyproject.toml",
}
LOCKS = {"action.txt", "release.txt", "test.txt"}
NAMES_THAT_SAY_NOTHING = {"common", "helper", "helpers", "misc", "util", "utils"}
MODULE_CEILING = 300
TEST_CEILING = 400  # a list of situations reads well at a length at which code does not
MODULE_MEDIAN = 120
CEILING = 50  # of a function


def _kept_files() -> list[str]:
    """Every file that is committed or would be; paths from the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return sorted(name for name in listing.stdout.split("\0") if name and (ROOT / name).exists())


KEPT = _kept_files()
MODULES = [name for name in KEPT if name.endswith(".py")]
PAGES = [
    name
    for name in KEPT
    if name.endswith(".md") and ("/" not in name or "README" in name or name.startswith(".github/"))
]


def _lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def _functions(name: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _prose(page: str) -> str:
    """A page without blocks of code and without the tables of keys, whose examples are no files."""
    text = re.sub(r"^```.*?^```", "", "\n".join(_lines(page)), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"<!-- keys of .*?<!-- end of ", "", text, flags=re.DOTALL)


def _links(page: str) -> list[str]:
    """The targets of a page's links, but for those into the network."""
    targets = re.findall(r"\]\(([^)\s]+)\)", _prose(page))
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


@functools.cache
def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _named_paths(page: str) -> Iterator[Path]:
    """Paths that a page names: relative links, and code spans that begin in one of our folders.

    In a code span `<pack>` stands for any name, so the path is read as a pattern. A path alone on
    its line, with a colon, is the name of a file that the reader writes.
    """
    text = re.sub(r"^`[^`\n]+`:$", "", _prose(page), flags=re.MULTILINE)
    for target in _links(page):
        if not target.startswith("#"):
            yield (ROOT / page).parent / target.split("#")[0]
    for span in re.findall(r"`([^`\s]+/[^`\s]*)`", text):
        if span.split("/")[0] in FOLDERS | {".ci"}:
            yield ROOT / re.sub(r"<[^>]*>", "*", span)


def test_the_top_level_is_the_fixed_list() -> None:
    assert {name.split("/")[0] for name in KEPT} <= FOLDERS | INSISTED_ON_BY_TOOLS


def test_the_ci_folder_holds_the_script_its_parts_and_the_locks() -> None:
    held = {name.removeprefix(".ci/") for name in KEPT if name.startswith(".ci/")}
    assert held == {"run", "packages", "examples", "in-memory", "tree", "release.in", *LOCKS}


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_every_folder_says_what_lives_in_it(folder: str) -> None:
    assert f"{folder}/README.md" in KEPT


def test_every_module_is_short() -> None:
    ceilings = {
        name: TEST_CEILING if name.startswith("tests/") else MODULE_CEILING for name in MODULES
    }
    sizes = {name: len(_lines(name)) for name in MODULES}
    assert {name: size for name, size in sizes.items() if size > ceilings[name]} == {}


def test_every_function_is_short() -> None:
    long = {(name, *each) for name in MODULES for each in _functions(name) if each[1] > CEILING}
    assert long == set()


def test_the_median_module_fits_on_two_screens() -> None:
    sizes = [len(_lines(name)) for name in MODULES if name.startswith("launchpolicy/")]
    assert statistics.median(sizes) <= MODULE_MEDIAN


def test_every_module_has_a_name_that_says_something() -> None:
    parts = {
        (part.removesuffix(".py").strip("_").lower(), name)
        for name in MODULES
        for part in name.split("/")
    }
    assert {each for each in parts if each[0] in NAMES_THAT_SAY_NOTHING} == set()


def test_paths_named_in_a_page_exist() -> None:
    named = [(page, path) for page in PAGES for path in _named_paths(page)]
    assert named
    assert [each for each in named if not any(_matches(each[1]))] == []


def test_headings_that_a_page_links_to_exist() -> None:
    linked = [
        (page, *target.split("#")) for page in PAGES for target in _links(page) if "#" in target
    ]
    assert linked
    missing = []
    for page, path, name in linked:
        file = (ROOT / page).parent / path if path else ROOT / page
        if name not in _anchors(file):
            missing.append((page, path, name))
    assert missing == []


def _matches(path: Path) -> Iterator[Path]:
    if "*" not in str(path):
        return iter([path] if path.exists() else [])
    return ROOT.glob(str(path.relative_to(ROOT)))


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md"])
def test_the_pages_that_are_looked_at_are_there(name: str) -> None:
    assert name in PAGES
