"""A name that a person misspells is answered with the one that was probably meant."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import LaunchRepository

REQUEST = "LR-2026-0042"
MISSPELT = {
    "a command": (("chekc",), "check"),
    "a command of a group": (("ledger", "veryfy"), "verify"),
    "a request": (("status", "LR-2026-042"), "LR-2026-0042"),
    "a stage": (("advance", REQUEST, "launchd"), "launched"),
    "a stage in capitals": (("advance", REQUEST, "Launched"), "launched"),
    "a paper": (("paper", "aplication", REQUEST), "application"),
    "the format of a paper": (("paper", "application", REQUEST, "--format", "pfd"), "pdf"),
    "the format of a report": (("check", "--format", "jsn"), "json"),
    "the format of a second report": (("check", "--output", "jsn=report.json"), "json"),
    "a shell": (("completion", "bsh"), "bash"),
    "a kind": (("schema", "LaunchRequst"), "LaunchRequest"),
    "a policy": (("policy", "show", "both-lead-approve"), "both-leads-approve"),
    "a process": (("new", "X", "--yes", "--process", "product-lauch"), "product-launch"),
    "a risk": (("new", "X", "--yes", "--risk", "standart"), "standard"),
    "a process of init": (("init", "--yes", "--process", "product-lauch"), "product-launch"),
    "a person": (("status", "--due", "--for", "zhao.mim"), "zhao.min"),
}


@pytest.mark.parametrize(("arguments", "meant"), MISSPELT.values(), ids=MISSPELT)
def test_the_name_that_was_meant_is_asked_for_once(
    repository: LaunchRepository, arguments: tuple[str, ...], meant: str
) -> None:
    refused = repository.run(*arguments)
    assert refused.code == 2
    assert refused.complaint.count("Did you mean") == 1
    assert f"Did you mean {meant}" in refused.complaint
    chinese = repository.run("--lang", "zh", *arguments)
    assert f"是否想写 {meant}" in chinese.complaint


def test_a_word_that_is_like_no_other_gets_the_whole_list(repository: LaunchRepository) -> None:
    refused = repository.run("advance", REQUEST, "xyz")
    assert "Did you mean" not in refused.complaint
    assert "Known: requested, launched, verified, closed" in refused.complaint
