"""What GitHub is asked about merges that are entered into the ledger, and what is kept of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.hosts.forges.github.forge import GithubLandings
from launchpolicy.hosts.forges.github.problems import odd_answer
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.ledger.entry import EVENTS, FORMAT_3, Entry
from launchpolicy.ledger.landing_record import LandingRecord
from launchpolicy.ledger.records import CommitMaker
from launchpolicy.operations.ledger.branch.entries import current_state, entries
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from launchpolicy.operations.ledger.sources.forge_landings import ForgeRecorder
from launchpolicy.operations.ledger.sources.landing_sources import LandingSourceOptions, recorder_of
from launchpolicy.operations.ledger.verification.verify import verify
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.ledger.chronicle import MOMENT, OPEN, Chronicle, begun

MERGED_AT = "2026-11-25T02:30:00Z"
PEOPLE = {"li.wei": 583231, "wang.fang": 583232, "zhou.kai": 583233, "zhao.min": 583234}
"""Their account numbers, as the example's directory has them."""


class Host:
    """GitHub's answers about one merged pull request, as its client gives them."""

    def __init__(self, chronicle: Chronicle, merged: tuple[str, ...], head: str) -> None:
        self.merged = merged
        self.reviews = [
            self._review(1, "wang.fang", head, "2026-11-25T01:00:00Z"),
            self._review(2, "zhou.kai", head, "2026-11-25T01:10:00Z"),
            self._review(3, "zhao.min", head, "2026-11-25T01:20:00Z"),
        ]
        self.state, self.base, self.activity = "MERGED", "main", True
        self.head, self.timeline = head, said.base_changed("2026-11-24T09:00:00Z")
        self.asked: list[str] = []
        directory = (chronicle.folder / "people.yaml").read_text("utf-8")
        assert all(f"id: {number}," in directory for number in PEOPLE.values())

    def rest(self, asked: str, verb: str, path: str, *rest: Any, **options: Any) -> Any:
        del verb, rest, options
        self.asked.append(path)
        if "/activity" in path:
            if not self.activity:
                raise odd_answer(asked, path)
            actor = {"id": PEOPLE["li.wei"], "login": "li-wei"}
            return [{"before": "0" * 40, "after": self.head, "actor": actor}]
        commit = path.split("/commits/")[1].split("/", maxsplit=1)[0]
        if commit not in self.merged:
            return []
        return [
            {
                "number": 7,
                "merged_at": MERGED_AT,
                "created_at": "2026-11-24T08:00:00Z",
                "base": {"ref": self.base},
                "merged_by": {"login": "WangFang-Example"},
            }
        ]

    def linked_pages(self, asked: str, path: str) -> Any:
        return self.rest(asked, "GET", path)

    def graphql(self, asked: str, query: str, variables: Any) -> Any:
        del asked, variables
        if "reviews(" in query:
            return self._pull({"reviews": _page(self.reviews)})
        if "commits(" in query:
            author = {"email": "li.wei@example.com", "user": _user("li.wei")}
            commit = {
                "oid": self.head,
                "parents": {"totalCount": 0, "nodes": []},
                "authors": {"totalCount": 1, "nodes": [author]},
                "committer": author,
            }
            return self._pull({"commits": _page([{"commit": commit}])})
        return self._pull(
            {
                "state": self.state,
                "isDraft": False,
                "headRefOid": self.head,
                "headRefName": "launch",
                "baseRefName": self.base,
                "headRepository": {"nameWithOwner": "acme/launches"},
                "author": {"__typename": "User", **_user("li.wei")},
                "timelineItems": self.timeline,
            }
        )

    def _pull(self, found: Any) -> Any:
        return {"repository": {"pullRequest": found}}

    def _review(self, number: int, name: str, commit: str, at: str) -> Any:
        return {
            "fullDatabaseId": str(number),
            "state": "APPROVED",
            "submittedAt": at,
            "commit": {"oid": commit},
            "author": {"__typename": "User", **_user(name)},
        }


def _user(name: str) -> Any:
    return {"login": name.replace(".", "-"), "databaseId": PEOPLE[name]}


