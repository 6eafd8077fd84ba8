"""Forges: one registry that agrees with everything that names them, and no forge elsewhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.cli.main import _COMMANDS
from launchpolicy.facts.approvals.records import EMAIL, SSH
from launchpolicy.hosts.forges.registry import FORGES, WEB_COMMITTERS
from launchpolicy.requests.configuration import RECORDED, SIGNED

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "launchpolicy"
HOME = ("hosts/forges/github/", "hosts/forges/registry.py")

_INIT = "init writes workflows and owners for a repository on GitHub"
_FORMAT = "a format of GitHub, or text that GitHub shows"
ELSEWHERE = {
    "cli/gate.py": _FORMAT,
    "cli/generate.py": "names the examples for GitHub that it writes",
    "cli/agenda.py": "the option `--github`",
    "cli/github.py": "the command `launchpolicy github`",
    "cli/init.py": _INIT,
    "cli/init_questions.py": _INIT,
    "cli/init_wording.py": _INIT,
    "cli/ledger/append.py": "the option `--github`",
    "cli/ledger/build.py": "the option `--github`",
    "cli/ledger/reconcile.py": "the option `--github`",
    "cli/ledger/verify.py": "the option `--github`",
    "cli/people/add.py": "the option `--github`",
    "cli/status.py": "the option `--github`",
    "cli/main.py": "the list of commands",
    "hosts/forges/web_pages.py": "the pages of software that many hosts run",
    "hosts/git/storing.py": "the address that every pointer of Git LFS holds",
    "operations/adoption/environment.py": _INIT,
    "operations/adoption/identity.py": _INIT,
    "operations/adoption/installation.py": _INIT,
    "operations/adoption/templates.py": _INIT,
    "operations/gate/problems.py": "how a job fetches the history there",
    "operations/generate/functions.py": "the folder of this project's guides",
    "operations/generate/guides.py": "the folder of this project's guides",
    "operations/generate/tables.py": "the folder of this project's guides",
    "operations/init.py": _INIT,
    "papers/escaping.py": _FORMAT,
    "papers/markdown.py": _FORMAT,
    "reporters/adoption/configuration.py": _INIT,
    "reporters/adoption/github.py": _INIT,
    "reporters/adoption/outcome.py": _INIT,
    "reporters/adoption/people.py": _INIT,
    "reporters/adoption/setup.py": _INIT,
    "reporters/gate/job.py": _FORMAT,
    "reporters/github.py": _FORMAT,
    "reporters/markdown/escaping.py": _FORMAT,
    "reporters/markdown/reporter.py": _FORMAT,
    "reporters/registry.py": _FORMAT,
    "reporters/sarif/reporter.py": "this project's address",
}
"""The modules that may name GitHub besides its own, and why."""


def _schema(name: str) -> Any:
    return json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8"))


def test_no_other_module_names_a_forge_and_none_is_listed_that_does_not() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    naming = {
        name
        for name, path in modules.items()
        if not name.startswith(HOME) and re.search("github", path.read_text("utf-8"), re.IGNORECASE)
    }
    assert naming == set(ELSEWHERE)


def test_every_forge_is_registered() -> None:
    folder = PACKAGE / "hosts" / "forges"
    assert {path.parent.name for path in folder.glob("*/forge.py")} == FORGES.keys()


@pytest.mark.parametrize("forge", FORGES)
def test_a_registration_says_what_its_module_says(forge: str) -> None:
    registration = FORGES[forge]
    module = registration.load()
    assert forge == module.ID
    assert registration.title == module.TITLE
    assert registration.web_committers == module.WEB_COMMITTERS
    assert registration.web_committers <= WEB_COMMITTERS


def test_approvals_come_from_every_forge_and_from_no_other() -> None:
    source = _schema("configuration")["properties"]["approvals"]["properties"]["source"]
    assert set(source["enum"]) == {SIGNED, RECORDED, *FORGES}
    assert all(f"`{forge}`" in source["description"] for forge in FORGES)


def test_people_have_accounts_on_every_forge_and_on_no_other() -> None:
    person = _schema("directory")["$defs"]["person"]["properties"]
    accounts = person["accounts"]
    assert accounts["additionalProperties"] is False
    assert set(accounts["properties"]) == set(FORGES)
    assert all(
        {"id", "login"} == set(account["required"]) for account in accounts["properties"].values()
    )


def test_a_record_of_approvals_knows_the_accounts_of_every_forge() -> None:
    host = _schema("approval-record")["$defs"]["account"]["properties"]["host"]
    assert set(host["enum"]) == {SSH, EMAIL, *FORGES}


@pytest.mark.parametrize("forge", FORGES)
def test_a_forge_has_a_command_an_extra_tests_and_a_guide(forge: str) -> None:
    assert forge in _COMMANDS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert forge in project["optional-dependencies"]
    assert list((ROOT / "tests/hosts" / forge).glob("test_*.py"))
    for guide in ("pull-requests.md", "pull-requests.zh-CN.md"):
        assert FORGES[forge].title in (ROOT / ".github/guides" / guide).read_text("utf-8")
