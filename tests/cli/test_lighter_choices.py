"""The report says where a requester chose to be judged less strictly than usual (threat N13)."""

from __future__ import annotations

import json

import pytest

from tests.cli.launch_repository import LaunchRepository

PROCESSES = (
    "  product-launch: [launch]  ",
    "  product-launch: [launch, governance]\n  light: [launch]  ",
)
PRODUCT = "  checkout: {processes: [product-launch], owner: product}"
LIGHT = ("process: product-launch", "process: light")


@pytest.fixture
def two_processes(repository: LaunchRepository) -> LaunchRepository:
    """On a branch of a base that allows a second, lighter process for checkout."""
    repository.edit(
        PROCESSES, ("[product-launch], owner", "[product-launch, light], owner"),
        path=".launchpolicy.yaml",
    )  # fmt: skip
    repository.commit("a lighter process")
    repository.git("switch", "--quiet", "--create", "change")
    return repository


def notes(repository: LaunchRepository) -> list[str]:
    finished = repository.check("--base", "main", "--format", "json")
    return [note["en"] for note in json.loads(finished.output)["notes"]]


def test_a_lighter_process_than_usual_is_said(two_processes: LaunchRepository) -> None:
    two_processes.edit(LIGHT)
    two_processes.commit("lighter")
    usual, before = notes(two_processes)
    assert "checkout is usually launched by product-launch; light leaves out governance" in usual
    assert "the process was product-launch; light leaves out governance" in before


def test_a_product_that_the_table_does_not_know_is_said(two_processes: LaunchRepository) -> None:
    two_processes.edit(("{name: checkout,", "{name: check-out,"))
    two_processes.commit("the same under another name")
    (note,) = notes(two_processes)
    assert "check-out is not under `products` at the base" in note


def test_a_lower_risk_and_fewer_departments_than_before_are_said(
    repository: LaunchRepository,
) -> None:
    repository.edit(("risk: standard", "risk: major"))
    repository.commit("major")
    repository.git("switch", "--quiet", "--create", "change")
    repository.edit(("risk: major", "risk: standard"), ("[customer-service, finance]", "[finance]"))
    repository.commit("less to ask")
    risk, departments = notes(repository)
    assert "the risk was major and is standard now" in risk
    assert "affected departments: customer-service." in departments


def test_the_usual_process_and_an_unchanged_choice_are_not_worth_a_note(
    two_processes: LaunchRepository,
) -> None:
    two_processes.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    two_processes.commit("a title")
    assert notes(two_processes) == []


def test_the_table_of_products_is_that_of_the_base(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.edit(
        PROCESSES, ("[product-launch], owner", "[light], owner"), path=".launchpolicy.yaml"
    )
    repository.edit(LIGHT)
    repository.commit("allow myself a lighter process")
    finished = repository.check("--base", "main", "--format", "json")
    (request, _) = json.loads(finished.output)["requests"]
    assert request["verdict"] != "pass"