def _page(nodes: list[Any]) -> Any:
    information = {"hasNextPage": False, "endCursor": None}
    return {"totalCount": len(nodes), "pageInfo": information, "nodes": nodes}


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    """A repository whose approvals come from GitHub, with the accounts that the host knows."""
    made = begun(tmp_path)
    made.edit(".launchpolicy.yaml", "source: signed", "source: github")
    made.commit("Approvals come from GitHub")
    return made


def squashed(chronicle: Chronicle) -> tuple[str, str]:
    """A request, squashed; the commit that was reviewed is only in the remote any more."""
    chronicle.git("switch", "--quiet", "--create", "launch")
    chronicle.request(OPEN)
    head = chronicle.commit("Request")
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--squash", "launch")
    return chronicle.commit("Launch (#7)"), head


def appended(chronicle: Chronicle, host: Any) -> list[Entry]:
    with open_repository(chronicle.folder, chronicle.environment) as repository:
        place = location_of(repository, LocationOptions(chronicle.folder), chronicle.environment)
        recorder = ForgeRecorder(place, GithubLandings(host, "acme/launches", "main"))
        append(place, AppendOptions(None, lambda: MOMENT, recorder))
        return list(entries(current_state(place)))


def test_reviews_of_a_squashed_pull_request_count_and_are_kept(chronicle: Chronicle) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    entry = appended(chronicle, Host(chronicle, (landed,), head))[-1]
    assert (entry.event, entry.verdict) == ("approved", "pass")
    assert (entry.at, entry.time_source) == (MERGED_AT, "host")
    assert entry.proposal is not None
    assert (entry.proposal.number, entry.proposal.merged_by) == (7, "WangFang-Example")
    assert entry.merged_by == CommitMaker(name="WangFang-Example", person="wang.fang")
    assert entry.proposal.base_ref == "main"
    assert [(each.by, each.role) for each in entry.approvals] == [
        ("wang.fang", "product-lead"),
        ("zhou.kai", "rd-lead"),
        ("zhao.min", "operations-lead"),
    ]
    assert entry.requested_at == "2026-11-24T08:00:00Z"


def test_a_rebuild_asks_nobody_and_does_not_need_the_reviewed_commit(
    chronicle: Chronicle,
) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    appended(chronicle, Host(chronicle, (landed,), head))
    chronicle.git("branch", "--quiet", "-D", "launch")
    subprocess.run(
        ["git", "reflog", "expire", "--expire=now", "--all"], cwd=chronicle.folder, check=True
    )
    chronicle.git("gc", "--quiet", "--prune=now")
    known = chronicle.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    assert head not in known.split()
    assert chronicle.complaints() == []
    assert chronicle.run("build", "again").code == 0


def test_a_review_after_the_merge_does_not_count(chronicle: Chronicle) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    host = Host(chronicle, (landed,), head)
    host.reviews[1]["submittedAt"] = "2026-11-25T02:30:01Z"
    entry = appended(chronicle, host)[-1]
    assert (entry.event, entry.verdict) == ("bypassed", "blocked")
    assert [each.by for each in entry.approvals] == ["wang.fang", "zhao.min"]


def test_a_review_of_a_commit_that_is_gone_does_not_count(chronicle: Chronicle) -> None:
    landed, _ = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    entry = appended(chronicle, Host(chronicle, (landed,), "1" * 40))[-1]
    assert entry.event == "bypassed"
    assert entry.approvals == ()


def test_commits_of_one_rebased_pull_request_are_one_landing(chronicle: Chronicle) -> None:
    chronicle.request(OPEN)
    chronicle.edit(f"launches/{OPEN}/request.yaml", "takes: 25m", "takes: 26m")
    first = chronicle.commit("One half")
    chronicle.edit(f"launches/{OPEN}/request.yaml", "takes: 26m", "takes: 25m")
    second = chronicle.commit("And the other")
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    found = appended(chronicle, Host(chronicle, (first, second), second))
    assert [entry.event for entry in found] == ["adopted", "policy-changed", "approved"]
    assert found[-1].commits == (first,)
    assert chronicle.complaints() == []


