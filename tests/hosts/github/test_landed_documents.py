"""Reviews of pull requests that change files of several documents, as the ledger enters them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.kinds.proposals import Proposals, policy
from tests.cli.launch_repository import LaunchRepository, clean_environment
from tests.hosts.github.test_landings import PEOPLE, Host, appended
from tests.ledger.chronicle import Chronicle

PATH = "old/all.yaml"


def text(titles: Mapping[str, str]) -> str:
    return "---\n".join(f"number: '{number}'\ntitle: {title}\n" for number, title in titles.items())


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    """A repository in which a lead reviews each document on GitHub."""
    folder, home = tmp_path / "repository", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    proposals = Proposals(LaunchRepository(folder, clean_environment(home)))
    asking = policy("lead-approves", quorum={"role": "lead"})
    configuration = {"approvals": {"source": "github", "rules": "anybody"}}
    proposals.rules(asking, documents="many", configuration=configuration)
    del asking["spec"]["validations"]
    proposals.write("policies/own/lead-approves.yaml", asking)
    people = "".join(
        f"  - {{name: {name}, display: {name}, department: it, accounts: "
        f"{{github: {{id: {number}, login: {name.replace('.', '-')}}}}}, "
        f"emails: [{name}@example.com]}}\n"
        for name, number in PEOPLE.items()
    )
    head = f"apiVersion: launchpolicy/v1\nkind: Directory\npeople:\n{people}"
    proposals.write("people.yaml", f"{head}roles: {{lead: [wang.fang, zhou.kai]}}\n")
    proposals.write(PATH, text({"1": "one", "a/2": "two"}))
    made = Chronicle(folder, home)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("remote", "add", "origin", str(folder))
    made.commit("Begin")
    return made


def landing(chronicle: Chronicle, *, reviewed: str, landed: str) -> Host:
    """Squash a pull request whose last push nobody has reviewed; answer as GitHub of it."""
    chronicle.git("switch", "--quiet", "--create", "change")
    file = chronicle.folder / PATH
    file.write_text(reviewed, "utf-8")
    head = chronicle.commit("Reviewed")
    if landed != reviewed:
        file.write_text(landed, "utf-8")
        chronicle.commit("Pushed after the review")
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--squash", "change")
    return Host(chronicle, (chronicle.commit("Change (#7)"),), head)


def verdicts(chronicle: Chronicle, host: Host) -> dict[str, tuple[str, str]]:
    names = {"1", "a/2"}
    return {
        one.name: (one.verdict, ",".join(approval.by for approval in one.approvals))
        for one in appended(chronicle, host)
        if one.name in names and one.proposal is not None
    }


def test_a_review_counts_for_each_document_that_it_saw(chronicle: Chronicle) -> None:
    both = text({"1": "new", "a/2": "new"})
    host = landing(chronicle, reviewed=both, landed=both)
    host.reviews = host.reviews[:1]
    approved = ("pass", "wang.fang")
    assert verdicts(chronicle, host) == {"1": approved, "a/2": approved}
    assert chronicle.complaints() == []


def test_a_document_that_was_pushed_after_the_review_of_its_file_is_not_approved(
    chronicle: Chronicle,
) -> None:
    host = landing(
        chronicle,
        reviewed=text({"1": "new", "a/2": "new"}),
        landed=text({"1": "new", "a/2": "newer"}),
    )
    host.reviews = host.reviews[:1]
    assert verdicts(chronicle, host) == {"1": ("pass", "wang.fang"), "a/2": ("blocked", "")}
    assert chronicle.complaints() == []


def test_a_document_that_took_the_place_of_a_reviewed_one_is_not_approved(
    chronicle: Chronicle,
) -> None:
    host = landing(
        chronicle,
        reviewed=text({"1": "new", "a/2": "newer"}),
        landed=text({"1": "newer", "a/2": "new"}),
    )
    host.reviews = host.reviews[:1]
    assert verdicts(chronicle, host) == {"1": ("blocked", ""), "a/2": ("blocked", "")}
