"""Waivers through the real command: they label what they excuse, and excuse nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository
from tests.examples.approving import approved_by
from tests.examples.catalogue import NOW_INSTANT

WAIVER = """\
apiVersion: launchpolicy/v1
kind: Waiver
metadata: {{name: {name}}}
spec:
  policy: {policy}
  requests: [{request}]
  owner: chen.jie
  reason: {{en: The vault moves house., zh: 备份库搬迁。}}
  expires: {expires}
"""
BACKUPS = "backup-plan-covers-database-and-files"


def write(repository: LaunchRepository, name: str = "vault", **values: str) -> None:
    given = {
        "policy": BACKUPS,
        "request": "LR-2026-0042",
        "expires": "2026-12-05T00:00:00+08:00",
        **values,
    }
    folder = repository.folder / "waivers"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(WAIVER.format(name=name, **given), "utf-8")


def merged(repository: LaunchRepository, name: str = "vault", **values: str) -> None:
    """A waiver that stands in the base."""
    repository.git("switch", "--quiet", "main")
    write(repository, name, **values)
    repository.commit("a waiver")
    repository.git("switch", "--quiet", "request")
    repository.git("rebase", "--quiet", "main")


def judged(repository: LaunchRepository) -> dict[str, Any]:
    record = approved_by(repository, ["wang.fang", "zhou.kai", "zhao.min", "xu.bo"], NOW_INSTANT)
    arguments = ("--base", "main", "--approvals", str(record), "--format", "json")
    report: dict[str, Any] = json.loads(repository.check(*arguments).output)
    return report


def outcome(report: dict[str, Any], policy: str = BACKUPS) -> dict[str, Any]:
    request = next(each for each in report["requests"] if each["kind"] == "LaunchRequest")
    found: dict[str, Any] = next(r for r in request["results"] if r["policy"] == policy)
    return found


@pytest.fixture
def broken(proposal: LaunchRepository) -> LaunchRepository:
    """A request without the backup of its files, on a branch off main."""
    text = proposal.request.read_text("utf-8")
    assert "kind: files" in text
    proposal.request.write_text(text.replace("kind: files", "kind: configuration", 1), "utf-8")
    proposal.commit("no backup of the files")
    assert judged(proposal)["exitCode"] == 1
    assert outcome(judged(proposal))["outcome"] == "failed"
    return proposal


def test_a_merged_waiver_labels_what_it_excuses(broken: LaunchRepository) -> None:
    merged(broken)
    report = judged(broken)
    assert report["exitCode"] == 0
    excused = outcome(report)
    assert excused["outcome"] == "waived"
    assert excused["findings"] != []
    assert excused["waived"]["name"] == "vault"
    assert excused["waived"]["owner"] == "chen.jie"
    assert excused["waived"]["expires"] == "2026-12-04T16:00:00Z"


def test_a_waiver_in_the_same_pull_request_excuses_nothing(broken: LaunchRepository) -> None:
    write(broken)
    broken.commit("and a waiver for it")
    report = judged(broken)
    assert report["exitCode"] == 1
    assert outcome(report)["outcome"] == "failed"


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"expires": "2026-11-25T10:00:00+08:00"}, "expired"),
        ({"expires": "2026-11-25T03:00:00+01:00"}, "expired"),
        ({"request": "LR-2026-0043"}, ""),
        ({"policy": "rollback-planned"}, "no effect"),
        ({"policy": "no-such-policy"}, "no effect"),
    ],
    ids=["expired now", "expired in another offset", "other request", "unwaivable", "unknown"],
)
def test_a_waiver_that_does_not_cover_it_excuses_nothing_and_says_so(
    values: dict[str, str], note: str, broken: LaunchRepository
) -> None:
    merged(broken, **values)
    report = judged(broken)
    assert report["exitCode"] == 1
    assert outcome(report)["outcome"] == "failed"
    told = " ".join(each["en"] for each in report["notes"])
    assert (note in told) if note else (told == "")


def test_what_the_binding_calls_unwaivable_stays_blocked(broken: LaunchRepository) -> None:
    text = broken.request.read_text("utf-8")
    broken.request.write_text(text.replace("    watcher: qian.na\n", ""), "utf-8")
    broken.commit("nobody watches")
    merged(broken, policy="launch-people-named")
    assert outcome(judged(broken), "launch-people-named")["outcome"] == "failed"


def test_a_configuration_cannot_make_a_mandatory_policy_waivable(broken: LaunchRepository) -> None:
    broken.git("switch", "--quiet", "main")
    configuration = broken.folder / ".launchpolicy.yaml"
    binding = (
        "bindings:\n  - {pack: launch, policy: launch-people-named, action: deny, "
        "waivableBy: [dba]}\n"
    )
    configuration.write_text(configuration.read_text("utf-8") + binding, "utf-8")
    broken.commit("waive it by the DBA")
    broken.git("switch", "--quiet", "request")
    finished = broken.check("--base", "main")
    assert finished.code == 2
    assert "`waivableBy` is not a key" in finished.complaint


def test_an_unused_waiver_is_reported(proposal: LaunchRepository) -> None:
    proposal.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    proposal.commit("ask")
    merged(proposal)
    report = judged(proposal)
    assert report["exitCode"] == 0
    assert any("is not used" in note["en"] for note in report["notes"])


def test_a_malformed_waiver_at_the_base_stops_the_run(broken: LaunchRepository) -> None:
    merged(broken, request="'*'")
    finished = broken.check("--base", "main")
    assert finished.code == 2
    assert "waivers/vault.yaml" in finished.complaint


def test_a_waiver_is_itself_approved_and_not_by_its_owner(proposal: LaunchRepository) -> None:
    write(proposal)
    proposal.commit("ask for a waiver")
    record = approved_by(proposal, ["chen.jie"], NOW_INSTANT)
    arguments = ("--base", "main", "--approvals", str(record), "--format", "json")
    finished = proposal.check(*arguments)
    assert finished.code == 1
    requests = json.loads(finished.output)["requests"]
    waiver = next(each for each in requests if each["kind"] == "Waiver")
    (pending,) = [each for each in waiver["results"] if each["outcome"] == "pending"]
    assert pending["policy"] == "waiver-approved"
    assert pending["missing"][0]["candidates"] == ["xu.bo"]
    assert judged(proposal)["exitCode"] == 0  # company leadership approves, too


def test_approvals_of_two_waivers_stand_side_by_side(company: Company) -> None:
    repository = company.repository
    for name in ("vault", "network"):
        write(repository, name)
    repository.commit("two waivers")
    for name in ("vault", "network"):
        finished = repository.run(
            *("approve", f"waivers/{name}.yaml", "--yes", "--key", str(company.key("xu.bo"))),
            *("--now", "2026-11-25T09:00:00+08:00"),
        )
        assert finished.code == 0, finished.complaint
        repository.commit(f"approval of {name}")
    finished = repository.check("--base", "main", "--format", "json")
    waivers = [each for each in json.loads(finished.output)["requests"] if each["kind"] == "Waiver"]
    assert [each["verdict"] for each in waivers] == ["pass", "pass"]


def test_a_merge_on_githubs_pages_has_no_committer_to_be_told_from_the_approvers(
    company: Company,
) -> None:
    company.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    company.repository.git("add", "--all")
    company.repository.git(
        *("-c", "user.email=noreply@github.com", "commit", "--quiet", "--message", "on the web"),
        *("--author", "Li Wei <li.wei@example.com>"),
    )
    company.approve("wang.fang")
    company.approve("zhou.kai")
    assert company.leads()["outcome"] == "passed"


def waiver_judged_with(repository: LaunchRepository, *approvers: str) -> dict[str, Any]:
    """The outcome of `waiver-approved` where these people approve."""
    record = approved_by(repository, list(approvers), NOW_INSTANT)
    finished = repository.check("--base", "main", "--approvals", str(record), "--format", "json")
    requests = json.loads(finished.output)["requests"]
    (waiver,) = [each for each in requests if each["kind"] == "Waiver"]
    found: dict[str, Any] = next(r for r in waiver["results"] if r["policy"] == "waiver-approved")
    return found


@pytest.mark.parametrize("who", ["requester: li.wei", "executor: zhao.min"])
def test_the_requester_of_a_launch_does_not_approve_the_waiver_for_it(
    who: str, proposal: LaunchRepository
) -> None:
    proposal.edit((who, f"{who.partition(':')[0]}: xu.bo"))
    write(proposal)
    proposal.commit("a waiver for my own launch")
    waiver = waiver_judged_with(proposal, "xu.bo")
    assert waiver["outcome"] == "pending"
    assert [barred["person"] for barred in waiver["missing"][0]["barred"]] == ["xu.bo"]


def test_a_requester_who_hands_the_launch_over_in_the_same_change_does_not_approve_its_waiver(
    proposal: LaunchRepository,
) -> None:
    proposal.edit(("requester: li.wei", "requester: xu.bo"))
    proposal.commit("my launch")
    proposal.git("branch", "--force", "main", "request")
    proposal.edit(("requester: xu.bo", "requester: li.wei"))
    write(proposal)
    proposal.commit("not my launch any more, and a waiver")
    assert waiver_judged_with(proposal, "xu.bo")["outcome"] == "pending"


def test_somebody_else_of_the_role_approves_the_waiver(proposal: LaunchRepository) -> None:
    proposal.git("switch", "--quiet", "main")
    proposal.edit(
        ("company-leadership: [xu.bo]", "company-leadership: [xu.bo, tang.yu]"), path="people.yaml"
    )
    proposal.commit("two leaders")
    proposal.git("switch", "--quiet", "request")
    proposal.git("rebase", "--quiet", "main")
    proposal.edit(("requester: li.wei", "requester: xu.bo"))
    write(proposal)
    proposal.commit("a waiver")
    assert waiver_judged_with(proposal, "tang.yu")["outcome"] == "passed"


def test_a_waiver_for_a_launch_that_cannot_be_read_is_not_possible(
    proposal: LaunchRepository,
) -> None:
    """Nobody knows then who would profit from it."""
    proposal.edit(("spec:", "spec: ["))
    write(proposal)
    proposal.commit("a waiver")
    record = approved_by(proposal, ["xu.bo"], NOW_INSTANT)
    finished = proposal.check("--base", "main", "--approvals", str(record), "--format", "json")
    requests = json.loads(finished.output)["requests"]
    (waiver,) = [each for each in requests if each["kind"] == "Waiver"]
    assert waiver["verdict"] == "blocked"
