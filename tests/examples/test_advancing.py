"""`advance` along every arrow of every process: what the next stage asks, and nothing touched."""

from __future__ import annotations

import copy
from datetime import timedelta
from pathlib import Path

import pytest

from launchpolicy.operations.advance import advance
from launchpolicy.operations.launch_repository import find_launch_repository
from launchpolicy.vocabulary.errors import UsageError
from tests.examples.answering import (
    Adopter,
    Data,
    adopter,
    answered,
    complaints,
    examples_at,
    parsed,
    put_evidence_of,
    written,
)
from tests.examples.catalogue import NOW_INSTANT, PROCESSES
from tests.examples.test_walks import LAUNCHED, VERIFIED
from tests.examples.walking import without_mishaps

KEPT: dict[str, tuple[str, ...]] = {"requested": (), "launched": LAUNCHED, "verified": VERIFIED}
ONWARDS = [("requested", "launched"), ("launched", "verified"), ("verified", "closed")]
AWAY = [("requested", "cancelled"), ("launched", "rolled-back")]


def standing_at(stage: str, process: str, folder: Path) -> tuple[Adopter, Path, str, Data]:
    """The closed example as it stood at a stage: the repository, its file, its text, its end."""
    example, closed = examples_at(process, "closed")[0]
    adopted = adopter(process, folder)
    put_evidence_of(example, adopted)
    file = folder / "launches" / example.name / "request.yaml"
    head, status = (example / "request.yaml").read_text("utf-8").split("\nstatus:\n")
    blocks: list[str] = []
    for line in status.splitlines():
        if line.startswith("  ") and line[2] not in " -":
            blocks.append("")
        blocks[-1] += f"{line}\n"
    kept = [each for each in blocks if each.strip().split(":")[0] in KEPT[stage]]
    text = f"{head}\nstatus:\n  stage: {stage}   # as it stands\n{''.join(kept)}"
    file.write_text(text, "utf-8")
    return adopted, file, text, closed


def moved(adopted: Adopter, file: Path, text: str, stage: str) -> Data:
    """The data after `advance`; everything that was written before is still there, as it was."""
    advance(find_launch_repository(file.parent), file, stage, "en", NOW_INSTANT)
    after = file.read_text("utf-8")
    kept = [_at_stage(line, stage) for line in text.splitlines()]
    lines = iter(after.splitlines())
    assert all(line in lines for line in kept)
    assert adopted.folder in file.parents
    return parsed(after)


def _at_stage(line: str, stage: str) -> str:
    return f"  stage: {stage}   # as it stands" if line.startswith("  stage: ") else line


@pytest.mark.parametrize(("stage", "next_stage"), ONWARDS)
@pytest.mark.parametrize("process", PROCESSES)
def test_the_next_stage_asks_questions_whose_answers_pass(
    process: str, stage: str, next_stage: str, tmp_path: Path
) -> None:
    adopted, file, text, closed = standing_at(stage, process, tmp_path / "repository")
    name, before = file.parent.name, parsed(text)

    data = moved(adopted, file, text, next_stage)

    open_ones = complaints(adopted.judged(adopted.submitted(name, data, before)))
    assert {rule for rule, _ in open_ones} <= {"request/unanswered"}
    filled = answered(data, without_mishaps(closed))
    assert complaints(adopted.judged(adopted.submitted(name, filled, before))) == set()


@pytest.mark.parametrize(("stage", "next_stage"), AWAY)
@pytest.mark.parametrize("process", PROCESSES)
def test_giving_up_asks_questions_and_nothing_else(
    process: str, stage: str, next_stage: str, tmp_path: Path
) -> None:
    adopted, file, text, _ = standing_at(stage, process, tmp_path / "repository")

    data = moved(adopted, file, text, next_stage)

    found = complaints(adopted.judged(adopted.submitted(file.parent.name, data, parsed(text))))
    assert {rule for rule, _ in found} == {"request/unanswered"}


def test_a_request_that_is_rolled_back_asks_again_without_what_was_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    example, rolled_back = examples_at("product-launch", "rolled-back")[0]
    adopted = adopter("product-launch", folder)
    put_evidence_of(example, adopted)
    file = folder / "launches" / example.name / "request.yaml"
    file.write_bytes((example / "request.yaml").read_bytes())

    advanced = advance(find_launch_repository(file.parent), file, "requested", "en", NOW_INSTANT)

    data = parsed(file.read_text("utf-8"))
    assert {"status.execution", "status.rollback"} <= set(advanced.removed)
    failed_at = {"failedAt": rolled_back["status"]["rollback"]["finishedAt"]}
    asked = dict.fromkeys(("cause", "fix", "evidence"), "TODO")
    assert data["spec"].pop("attempt") == failed_at | asked
    assert data["spec"] == rolled_back["spec"]
    assert data["status"]["stage"] == "requested"
    before_the_window = NOW_INSTANT - timedelta(days=16)
    submission = adopted.submitted(example.name, data, rolled_back, before_the_window)
    found = complaints(adopted.judged(submission, before_the_window))
    assert {rule for rule, _ in found} == {"further-attempt-solved"}


def test_a_request_does_not_jump_over_a_stage_and_stays_as_it_is(tmp_path: Path) -> None:
    _, file, text, _ = standing_at("requested", "product-launch", tmp_path / "repository")

    with pytest.raises(UsageError) as refusal:
        advance(find_launch_repository(file.parent), file, "closed", "en", NOW_INSTANT)

    assert "launched, cancelled" in refusal.value.remedy.en
    assert file.read_text("utf-8") == text


def test_a_request_at_its_end_is_asked_for_anew(tmp_path: Path) -> None:
    example, cancelled = examples_at("product-launch", "cancelled")[0]
    adopted = adopter("product-launch", tmp_path / "repository")
    file = adopted.folder / "launches" / example.name / "request.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(written(cancelled))

    with pytest.raises(UsageError) as refusal:
        advance(find_launch_repository(file.parent), file, "requested", "en", NOW_INSTANT)

    assert "launchpolicy new" in refusal.value.remedy.en


def test_a_second_advance_to_the_same_stage_is_refused(tmp_path: Path) -> None:
    _, file, _, _ = standing_at("requested", "product-launch", tmp_path / "repository")
    advance(find_launch_repository(file.parent), file, "launched", "en", NOW_INSTANT)
    text = file.read_text("utf-8")

    with pytest.raises(UsageError, match="from launched to launched"):
        advance(find_launch_repository(file.parent), file, "launched", "en", NOW_INSTANT)

    assert file.read_text("utf-8") == text


def test_names_that_the_plan_gives_are_not_asked_again(tmp_path: Path) -> None:
    adopted, file, text, closed = standing_at("requested", "product-launch", tmp_path / "r")

    status = moved(adopted, file, text, "launched")["status"]

    names = {key: [each["name"] for each in status[key]] for key in ("checksBefore", "backups")}
    planned = copy.deepcopy(closed["spec"])
    assert names["checksBefore"] == [each["name"] for each in planned["checks"]["before"]]
    assert names["backups"] == [each["name"] for each in planned["backup"]]
    assert status["execution"]["by"] == planned["people"]["executor"]
