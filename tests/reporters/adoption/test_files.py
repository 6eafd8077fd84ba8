"""The first files of a launch repository as text: valid, short, and complete once uncommented."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.quoting import without_hidden
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.hosts import shipped_files
from launchpolicy.operations.adoption.templates import examples, template
from launchpolicy.policy.processes import PROCESSES
from launchpolicy.policy.role_demands import conditional_roles, role_demands
from launchpolicy.reporters.adoption import github
from launchpolicy.reporters.adoption.calendar import calendar_text
from launchpolicy.reporters.adoption.configuration import configuration_text
from launchpolicy.reporters.adoption.hooks import hooks_text
from launchpolicy.reporters.adoption.people import people_text
from launchpolicy.reporters.adoption.setup import Program, Setup, SetupAuthor
from launchpolicy.reporters.text.cells import cells
from launchpolicy.vocabulary.text import LANGUAGES

PROJECT = Path(__file__).parents[3]
SCREEN = 40
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PROCESS = PROCESSES["system-cutover"]
POLICIES = [policy for name in PROCESS.packs for policy in shipped_files.pack(name).policies]
SETUP = Setup(
    processes=(PROCESS,),
    source="signed",
    language="en",
    country="CN",
    timezone="Asia/Shanghai",
    rules=PROCESS.leads,
    roles=role_demands(POLICIES),
    conditional_roles=conditional_roles(POLICIES),
    person=SetupAuthor("li.wei", "Li Wei"),
    branch="main",
    year_end=("2026-12-25T00:00:00+08:00", "2027-01-05T00:00:00+08:00"),
)
TEXTS = {
    "Configuration": configuration_text,
    "Directory": people_text,
    "Calendar": calendar_text,
}


def content(kind: str, text: str) -> Any:
    found = read("x.yaml", text.encode())
    assert isinstance(found, Document), found
    assert check(shipped_files.schema(kind).data, found) == ()
    return found.data


def uncommented(text: str) -> str:
    """The text with its commented examples in force: each is one line, or a role of its block."""
    return re.sub(r"^#(?=[a-z]+:|  )", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", ["CN", ""])
@pytest.mark.parametrize("source", ["github", "signed"])
@pytest.mark.parametrize("kind", list(TEXTS))
def test_a_file_is_right_as_it_is_and_with_its_examples_in_force(
    kind: str, source: str, country: str, language: Any
) -> None:
    text = TEXTS[kind](replace(SETUP, source=source, country=country, language=language))
    plain, whole = content(kind, text), content(kind, uncommented(text))
    assert set(plain) < set(whole)
    assert {key: whole[key] for key in plain} == plain


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["Configuration", "Calendar"])
def test_configuration_and_calendar_fit_on_one_screen(kind: str, language: Any) -> None:
    setup = replace(SETUP, language=language, processes=tuple(PROCESSES.values()))
    assert len(TEXTS[kind](setup).splitlines()) <= SCREEN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(TEXTS))
def test_no_line_is_wider_than_a_terminal(kind: str, language: Any) -> None:
    lines = TEXTS[kind](replace(SETUP, language=language)).splitlines()
    assert [line for line in lines if cells(line) > 100 or line != line.rstrip()] == []


def test_every_comment_is_in_the_chosen_language() -> None:
    for make in TEXTS.values():
        english = [line for line in make(SETUP).splitlines() if not line.isascii()]
        assert english == [] or make is people_text
        chinese = make(replace(SETUP, language="zh"))
        sentences = re.findall(r"^# [A-Z][a-z]+ .*", chinese, re.MULTILINE)
        assert sentences == []


@given(st.text(min_size=1), st.text(), st.lists(st.text(), max_size=3))
def test_whatever_a_person_is_called_the_directory_says_no_more_than_that(
    display: str, email: str, keys: list[str]
) -> None:
    person = SetupAuthor("li.wei", display, email, tuple(keys))
    data = yaml.safe_load(people_text(replace(SETUP, person=person)))
    assert set(data) == {"apiVersion", "kind", "people"}
    (found,) = data["people"]
    assert found["display"] == without_hidden(display)
    assert found.get("keys", []) == [without_hidden(key) for key in keys]
    assert found["emails"] == ([without_hidden(email)] if email else [])


@given(st.text(st.characters(exclude_characters="/"), min_size=1))
def test_whatever_a_folder_is_called_the_workflow_says_no_more_than_that(folder: str) -> None:
    program = Program("https://github.com/acme/x", COMMIT, "acme/x")
    values = github.values_of(replace(SETUP, folder=folder, program=program))
    for name in github.WITH_FOLDER:
        text = github.fill_template(name, template(name), values).replace("\non:\n", '\n"on":\n')
        (job,) = yaml.safe_load(text)["jobs"].values()
        (step,) = job["steps"]
        assert step["uses"].endswith(f"@{COMMIT}")
        assert step["with"]["working-directory"] == without_hidden(folder)
    hooks = yaml.safe_load(hooks_text(program, folder, "en"))["repos"][0]["hooks"]
    assert [hook["args"] for hook in hooks] == [["--directory", without_hidden(folder)]] * 4


@pytest.mark.parametrize("name", list(github.EXAMPLES))
def test_an_example_is_its_template_with_example_values(name: str) -> None:
    path = github.EXAMPLES[name]
    assert (PROJECT / path).read_text("utf-8") == examples(PROJECT)[path]


def test_every_template_is_an_example_and_every_written_file_has_one() -> None:
    folder = PROJECT / "launchpolicy/reporters/adoption/templates"
    assert {file.name for file in folder.iterdir()} == set(github.EXAMPLES)
    assert set(github.WRITTEN) <= set(github.EXAMPLES)


def test_the_ruleset_requires_the_check_of_its_branch() -> None:
    values = github.values_of(replace(SETUP, branch="release/7"))
    ruleset = json.loads(github.fill_template("ruleset.json", template("ruleset.json"), values))
    assert ruleset["conditions"]["ref_name"]["include"] == ["refs/heads/release/7"]
    checks = ruleset["rules"][-1]["parameters"]["required_status_checks"]
    assert checks[0]["context"] == "launchpolicy (release/7)"


@pytest.mark.parametrize(("folder", "is_plain"), [("a/b c", True), ("a#b", False), ("a*", False)])
def test_owners_are_left_out_where_their_file_cannot_name_the_folder(
    folder: str, *, is_plain: bool
) -> None:
    assert github.is_plain_path(folder) is is_plain
