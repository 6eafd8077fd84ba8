"""File names that a person would take for those of a kind, though no pattern reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.strays import may_be_stray, stray_submissions
from launchpolicy.policy.edition import THIRD_EDITION
from launchpolicy.vocabulary.snapshot import FileChange

KIND = {"name": "Item", "schema": "schemas/item.json", "id": "path.stem", "packs": ["launch"]}


def strays(folder: Path, files: list[str], *paths: str, edition: int | None = None) -> list[str]:
    """The stray files of a repository whose only own kind has the patterns `files`."""
    (folder / "schemas").mkdir()
    (folder / "schemas/item.json").write_text('{"type": "object"}', "utf-8")
    settings = {
        "apiVersion": "launchpolicy/v1",
        "kind": "Configuration",
        "processes": {"product-launch": ["launch"]},
        "kinds": [KIND | {"files": files}],
    }
    (folder / ".launchpolicy.yaml").write_text(json.dumps(settings), "utf-8")
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("id: evil\n", "utf-8")
    snapshot = WorkTreeSnapshot(folder)
    rules = load_rules(snapshot)
    if edition is not None:
        rules = rules._replace(edition=edition)
    changes = [
        FileChange(entry.path, None, entry)
        for entry in snapshot.entries()
        if may_be_stray(entry.path, rules)
    ]
    return [stray.path for stray in stray_submissions(changes, rules, snapshot, snapshot)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


LOOKALIKES = [
    *(("b/**", path) for path in ("B/q", "b /q", "b\u200b/q/r", "b\u3164/q", "b\ufe0f/q.bin")),
    *(("**/OWNERS", f"a/{name}") for name in ("owners", "OWNERS ", "OWNERS\u00a0", "OWNERS~")),
    *(("**/OWNERS", f"a/{name}") for name in ("OWNERS.", " OWNERS", "OWNERS\u034f", "OWNERS.bak")),
    *(("**/OWNERS", f"a/{name}") for name in ("OWNERS.txt", "OWNERS.toml", "OWNERS.json5")),
    *(("a/*.json", path) for path in ("a/x.json5", "a/x.JSON", "a/x.json ", "A/x.json", "a/x.yml")),
    *(("a/*.json", path) for path in ("a/x.json.bak", "a/x.yaml~", "a/x.json\u034f")),
    *(("a/x*y.yaml", path) for path in ("a/x1Y.yaml", "a/xzzy.yaml ", "a /xy.yaml")),
    *(("a*/x*", path) for path in ("A1/xq", "a1/Xq", "a1 /Xq")),
    *(("t/*/team.yaml", f"t/a/{name}") for name in ("team.toml", "team.bak", "team .yaml")),
    *(("groups.yaml", name) for name in ("Groups.yaml", "groups.toml", "groups.yaml ", "groups~")),
]


@pytest.mark.parametrize(("pattern", "path"), LOOKALIKES, ids=map(ascii, LOOKALIKES))
def test_a_name_that_looks_like_one_of_a_kind_is_stray_whatever_its_suffix(
    folder: Path, pattern: str, path: str
) -> None:
    assert strays(folder, [pattern], path) == [path]


@pytest.mark.parametrize("name", ["owners", "OWNERS ", "OWNERS.bak", "OWNERS.yaml"])
def test_a_document_further_up_does_not_make_evidence_of_a_look_alike(
    folder: Path, name: str
) -> None:
    assert strays(folder, ["**/OWNERS"], "OWNERS", f"a/{name}") == [f"a/{name}"]


@pytest.mark.parametrize("name", ["owners", "OWNERS ", "OWNERS~"])
def test_a_look_alike_beside_the_document_itself_is_no_evidence(folder: Path, name: str) -> None:
    assert strays(folder, ["**/OWNERS"], "a/OWNERS", f"a/{name}") == [f"a/{name}"]


HONEST = [
    ("b/**", "bb/q"),
    ("b/**", "c/b/q"),
    ("**/OWNERS", "a/owners.go"),
    ("**/OWNERS", "a/owners_test.go"),
    ("**/OWNERS", "docs/owners.md"),
    ("**/OWNERS", "a/OWNERS_ALIASES"),
    ("a/*.json", "a/README.md"),
    ("a/*.json", "a/x.py"),
    ("a/*.json", "c/x.json"),
    ("t/*/team.yaml", "t/a/team.py"),
    ("groups.yaml", "sub/groups.yaml"),
    ("groups.yaml", "mkdocs.yaml"),
    ("**/OWNERS", "deploy/values.yaml"),
]


@pytest.mark.parametrize(("pattern", "path"), HONEST, ids=map(ascii, HONEST))
def test_a_name_of_its_own_is_not_stray(folder: Path, pattern: str, path: str) -> None:
    assert strays(folder, [pattern], path) == []


def test_a_copy_beside_its_document_is_evidence(folder: Path) -> None:
    assert strays(folder, ["**/OWNERS"], "a/OWNERS", "a/OWNERS.bak", "a/OWNERS.txt") == []


def test_what_landed_under_an_earlier_edition_is_no_stray_for_its_name_alone(folder: Path) -> None:
    files = ["b/**", "*/OWNERS"]
    assert strays(folder, files, "B/q", "a/OWNERS ", edition=THIRD_EDITION) == []
