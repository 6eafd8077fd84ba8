"""The ledger is of one branch: whatever else is appended is refused, before anything is written."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from tests.cli.launch_repository import Finished
from tests.ledger.chronicle import MOMENT, Chronicle, begun


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path)


def with_remote(chronicle: Chronicle, *, head: str = "main") -> Path:
    """Pushes main to a new bare repository whose HEAD leads to `head`."""
    remote = chronicle.folder.parent / "remote.git"
    command = ["git", "init", "--quiet", "--bare", f"--initial-branch={head}", str(remote)]
    subprocess.run(command, check=True, env=chronicle.environment)
    chronicle.git("remote", "add", "origin", str(remote))
    chronicle.git("push", "--quiet", "origin", "main")
    return remote


def feature(chronicle: Chronicle, name: str = "LR-9") -> str:
    """A request on a feature branch, which stays checked out and is not merged."""
    chronicle.git("switch", "--quiet", "--create", f"feature-{name}")
    chronicle.request(name)
    return chronicle.commit(f"Request {name}")


def is_refused(done: Finished, *words: str) -> None:
    assert done.code == 2, done.output + done.complaint
    assert "Traceback" not in done.complaint
    for word in words:
        assert word in done.complaint


def ledger_of(chronicle: Chronicle) -> str:
    return chronicle.git("for-each-ref", "--format=%(objectname)", "refs/heads/launch-ledger")


def test_the_first_entry_names_the_branch(chronicle: Chronicle) -> None:
    chronicle.merged("LR-1")
    chronicle.append()
    first, *others = chronicle.entries()
    assert (first.branch, first.format) == ("main", "launchpolicy/ledger-entry/v3")
    assert {entry.branch for entry in others} == {""}
    assert chronicle.complaints() == []
    done = chronicle.run("build", "again")
    assert "byte for byte" in done.output, done.complaint


def test_a_feature_branch_cannot_be_appended(chronicle: Chronicle) -> None:
    chronicle.append()
    before = ledger_of(chronicle)
    feature(chronicle)
    is_refused(chronicle.run("append"), "records the branch main", "not on its first-parent")
    assert ledger_of(chronicle) == before
    chronicle.git("switch", "--quiet", "main")
    chronicle.merged("LR-2")
    assert chronicle.append().count == 1
    assert chronicle.complaints() == []


def test_a_ledger_cannot_begin_on_a_feature_branch(chronicle: Chronicle) -> None:
    feature(chronicle)
    is_refused(chronicle.run("append"), "main")
    assert ledger_of(chronicle) == ""


def test_a_feature_branch_pushed_to_the_remote_cannot_be_appended(chronicle: Chronicle) -> None:
    with_remote(chronicle)
    assert chronicle.run("append", "--remote", "origin").code == 0
    feature(chronicle)
    chronicle.git("push", "--quiet", "origin", "feature-LR-9")
    is_refused(chronicle.run("append", "--remote", "origin"), "main")
    is_refused(
        chronicle.run("append", "--remote", "origin", "--of", "refs/heads/feature-LR-9"), "main"
    )


def test_a_detached_head_off_the_branch_cannot_be_appended(chronicle: Chronicle) -> None:
    chronicle.append()
    commit = feature(chronicle)
    chronicle.git("switch", "--quiet", "--detach", commit)
    chronicle.git("branch", "--quiet", "--delete", "--force", "feature-LR-9")
    is_refused(chronicle.run("append"), "HEAD", commit[:12])


def test_the_commit_of_a_merge_queue_cannot_be_appended(chronicle: Chronicle) -> None:
    remote = with_remote(chronicle)
    assert chronicle.run("append", "--remote", "origin").code == 0
    head = chronicle.git("rev-parse", "main")
    chronicle.merged("LR-1")
    queue = f"refs/heads/gh-readonly-queue/main/pr-1-{head}"
    chronicle.git("push", "--quiet", "origin", f"main:{queue}")
    queued = chronicle.git("rev-parse", "main")
    chronicle.git("reset", "--quiet", "--hard", head)
    subprocess.run(["git", "clone", "--quiet", str(remote), "job"], cwd=remote.parent, check=True)
    job = Chronicle(remote.parent / "job", chronicle.home)
    is_refused(job.run("append", "--remote", "origin", "--of", queued), "main")


def test_the_other_parent_of_a_merge_cannot_be_appended(chronicle: Chronicle) -> None:
    chronicle.append()
    merge = chronicle.merged("LR-1")
    side = chronicle.git("rev-parse", f"{merge}^2")
    is_refused(chronicle.run("append", "--of", side), "first-parent")


def test_what_was_not_pushed_cannot_be_appended_to_the_remote(chronicle: Chronicle) -> None:
    with_remote(chronicle)
    assert chronicle.run("append", "--remote", "origin").code == 0
    chronicle.merged("LR-1")
    is_refused(chronicle.run("append", "--remote", "origin"), "push first")
    chronicle.git("push", "--quiet", "origin", "main")
    assert chronicle.run("append", "--remote", "origin").code == 0


def test_a_job_that_checked_out_a_detached_commit_of_the_branch_appends(
    chronicle: Chronicle,
) -> None:
    remote = with_remote(chronicle)
    chronicle.merged("LR-1")
    chronicle.git("push", "--quiet", "origin", "main")
    job = Chronicle(chronicle.folder.parent / "job", chronicle.home)
    job.folder.mkdir()
    job.git("init", "--quiet", "--initial-branch=unborn")
    job.git("remote", "add", "origin", str(remote))
    job.git("fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main")
    job.git("switch", "--quiet", "--detach", "refs/remotes/origin/main")
    done = job.run("append", "--remote", "origin")
    assert done.code == 0, done.complaint
    assert done.output.splitlines()[-2].startswith("2 entries")


def test_a_clone_that_knows_only_a_feature_branch_does_not_take_it_for_the_only_one(
    chronicle: Chronicle,
) -> None:
    remote = with_remote(chronicle)
    feature(chronicle)
    chronicle.git("push", "--quiet", "origin", "feature-LR-9")
    job = Chronicle(chronicle.folder.parent / "job", chronicle.home)
    job.folder.mkdir()
    job.git("init", "--quiet", "--initial-branch=unborn")
    job.git("remote", "add", "origin", str(remote))
    reference = "refs/remotes/origin/feature-LR-9"
    job.git("fetch", "--quiet", "origin", f"+refs/heads/feature-LR-9:{reference}")
    job.git("switch", "--quiet", "--create", "feature-LR-9", "origin/feature-LR-9")
    is_refused(job.run("append"), "It is not known which branch", "ledger: {of: main}")


def test_among_branches_without_a_usual_name_none_is_guessed(chronicle: Chronicle) -> None:
    chronicle.git("branch", "--move", "main", "trunk")
    chronicle.git("branch", "other")
    is_refused(chronicle.run("append"), "It is not known which branch")
    chronicle.git("branch", "--delete", "other")
    assert chronicle.run("append").code == 0
    assert chronicle.entries()[0].branch == "trunk"


def test_the_configuration_names_the_branch(tmp_path: Path) -> None:
    chronicle = begun(tmp_path, {"of": "release/1"})
    is_refused(chronicle.run("append"), "no such branch")
    chronicle.git("branch", "release/1")
    assert chronicle.run("append").code == 0
    assert chronicle.entries()[0].branch == "release/1"
    chronicle.merged("LR-1")
    is_refused(chronicle.run("append"), "release/1")


def test_the_event_names_the_default_branch(chronicle: Chronicle, tmp_path: Path) -> None:
    chronicle.git("branch", "--move", "main", "trunk")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"repository": {"default_branch": "trunk"}}), "utf-8")
    feature(chronicle)
    is_refused(chronicle.run("append", GITHUB_EVENT_PATH=str(event)), "trunk")
    done = chronicle.run("append", "--of", "trunk", GITHUB_EVENT_PATH=str(event))
    assert done.code == 0, done.complaint
    assert chronicle.entries()[0].branch == "trunk"


def test_the_head_of_the_remote_names_the_branch(chronicle: Chronicle) -> None:
    chronicle.git("branch", "trunk")
    remote = with_remote(chronicle, head="trunk")
    chronicle.git("push", "--quiet", "origin", "trunk")
    chronicle.merged("LR-1")
    chronicle.git("push", "--quiet", "origin", "main")
    assert remote.is_dir()
    is_refused(chronicle.run("append", "--remote", "origin"), "trunk")
    done = chronicle.run("append", "--remote", "origin", "--of", "trunk")
    assert done.code == 0, done.complaint


def test_a_configuration_on_a_feature_branch_cannot_take_the_ledger_over(
    chronicle: Chronicle,
) -> None:
    chronicle.append()
    chronicle.git("switch", "--quiet", "--create", "feature")
    file = chronicle.folder / ".launchpolicy.yaml"
    file.write_text(f"{file.read_text('utf-8')}ledger: {{of: feature}}\n", "utf-8")
    chronicle.commit("The ledger is mine")
    is_refused(chronicle.run("append"), "main, which is still there")


def test_a_renamed_branch_is_named_in_the_configuration(chronicle: Chronicle) -> None:
    chronicle.append()
    chronicle.git("branch", "--move", "main", "trunk")
    chronicle.git("branch", "other")
    is_refused(chronicle.run("append"), "no such branch", "another name")
    file = chronicle.folder / ".launchpolicy.yaml"
    file.write_text(f"{file.read_text('utf-8')}ledger: {{of: trunk}}\n", "utf-8")
    chronicle.commit("The branch is called trunk now")
    assert chronicle.run("append").code == 0
    assert chronicle.complaints() == []


def test_a_first_entry_that_names_another_branch_does_not_verify(chronicle: Chronicle) -> None:
    chronicle.git("branch", "evil")
    with chronicle.place() as place:
        forged = replace(place, settings=place.settings._replace(of="evil"))
        append(forged, AppendOptions(None, lambda: MOMENT))
    chronicle.merged("LR-1")
    is_refused(chronicle.run("append"), "evil")
    assert any("branch: evil ≠ main" in complaint for complaint in chronicle.complaints())
