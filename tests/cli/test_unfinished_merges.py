"""A merge with conflicts that was not finished is said where its marks are, in every file."""

from __future__ import annotations

import subprocess

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.cli.own_pack import PACK, POLICY

READ_FILES = [REQUEST, ".launchpolicy.yaml", "people.yaml", "calendar.yaml"]
OWN_FILES = {"policies/own/pack.yaml": PACK, "policies/own/watcher-named.yaml": POLICY}


def _break(repository: LaunchRepository, path: str, text: str) -> int:
    """Write a conflict into the middle of a file; return the line of its first mark."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if n > 2 and not line.startswith((" ", "#", "-")))
    conflict = ["<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> main"]
    lines[at : at + 1] = conflict
    (repository.folder / path).write_text("\n".join(lines) + "\n", "utf-8")
    return at + 1


@pytest.mark.parametrize("path", READ_FILES)
def test_marks_in_what_is_read_are_said_with_the_line(
    repository: LaunchRepository, path: str
) -> None:
    line = _break(repository, path, (repository.folder / path).read_text("utf-8"))
    done = repository.check(REQUEST)
    everything = done.output + done.complaint
    assert done.code == 2, done
    assert f"{path}:{line}:1" in everything
    assert "a merge was not finished" in everything
    assert "git add" in everything


@pytest.mark.parametrize("path", OWN_FILES)
def test_marks_in_a_policy_are_said_with_the_line(repository: LaunchRepository, path: str) -> None:
    (repository.folder / "policies/own").mkdir(parents=True)
    for name, text in OWN_FILES.items():
        (repository.folder / name).write_text(text, "utf-8")
    line = _break(repository, path, OWN_FILES[path])
    done = repository.run("policy", "test", "policies/own")
    assert done.code == 2, done
    assert f"{path}:{line}:1: This is not well-formed YAML: a merge was not finished" in (
        done.output + done.complaint
    )


@pytest.mark.parametrize("options", [(), ("--staged",)], ids=["work tree", "index"])
def test_a_merge_of_git_that_has_conflicts_is_no_verdict(
    repository: LaunchRepository, options: tuple[str, ...]
) -> None:
    repository.git("switch", "--quiet", "--create", "other")
    repository.edit(("watcher: qian.na", "watcher: zhou.kai"))
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.edit(("watcher: qian.na", "watcher: wang.fang"))
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", "other")
    done = repository.check(*options)
    assert done.code in {2, 3}, done
    assert "merge" in done.output + done.complaint
