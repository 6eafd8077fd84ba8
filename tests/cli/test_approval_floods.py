"""Approval folders filled by somebody: nobody else's request waits for it (threat N12)."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_waivers import write

MANY = 201


def flood(repository: LaunchRepository, folder: str, prefix: str = "") -> None:
    target = repository.folder / folder
    target.mkdir(parents=True, exist_ok=True)
    for number in range(MANY):
        (target / f"{prefix}nobody-{number}.yaml").write_text("kind: Approval\n", "utf-8")


def waivers(repository: LaunchRepository) -> list[dict[str, Any]]:
    finished = repository.check("--base", "main", "--format", "json")
    requests = json.loads(finished.output)["requests"]
    return [request for request in requests if request["kind"] == "Waiver"]


def approve_waiver(company: Company, name: str = "vault") -> None:
    finished = company.repository.run(
        *("approve", f"waivers/{name}.yaml", "--yes", "--key", str(company.key("xu.bo"))),
        *("--now", "2026-11-25T09:00:00+08:00"),
    )
    assert finished.code == 0, finished.complaint
    company.repository.commit(f"approval of {name}")


def test_files_of_other_waivers_in_the_shared_folder_make_no_waiver_undecided(
    company: Company,
) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    flood(repository, "waivers/approvals", "other.")
    repository.commit("a flood, merged past the gate")
    repository.git("switch", "--quiet", "request")
    repository.git("rebase", "--quiet", "main")
    write(repository)
    repository.commit("a waiver")
    approve_waiver(company)
    (waiver,) = waivers(repository)
    assert waiver["verdict"] == "pass"


def test_a_flood_named_after_the_waiver_itself_makes_it_undecided_no_more(
    company: Company,
) -> None:
    repository = company.repository
    write(repository)
    flood(repository, "waivers/approvals", "vault.")
    repository.commit("a waiver and a flood")
    approve_waiver(company)
    (waiver,) = waivers(repository)
    assert waiver["verdict"] == "pass"


def test_approval_files_of_nothing_are_part_of_what_is_judged(company: Company) -> None:
    repository = company.repository
    repository.git("reset", "--quiet", "--hard", "main")
    flood(repository, "waivers/approvals")
    repository.commit("only a flood")
    judged = waivers(repository)
    assert len(judged) == MANY
    assert {request["verdict"] for request in judged} == {"rejected"}
    assert judged[0]["refusals"][0]["rule"] == "approval/of-nothing"


def test_an_approval_beside_no_request_is_refused(company: Company) -> None:
    repository = company.repository
    repository.git("reset", "--quiet", "--hard", "main")
    flood(repository, "launches/LR-2026-0099/approvals")
    repository.commit("approvals before the request")
    assert repository.check("--base", "main").code == 2


def test_an_approval_that_is_added_has_its_waiver_judged(company: Company) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    write(repository)
    repository.commit("a waiver, merged past the gate")
    repository.git("switch", "--quiet", "request")
    repository.git("reset", "--quiet", "--hard", "main")
    flood(repository, "waivers/approvals", "vault.")
    repository.commit("a flood for it")
    assert [waiver["name"] for waiver in waivers(repository)] == ["vault"]


def test_approvals_of_rules_that_nobody_changes_are_judged_as_a_change_of_the_rules(
    company: Company,
) -> None:
    company.leadership_owns_the_rules()
    repository = company.repository
    flood(repository, "approvals")
    repository.commit("a flood for later changes of the rules")
    assert repository.check("--base", "main").code == 1


def test_a_flood_beside_a_request_hides_no_approval(company: Company) -> None:
    flood(company.repository, f"{FOLDER}/approvals")
    company.repository.commit("a flood")
    for lead in LEADS:
        company.approve(lead)
    assert company.leads()["outcome"] == "passed"
    assert any("is not named after a person" in reason for reason in company.reasons())


def test_approvals_may_be_cleared_away(company: Company) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    flood(repository, "waivers/approvals")
    repository.commit("a flood, merged past the gate")
    repository.git("switch", "--quiet", "--create", "clearing")
    repository.git("rm", "--quiet", "-r", "waivers/approvals")
    repository.commit("clear it away")
    assert repository.check("--base", "main").code == 0
