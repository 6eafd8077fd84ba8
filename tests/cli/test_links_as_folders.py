"""A link or a submodule where a folder of requests has to be: rejected, and never passed unread."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_strays import put, refusals

FOLDER = "launches/LR-2026-0042"


def link(repository: LaunchRepository, path: str) -> None:
    """What stands at `path` moves elsewhere, and a link leads to it."""
    place = repository.folder / path
    if place.exists():
        shutil.move(place, repository.folder / "elsewhere")
    else:
        (repository.folder / "elsewhere").mkdir()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(os.path.relpath(repository.folder / "elsewhere", place.parent))


def in_all_situations(repository: LaunchRepository) -> list[tuple[str, str]]:
    by_tree = refusals(repository)
    repository.git("add", "--all")
    by_index = refusals(repository, "--staged")
    repository.commit("a link")
    by_base = refusals(repository, "--base", "main")
    assert by_index == by_base
    assert set(by_tree) <= set(by_base)
    return by_base


@pytest.mark.parametrize("path", ["launches", FOLDER, f"{FOLDER}/approvals", "waivers", "Launches"])
def test_a_launch_folder_that_is_a_link_is_judged_not_skipped(
    proposal: LaunchRepository, path: str
) -> None:
    link(proposal, path)
    assert (path, "request/no-folder") in in_all_situations(proposal)


def submodule(repository: LaunchRepository, path: str) -> None:
    """A submodule at `path`, as its entry in the index: nothing of it is checked out."""
    place = repository.folder / path
    if place.exists():
        shutil.rmtree(place)
    repository.git("add", "--all")
    commit = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{path}")
    repository.git("commit", "--quiet", "--message", "a submodule")


@pytest.mark.parametrize("path", ["launches", FOLDER])
def test_a_launch_folder_that_is_a_submodule_is_rejected(
    proposal: LaunchRepository, path: str
) -> None:
    submodule(proposal, path)
    assert (path, "request/no-folder") in refusals(proposal, "--base", "main")


def test_a_repository_inside_of_the_launches_is_a_submodule_in_the_work_tree_too(
    proposal: LaunchRepository,
) -> None:
    proposal.git("init", "--quiet", FOLDER)
    assert (FOLDER, "request/no-folder") in refusals(proposal)


def test_a_request_that_is_deleted_while_its_folder_becomes_a_link_is_judged_twice(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    link(repository, FOLDER)
    repository.commit("out of sight")
    finished = repository.check("--base", "main", "--format", "json")
    report: dict[str, Any] = json.loads(finished.output)
    verdicts = {request["path"]: request["verdict"] for request in report["requests"]}
    assert verdicts[f"{FOLDER}/request.yaml"] == "blocked"
    assert verdicts[FOLDER] == "rejected"


@pytest.mark.parametrize("path", ["policies", "policies/own", ".launchpolicy.yaml", "people.yaml"])
def test_rules_that_are_a_link_are_rejected(repository: LaunchRepository, path: str) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    link(repository, path)
    repository.commit("rules out of sight")
    finished = repository.check("--base", "main", "--format", "json")
    assert finished.code == 2, finished
    (rules,) = [r for r in json.loads(finished.output)["requests"] if r["kind"] == "Rules"]
    assert [refusal["rule"] for refusal in rules["refusals"]] == ["rules/not-a-file"]
    assert rules["refusals"][0]["place"]["path"] == path


def test_links_and_submodules_elsewhere_pass(repository: LaunchRepository) -> None:
    put(repository, "shared/logo.svg", b"<svg/>")
    (repository.folder / "logo.svg").symlink_to("shared/logo.svg")
    repository.git("switch", "--quiet", "--create", "change")
    submodule(repository, "vendor/tools")
    assert repository.check().code == 0
    assert repository.check("--base", "main").code == 0


def test_a_folder_that_replaces_a_link_passes(proposal: LaunchRepository) -> None:
    proposal.git("switch", "--quiet", "main")
    (proposal.folder / "launches").symlink_to(Path("elsewhere"))
    proposal.commit("a link from before")
    proposal.git("switch", "--quiet", "--create", "change")
    proposal.git("rm", "--quiet", "launches")
    proposal.git("checkout", "request", "--", "launches")
    proposal.commit("a folder")
    report = json.loads(proposal.check("--base", "main", "--format", "json").output)
    assert [request["refusals"] for request in report["requests"]] == [[]]
