"""Ways round approvals, tried through the real command in real repositories (threats P1-P7, R5)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.cli.test_rule_changes import approve_rules, judged, owners

SOMEBODY_ELSE = "Wang Fang <wang.fang@example.com>"
ACCEPTANCE = "acceptance/acceptance.pdf"


def commit_as(repository: LaunchRepository, author: str, message: str = "change") -> None:
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", message, "--author", author)


def approved_by_leads(company: Company) -> None:
    for lead in LEADS:
        company.approve(lead)


def move(folder: Path, old: str, new: str) -> None:
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    (folder / old).rename(folder / new)


def test_evidence_in_a_folder_called_approvals_still_has_an_author(company: Company) -> None:
    """Otherwise a lead brings the acceptance document, and approves it."""
    repository = company.repository
    move(repository.folder / FOLDER, ACCEPTANCE, "approvals/acceptance.pdf")
    repository.edit((f"path: {ACCEPTANCE}", "path: approvals/acceptance.pdf"))
    repository.commit("the evidence moves")
    document = repository.folder / FOLDER / "approvals/acceptance.pdf"
    document.write_bytes(document.read_bytes() + b"another page")
    commit_as(repository, SOMEBODY_ELSE)
    approved_by_leads(company)
    leads = company.leads()
    assert leads["outcome"] == "pending"
    assert "is an author of the change" in company.reasons()[0]


def test_a_pack_called_approvals_still_has_an_author(company: Company) -> None:
    """Otherwise an owner of the rules writes such a pack alone."""
    repository = owners(company)
    repository.git("reset", "--quiet", "--hard", "main")
    pack = repository.folder / "policies" / "approvals"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("kind: Pack\n", "utf-8")
    (pack / "pack.yaml").write_text(OWN_PACK, "utf-8")
    (pack / "lax.yaml").write_text(OWN_POLICY, "utf-8")
    commit_as(repository, "Xu Bo <xu.bo@example.com>")
    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] == 1


OWN_PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: approvals, title: Own rules}
spec:
  version: 1
  bindings:
    - {policy: lax, action: deny}
"""
OWN_POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: lax, title: Anything goes}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - {expression: "true", message: Never.}
  fix: Nothing.
