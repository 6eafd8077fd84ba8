"""Every command that takes REQUEST takes its file, its folder and its name."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import NOW, LaunchRepository

LATER = "2026-12-03T22:00:00+08:00/2026-12-03T23:30:00+08:00"
NAME = "LR-2026-0042"
COMMANDS = [
    ("status", "{}"),
    ("paper", "application", "{}"),
    ("paper", "--all", "{}", "papers"),
    ("advance", "{}", "launched"),
    ("postpone", "{}", "--window", LATER, "--reason", "The rehearsal did not pass"),
    ("gate", "{}"),
    ("record", "show", "{}"),
]
WAYS = ["launches/LR-2026-0042/request.yaml", "launches/LR-2026-0042", NAME]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_a_request_is_named_by_file_folder_or_name(
    repository: LaunchRepository, command: tuple[str, ...]
) -> None:
    answers = []
    before = repository.request.read_bytes()
    for way in WAYS:
        repository.request.write_bytes(before)
        words = (word.format(way) for word in command)
        done = repository.run(*words, "--now", NOW)
        answers.append((done.code, done.output))
    assert answers[0] == answers[1] == answers[2]
    assert "no request" not in answers[0][1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_what_is_no_request_is_refused(
    repository: LaunchRepository, command: tuple[str, ...]
) -> None:
    for name in ("LR-2026-9999", "..", "LR-2026-0042/../LR-2026-9999"):
        words = (word.format(name) for word in command)
        refused = repository.run(*words, "--now", NOW)
        assert refused.code in {2, 3}, (name, refused.output)


def test_from_a_folder_below_the_name_is_enough(repository: LaunchRepository) -> None:
    below = repository.folder / "launches"
    done = LaunchRepository(below, repository.environment).run("status", NAME, "--now", NOW)
    assert done.code in {0, 1}, done.complaint


def test_a_window_that_ends_before_it_begins_is_refused_with_both_options(
    repository: LaunchRepository,
) -> None:
    window = ("--start", "2026-12-01T22:00:00+08:00", "--end", "2026-12-01T21:00:00+08:00")
    refused = repository.run("new", "Checkout 3.3", *window, "--now", NOW)
    assert refused.code == 2
    for words in ("--end", "--start 2026-12-01T22:00:00+08:00", "2026-12-01T21:00:00+08:00"):
        assert words in refused.complaint
    assert not (repository.folder / "launches/LR-2026-0043").exists()


def test_status_against_a_base_says_that_changes_here_were_not_judged(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.edit(("risk: standard", "risk: major"))
    repository.commit("a greater risk")
    asked = ("status", NAME, "--base", "main", "--now", NOW)
    assert "not committed" not in repository.run(*asked).complaint
    repository.edit(("risk: major", "risk: minor"))
    noted = repository.run(*asked)
    assert "Looked at HEAD" in noted.complaint
    assert "changes here that are not committed" in noted.complaint


def test_a_request_on_another_branch_is_named_with_that_branch(
    repository: LaunchRepository,
) -> None:
    assert repository.run("new", "X", "--yes", "--now", NOW).code == 0
    repository.commit("Request")
    repository.git("switch", "--quiet", "main")

    for name in ("LR-2026-0043", "launches/LR-2026-0043", "launches/LR-2026-0043/request.yaml"):
        for command in (("status", name), ("approve", name), ("advance", name, "launched")):
            refused = repository.run(*command)
            assert refused.code == 2
            assert "git switch launch/LR-2026-0043" in refused.complaint, command
    refused = repository.run("gate", "LR-2026-0043", "--remote", ".", "--now", NOW)
    assert "git switch launch/LR-2026-0043" in refused.complaint


def test_a_misspelt_name_of_a_request_is_corrected(repository: LaunchRepository) -> None:
    refused = repository.run("status", "LR-2026-042")
    assert "Did you mean LR-2026-0042?" in refused.complaint
    refused = repository.run("--lang", "zh", "status", "LR-2026-042")
    assert "是否想写 LR-2026-0042？" in refused.complaint


def test_check_takes_a_name_and_corrects_a_misspelt_path(repository: LaunchRepository) -> None:
    by_name = repository.check(NAME)
    assert (by_name.code, by_name.output) == (
        (by_path := repository.check(f"launches/{NAME}")).code,
        by_path.output,
    )
    refused = repository.check("launches/LR-2026-042")
    assert refused.code == 2
    assert "launches/LR-2026-042 does not exist." in refused.complaint
    assert "Did you mean launches/LR-2026-0042?" in refused.complaint
    assert str(repository.folder) not in refused.complaint
