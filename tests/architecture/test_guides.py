"""README and guides say the same in both languages, and say what the program does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / ".github" / "guides"
CHINESE = ".zh-CN"
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in [ROOT / "README.md", *GUIDES.glob("*.md")]
    if CHINESE not in page.name
)
PACKS = {
    "product-launch": ["launch"],
    "emergency-launch": [],
    "system-cutover": ["cutover"],
    "governed-launch": ["governance"],
    "new-internet-product": ["development", "release-meeting", "go-to-market"],
    "hardware-software-integration": ["infrastructure"],
}
"""The page of each process → the packs whose policies it lists, besides those it refers to."""
SCREEN = 40
LANGUAGES = ["", CHINESE]


def _page(name: str, language: str = "") -> str:
    return (ROOT / name).with_suffix(f"{language}.md").read_text("utf-8")


def _guide(name: str, language: str) -> str:
    return _page(f".github/guides/{name}.md", language)


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """The blocks of code that have a language, without their comments."""
    blocks = re.findall(r"^( *)```(\S.*?)\n(.*?)^\1```", text, flags=re.DOTALL | re.MULTILINE)
    bare = [
        (kind, re.sub(r"(^|\s+)#.*$", "", code, flags=re.MULTILINE)) for _, kind, code in blocks
    ]
    return [(kind, [line for line in code.splitlines() if line.strip()]) for kind, code in bare]


def _prose(text: str) -> str:
    return re.sub(r"^( *)```.*?^\1```", "", text, flags=re.DOTALL | re.MULTILINE)


def _headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", _prose(text), flags=re.MULTILINE)]


def _links(text: str) -> list[str]:
    """What a page links to: without the language of the page, and without headings, sorted."""
    targets = re.findall(r"\]\(([^)\s]+)\)", _prose(text))
    return sorted({target.split("#")[0].replace(CHINESE, "") for target in targets} - {""})


def _tables(text: str) -> list[int]:
    """How many columns each row of each table has."""
    rows = [line for line in _prose(text).splitlines() if line.startswith("|")]
    return [len(re.findall(r"(?<!\\)\|", row)) for row in rows]


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        (ROOT / "schemas" / "launch-request.schema.json").read_text("utf-8")
    )
    return schema


def _knows(schema: dict[str, Any], route: str) -> bool:
    """Whether the schema of launch requests has the field that a route leads to."""
    node: Any = schema
    for step in route.replace("[]", ".[]").split("."):
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        node = node.get("items") if step == "[]" else node.get("properties", {}).get(step)
        if node is None:
            return False
    return True


def _policies(pack: str) -> dict[str, Any]:
    file = ROOT / "launchpolicy" / "shipped" / "packs" / f"{pack}.json"
    policies: dict[str, Any] = json.loads(file.read_text("utf-8"))["source"]["policies"]
    return policies


def _roles(node: object) -> Iterator[str]:
    """The roles that a quorum names."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "role":
                yield from [value] if isinstance(value, str) else value
            else:
                yield from _roles(value)
    elif isinstance(node, list):
        for each in node:
            yield from _roles(each)


def _called(text: str) -> set[tuple[str, str]]:
    """The commands that a page names: `launchpolicy X`, or `launchpolicy X Y` of a group."""
    lines = [line for _, block in _blocks(text) for line in block]
    code = [*lines, *re.findall(r"`([^`\n]+)`", _prose(text))]
    calls = [re.match(r"launchpolicy ([a-z][a-z-]*)(?: ([a-z-]+))?", each) for each in code]
    return {(call[1], call[2] or "") for call in calls if call}


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_are_built_alike(name: str) -> None:
    english, chinese = _page(name), _page(name, CHINESE)
    assert _headings(english) == _headings(chinese)
    assert _blocks(english) == _blocks(chinese)
    assert _links(english) == _links(chinese)
    assert _tables(english) == _tables(chinese)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_links_its_other_language(name: str) -> None:
    file = Path(name).stem
    assert f"({file}{CHINESE}.md)" in _page(name)
    assert f"({file}.md)" in _page(name, CHINESE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name != "README.md"])
def test_a_long_guide_begins_with_a_summary(name: str, language: str) -> None:
    lines = _page(name, language).splitlines()
    beginning = "\n".join(lines[:8])
    assert len(lines) <= 3 * SCREEN or "In short:" in beginning or "概要：" in beginning


@pytest.mark.parametrize("name", PAGES)
def test_chinese_prose_has_full_width_punctuation(name: str) -> None:
    text = re.sub(r"`[^`\n]*`|\]\([^)\s]*\)", "", _prose(_page(name, CHINESE)))
    assert re.findall(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]", text) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("process", "packs"), PACKS.items())
def test_the_page_of_a_process_names_its_policies_and_approvers(
    process: str, packs: list[str], language: str
) -> None:
    page = _guide(process, language)
    for pack in packs:
        policies = _policies(pack)
        elsewhere = {
            name for name in policies if name.startswith("emergency-") and pack == "launch"
        }
        assert [
            name for name in policies if f"`{name}`" not in page and name not in elsewhere
        ] == []
        roles = {role for each in policies.values() for role in _roles(each["spec"].get("quorum"))}
        assert [role for role in roles if f"`{role}`" not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_emergencies_names_their_policies(language: str) -> None:
    page = _guide("emergency-launch", language)
    policies = [name for name in _policies("launch") if name.startswith("emergency-")]
    assert [name for name in policies if f"`{name}`" not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*PACKS, "request-life", "approvals"])
def test_fields_that_a_guide_names_exist(name: str, language: str) -> None:
    schema = _schema()
    routes = re.findall(r"`((?:spec|status|metadata)(?:\.[A-Za-z\[\]]+)+)`", _guide(name, language))
    assert [route for route in routes if not _knows(schema, route)] == []


@cache
def _commands(*group: str) -> frozenset[str]:
    """The commands that the help of the program, or of one of its groups, lists."""
    shown = subprocess.run(
        [sys.executable, "-c", "from launchpolicy.cli.main import main; main()", *group, "--help"],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ).stdout
    listed = shown.partition("Commands:\n")[2].partition("\n\n")[0]
    return frozenset(re.findall(r"^  ([a-z-]+)", listed, flags=re.MULTILINE))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_commands_that_a_page_names_exist(name: str, language: str) -> None:
    groups = {"evidence", "ledger", "people", "policy"}
    unknown = []
    for first, second in _called(_page(name, language)):
        if first not in _commands():
            unknown.append(first)
        elif first in groups and second and second not in _commands(first):
            unknown.append(f"{first} {second}")
    assert unknown == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readme_blocks_within_five_commands(language: str) -> None:
    """The first pull request that blocks takes at most five of our commands."""
    blocks = [lines for kind, lines in _blocks(_page("README.md", language)) if kind == "sh test"]
    ours = [line for lines in blocks for line in lines if line.startswith("launchpolicy ")]
    assert 1 <= len(ours) <= 5
    assert ours[-1] == "launchpolicy check --base main"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_puts_a_key_into_the_repository(page: str, language: str) -> None:
    """What lies there is committed by the next `git add --all`, with the private key beside it."""
    files = re.findall(r"(?:ssh-keygen [^`\n]*-f|--key) ([\w./~-]+)", _page(page, language))
    assert [file for file in files if not file.startswith("~/")] == []


def test_the_page_of_policies_begins_with_how_to_write_one() -> None:
    begin = _page("policies/README.md").partition("\n## ")[0]
    assert "launchpolicy policy new " in begin
    for guide in ("expressions", "testing-policies"):
        for language in LANGUAGES:
            assert f"](../.github/guides/{guide}{language}.md)" in begin
