"""What `status --due` and `agenda` say of launches that a branch records, and of strays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.launch_repository import NOW, REQUEST, LaunchRepository

LAUNCHED = "launch/LR-2026-0042-launched"
ROLLED_BACK = "launch/LR-2026-0042-rolled-back"
AFTER = "2026-12-02T10:00:00+08:00"
CHECKED = "{name: servers, result: passed, at: 2026-12-01T21:30:00+08:00, by: zhao.min}"
RECORD = f"""  stage: launched
  checksBefore:
    - {CHECKED}
  execution: {{by: zhao.min, startedAt: 2026-12-01T22:00:00+08:00}}
"""


def due(repository: LaunchRepository) -> Any:
    finished = repository.run("status", "--due", "--format", "json", "--now", AFTER)
    return json.loads(finished.output)


def agenda(repository: LaunchRepository, *arguments: str) -> str:
    finished = repository.run("agenda", "--week", "--now", NOW, *arguments)
    assert finished.code == 0, finished.complaint
    return finished.output


@pytest.fixture
def launched(repository: LaunchRepository) -> LaunchRepository:
    """A branch that records the night, which is not merged."""
    repository.git("switch", "--quiet", "--create", LAUNCHED)
    repository.edit(("  stage: requested\n", RECORD))
    repository.commit("the night")
    repository.git("switch", "--quiet", "main")
    return repository


@pytest.fixture
def rolled_back(launched: LaunchRepository) -> LaunchRepository:
    """A branch upon that, which records the rollback."""
    launched.git("switch", "--quiet", "--create", ROLLED_BACK, LAUNCHED)
    launched.edit(("  stage: launched\n", "  stage: rolled-back\n"))
    launched.commit("back again")
    launched.git("switch", "--quiet", "main")
    return launched


def test_a_recorded_night_is_to_be_merged_and_not_done_again(launched: LaunchRepository) -> None:
    duties = {one["what"]["en"]: one for one in due(launched)["duties"]}
    merge = duties[f"Propose and merge what is recorded: {LAUNCHED}"]
    assert merge["people"] == ["zhao.min"]
    assert "Carry out the launch and record its steps" not in duties
    assert "Check before the launch: servers" not in duties


def test_what_the_recorded_night_misses_stays_due(launched: LaunchRepository) -> None:
    owed = [one for one in due(launched)["duties"] if "database connection" in one["what"]["en"]]
    assert owed, due(launched)


def test_a_branch_that_changes_the_plan_settles_nothing(launched: LaunchRepository) -> None:
    launched.git("switch", "--quiet", LAUNCHED)
    launched.edit(("risk: standard", "risk: major"))
    launched.commit("and another plan")
    launched.git("switch", "--quiet", "main")
    whats = [one["what"]["en"] for one in due(launched)["duties"]]
    assert "Carry out the launch and record its steps" in whats
    assert not [one for one in whats if one.startswith("Propose and merge")]


def test_a_launch_that_was_rolled_back_owes_none_of_its_steps(
    rolled_back: LaunchRepository,
) -> None:
    listed = due(rolled_back)
    whats = [one["what"]["en"] for one in listed["duties"]]
    assert f"Propose and merge what is recorded: {LAUNCHED}, then {ROLLED_BACK}" in whats
    for owed in ("Take the backup", "Check ", "Carry out", "Announce", "Write the summary"):
        assert not [one for one in whats if one.startswith(owed)], whats


def test_the_agenda_lists_a_launch_once_with_the_branch_that_records_it(
    rolled_back: LaunchRepository,
) -> None:
    listed = agenda(rolled_back)
    rows = [line for line in listed.splitlines() if "LR-2026-0042" in line and "|" in line]
    assert len(rows) == 1
    assert f"approved; recorded as rolled back on branch {ROLLED_BACK}" in rows[0]


def test_the_agenda_lists_another_plan_of_a_launch_as_well(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "moved")
    repository.edit(("2026-12-01T22:00", "2026-12-03T22:00"), ("2026-12-01T23:30", "2026-12-03T23"))
    repository.commit("move it")
    repository.git("switch", "--quiet", "main")
    rows = [line for line in agenda(repository).splitlines() if "LR-2026-0042" in line]
    assert "approved; changed on branch moved" in rows[0]


def another(repository: LaunchRepository, *edits: tuple[str, str]) -> None:
    path = REQUEST.replace("0042", "0099")
    (repository.folder / path).parent.mkdir(parents=True)
    (repository.folder / path).write_bytes(repository.request.read_bytes())
    repository.edit(
        ("LR-2026-0042", "LR-2026-0099"), ("name: checkout,", "name: search,"), path=path
    )
    repository.edit(("departments: [customer-service, finance]", "departments: []"), path=path)
    repository.edit(*edits, path=path)
    repository.commit("another")


def test_the_same_executor_in_two_windows_at_once_is_a_conflict(
    repository: LaunchRepository,
) -> None:
    another(repository)
    for language, words in (
        ("en", "need the same people: Zhao Min"),
        ("zh", "由同一人员执行或值守"),
    ):
        assert words in agenda(repository, "--lang", language).replace(
            "Qian Na, Zhao Min", "Zhao Min"
        )


def test_the_preparations_of_a_plan_stand_in_the_list(repository: LaunchRepository) -> None:
    listed = agenda(repository)
    assert "check: servers (Zhao Min)" in listed
    assert "(He Lin)" in listed


@pytest.mark.parametrize("name", ["request.yml", "Request.yaml", "request.yaml.txt"])
def test_a_request_that_was_renamed_is_listed_as_unreadable(
    repository: LaunchRepository, name: str
) -> None:
    repository.request.rename(repository.request.with_name(name))
    repository.commit("out of sight")
    listed = due(repository)
    assert [one["path"] for one in listed["unreadable"]] == [f"launches/LR-2026-0042/{name}"]


def test_a_request_that_a_branch_renames_is_listed_as_unreadable(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "hidden")
    repository.request.rename(repository.request.with_name("request.yml"))
    repository.commit("out of sight")
    repository.git("switch", "--quiet", "main")
    unreadable = due(repository)["unreadable"]
    assert [(one["path"], one["branch"]) for one in unreadable] == [
        ("launches/LR-2026-0042/request.yml", "hidden")
    ]
