"""Exactly what the check of one file loads: every start pays for each of these.

The files of ours are listed in `one_file_check.txt`. One more needs a reason, and a line there;
one less is welcome, and a line less.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from tests.operations.launch_folder import commit, put

LISTED = Path(__file__).with_name("one_file_check.txt")
LIBRARIES = {"cel_expr_python", "click", "launchpolicy", "re2", "yaml"}
NOT_NEEDED = {
    *("_hashlib", "asyncio", "bz2", "concurrent", "ctypes", "difflib", "email", "hashlib"),
    *("http", "importlib.metadata", "logging", "lzma", "multiprocessing", "random", "secrets"),
    *("shutil", "socket", "ssl", "tempfile", "unittest", "xml", "zoneinfo"),
}
"""Modules of Python's library that such a check needs nothing of."""

PROBE = """\
import json, sys
begun = set(sys.modules)
from launchpolicy.cli.main import main
sys.argv = ["launchpolicy", "check", "notes/a.yaml"]
try:
    main()
finally:
    print(json.dumps(sorted(set(sys.modules) - begun)), file=sys.stderr)
"""
TEXT = {"en": "x", "zh": "x"}
KIND = {"name": "Note", "files": "notes/*.yaml", "schema": "note.json", "id": "object.name"}
CONFIGURATION = {"language": "en", "kinds": [{**KIND, "packs": ["notes"]}]}
PACK = {"version": 1, "bindings": [{"policy": "says-something", "action": "deny"}]}
POLICY = {
    "match": {"kinds": ["Note"]},
    "validations": [{"expression": "object.text != ''", "at": "text", "message": TEXT}],
    "fix": TEXT,
}
_TEXTS = {"name": {"type": "string"}, "text": {"type": "string"}}
SCHEMA = {"type": "object", "required": ["name", "text"], "properties": _TEXTS}


def _resource(kind: str, name: str, spec: object) -> str:
    head = {"apiVersion": "launchpolicy/v1", "kind": kind}
    return json.dumps({**head, "metadata": {"name": name, "title": TEXT}, "spec": spec})


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return what is loaded by the second check of a file of the repository's own kind."""
    folder, cache = tmp_path_factory.mktemp("repository"), tmp_path_factory.mktemp("cache")
    head = {"apiVersion": "launchpolicy/v1", "kind": "Configuration"}
    put(folder / ".launchpolicy.yaml", json.dumps(head | CONFIGURATION))
    put(folder / "note.json", json.dumps(SCHEMA))
    put(folder / "policies/notes/pack.yaml", _resource("Pack", "notes", PACK))
    put(
        folder / "policies/notes/says-something.yaml",
        _resource("Policy", "says-something", POLICY),
    )
    put(folder / "notes/a.yaml", "name: a\ntext: b\n")
    commit(folder)
    modules: list[str] = []
    for _ in range(2):  # the first check remembers that kind and pack are good
        modules = _modules(folder, cache)
    return modules


def _modules(folder: Path, cache: Path) -> list[str]:
    measured = ("COV_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(measured)}
    ended = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env={**kept, "XDG_CACHE_HOME": str(cache)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    modules: list[str] = json.loads(ended.stderr.splitlines()[-1])
    return modules


def test_the_files_of_ours_are_those_that_are_listed(loaded: list[str]) -> None:
    ours = [name for name in loaded if name.split(".")[0] == "launchpolicy"]
    assert ours == LISTED.read_text("utf-8").split()


def test_what_is_loaded_makes_named_tuples_the_quick_way(loaded: list[str]) -> None:
    ours = [name for name in loaded if name.split(".")[0] == "launchpolicy"]
    slow = [
        name
        for name in ours
        if getattr(importlib.import_module(name), "NamedTuple", None) is typing.NamedTuple
    ]
    assert slow == [], "take NamedTuple from launchpolicy.vocabulary.named_tuple"


def test_no_other_library_is_loaded(loaded: list[str]) -> None:
    packages = {name.split(".")[0] for name in loaded} - sys.stdlib_module_names
    assert {name for name in packages if "cython" not in name} == LIBRARIES  # of PyYAML itself


def test_nothing_of_python_is_loaded_that_only_something_else_needs(loaded: list[str]) -> None:
    assert NOT_NEEDED & set(loaded) == set()
