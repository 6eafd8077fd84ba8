"""A clone that is behind what others have recorded: it asks first, or says that it did not."""

from __future__ import annotations

import pytest

from tests.cli.record.conftest import BRANCH, NAME, REQUEST, Begin, Night, tonight

FIRST = f"launch/{NAME}"
LATER = "2026-12-03T22:00:00+08:00/2026-12-03T23:30:00+08:00"
WHY = ("--reason", "The rehearsal did not pass", "--now", "2026-11-30T10:00:00+08:00")


def test_a_night_on_the_branch_of_the_request_is_gone_on_with_there(started: Night) -> None:
    tip = started.zhao.git("rev-parse", f"origin/{BRANCH}")
    started.zhao.git("push", "--quiet", "origin", f":{BRANCH}", f"{tip}:refs/heads/{FIRST}")
    for clone in (started.zhao, started.he):
        clone.git("fetch", "--quiet", "--prune")
        clone.git("update-ref", "-d", f"refs/remotes/origin/{FIRST}")

    said = started.zhao.recorded("step", "drain", "done", NAME)

    assert f"Pushed to {FIRST}." in said
    assert "name: drain" in started.zhao.status(f"origin/{FIRST}")
    listed = started.zhao.git("ls-remote", "origin", "refs/heads/launch/*").split()[1::2]
    assert listed == [f"refs/heads/{FIRST}"]


def test_a_refusal_without_network_says_that_others_may_know_more(started: Night) -> None:
    started.he.git("update-ref", "-d", f"refs/remotes/origin/{BRANCH}")
    started.unplug()
    refused = started.he.record("step", "migrate", "done", NAME)
    assert (refused.code, "has not begun" in refused.complaint) == (1, True)
    assert "may be behind" in " ".join(refused.complaint.split())
    offline = started.he.record("step", "migrate", "done", NAME, "--offline")
    assert "may be behind" in " ".join(offline.complaint.split())
    started.plug()
    known = started.he.record("step", "migrate", "done", NAME)
    assert "may be behind" not in " ".join(known.complaint.split())


def test_a_person_who_joined_after_the_clone_was_made_is_known(started: Night) -> None:
    people = started.he.folder / "people.yaml"
    text = people.read_text("utf-8")
    people.write_text(text.replace("he.lin", "he.lina"), "utf-8")
    assert text != people.read_text("utf-8")
    started.he.commit("rename a person")
    started.he.git("push", "--quiet", "origin", "main")
    refused = started.zhao.record("step", "migrate", "done", "--by", "he.lin", "--anyway")
    assert (refused.code, "not in the directory" in refused.complaint) == (2, True), (
        refused.complaint
    )


def test_a_launch_merged_after_the_clone_was_made_is_found(begin: Begin) -> None:
    night = begin("")
    approved = night.zhao.git("rev-parse", "main")
    night.zhao.git("rm", "-r", "--quiet", f"launches/{NAME}")
    night.zhao.commit("before the request")
    night.zhao.git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert not (night.zhao.folder / REQUEST).exists()

    shown = night.zhao.record("show", at="21:00")

    assert (shown.code, NAME in shown.output) == (0, True), shown.complaint
    assert night.zhao.git("rev-parse", "origin/main") == approved
    assert tonight("22:00")[:10] in shown.output


@pytest.mark.parametrize("branch", [FIRST, BRANCH])
def test_a_start_that_only_the_remote_knows_of_stops_a_postponement(
    started: Night, branch: str
) -> None:
    tip = started.zhao.git("rev-parse", f"origin/{BRANCH}")
    started.zhao.git("push", "--quiet", "origin", f":{BRANCH}")
    started.zhao.git("push", "--quiet", "origin", f"{tip}:refs/heads/{branch}")
    started.he.git("fetch", "--quiet", "--prune")
    started.he.git("update-ref", "-d", f"refs/remotes/origin/{branch}")

    refused = started.he.here("postpone", f"launches/{NAME}", "--window", LATER, *WHY)

    assert (refused.code, "has begun or ended" in refused.complaint) == (2, True), refused.output


def test_a_remote_that_cannot_be_asked_is_named(begin: Begin) -> None:
    night = begin("")
    night.unplug()
    done = night.he.here("postpone", f"launches/{NAME}", "--window", LATER, *WHY)
    assert (done.code, "was not asked whether" in done.output) == (0, True), done.complaint
