"""Approvals in the signature rows of papers, signed with real keys (threats P1, P2, P4)."""

from __future__ import annotations

from tests.cli.company import FOLDER, Company


def _row(company: Company, title: str) -> list[str]:
    """The cells of one row of signatures of the application form."""
    finished = company.repository.run(
        *("paper", "application", FOLDER, "--lang", "zh", "--now", "2026-11-25T10:00:00+08:00")
    )
    assert finished.code == 0, finished.complaint
    signatures = finished.output.rpartition("审批意见")[2]
    (line,) = [line for line in signatures.splitlines() if line.startswith(f"| {title} ")]
    return [cell.strip() for cell in line.strip("|").split("|")]


_OPEN = ["□ 同意　□ 不同意", "", "", "年　月　日"]


def test_an_electronic_approval_is_printed_with_its_version_and_leaves_no_line_for_a_pen(
    company: Company,
) -> None:
    assert _row(company, "产品部负责人")[2:] == _OPEN
    company.approve("wang.fang")

    title, name, opinion, signature, version, moment = _row(company, "产品部负责人")

    assert (title, name, opinion) == ("产品部负责人", "王芳", "同意（电子审批）")
    assert signature == "王芳"
    assert version.startswith("版本 ")
    assert len(version.removeprefix("版本 ")) == 7
    assert moment == "2026年11月25日 09:00"
    assert _row(company, "研发部负责人")[1:] == ["周凯", *_OPEN]


def test_an_approval_that_does_not_count_is_printed_as_none(company: Company) -> None:
    """A printed approval that nobody gave for this version would be a forged signature."""
    path = company.approve("wang.fang")
    file = company.repository.folder / path
    given = file.read_text("utf-8")
    file.write_text(given.replace("wang.fang", "zhou.kai"), "utf-8")
    assert _row(company, "产品部负责人")[2:] == _OPEN
    assert _row(company, "研发部负责人")[2:] == _OPEN

    file.write_text(given, "utf-8")
    assert _row(company, "产品部负责人")[2] == "同意（电子审批）"
    company.repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    assert _row(company, "产品部负责人")[2:] == _OPEN


def test_an_approval_that_was_taken_back_is_printed_as_none(company: Company) -> None:
    company.approve("wang.fang")
    company.approve("wang.fang", "--withdraw")

    assert _row(company, "产品部负责人")[2:] == _OPEN


def test_a_key_that_only_the_proposal_gives_somebody_signs_nothing(company: Company) -> None:
    """Who proposes a launch could give their own key to the head of product, and sign as her."""
    company.repository.edit(
        (company.public("wang.fang"), company.public("mallory")), path="people.yaml"
    )
    company.repository.commit("another key for the head of product")
    company.approve("wang.fang", "--base", "request", key="mallory")

    assert _row(company, "产品部负责人")[2:] == _OPEN


def test_a_role_that_only_the_proposal_gives_its_author_signs_nothing(company: Company) -> None:
    company.repository.edit(
        ("product-lead: [wang.fang]", "product-lead: [wang.fang, he.lin]"), path="people.yaml"
    )
    company.repository.commit("another head of product")
    company.approve("he.lin")

    assert _row(company, "产品部负责人")[2:] == _OPEN
