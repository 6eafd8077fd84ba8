r"""Half a surrogate pair (`\ud800`) and bytes that are no UTF-8: refused, without a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.facts.evidence.json_reading import JsonError, object_of
from tests.cli.launch_repository import PROJECT, Finished, clean_environment
from tests.operations.launch_folder import commit
from tests.processes.program import run_program

SCHEMA = "schemas/deliverable.schema.json"
POLICY = "policies/openstack/team-governed.yaml"
NOT_UTF_8 = os.fsdecode(b"n\xff")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "releases"
    shutil.copytree(PROJECT / "examples" / "openstack-releases", copy)
    commit(copy)
    return copy


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Callable[..., Finished]:
    def finished(*arguments: str) -> Finished:
        done = run_program(list(arguments), cwd=folder, env=clean_environment(tmp_path))
        return Finished(done.returncode, done.stdout, done.stderr)

    return finished


def _title(schema: dict[str, Any]) -> None:
    schema["title"] = "half \ud800"


def _name(schema: dict[str, Any]) -> None:
    schema["properties"]["half \ud800"] = {"type": "string"}


def _default(schema: dict[str, Any]) -> None:
    schema["default"] = ["half \ud800"]


@pytest.mark.parametrize("change", [_title, _name, _default])
@pytest.mark.parametrize("escaped", [True, False], ids=["escape", "bytes"])
@pytest.mark.parametrize("command", [["check"], ["schema", "Deliverable"], ["policy", "test"]])
def test_half_a_character_in_a_schema_is_refused_with_its_place(
    folder: Path,
    run: Callable[..., Finished],
    change: Callable[[dict[str, Any]], None],
    command: list[str],
    *,
    escaped: bool,
) -> None:
    schema = json.loads((folder / SCHEMA).read_text("utf-8"))
    change(schema)
    text = json.dumps(schema, ensure_ascii=escaped)
    (folder / SCHEMA).write_bytes(text.encode("utf-8", "surrogatepass"))
    finished = run(*command)
    assert finished.code == 2, finished.complaint
    told = finished.output + finished.complaint
    assert ".launchpolicy.yaml:11" in told
    assert SCHEMA in told
    assert r"\ud800 is half a character" in told
    assert "half " in told


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (".launchpolicy.yaml", "language: en", r'language: "\ud800"'),
        (".launchpolicy.yaml", "id: path.segments[1]", r"""id: '"\ud800"'  #"""),
        (POLICY, "expression: object.team in params.teams", r"""expression: '"\ud800" == "a"'"""),
        (POLICY, "en: Governance knows no team of this name.", r'en: "\ud800"'),
        (POLICY, "teams: []", r'"\ud800": []'),
    ],
)
def test_half_a_character_in_yaml_is_refused_with_its_place(
    folder: Path, run: Callable[..., Finished], file: str, old: str, new: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    finished = run("check")
    assert finished.code == 2, finished.complaint
    assert f"{file}:" in finished.output + finished.complaint
    assert "defect of launchpolicy" not in finished.complaint


COMMANDS = [
    ["ledger", "check-proof", "--key", "n\udcff+1192fc40+" + "A" * 44, SCHEMA],
    ["ledger", "check-proof", "--key", NOT_UTF_8, SCHEMA],
    ["ledger", "keygen", NOT_UTF_8, "key"],
    ["check", NOT_UTF_8],
    ["check", "--now", NOT_UTF_8],
    ["check", "--format", NOT_UTF_8],
    ["check", f"--{NOT_UTF_8}"],
    ["-C", NOT_UTF_8, "check"],
    [NOT_UTF_8],
    ["new", NOT_UTF_8],
    ["status", NOT_UTF_8],
    ["policy", "show", NOT_UTF_8],
    ["schema", NOT_UTF_8],
    ["init", NOT_UTF_8],
    ["people", "check", NOT_UTF_8],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command)))
def test_an_argument_that_is_not_utf_8_is_refused(
    run: Callable[..., Finished], command: list[str]
) -> None:
    finished = run(*command)
    assert finished.code == 2, finished.complaint
    assert "defect of launchpolicy" not in finished.complaint
    assert "Traceback" not in finished.complaint


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
@pytest.mark.parametrize("path", ["deliverables/x/n\udcff.yaml", "policies/openstack/n\udcff.yaml"])
def test_a_file_name_that_is_not_utf_8_is_refused(
    folder: Path, run: Callable[..., Finished], path: str
) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.write_text("kind: Policy\n", "utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    finished = run("check")
    assert finished.code == 2, finished.complaint
    assert r"n\xff.yaml" in finished.output + finished.complaint
    subprocess.run(["git", "status", "--short"], cwd=folder, check=True)


@pytest.mark.parametrize(
    "data",
    [rb'{"a": "\ud800"}', rb'{"\udfff": 1}', rb'{"a": ["\ude00\ud83d"]}'],
)
def test_half_a_character_in_evidence_is_no_json(data: bytes) -> None:
    with pytest.raises(JsonError, match="is half a character"):
        object_of(data)


def test_a_whole_pair_in_evidence_is_one_character() -> None:
    assert object_of(rb'{"a": "\ud83d\ude00"}') == {"a": "\U0001f600"}
