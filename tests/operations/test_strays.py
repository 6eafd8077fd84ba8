"""Documents of a repository's own kinds where no pattern reads them, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.strays import may_be_stray, stray_submissions
from launchpolicy.vocabulary.snapshot import FileChange

CONFIGURATION = """\
apiVersion: launchpolicy/v1
kind: Configuration
processes: {product-launch: [launch]}
ignore: [services/legacy]
kinds:
- {name: Note, files: notes/*.yaml, schema: schemas/note.json, id: path.stem, packs: [launch]}
- name: Service
  files: services/*/service.yaml
  schema: schemas/service.json
  id: path.stem
  packs: [launch]
"""
NOTE = '{"type": "object", "properties": {"text": {"type": "string"}}}'
SERVICE = (
    '{"type": "object", "properties": {"apiVersion": {"const": "acme.example/v1"},'
    ' "kind": {"const": "Service"}}}'
)
CONTENT = "apiVersion: acme.example/v2\nkind: service\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "repository"
    (folder / "schemas").mkdir(parents=True)
    (folder / "schemas/note.json").write_text(NOTE, "utf-8")
    (folder / "schemas/service.json").write_text(SERVICE, "utf-8")
    (folder / ".launchpolicy.yaml").write_text(CONFIGURATION, "utf-8")
    return folder


def strays(folder: Path) -> list[tuple[str, str]]:
    """Path and kind of each file that looks like a document, and is read as none."""
    files = WorkTreeSnapshot(folder)
    rules = load_rules(files)
    changes = [
        FileChange(entry.path, None, entry)
        for entry in files.entries()
        if may_be_stray(entry.path, rules)
    ]
    return [(stray.path, stray.kind) for stray in stray_submissions(changes, rules, files, files)]


def put(folder: Path, path: str, content: str = "text: x\n") -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")


@pytest.mark.parametrize(
    "path",
    [
        *("notes/2026/a.yaml", "notes/a.yml", "Notes/a.yaml", "notes/a.json"),
        *("services/service.yaml", "services/a/b/service.yaml", "services/a/Service.YAML"),
        *("services/a/service.json", "SERVICES/a/service.yaml"),
    ],
)
def test_a_document_of_an_own_kind_at_any_depth_below_its_folder_is_stray(
    folder: Path, path: str
) -> None:
    put(folder, path)
    assert [found for found, _ in strays(folder)] == [path]


def test_a_document_of_an_own_kind_is_known_by_what_its_schema_wants(folder: Path) -> None:
    put(folder, "elsewhere/a.json", '{"kind": "Service", "apiVersion": "acme.example/v1"}')
    put(folder, "elsewhere/b.yaml", CONTENT)
    put(folder, "elsewhere/c.yaml", CONTENT.replace("acme", "other"))
    assert strays(folder) == [("elsewhere/a.json", "Service"), ("elsewhere/b.yaml", "Service")]


def test_what_lies_beside_documents_is_not_stray(folder: Path) -> None:
    for path in ("notes/a.yaml", "notes/README.md", "notes/approvals/a.li.wei.yaml"):
        put(folder, path)
    for path in ("service.yaml", "deploy/service.yaml", "deploy/service.json", "values.yaml"):
        put(folder, f"services/a/{path}")
    put(folder, "services/legacy/b/service.yaml")
    put(folder, "k8s/service.yaml", "apiVersion: v1\nkind: Service\n")
    assert strays(folder) == []
