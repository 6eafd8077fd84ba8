"""An option that would be ignored is refused, and no report is written over what was read."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import NOW, REQUEST, LaunchRepository

FOLDER = "launches/LR-2026-0042"
IGNORED = {
    "a request of a due list": ("status", FOLDER, "--due"),
    "a file of a due list": ("status", REQUEST, "--due"),
    "a period of a package": ("audit", "--check", ".", "--since", "2026-01-01"),
    "a sample of a package": ("audit", "--check", ".", "--sample", "3"),
    "a seed of a package": ("audit", "--check", ".", "--seed", "x"),
    "a branch of a package": ("audit", "--check", ".", "--of", "main"),
    "a folder of a package": ("audit", "--check", ".", "--output", "audit"),
    "a report of refspecs": ("github", "--refspecs", "--output", "json=x"),
    "a record of refspecs": ("github", "--refspecs", "--record", "x"),
    "trust in rules that judge nothing": ("ledger", "verify", "--quick", "--trust-set", "x"),
}


@pytest.mark.parametrize("arguments", IGNORED.values(), ids=IGNORED)
def test_what_would_be_ignored_is_refused(
    repository: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    done = repository.run(*arguments)
    assert (done.code, done.output) == (2, "")
    assert "means nothing beside" in done.complaint or "--due is about all" in done.complaint
    chinese = repository.run(*arguments, LC_ALL="zh_CN.UTF-8")
    assert "同用时不起作用" in chinese.complaint or "针对全部上线" in chinese.complaint


def test_a_due_list_of_another_launch_repository_is_made(repository: LaunchRepository) -> None:
    assert repository.run("status", ".", "--due", "--now", NOW).code in {0, 1}
    assert repository.run("status", "--due", "--now", NOW).code in {0, 1}


def test_an_audit_without_a_task_says_which_there_are(repository: LaunchRepository) -> None:
    done = repository.run("audit")
    assert (done.code, done.output) == (2, "")
    assert "Nothing says whether an audit is to be written or checked." in done.complaint
    assert "not both" not in done.complaint


INPUTS = [
    REQUEST,
    ".launchpolicy.yaml",
    "people.yaml",
    "calendar.yaml",
    f"{FOLDER}/tests/load.xml",
    "launches/../people.yaml",
]


@pytest.mark.parametrize("file", INPUTS)
@pytest.mark.parametrize(
    "command",
    [
        ("check", FOLDER, "--now", NOW, "--output", "junit={}"),
        ("paper", "application", FOLDER, "--now", NOW, "--output", "{}"),
    ],
    ids=["check", "paper"],
)
def test_no_report_is_written_over_an_input(
    repository: LaunchRepository, command: tuple[str, ...], file: str
) -> None:
    before = (repository.folder / file).read_bytes()
    done = repository.run(*(word.replace("{}", file) for word in command))
    assert done.code == 2, done
    assert f"{file} cannot be written: it is an input" in done.complaint
    assert (repository.folder / file).read_bytes() == before


@pytest.mark.parametrize("situation", [("--base", "HEAD"), ("--staged",)], ids=["base", "staged"])
def test_no_report_replaces_a_document_that_is_judged_in_a_commit(
    repository: LaunchRepository, situation: tuple[str, ...]
) -> None:
    before = repository.request.read_bytes()
    done = repository.check(*situation, "--output", f"json={REQUEST}")
    assert done.code == 2, done
    assert repository.request.read_bytes() == before


def test_a_record_is_not_replaced_by_the_report_that_counts_it(
    repository: LaunchRepository,
) -> None:
    record = '{"apiVersion": "launchpolicy/v1", "kind": "ApprovalRecord", "source": "github",'
    (repository.folder / "reviews.json").write_text(f'{record} "approvals": []}}', "utf-8")
    before = (repository.folder / "reviews.json").read_bytes()
    given = ("--base", "HEAD", "--approvals", "reviews.json", "--output", "json=reviews.json")
    done = repository.check(*given)
    assert done.code == 2, done
    assert (repository.folder / "reviews.json").read_bytes() == before


@pytest.mark.parametrize("name", ["report.json", "report.yaml", "report.xml", f"{FOLDER}/r.json"])
def test_a_report_of_an_earlier_run_is_replaced(repository: LaunchRepository, name: str) -> None:
    for situation in ((), (FOLDER,), ("--base", "HEAD"), ("--staged",)):
        for _ in range(2):
            done = repository.check(*situation, "--output", f"json={name}")
            assert done.code in {0, 1}, done
    paper = ("paper", "application", FOLDER, "--output", "application.md")
    assert [repository.run(*paper).code for _ in range(2)] == [0, 0]
