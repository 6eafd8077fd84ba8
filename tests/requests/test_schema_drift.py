from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from launchpolicy.cli import generate
from launchpolicy.requests.launch_request.schema import launch_request_schema

ROOT = Path(__file__).parents[2]
SCHEMA = "schemas/launch-request.schema.json"


def test_the_committed_schema_is_the_generated_one_byte_for_byte() -> None:
    texts = generate.GENERATED["the schema of launch requests"](ROOT)

    assert list(texts) == [SCHEMA]
    assert (ROOT / SCHEMA).read_bytes() == texts[SCHEMA].encode(), "run: make generate"
    assert json.loads(texts[SCHEMA]) == launch_request_schema()


def test_no_white_space_hides_in_the_committed_schema() -> None:
    text = (ROOT / SCHEMA).read_text(encoding="utf-8")

    assert not set(re.findall(r"\s", text)) - {" ", "\n"}


def test_the_schema_is_the_same_in_another_process() -> None:
    code = (
        "import json; from launchpolicy.requests.launch_request.schema import *;"
        "print(json.dumps(launch_request_schema()))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == json.dumps(launch_request_schema())


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    only = {"the schema of launch requests": generate.GENERATED["the schema of launch requests"]}
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "GENERATED", only)
    return tmp_path


def test_generating_writes_what_is_missing_and_then_nothing(checkout: Path) -> None:
    first = CliRunner().invoke(generate.main, [])
    second = CliRunner().invoke(generate.main, [])

    assert (first.exit_code, first.output) == (0, f"{SCHEMA}: written\n")
    assert (second.exit_code, second.output) == (0, "")
    assert (checkout / SCHEMA).read_bytes() == (ROOT / SCHEMA).read_bytes()


def test_a_check_of_what_is_up_to_date_is_silent(checkout: Path) -> None:
    CliRunner().invoke(generate.main, [])

    done = CliRunner().invoke(generate.main, ["--check"])

    assert (done.exit_code, done.output) == (0, "")
    assert (checkout / SCHEMA).is_file()


@pytest.mark.parametrize("edit", [b"{}\n", b""], ids=["other content", "emptied"])
def test_a_check_names_what_differs_and_how_to_mend_it(checkout: Path, edit: bytes) -> None:
    CliRunner().invoke(generate.main, [])
    (checkout / SCHEMA).write_bytes(edit)

    done = CliRunner().invoke(generate.main, ["--check"])

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"{SCHEMA}: not up to date (the schema of launch requests)",
        "Run: make generate",
    ]
    assert (checkout / SCHEMA).read_bytes() == edit


def test_a_check_of_carriage_returns_fails(checkout: Path) -> None:
    CliRunner().invoke(generate.main, [])
    path = checkout / SCHEMA
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert CliRunner().invoke(generate.main, ["--check"]).exit_code == 1