"""


def test_approval_and_change_in_one_commit_make_an_author(company: Company) -> None:
    company.approve("zhou.kai")
    path = company.approve("wang.fang")
    repository = company.repository
    repository.git("reset", "--quiet", "--soft", "HEAD~1")
    assert (repository.folder / path).exists()
    repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    commit_as(repository, SOMEBODY_ELSE)
    assert company.leads()["outcome"] == "pending"


@pytest.mark.parametrize(
    "trailer",
    [
        "co-AUTHORED-by: Zhou Kai <ZHOU.KAI@EXAMPLE.COM>",
        "Co-authored-by: Zhou Kai <zhou.kai@example.com>\r",
        "Co-authored-by : Zhou Kai <zhou.kai@example.com>",
        "  Co-authored-by: Zhou Kai < zhou.kai@example.com >  ",
        "Co-authored-by: <zhou.kai@example.com>",
        "Co-authored-by: Zhou <Kai> <zhou.kai@example.com>",
    ],
    ids=["case", "CRLF", "space before the colon", "indented", "no name", "angle in the name"],
)
def test_a_co_author_in_odd_spelling_is_an_author(trailer: str, company: Company) -> None:
    repository = company.repository
    message = repository.folder.parent / "message"
    message.write_bytes(f"mend\n\n{trailer}\n".encode())
    repository.git(
        *("commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "--file", str(message))
    )
    barred = {p["person"] for m in company.leads()["missing"] for p in m["barred"]}
    assert barred == {"zhou.kai"}


def test_a_mailmap_of_the_proposal_renames_nobody(company: Company) -> None:
    repository = company.repository
    mailmap = "Li Wei <li.wei@example.com> <wang.fang@example.com>\n"
    (repository.folder / ".mailmap").write_text(mailmap, "utf-8")
    commit_as(repository, SOMEBODY_ELSE)
    barred = {p["person"] for m in company.leads()["missing"] for p in m["barred"]}
    assert barred == {"wang.fang"}


@pytest.mark.parametrize("is_evil", [True, False])
def test_what_a_merge_commit_adds_has_an_author(*, is_evil: bool, company: Company) -> None:
    """An evil merge: neither parent holds what it adds; a mere one makes nobody an author."""
    repository = company.repository
    approved_by_leads(company)
    repository.git("switch", "--quiet", "--create", "side", "HEAD~1")
    repository.commit("side")
    repository.git("switch", "--quiet", "request")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    if is_evil:
        (repository.folder / REQUEST).with_name("notes.txt").write_text("mine\n", "utf-8")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "merge", "--author", SOMEBODY_ELSE)
    assert company.leads()["outcome"] == ("pending" if is_evil else "passed")


TICKET_SCHEMA = "schemas/ticket.json"
KIND_SCHEMA = {
    "type": "object",
    "required": ["name", "plan"],
    "properties": {"name": {"type": "string"}, "plan": {"type": "string"}},
}
KIND = """
kinds:
  - name: Ticket
    files: tickets/*/ticket.yaml
    schema: schemas/ticket.json
    id: object.name
    packs: [tickets]
"""
TICKETS = OWN_PACK.replace("approvals", "tickets").replace("lax", "approved")
APPROVED = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: approved, title: The product lead approves}
spec:
  match: {kinds: [Ticket]}
  quorum: {role: product-lead}
  fix: Ask.
"""


def ticketing(company: Company) -> LaunchRepository:
    """A further kind without `spec`, whose requests the product lead approves; on a branch."""
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    folder = repository.folder
    (folder / "schemas").mkdir()
    (folder / "schemas/ticket.json").write_text(json.dumps(KIND_SCHEMA), "utf-8")
    (folder / "policies/tickets").mkdir(parents=True)
    (folder / "policies/tickets/pack.yaml").write_text(TICKETS, "utf-8")
    (folder / "policies/tickets/approved.yaml").write_text(APPROVED, "utf-8")
    with (folder / ".launchpolicy.yaml").open("a", encoding="utf-8") as file:
        file.write(KIND)
    repository.commit("tickets")
    repository.git("switch", "--quiet", "--create", "ticket")
    return repository


def test_a_spec_beside_what_is_asked_does_not_shrink_what_is_approved(company: Company) -> None:
    """A kind without `spec`: a requester who adds one would have only that approved."""
    repository = ticketing(company)
    ticket = repository.folder / "tickets/T-1/ticket.yaml"
    ticket.parent.mkdir(parents=True)
    ticket.write_text("name: T-1\nplan: harmless\nspec: {}\n", "utf-8")
    repository.commit("ask")
    finished = repository.run(
        *("approve", "tickets/T-1/ticket.yaml", "--yes", "--key", str(company.key("wang.fang"))),
        *("--now", "2026-11-25T09:00:00+08:00"),
    )
    assert finished.code == 0, finished.complaint
    repository.commit("approval")
    assert repository.check("--base", "main").code == 0
    ticket.write_text("name: T-1\nplan: delete everything\nspec: {}\n", "utf-8")
    repository.commit("something else")
    finished = repository.check("--base", "main")
    assert finished.code == 1
    assert "plan (harmless → delete everything)" in finished.output.replace("\n", " ")


def owned_tickets(company: Company) -> LaunchRepository:
    repository = ticketing(company)
    company.leadership_owns_the_rules()
    return repository


def test_the_schema_of_a_kind_is_a_rule(company: Company) -> None:
    """Whoever relaxes it relaxes what is judged, and what counts as evidence."""
    repository = owned_tickets(company)
    repository.edit(('"required": ["name", "plan"]', '"required": ["name"]'), path=TICKET_SCHEMA)
    repository.commit("anything goes")
    assert judged(repository)[0]["exitCode"] == 1
    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] == 0
    repository.edit(('"required": ["name"]', '"required": []'), path=TICKET_SCHEMA)
    repository.commit("even more")
    assert judged(repository)[0]["exitCode"] == 1


def test_rules_in_a_folder_that_the_change_names_are_part_of_what_is_approved(
    company: Company,
) -> None:
    repository = owned_tickets(company)
    repository.edit(
        ("approvals:", "paths: {policies: [policies, more]}\napprovals:"),
        path=".launchpolicy.yaml",
    )
    move(repository.folder, "policies/tickets", "more/tickets")
    repository.commit("rules move")
    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] == 0
    repository.edit(("role: product-lead", "role: dba"), path="more/tickets/approved.yaml")
    repository.edit(("version: 1", "version: 2"), path="more/tickets/pack.yaml")
    repository.commit("and one more thing")
    assert judged(repository)[0]["exitCode"] == 1


WAIVER = """\
apiVersion: launchpolicy/v1
kind: Waiver
metadata: {name: late}
spec:
  policy: launch-window-allowed
  requests: [LR-2026-0042]
  owner: chen.jie
  reason: Nobody looked.
  expires: 2026-12-05T00:00:00+08:00
"""


def test_waivers_that_nobody_judged_do_not_come_with_a_moved_folder(company: Company) -> None:
    repository = owned_tickets(company)
    (repository.folder / "docs").mkdir()
    (repository.folder / "docs/late.yaml").write_text(WAIVER, "utf-8")
    repository.edit(("approvals:", "paths: {waivers: docs}\napprovals:"), path=".launchpolicy.yaml")
    repository.commit("waivers live in docs now")
    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] != 0


def test_requests_that_nobody_judged_do_not_come_with_a_moved_folder(company: Company) -> None:
    repository = owned_tickets(company)
    ticket = repository.folder / "jobs/T-1/ticket.yaml"
    ticket.parent.mkdir(parents=True)
    ticket.write_text("name: T-1\nplan: delete everything\n", "utf-8")
    repository.edit(("tickets/*/ticket.yaml", "jobs/*/ticket.yaml"), path=".launchpolicy.yaml")
    repository.commit("tickets live in jobs now")
    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] != 0


def test_no_kind_takes_the_name_under_which_rules_are_approved(company: Company) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    (repository.folder / "schema.json").write_text(json.dumps(KIND_SCHEMA), "utf-8")
    with (repository.folder / ".launchpolicy.yaml").open("a", encoding="utf-8") as file:
        file.write(
            KIND.replace("name: Ticket", "name: Rules").replace(
                "schemas/ticket.json", "schema.json"
            )
        )
    finished = repository.check()
    assert finished.code == 2
    assert "taken" in finished.output + finished.complaint


ODD_APPROVALS: dict[str, str] = {
    "half a character in the name": 'name: "\\ud800"',
    "half a character in the signature": 'signature: "\\ud800"',
    "two specs": "spec: {}\nspec: {}",
    "an alias bomb": "a: &a [x]\nb: [*a, *a]",
    "a tag": "spec: !!python/object:os.system {}",
    "nothing": "",
}


@pytest.mark.parametrize("odd", ODD_APPROVALS)
def test_an_odd_approval_file_counts_for_nothing_and_breaks_nothing(
    odd: str, company: Company
) -> None:
    path = company.repository.folder / company.approve("wang.fang")
    text = path.read_text("utf-8")
    if odd == "half a character in the name":
        text = text.replace('"name": "LR-2026-0042"', '"name": "\\ud800"')
        assert "ud800" in text
    elif odd == "half a character in the signature":
        text = text.split("signature:")[0] + ODD_APPROVALS[odd] + "\n"
    else:
        text = ODD_APPROVALS[odd]
    path.write_text(text, "utf-8")
    company.repository.commit("odd")
    leads = company.leads()
    assert leads["outcome"] == "pending"
    assert [story["counted"] for story in leads["stories"]] == [False]


def test_replaced_commits_hide_no_author(company: Company) -> None:
    repository = company.repository
    repository.git(
        "commit", "--quiet", "--allow-empty", "--message", "x", "--author", SOMEBODY_ELSE
    )
    written = repository.git("rev-parse", "HEAD")
    repository.git("commit", "--quiet", "--amend", "--no-edit", "--reset-author", "--allow-empty")
    mild = repository.git("rev-parse", "HEAD")
    repository.git("reset", "--quiet", "--hard", written)
    repository.git("replace", written, mild)
    barred = {p["person"] for m in company.leads()["missing"] for p in m["barred"]}
    assert barred == {"wang.fang"}


def test_a_shallow_clone_decides_nothing(company: Company) -> None:
    approved_by_leads(company)
    clone = company.repository.folder.parent / "clone"
    company.repository.git(
        *("clone", "--quiet", "--depth=1", "--no-single-branch"),
        *(f"file://{company.repository.folder}", str(clone)),
    )
    shallow = LaunchRepository(clone, company.repository.environment)
    assert shallow.check("--base", "origin/main", "--head", "origin/request").code == 3


def test_an_emergency_cannot_be_approved_by_its_requester(company: Company) -> None:
    """Calling it an emergency asks for one lead only, but still for somebody else."""
    repository = company.repository
    repository.edit(
        ("risk: standard", "risk: emergency"), ("requester: li.wei", "requester: wang.fang")
    )
    repository.commit("urgent")
    company.approve("wang.fang")
    finished = repository.check("--base", "main", "--format", "json")
    results: list[dict[str, Any]] = json.loads(finished.output)["requests"][0]["results"]
    (approved,) = [each for each in results if each["policy"] == "emergency-approved"]
    assert approved["outcome"] == "pending"
    assert "is the requester" in approved["stories"][0]["reason"]["en"]


def test_an_emergency_called_standard_again_needs_both_leads(company: Company) -> None:
    repository = company.repository
    repository.edit(("risk: standard", "risk: emergency"))
    repository.commit("urgent")
    approved_by_leads(company)
    repository.edit(("risk: emergency", "risk: standard"))
    repository.commit("not urgent")
    assert company.leads()["outcome"] == "pending"
    assert all("spec.risk (emergency → standard)" in reason for reason in company.reasons())


def test_rules_that_the_base_changed_too_are_not_decided(company: Company) -> None:
    """What would be merged is neither side's file, and nobody has approved it."""
    repository = owners(company)
    approve_rules(company, "xu.bo")
    repository.git("switch", "--quiet", "main")
    repository.edit(
        ("operations-lead: [zhao.min]", "operations-lead: [li.wei]"), path="people.yaml"
    )
    repository.commit("another change of the same file")
    repository.git("switch", "--quiet", "rules")
    finished = repository.check("--base", "main")
    assert finished.code == 3
    assert "people.yaml" in finished.complaint
