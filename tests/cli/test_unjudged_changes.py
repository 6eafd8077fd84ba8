"""What a check without a changed request must not pass over: proposed rules, and the work tree."""

from __future__ import annotations

import json

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository

BROKEN = {
    "people.yaml": "nonsense: 1\n",
    "calendar.yaml": "timezone: [\n",
    ".launchpolicy.yaml": "nonsense: 1\n",
}


@pytest.fixture
def branch(repository: LaunchRepository) -> LaunchRepository:
    """A branch `rules` beside main, on which no request is changed."""
    repository.git("switch", "--quiet", "--create", "rules")
    return repository


def break_rules(repository: LaunchRepository, path: str) -> None:
    file = repository.folder / path
    file.write_text(f"{file.read_text('utf-8')}{BROKEN[path]}", "utf-8")


@pytest.mark.parametrize("path", list(BROKEN))
@pytest.mark.parametrize("situation", ["work tree", "index", "base"])
def test_malformed_rules_that_are_proposed_are_malformed_in_every_situation(
    branch: LaunchRepository, path: str, situation: str
) -> None:
    if situation == "work tree":
        branch.git("rm", "-rq", "launches")
    break_rules(branch, path)
    if situation != "work tree":
        branch.git("add", "--all")
    if situation == "base":
        branch.commit("break the rules")
    arguments = {"work tree": (), "index": ("--staged",), "base": ("--base", "main")}[situation]
    done = branch.check(*arguments)
    assert done.code == 2, done
    assert f"{path}:" in done.output + done.complaint
    assert "Nothing was judged" not in done.output


def test_the_index_and_the_base_give_the_same_findings(branch: LaunchRepository) -> None:
    break_rules(branch, "people.yaml")
    branch.git("add", "--all")
    staged = json.loads(branch.check("--staged", "--format", "json").output)
    branch.commit("break the directory")
    based = json.loads(branch.check("--base", "main", "--format", "json").output)
    assert staged["verdict"] == based["verdict"] == "rejected"
    assert staged["requests"] == based["requests"]


def test_a_staged_request_is_judged_beside_malformed_rules(branch: LaunchRepository) -> None:
    break_rules(branch, "people.yaml")
    branch.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    branch.git("add", "--all")
    done = branch.check("--staged", "--format", "json")
    assert done.code == 2, done
    assert len(json.loads(done.output)["requests"]) == 2


@pytest.mark.parametrize("arguments", [(), ("--staged",)])
def test_well_formed_rules_that_are_proposed_pass(
    branch: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    file = branch.folder / "people.yaml"
    file.write_text(f"{file.read_text('utf-8')}# checked today\n", "utf-8")
    branch.git("add", "--all")
    done = branch.check(*arguments)
    assert done.code == 0, done


def test_a_request_that_is_not_committed_is_named(branch: LaunchRepository) -> None:
    assert "not committed" not in branch.check("--base", "main").output
    branch.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    done = branch.check("--base", "main")
    assert done.code == 0
    text = " ".join(done.output.split())
    assert "Nothing was judged" in text
    assert f"not committed, and they are not judged: {REQUEST}." in text
    assert "尚未提交" in branch.check("--base", "main", "--lang", "zh").output


def test_an_edit_of_a_judged_request_that_is_not_committed_is_named(
    proposal: LaunchRepository,
) -> None:
    assert "not committed" not in proposal.check("--base", "main").output
    path = proposal.folder / REQUEST
    path.write_text(f"{path.read_text('utf-8')}# later\n", "utf-8")
    text = " ".join(proposal.check("--base", "main").output.split())
    assert f"not committed, and they are not judged: {REQUEST}." in text
    assert "not committed" not in proposal.check("--base", "main", "--head", "main").output
    path.unlink()
    assert "not committed" not in proposal.check("--base", "main").output


def test_a_request_that_is_not_tracked_is_named(proposal: LaunchRepository) -> None:
    proposal.git("reset", "--quiet", "--soft", "main")
    proposal.git("reset", "--quiet")
    done = proposal.check("--base", "main")
    assert done.code == 0
    assert f"not judged: {REQUEST}." in " ".join(done.output.split())
    assert "not committed" not in proposal.check("--base", "main", "--head", "main").output