def test_what_somebody_pushed_past_every_pull_request_is_bypassed(chronicle: Chronicle) -> None:
    _, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    entry = appended(chronicle, Host(chronicle, (), head))[-1]
    assert (entry.event, entry.record) == ("bypassed", "")


def test_a_pull_request_into_another_branch_is_none_of_this_one(chronicle: Chronicle) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    host = Host(chronicle, (landed,), head)
    host.base = "release"
    assert appended(chronicle, host)[-1].event == "bypassed"


def test_a_landing_of_which_nobody_knows_who_pushed_says_so_and_is_not_approved(
    chronicle: Chronicle,
) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    host = Host(chronicle, (landed,), head)
    host.activity = False
    entry = appended(chronicle, host)[-1]
    assert (entry.event, entry.attempted) == ("pushers-unknown", "approved")
    assert entry.format == FORMAT_3
    assert EVENTS[entry.event].en == "pushers unknown"
    assert entry.is_bypassed


def test_a_host_that_does_not_say_merged_is_undecided(chronicle: Chronicle) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    host = Host(chronicle, (landed,), head)
    host.state = "OPEN"
    with pytest.raises(UndecidedError, match="not merged"):
        appended(chronicle, host)


def test_a_record_that_was_changed_is_found(chronicle: Chronicle) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    appended(chronicle, Host(chronicle, (landed,), head))
    with open_repository(chronicle.folder, chronicle.environment) as repository:
        place = location_of(repository, LocationOptions(chronicle.folder), chronicle.environment)
        state = current_state(place)
        record = state.files.record(landed)
        assert isinstance(record, LandingRecord)
        assert record.approvals is not None
        assert {review["request"] for review in record.approvals["reviews"]} == {OPEN, "rules"}
        assert "commit" not in json.dumps(record.approvals["reviews"])
        assert verify(place).is_good


def test_nobody_is_asked_where_approvals_are_signed_files(tmp_path: Path) -> None:
    made = begun(tmp_path)
    with open_repository(made.folder, made.environment) as repository:
        place = location_of(repository, LocationOptions(made.folder), made.environment)
        assert recorder_of(place, LandingSourceOptions({}, "github")) is None


def test_without_a_workflow_it_says_what_is_missing(chronicle: Chronicle) -> None:
    done = chronicle.run("append", "--github")
    assert done.code == 3
    assert "GITHUB_REPOSITORY" in done.complaint


def test_reviews_of_another_change_that_landed_with_an_old_plan_are_void_in_its_record(
    chronicle: Chronicle,
) -> None:
    """Threat N7: the pull request was reviewed while it only changed a page beside the launches."""
    path = f"launches/{OPEN}/request.yaml"
    chronicle.request(OPEN)
    chronicle.commit("Request")
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    chronicle.git("switch", "--quiet", "--create", "page")
    (chronicle.folder / "page.md").write_text("Launches\n", "utf-8")
    reviewed = chronicle.commit("A page")
    old_plan = chronicle.git("show", f"main:{path}")
    chronicle.git("switch", "--quiet", "main")
    chronicle.edit(path, "decideWithin: 30m", "decideWithin: 20m")
    chronicle.commit("Amend")
    chronicle.git("merge", "--quiet", "--squash", "page")
    (chronicle.folder / path).write_text(f"{old_plan}\n", "utf-8")
    landed = chronicle.commit("A page (#7)")
    entry = appended(chronicle, Host(chronicle, (landed,), reviewed))[-1]
    assert entry.commit == landed
    assert (entry.event, entry.verdict) == ("bypassed", "blocked")


def test_reviews_that_were_given_before_the_base_branch_are_void_in_the_record(
    chronicle: Chronicle,
) -> None:
    landed, head = squashed(chronicle)
    chronicle.git("remote", "add", "origin", str(chronicle.folder))
    host = Host(chronicle, (landed,), head)
    host.timeline = said.base_changed("2026-11-25T01:10:00Z")
    entry = appended(chronicle, host)[-1]
    assert (entry.event, entry.verdict) == ("bypassed", "blocked")
    assert [each.by for each in entry.approvals] == ["zhao.min"]
