"""A walk over history says which commits touched approvals as git does, or it says nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpolicy.hosts.git.ancestry import commits_touching
from launchpolicy.hosts.git.first_parent_history import HistoryStep, steps
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.operations.approvals import approval_changes
from launchpolicy.operations.approvals.approval_changes import (
    ApprovalChanges,
    AskedChanges,
    changes_until,
)

_STEPS = (
    [b"M 100644 inline a/approvals/li.yaml\ndata 1\n1\n"],
    [b"M 100644 inline a/request.yaml\ndata 1\n1\n"],
    [b"M 100755 inline a/approvals/li.yaml\ndata 1\n1\n"],
    [b"M 100644 inline approvals/wang.yaml\ndata 1\n1\n", b"D a/approvals/li.yaml\n"],
    [b"M 120000 inline a/approvals\ndata 1\n1\n"],
    [b"M 100644 inline a/approvals-old/li.yaml\ndata 1\n1\n"],
    [b"D a/approvals\n", b"M 100644 inline a/approvals/approvals/x.yaml\ndata 1\n1\n"],
    [b"M 100644 inline a/approvals/wang.yaml\ndata 1\n1\n"],
    [b"D a/approvals\n"],
)
_PATHS = (
    "a/approvals",
    "a/approvals/li.yaml",
    "a/approvals/wang.yaml",
    "a/approvals/approvals",
    "approvals",
    "approvals/wang.yaml",
    "b/approvals",
)
_ODD_NAME = [b'M 100644 inline "a\\377/approvals/li.yaml"\ndata 1\n1\n']


def _build(folder: Path, changes: tuple[list[bytes], ...]) -> Repository:
    """Return a repository in which each change is a merge of a branch, after a first commit."""
    who = b"committer Li <li@example.com> 1767225600 +0000\n"
    lines = [b"feature done\ncommit refs/heads/main\nmark :1\n", who, b"data 0\n"]
    lines += [b"M 100644 inline a/approvals/root.yaml\ndata 1\n1\n"]
    for number, lines_of_change in enumerate(changes, start=1):
        main, side, merge = 2 * number - 1, 2 * number, 2 * number + 1
        lines += [b"commit refs/heads/side\nmark :%d\n" % side, who, b"data 0\nfrom :%d\n" % main]
        lines += lines_of_change
        lines += [b"commit refs/heads/main\nmark :%d\n" % merge, who, b"data 0\nfrom :%d\n" % main]
        lines += [b"merge :%d\n" % side, *lines_of_change]
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--done"]
    subprocess.run(command, input=b"".join([*lines, b"done\n"]), check=True)
    return open_repository(folder)


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    with _build(tmp_path / "repository", _STEPS) as opened:
        yield opened


def _history(repository: Repository) -> list[HistoryStep]:
    head = repository.objects.head()
    assert head is not None
    return list(steps(repository, head))


def test_every_answer_at_every_step_is_that_of_git(repository: Repository) -> None:
    walked, touched = ApprovalChanges(), 0
    for step in _history(repository):
        walked.go_past([step])
        for path in _PATHS:
            answer = walked.touching(repository, step.listed.commit, path)
            assert answer is not None
            expected = list(commits_touching(repository, step.listed.commit, path))
            assert list(answer) == expected, path
            touched += len(expected)
    assert touched > len(_STEPS)


def test_the_whole_repository_and_odd_names_are_paths_too(repository: Repository) -> None:
    history = _history(repository)
    head, every = history[-1].listed.commit, {step.listed.commit for step in history[1:]}
    assert {commit for commit, _ in commits_touching(repository, head, "")} == every
    assert not list(commits_touching(repository, head, ":(glob)**", "*", "a/approvals*"))
    without = {commit for commit, _ in commits_touching(repository, head, "", without="a")}
    assert without == {history[4].listed.commit}


def test_a_walk_up_to_a_commit_answers_as_one_from_the_root(repository: Repository) -> None:
    history = _history(repository)
    walked = changes_until(repository, history[4].listed.commit)
    walked.go_past(history[5:])
    head = history[-1].listed.commit
    for path in _PATHS:
        answer = walked.touching(repository, head, path)
        assert answer is not None
        assert list(answer) == list(commits_touching(repository, head, path)), path


def test_git_is_asked_once_for_all_files_of_a_folder(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []

    def ask(repository: Repository, tip: str, path: str) -> Iterator[tuple[str, str]]:
        questions.append(path)
        return commits_touching(repository, tip, path)

    monkeypatch.setattr(approval_changes, "commits_touching", ask)
    head = _history(repository)[-1].listed.commit
    asked = AskedChanges()
    for path in (*_PATHS, "a/request.yaml"):
        expected = list(commits_touching(repository, head, path))
        assert list(asked.touching(repository, head, path)) == expected, path
    assert questions == ["a/approvals", "approvals", "b/approvals", "a/request.yaml"]


@pytest.mark.parametrize("paths", [("a",), ("a", "approvals"), ("a/approvals",), ("b", "")])
def test_changes_of_what_is_left_out_are_passed_over_as_git_does(
    repository: Repository, paths: tuple[str, ...]
) -> None:
    head = _history(repository)[-1].listed.commit
    patterns = [f":(top,literal){path}" for path in paths]
    for without in ("a/approvals", "a/approvals/li.yaml", "a"):
        listed = repository.git.demand(
            *("rev-list", "--first-parent", head, "--"),
            *(*patterns, f":(top,exclude,literal){without}"),
        )
        root = _history(repository)[0].listed.commit
        expected = [commit for commit in listed.decode().split() if commit != root]
        answer = commits_touching(repository, head, *paths, without=without)
        assert [commit for commit, _ in answer] == expected, (paths, without)


def test_a_walk_that_left_out_a_step_answers_nothing(repository: Repository) -> None:
    history = _history(repository)
    walked = ApprovalChanges()
    walked.go_past([history[0], *history[2:]])
    assert walked.touching(repository, history[-1].listed.commit, "a/approvals") is None


def test_a_walk_that_began_in_the_middle_answers_nothing(repository: Repository) -> None:
    history = _history(repository)
    walked = ApprovalChanges()
    walked.go_past(history[1:])
    assert walked.touching(repository, history[-1].listed.commit, "a/approvals") is None


def test_nothing_is_answered_about_another_commit_or_another_file(repository: Repository) -> None:
    history = _history(repository)
    walked = ApprovalChanges()
    walked.go_past(history)
    head = history[-1].listed.commit
    assert walked.touching(repository, history[-2].listed.commit, "a/approvals") is None
    assert walked.touching(repository, head, "a/request.yaml") is None
    assert walked.touching(repository, head, "a/approvals") is not None


def test_a_name_that_is_not_text_leaves_the_question_to_git(tmp_path: Path) -> None:
    with _build(tmp_path / "odd", (*_STEPS[:2], _ODD_NAME)) as repository:
        history = _history(repository)
        walked = ApprovalChanges()
        walked.go_past(history)
        assert walked.touching(repository, history[-1].listed.commit, "a/approvals") is None
