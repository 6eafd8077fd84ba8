"""Merged objections outlast the key that signed them and the name of the repository (threat N7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.operations.approvals.bound_document import BoundDocument, SigningContext
from launchpolicy.operations.approvals.signed_files import approval_place
from launchpolicy.operations.approvals.signed_reviews import signed_reviews
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.policy.edition import EDITION, EIGHTH_EDITION
from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import NOW, REQUEST
from tests.cli.test_signature_replays import decided, merge
from tests.cli.test_stopping_decisions import LATER, OBJECTION, objection_alone


@pytest.fixture
def stopped(company: Company) -> Company:
    """A request that both leads approved, and an objection of one that was merged before it."""
    for lead in LEADS:
        company.approve(lead)
    approved = company.repository.git("rev-parse", "HEAD")
    objection_alone(company)
    merge(company.repository, "objection")
    company.repository.git("switch", "--quiet", "--force-create", "request", approved)
    company.repository.git("switch", "--quiet", "main")
    return company


def new_key(company: Company, name: str = "zhou.kai") -> None:
    """Give a person another key on main; the former one is kept beside it."""
    former = json.dumps(company.public(name))
    for suffix in ("", ".pub"):
        (company.keys / f"{name}{suffix}").rename(company.keys / f"{name}.former{suffix}")
    company.repository.edit((former, json.dumps(company.public(name))), path="people.yaml")
    company.repository.commit("another key")


def another_name(company: Company) -> None:
    company.repository.edit(
        ("source: signed", "source: signed\n  repository: example.com/launches"),
        path=".launchpolicy.yaml",
    )
    company.repository.commit("a name for the repository")


def no_key_at_all(company: Company) -> None:
    key = f", keys: [{json.dumps(company.public('zhou.kai'))}]"
    company.repository.edit((key, ""), path="people.yaml")
    company.repository.commit("no key")


def reasons(company: Company) -> list[str]:
    company.repository.git("switch", "--quiet", "request")
    return company.reasons()


@pytest.mark.parametrize("change", [new_key, another_name, no_key_at_all])
@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_merged_objection_outlasts_a_change_of_the_rules(
    change: Callable[[Company], None], *, is_deleted: bool, stopped: Company
) -> None:
    if is_deleted:
        stopped.repository.git("rm", "--quiet", OBJECTION)
        stopped.repository.commit("tidy up")
    change(stopped)
    assert "asks for changes" in reasons(stopped)
    assert stopped.leads()["outcome"] == "pending"


def test_a_merged_objection_that_a_branch_holds_too_outlasts_the_key(stopped: Company) -> None:
    new_key(stopped)
    stopped.repository.git("switch", "--quiet", "request")
    stopped.repository.git("checkout", "--quiet", "main", "--", OBJECTION)
    stopped.repository.commit("up to date")
    assert stopped.reasons().count("asks for changes") == 1


def test_who_objected_approves_with_the_new_key(stopped: Company) -> None:
    new_key(stopped)
    stopped.repository.git("switch", "--quiet", "request")
    stopped.repository.git("rm", "--quiet", f"{FOLDER}/approvals/zhou.kai.yaml")
    stopped.repository.commit("the former approval")
    stopped.approve("zhou.kai", "--now", "2026-11-25T09:40:00+08:00")
    assert stopped.leads()["outcome"] == "passed"


def test_an_objection_that_was_answered_with_the_former_key_does_not_come_back(
    stopped: Company,
) -> None:
    stopped.repository.git("switch", "--quiet", "request")
    stopped.approve("zhou.kai", "--now", "2026-11-25T09:40:00+08:00")
    stopped.repository.git("merge", "--quiet", "--no-edit", "--strategy=ours", "main")
    merge(stopped.repository)
    new_key(stopped)
    stopped.repository.git("switch", "--quiet", "--force-create", "request", "main")
    stopped.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    stopped.repository.commit("a title")
    assert "asks for changes" not in stopped.reasons()


def test_an_objection_of_who_has_left_stops_nothing(stopped: Company) -> None:
    people = (
        (stopped.repository.folder / "people.yaml").read_text("utf-8").splitlines(keepends=True)
    )
    kept = "".join(line for line in people if "{name: zhou.kai," not in line)
    left = kept.replace("rd-lead: [zhou.kai]", "rd-lead: [he.lin]")
    (stopped.repository.folder / "people.yaml").write_text(left, "utf-8")
    stopped.repository.commit("zhou.kai leaves")
    assert "asks for changes" not in reasons(stopped)


def test_a_former_key_signs_no_new_objection(company: Company) -> None:
    decided(company, "zhou.kai", "--object", LATER)
    company.repository.git("switch", "--quiet", "main")
    new_key(company)
    assert "asks for changes" not in reasons(company)


def test_a_landing_of_the_eighth_edition_is_judged_by_the_keys_of_its_base(
    stopped: Company,
) -> None:
    new_key(stopped)
    states = {edition: _stops(stopped, edition) for edition in (EIGHTH_EDITION, EDITION)}
    assert states == {EIGHTH_EDITION: 0, EDITION: 1}


def _stops(company: Company, edition: int) -> int:
    """Return how many objections count by the rules of an edition."""
    repository = company.repository
    with open_repository(repository.folder, repository.environment) as opened:
        base = repository.git("rev-parse", "main")
        snapshot = CommitSnapshot(opened, base)
        rules = load_rules(snapshot)
        directory = load_directory(snapshot, rules.configuration.paths)
        assert directory is not None
        kind = rules.kinds["LaunchRequest"]
        document = BoundDocument(
            SigningHistory(opened, base, ""), rules.configuration, kind, REQUEST, ""
        )
        context = SigningContext(directory, datetime.fromisoformat(NOW), document)
        reviews = signed_reviews(snapshot, approval_place(kind, REQUEST, edition), context)
        return sum(1 for review in reviews if review.void is None)
