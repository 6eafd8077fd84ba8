"""`agenda --github` and `status --due --github`: open pull requests, as GitHub names them now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import NOW, Finished, LaunchRepository
from tests.hosts.github import said
from tests.hosts.github.stub import Answer, Fault, Stub, serving

ANOTHER = "launches/LR-2026-0099/request.yaml"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as running:
        yield running


@pytest.fixture
def clone(repository: LaunchRepository, tmp_path: Path) -> LaunchRepository:
    """A clone with the remote `origin`, which has pull requests that were never fetched."""
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "origin.git"))
    repository.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    repository.git("fetch", "--quiet", "origin")
    return repository


def propose(clone: LaunchRepository, tmp_path: Path, reference: str, *, base: str = "main") -> str:
    """Push a request for another launch to a reference of `origin` that no clone fetches."""
    elsewhere = LaunchRepository(tmp_path / reference.replace("/", "-"), clone.environment)
    clone.git("clone", "--quiet", str(tmp_path / "origin.git"), str(elsewhere.folder))
    elsewhere.git("switch", "--quiet", "--detach", f"origin/{base}")
    target = elsewhere.folder / ANOTHER
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(elsewhere.request.read_bytes())
    elsewhere.edit(("LR-2026-0042", "LR-2026-0099"), path=ANOTHER)
    commit = elsewhere.commit(f"request another launch by {reference}")
    elsewhere.git("push", "--quiet", "--force", "origin", f"HEAD:{reference}")
    return commit


def pull(number: int, head: str, branch: str, *, fork: str = "") -> dict[str, Any]:
    listed: dict[str, Any] = said.rest_pull(number, head, f"{fork}/launches" if fork else None)
    if not fork:
        listed["head"]["repo"] = {"full_name": said.REPOSITORY}
    listed["head"] |= {"ref": branch, "label": f"{fork or 'acme'}:{branch}"}
    return listed


def agenda(clone: LaunchRepository, stub: Stub, *arguments: str) -> Finished:
    words = ("agenda", "--week", "--now", NOW, "--github", *arguments)
    return clone.run(*words, **environment_of(stub))


def environment_of(stub: Stub) -> dict[str, str]:
    return {
        "GITHUB_TOKEN": "t",
        "GITHUB_API_URL": stub.url,
        "GITHUB_REPOSITORY": said.REPOSITORY,
        "NO_PROXY": "127.0.0.1",
    }


def test_a_pull_request_from_a_fork_is_a_coming_launch(
    clone: LaunchRepository, stub: Stub, tmp_path: Path
) -> None:
    commit = propose(clone, tmp_path, "refs/pull/8/head")
    references = clone.git("for-each-ref")
    assert "LR-2026-0099" not in clone.run("agenda", "--week", "--now", NOW).output

    stub.open_pulls = [pull(8, commit, "checkout", fork="lin")]
    finished = agenda(clone, stub)

    assert finished.code == 0, finished.complaint
    assert "LR-2026-0099" in finished.output
    assert "awaits approval (branch lin:checkout &#35;8)" in finished.output
    assert "Open pull requests are as GitHub names them now" in finished.complaint
    assert "from forks" not in finished.complaint
    assert clone.git("for-each-ref") == references, "no reference of the clone was moved"


def test_a_pull_request_stands_for_its_branch_whose_fetched_version_is_older(
    clone: LaunchRepository, stub: Stub, tmp_path: Path
) -> None:
    propose(clone, tmp_path, "refs/heads/checkout")
    clone.git("fetch", "--quiet", "origin")
    assert "(branch checkout)" in clone.run("agenda", "--week", "--now", NOW).output

    rewritten = propose(clone, tmp_path, "refs/pull/8/head")
    stub.open_pulls = [pull(8, rewritten, "checkout")]
    listed = agenda(clone, stub).output

    assert "(branch checkout &#35;8)" in listed
    assert "(branch checkout)" not in listed


def test_a_pull_request_whose_commit_cannot_be_had_is_named_and_undecided(
    clone: LaunchRepository, stub: Stub
) -> None:
    stub.open_pulls = [pull(8, "f" * 40, "checkout", fork="lin")]
    finished = agenda(clone, stub)
    assert finished.code == 3
    assert "What the branch lin:checkout #8 proposes could not be seen" in finished.complaint
    assert "cannot be fetched from origin" in finished.complaint


def test_a_forge_that_does_not_answer_leaves_no_shorter_list(
    clone: LaunchRepository, stub: Stub
) -> None:
    stub.faults = [Fault("pulls", Answer(404, b"{}"))]
    finished = agenda(clone, stub)
    assert finished.code == 3
    assert finished.output == ""
    assert "GitHub refused the open pull requests of acme/launches" in finished.complaint


def test_without_a_token_what_to_set_is_named(clone: LaunchRepository) -> None:
    finished = clone.run("agenda", "--week", "--now", NOW, "--github", GITHUB_TOKEN="")
    assert finished.code == 3
    assert "GitHub cannot be asked: GITHUB_TOKEN is not set." in finished.complaint
    assert "GITHUB_REPOSITORY to OWNER/NAME" in finished.complaint


def test_a_commit_as_the_base_is_no_branch_that_pull_requests_are_open_against(
    clone: LaunchRepository, stub: Stub
) -> None:
    finished = agenda(clone, stub, "--base", clone.git("rev-parse", "HEAD"))
    assert finished.code == 2
    assert "pull requests are open against a branch" in finished.complaint


def test_duties_of_a_pull_request_are_listed_and_github_is_for_due_only(
    clone: LaunchRepository, stub: Stub, tmp_path: Path
) -> None:
    stub.open_pulls = [pull(8, propose(clone, tmp_path, "refs/pull/8/head"), "x", fork="lin")]
    environment = environment_of(stub)
    finished = clone.run("status", "--due", "--github", "--now", NOW, **environment)
    assert "LR-2026-0099" in finished.output
    assert "lin:x #8" in finished.output

    alone = clone.run("status", "launches/LR-2026-0042", "--github", **environment)
    assert alone.code == 2
    assert "--github" in alone.complaint
