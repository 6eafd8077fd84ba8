"""SARIF: scans that failed, and say in one place that they did not (threat E9)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.facts.evidence.conftest import Reads, Refuses

NOTICES = [
    {"id": "parse", "guid": "0A-0B", "defaultConfiguration": {"level": "error"}},
    {"id": "slow", "defaultConfiguration": {"level": "note"}},
]
OLD, NEW = "2024-01-01T00:00:00Z", "2026-11-23T10:00:00Z"


def log(*runs: dict[str, Any]) -> str:
    tool = {"driver": {"name": "scanner", "notifications": NOTICES}}
    return json.dumps(
        {"version": "2.1.0", "runs": [{"tool": tool, "results": [], **run} for run in runs]}
    )


def invoked(**invocation: Any) -> dict[str, Any]:
    return {"invocations": [{"executionSuccessful": True, **invocation}]}


def notified(level: object = None, **notification: Any) -> list[dict[str, Any]]:
    written = {"message": {"text": "cannot read a.py"}, **notification}
    return [written if level is None else {**written, "level": level}]


@pytest.mark.parametrize(
    ("run", "key"),
    [
        (invoked(exitCode=139), "exitCode"),
        (invoked(exitCode=-1), "exitCode"),
        (invoked(exitCode="0"), "exitCode"),
        (invoked(exitCode=False), "exitCode"),
        (invoked(exitSignalName="SIGSEGV"), "exitSignalName"),
        (invoked(exitSignalNumber=11), "exitSignalNumber"),
        (invoked(processStartFailureMessage="not found"), "processStartFailureMessage"),
        (invoked(toolExecutionNotifications=notified("error")), "toolExecutionNotifications"),
        (invoked(toolConfigurationNotifications=notified("error")),
         "toolConfigurationNotifications"),
        (invoked(toolExecutionNotifications=notified("fatal")), "toolExecutionNotifications"),
        (invoked(toolExecutionNotifications=notified(["note"])), "toolExecutionNotifications"),
        (invoked(toolExecutionNotifications=notified(descriptor={"id": "parse"})),
         "toolExecutionNotifications"),
        (invoked(toolExecutionNotifications=notified(descriptor={"index": 0})),
         "toolExecutionNotifications"),
        (invoked(toolExecutionNotifications=notified(descriptor={"guid": "0a-0b"})),
         "toolExecutionNotifications"),
        (invoked(toolExecutionNotifications=["it crashed"]), "toolExecutionNotifications"),
        (invoked(toolExecutionNotifications={"level": "error"}), "toolExecutionNotifications"),
        ({"invocations": {"executionSuccessful": False}}, "invocations"),
        ({"invocations": ["it crashed"]}, "invocations"),
        ({"invocations": [{}]}, "executionSuccessful"),
        ({"invocations": [{"executionSuccessful": True}, {"executionSuccessful": False}]},
         "executionSuccessful"),
        ({"conversion": {"invocation": {"executionSuccessful": True, "exitCode": 1}}}, "exitCode"),
        ({"conversion": {"invocation": "it crashed"}}, "executionSuccessful"),
    ],
)  # fmt: skip
def test_a_scan_that_failed_is_no_clean_scan_whatever_else_it_says(
    reads: Reads, run: dict[str, Any], key: str
) -> None:
    contents = reads("sarif", log(run))

    assert not contents.passed
    assert f"its {key} says" in contents.says.en
    assert key in contents.says.zh
    assert not reads("sarif", log({}, run)).passed


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"invocations": []},
        {"invocations": None},
        invoked(),
        invoked(exitCode=0, exitCodeDescription="no finding", exitSignalName=""),
        invoked(toolExecutionNotifications=notified("warning")),
        invoked(toolExecutionNotifications=notified()),
        invoked(toolExecutionNotifications=notified(descriptor={"id": "slow", "index": 1})),
        invoked(toolExecutionNotifications=[], toolConfigurationNotifications=notified("note")),
        {"conversion": {"tool": {"driver": {"name": "converter"}}, "invocation": {
            "executionSuccessful": True}}},
    ],
)  # fmt: skip
def test_a_scan_that_came_to_its_end_is_a_clean_one(reads: Reads, run: dict[str, Any]) -> None:
    assert reads("sarif", log(run)).says.en == "The scan found no error, and 0 warnings."


def test_a_fresh_run_beside_an_old_one_does_not_make_the_log_fresh(reads: Reads) -> None:
    old, new = invoked(endTimeUtc=OLD), invoked(endTimeUtc=NEW)

    assert reads("sarif", log(old, new)).made_at == OLD
    assert reads("sarif", log(new, new)).made_at == NEW


def test_a_run_without_a_time_among_dated_ones_makes_the_log_undated(reads: Reads) -> None:
    data = reads("sarif", log(invoked(), invoked(endTimeUtc=NEW))).as_data()

    assert data["undated"]
    assert data["madeAt"] == NEW
    assert not reads("sarif", log(invoked(endTimeUtc=NEW))).as_data()["undated"]


@pytest.mark.parametrize(
    "run",
    [
        {"Results": [{"level": "error"}]},
        {"results": [{"Level": "error"}]},
        {"invocations": [{"executionSuccessful": True, "ExitCode": 1}]},
        {"tool": {"driver": {"name": "scanner", "Rules": []}}},
        {"tool": {"driver": {"name": "scanner", "rules": [{"DefaultConfiguration": {}}]}}},
    ],
)
def test_a_key_that_only_some_readers_know_is_refused(
    refuses: Refuses, run: dict[str, Any]
) -> None:
    assert "capitals" in refuses("sarif", log(run))


def test_properties_may_have_keys_of_any_letters(reads: Reads) -> None:
    result = {"level": "note", "properties": {"Level": "x", "RESULTS": [], "Kind": "y"}}

    assert reads("sarif", log({"results": [result]})).passed
