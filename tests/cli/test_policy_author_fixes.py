"""What the author of a policy is advised to write where numbers or one text do not fit."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_data_documents import FILE, write

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: on-a-day, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: on-a-day, title: On a day}
spec:
  match: {kinds: [LaunchRequest]}
  params: {days: %s}
  validations:
    - expression: now.getDayOfWeek() in %s
      message: Not today.
  quorum: {role: product-lead, excludePeople: %s}
  fix: Wait.
"""
NOBODY = "'[]'"


def complaint(repository: LaunchRepository, *values: str, language: str = "en") -> str:
    repository.edit(("[launch]        #", "[launch, own]   #"), path=FILE)
    write(repository, "policies/own/pack.yaml", PACK)
    write(repository, "policies/own/on-a-day.yaml", POLICY % values)
    refused = repository.check("--lang", language)
    assert refused.code == 2
    return " ".join((refused.output + refused.complaint).split())


@pytest.mark.parametrize(("number", "read"), [("0", "int"), ("1.5", "double")])
def test_a_number_in_a_list_of_parameters_is_quoted_and_how_to_read_it_is_said(
    bare_folder: LaunchRepository, number: str, read: str
) -> None:
    said = complaint(bare_folder, f"[{number}]", "params.days", NOBODY)
    assert f'Put it in quotes: `"{number}"`.' in said
    assert "write numbers in the expression itself" in said
    assert f"`params.days.map(t, {read}(t))`" in said


def test_a_truth_value_in_a_list_of_parameters_is_only_quoted(
    bare_folder: LaunchRepository,
) -> None:
    said = complaint(bare_folder, "[true]", "params.days", NOBODY)
    assert 'Put it in quotes: `"true"`.' in said
    assert ".map(" not in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_number_that_is_looked_for_among_texts(
    bare_folder: LaunchRepository, language: str
) -> None:
    said = complaint(bare_folder, '["0"]', "params.days", NOBODY, language=language)
    assert "`… in LIST.map(t, int(t))`" in said


@pytest.mark.parametrize("days", ["[0, 6]", "params.days.map(t, int(t))"])
def test_what_is_advised_loads(bare_folder: LaunchRepository, days: str) -> None:
    said = complaint(bare_folder, '["0"]', days, "object.metadata.name")
    assert said.count("→") == 1  # only what the quorum excludes is wrong


def test_one_person_in_place_of_a_list_of_persons(bare_folder: LaunchRepository) -> None:
    said = complaint(bare_folder, "['0']", "[0]", "object.spec.people.requester")
    assert "Write it as a list: `[object.spec.people.requester]`." in said
