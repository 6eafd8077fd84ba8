"""`launchpolicy gate` as a job calls it: what it prints and writes for the runner, its codes."""

from __future__ import annotations

import json

import pytest

from launchpolicy.engine.launches.start_conditions import (
    Condition,
    ConditionState,
    GateResult,
    Shortcoming,
)
from launchpolicy.reporters.gate import job
from launchpolicy.vocabulary.names import NO_NAMES
from launchpolicy.vocabulary.text import Text
from tests.operations.gate.night import COMMIT, NAME, OPENS, Night

AT = ("--now", "2026-12-01T22:10:00+08:00")
DEPLOYED = ("--commit", f"checkout-service={COMMIT}")
HOSTILE = "LR\nverdict=pass\nmay-start<<X\ntrue\nX\n|x|](https://evil.example)<script>"


def test_a_made_up_time_is_a_trial_and_never_lets_a_job_go_on(night: Night) -> None:
    asked = night.clone.run("gate", NAME, *AT, *DEPLOYED, "--format", "json")
    answer = json.loads(asked.output)
    assert (asked.code, answer["trial"], answer["mayStart"]) == (3, True, False)
    assert {one["state"] for one in answer["conditions"]} == {"met"}
    assert answer["content"][0]["state"] == "same"
    chinese = night.clone.run("gate", f"launches/{NAME}", *AT, *DEPLOYED, "--lang", "zh")
    assert chinese.code == 3
    assert "届时可以开始上线" in chinese.output
    assert "不构成放行" in chinese.output


def test_a_launch_that_may_not_start_says_why_who_and_what_to_do(approved: Night) -> None:
    asked = approved.clone.run("gate", NAME, *AT)
    assert asked.code == 1
    for words in ("may not start now", "He Lin", "planned-backups-taken", "--partial"):
        assert words in asked.output
    assert "何琳" in approved.clone.run("gate", NAME, *AT, "--lang", "zh").output


@pytest.mark.parametrize(
    "option",
    [
        ("--commit", f"checkout-service={COMMIT[:12]}"),
        ("--artifact", "checkout-service=sha256:9f86d0"),
        ("--artifact", COMMIT),
        ("--commit", f"={COMMIT}"),
    ],
    ids=["short-commit", "short-digest", "no-name", "empty-name"],
)
def test_what_identifies_nothing_is_no_answer_but_a_usage_error(
    approved: Night, option: tuple[str, str]
) -> None:
    asked = approved.clone.run("gate", NAME, *AT, *option)
    assert (asked.code, asked.output) == (2, "")


def outputs_of(written: str) -> dict[str, str]:
    """The outputs of a step as the runner reads them: a name, a delimiter, lines up to it."""
    lines, values = iter(written.splitlines()), {}
    for line in lines:
        key, _, delimiter = line.partition("<<")
        assert delimiter, line
        value: list[str] = []
        for inner in lines:
            if inner == delimiter:
                break
            value.append(inner)
        values[key] = "\n".join(value)
    return values


def test_no_text_of_a_request_becomes_an_output_of_the_step() -> None:
    hostile = Text(HOSTILE, HOSTILE)
    refused = Condition(
        "stage",
        ConditionState.NOT_MET,
        hostile,
        (Shortcoming(hostile, hostile), Shortcoming(Text("a", "a"), hostile)),
    )
    result = GateResult(HOSTILE, HOSTILE, hostile, OPENS, "main", COMMIT, (refused,))
    outputs = outputs_of(job.outputs(result, "d3l1m1t3r"))
    assert outputs["verdict"] == "blocked"
    assert outputs["may-start"] == "false"
    assert outputs["name"] == HOSTILE
    assert set(outputs) == {
        *("verdict", "may-start", "name", "path", "branch", "commit", "window-end")
    }
    summary = job.summary(result, NO_NAMES, "en")
    assert "<script>" not in summary
    rows = [line for line in summary.splitlines() if line.startswith("| ✗")]
    assert len(rows) == 1
    assert rows[0].count("|") == 4
