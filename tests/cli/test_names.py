"""Names in two languages: reports, status and papers show them in place of ids."""

from __future__ import annotations

import json

import pytest

from launchpolicy.operations.paper.write import write_paper
from launchpolicy.vocabulary.text import Language
from tests.cli.launch_repository import NOW, PROJECT, REQUEST, LaunchRepository
from tests.examples.approving import approved_by
from tests.examples.catalogue import NOW_INSTANT

ROLES = "names:\n  roles: {product-lead: {en: Product manager, zh: 产品总监}, rd-lead: 研发总监}\n"
CUTOVER = PROJECT / "examples/system-cutover/launches/LR-2026-0201"


def give_names(repository: LaunchRepository) -> None:
    """Give two roles names of their own; departments have theirs in the example."""
    people = repository.folder / "people.yaml"
    head, _, rest = people.read_text("utf-8").partition("names:")
    people.write_text(head + ROLES + rest.partition("\n")[2], "utf-8")


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", ("as Product manager (both-leads", "as 研发总监 (both-leads")),
        ("zh", ("以产品总监身份审批", "以研发总监身份审批")),
    ],
)
def test_status_shows_the_names_of_roles(
    repository: LaunchRepository, language: str, asked: tuple[str, str]
) -> None:
    give_names(repository)
    said = repository.run("status", REQUEST, "--now", NOW, "--lang", language).output
    assert [words for words in asked if words not in said] == []
    assert "product-lead" not in said


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The department Finance owns Billing"),
        ("zh", "部门财务部"),
    ],
)
def test_findings_show_the_names_of_departments_and_systems(
    repository: LaunchRepository, language: str, sentence: str
) -> None:
    repository.edit(("departments: [customer-service, finance]", "departments: [customer-service]"))
    said = repository.check("--lang", language, REQUEST).output
    assert sentence in said.replace("\n", " ").replace("  ", " ")


def test_findings_show_the_names_of_steps(repository: LaunchRepository) -> None:
    action = "      action: {en: Drain web-01 and web-02., zh: 摘除 web-01、web-02 的流量。}\n"
    repository.edit((action, "      display: {en: Drain the servers, zh: 摘除流量}\n"))
    report = json.loads(repository.check("--format", "json", REQUEST).output)
    messages = [
        finding["message"]
        for result in report["requests"][0]["results"]
        for finding in result["findings"]
    ]
    assert any("Drain the servers" in each["en"] for each in messages)
    assert any("摘除流量" in each["zh"] for each in messages)


def test_a_counted_approval_is_shown_under_the_name_of_its_role(
    proposal: LaunchRepository,
) -> None:
    proposal.git("switch", "--quiet", "main")
    give_names(proposal)
    proposal.commit("names")
    proposal.git("switch", "--quiet", "request")
    proposal.git("rebase", "--quiet", "main")
    record = approved_by(proposal, ["wang.fang"], NOW_INSTANT)
    arguments = ("--base", "main", "--approvals", str(record), "--lang", "zh")
    said = proposal.run("status", REQUEST, "--now", NOW, *arguments).output
    assert "王芳（wang.fang）  产品总监" in said


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("| Warehouse | Version | 3.0.0 |", "Logistics", "Finance")),
        ("zh", ("仓储系统", "物流部", "财务部")),
    ],
)
def test_papers_show_names(language: Language, shown: tuple[str, ...]) -> None:
    paper = write_paper("application", CUTOVER, language, "md", NOW_INSTANT).decode()
    assert [words for words in shown if words not in paper] == []


DEPUTY = (
    "deputies:\n  - {for: wang.fang, by: chen.jie, from: 2026-11-20T00:00:00+08:00, "
    "until: 2026-12-08T00:00:00+08:00}\nnames:"
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Chen Jie (chen.jie)  product-lead, as deputy of Wang Fang"),
        ("zh", "陈杰（chen.jie）  产品部负责人（代理王芳）"),
    ],
)
def test_status_and_report_say_for_whom_a_deputy_approved(
    proposal: LaunchRepository, language: str, shown: str
) -> None:
    proposal.git("switch", "--quiet", "main")
    proposal.edit(("names:", DEPUTY), path="people.yaml")
    proposal.commit("a deputy")
    proposal.git("switch", "--quiet", "request")
    proposal.git("rebase", "--quiet", "main")
    record = approved_by(proposal, ["chen.jie"], NOW_INSTANT)
    arguments = ("--base", "main", "--approvals", str(record))
    assert (
        shown
        in proposal.run("status", REQUEST, "--now", NOW, *arguments, "--lang", language).output
    )
    report = json.loads(proposal.check(*arguments, "--format", "json").output)
    stories = [
        story
        for request in report["requests"]
        for result in request["results"]
        for story in result["stories"]
        if story["counted"]
    ]
    assert {(story["by"], story["standsFor"]) for story in stories} == {("chen.jie", "wang.fang")}


@pytest.mark.parametrize(
    ("language", "signs"),
    [("en", "Zhao Min (or Qian Na as deputy)"), ("zh", "赵敏（可由钱娜代理）")],
)
def test_a_paper_names_the_deputy_of_who_signs(
    repository: LaunchRepository, language: Language, signs: str
) -> None:
    deputy = DEPUTY.replace("wang.fang", "zhao.min").replace("chen.jie", "qian.na")
    repository.edit(("names:", deputy), path="people.yaml")
    paper = write_paper("application", repository.request.parent, language, "md", NOW_INSTANT)
    assert signs in paper.decode()
