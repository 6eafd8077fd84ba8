"""`launchpolicy status --due`: who must do what by when, over all open launches."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import icalendar
import pytest

from launchpolicy.engine.launches.duty_rules import DUTY_RULES, rule_of
from launchpolicy.hosts import shipped_files
from launchpolicy.vocabulary.place import format_route
from tests.cli.launch_repository import NOW, REQUEST, LaunchRepository

LATER = frozenset({"launched", "verified", "closed"})
AFTER_THE_WINDOW = "2026-12-02T10:00:00+08:00"


def due(repository: LaunchRepository, *arguments: str, now: str = NOW) -> tuple[int, Any]:
    finished = repository.run("status", "--due", "--format", "json", "--now", now, *arguments)
    assert finished.complaint == ""
    return finished.code, json.loads(finished.output)


def duties_of(listed: Any) -> dict[str, Any]:
    return {one["what"]["en"]: one for one in listed["duties"]}


def test_each_duty_of_a_merged_request_has_its_person_and_its_moment(
    repository: LaunchRepository,
) -> None:
    code, listed = due(repository)
    assert code == 1
    duties = duties_of(listed)
    backup = duties["Take the backup: database"]
    assert (backup["people"], backup["by"]) == (["he.lin"], "2026-12-01T22:00:00+08:00")
    assert not backup["overdue"]
    assert duties["Check after the launch: the product runs"]["people"] == ["sun.yu"]
    assert duties["Carry out the launch and record its steps"]["people"] == ["zhao.min"]


def test_what_is_recorded_is_no_duty_any_more_and_the_rest_is_overdue_after_the_window(
    repository: LaunchRepository,
) -> None:
    record = "{name: servers, result: passed, at: 2026-12-01T21:30:00+08:00, by: zhao.min}"
    repository.edit(("  stage: requested", f"  stage: requested\n  checksBefore:\n    - {record}"))
    repository.commit("check the servers")
    _, listed = due(repository, now=AFTER_THE_WINDOW)
    duties = duties_of(listed)
    assert "Check before the launch: servers" not in duties
    assert duties["Check before the launch: database connection"]["overdue"]
    assert listed["duties"][0]["overdue"]


def test_approvals_of_a_proposal_are_due_before_its_window(proposal: LaunchRepository) -> None:
    code, listed = due(proposal)
    assert code == 1
    approval = duties_of(listed)["Approve it as product-lead"]
    assert approval["people"] == ["wang.fang"]
    assert approval["branch"] == "request"
    assert approval["by"] == "2026-12-01T22:00:00+08:00"


def test_a_request_that_cannot_be_read_is_listed_and_never_means_nothing_is_due(
    repository: LaunchRepository,
) -> None:
    repository.git("rm", "--quiet", "-r", "launches")
    (repository.folder / REQUEST).parent.mkdir(parents=True)
    (repository.folder / REQUEST).write_text("spec: [\n", "utf-8")
    repository.commit("break it")
    code, listed = due(repository)
    assert code == 2
    assert [one["path"] for one in listed["unreadable"]] == [REQUEST]
    finished = repository.run("status", "--due", "--now", NOW)
    assert "Nothing is due." not in finished.output
    assert REQUEST in finished.output


def test_a_branch_whose_proposal_cannot_be_compared_makes_the_list_undecided(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--orphan", "another-root")
    repository.git("checkout", "--quiet", "main", "--", ".")
    repository.commit("the same without its history")
    repository.git("switch", "--quiet", "main")
    code, listed = due(repository)
    assert code == 3
    assert not listed["complete"]
    assert any("another-root" in note["en"] for note in listed["notes"])


def test_a_clone_with_the_protected_branch_alone_says_what_it_does_not_show(
    proposal: LaunchRepository,
) -> None:
    proposal.git("remote", "add", "origin", "../origin")
    proposal.git("update-ref", "refs/remotes/origin/main", "main")
    proposal.git("switch", "--quiet", "--detach", "main")
    proposal.git("branch", "--quiet", "-D", "request")
    _, listed = due(proposal)
    assert listed["duties"] == []
    assert "proposals that others have pushed are not listed" in listed["notes"][0]["en"]


def test_a_branch_that_was_merged_as_one_commit_proposes_nothing(
    proposal: LaunchRepository,
) -> None:
    proposal.git("switch", "--quiet", "main")
    proposal.git("merge", "--quiet", "--squash", "request")
    proposal.commit("launch (squashed)")
    proposal.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    proposal.commit("move it")
    _, listed = due(proposal)
    assert {one["branch"] for one in listed["duties"]} == {""}


def test_a_branch_that_brings_back_an_older_version_is_a_proposal(
    repository: LaunchRepository,
) -> None:
    older = repository.git("rev-parse", "HEAD")
    repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    repository.commit("move it")
    repository.git("switch", "--quiet", "--create", "back")
    repository.git("checkout", "--quiet", older, "--", "launches")
    repository.commit("bring back what stood there before")
    _, listed = due(repository)
    assert "back" in {one["branch"] for one in listed["duties"]}


def test_a_proposal_hides_no_duty_of_the_merged_request(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "record")
    record = "{name: servers, result: passed, at: 2026-12-01T21:30:00+08:00, by: zhao.min}"
    repository.edit(("  stage: requested", f"  stage: requested\n  checksBefore:\n    - {record}"))
    repository.commit("say that the servers were checked")
    _, listed = due(repository)
    check = duties_of(listed)["Check before the launch: servers"]
    assert (check["branch"], check["proposedOn"]) == ("", "record")


def test_the_list_of_one_person_up_to_a_day(repository: LaunchRepository) -> None:
    _, listed = due(repository, "--for", "he.lin", "--until", "2026-12-01")
    whats = set(duties_of(listed))
    assert "Take the backup: database" in whats
    assert {person for one in listed["duties"] for person in one["people"]} == {"he.lin"}
    _, listed = due(repository, "--for", "he.lin", "--until", "2026-11-30")
    assert listed["duties"] == []


def test_in_chinese_by_name_and_with_the_most_urgent_first(repository: LaunchRepository) -> None:
    finished = repository.run("status", "--due", "--now", AFTER_THE_WINDOW, "--lang", "zh")
    assert "何琳" in finished.output
    assert "he.lin" not in finished.output
    assert "2026年12月1日 22:00（已逾期）  完成备份：数据库" in finished.output


def test_the_calendar_has_an_event_for_each_moment_that_keeps_its_identity(
    repository: LaunchRepository,
) -> None:
    texts = [
        repository.run("status", "--due", "--format", "ics", "--now", now).output
        for now in (NOW, AFTER_THE_WINDOW)
    ]
    first, second = (icalendar.Calendar.from_ical(text) for text in texts)
    identities = [[str(event["uid"]) for event in one.walk("VEVENT")] for one in (first, second)]
    assert identities[0] == identities[1]
    assert len(identities[0]) == len(set(identities[0])) > 5
    assert any("He Lin" in str(event["summary"]) for event in first.walk("VEVENT"))


def test_each_person_gets_a_draft_and_a_folder_with_older_drafts_is_refused(
    repository: LaunchRepository, tmp_path: Path
) -> None:
    repository.git("config", "user.name", "Li Wei")
    repository.git("config", "user.email", "li.wei@example.com")
    folder = tmp_path / "drafts"
    arguments = ("status", "--due", "--format", "eml", "--output", str(folder), "--now", NOW)
    assert repository.run(*arguments).code == 1
    mail = message_from_bytes((folder / "he.lin.eml").read_bytes(), policy=SMTP)
    assert mail["To"] == "He Lin <he.lin@example.com>"
    assert mail["From"] == "Li Wei <li.wei@example.com>"
    body = mail.get_body()
    assert body is not None
    assert "Take the backup: database" in body.get_content()
    again = repository.run(*arguments)
    assert again.code == 2
    assert "did not write" in again.complaint


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("status",), "No request is named."),
        (("status", REQUEST, "--until", "2026-12-01"), "are for --due"),
        (("status", REQUEST, "--format", "ics"), "are for --due"),
        (("status", "--due", REQUEST), "--due is about all launches"),
        (("status", "--due", "--until", "tomorrow"), "no day"),
        (("status", "--due", "--format", "eml"), "Mail drafts need a folder."),
    ],
)
def test_what_cannot_be_asked_together_is_refused(
    repository: LaunchRepository, arguments: tuple[str, ...], says: str
) -> None:
    finished = repository.run(*arguments)
    assert finished.code == 2
    assert says in finished.complaint


def test_every_record_that_the_shipped_policies_want_has_a_duty_of_its_own() -> None:
    """What no rule names is a duty of the requester; only what nothing can be planned for may be.

    A record of something that went wrong is asked for when it has gone wrong.
    """
    unplanned = {"status.stage", "status.problems", "status.rollback", "status.cancellation"}
    routes = {
        format_route(validation.at.route)
        for pack in shipped_files.pack_names()
        for policy in shipped_files.pack(pack).policies
        for validation in policy.validations
        if LATER & set(policy.match.stages) and not validation.at.of_each
    }
    records = {
        route
        for route in routes
        if route.startswith("status") and not route.startswith(tuple(unplanned))
    }
    assert len(records) > 40
    assert [route for route in sorted(records) if rule_of(route) is None] == []


def test_rules_for_duties_stand_at_places_of_the_request_only() -> None:
    schema = shipped_files.schema("LaunchRequest").data
    from launchpolicy.documents.schema.outline import outline_of  # noqa: PLC0415

    outline = outline_of(schema)
    for rule in DUTY_RULES:
        assert rule.what.en
        assert rule.what.zh
        places = [rule.route, *rule.people, *rule.by, *(item.plan for item in rule.items)]
        for place in places:
            assert outline.at(tuple(place.split("."))) is not None, (rule.route, place)
