"""Parameters of a pack: set once, and overridden for the whole pack by the configuration."""

from __future__ import annotations

import json

import pytest

from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_data_documents import FILE, write

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec:
  version: 1
  params: {most: {standard: 99}, exempt: [nobody]}
  bindings:
    - {policy: few-steps, action: deny}
    - {policy: few-checks, action: deny}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: %s, title: Few}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - expression: >-
        object.metadata.name in params.exempt || object.spec.%s.size() <= params.most["standard"]
      message: Too many.
  fix: Remove some.
"""


@pytest.fixture
def own(bare_folder: LaunchRepository) -> LaunchRepository:
    bare_folder.edit(("[launch]        #", "[launch, own]   #"), path=FILE)
    write(bare_folder, "policies/own/pack.yaml", PACK)
    write(bare_folder, "policies/own/few-steps.yaml", POLICY % ("few-steps", "steps"))
    write(bare_folder, "policies/own/few-checks.yaml", POLICY % ("few-checks", "checks.before"))
    return bare_folder


def override(repository: LaunchRepository, binding: str) -> None:
    text = f"kind: Configuration\nbindings: [{binding}]\n"
    repository.edit(("kind: Configuration\n", text), path=FILE)


def test_an_override_of_the_pack_reaches_each_of_its_policies(own: LaunchRepository) -> None:
    before = json.loads(own.check("--format", "json").output)
    assert before["exitCode"] == 0
    override(own, "{pack: own, params: {most: {standard: 0}}}")
    report = json.loads(own.check("--format", "json").output)
    (request,) = report["requests"]
    failed = {r["policy"] for r in request["results"] if r["outcome"] == "failed"}
    assert failed == {"few-steps", "few-checks"}
    assert report["packSetDigest"] != before["packSetDigest"]


@pytest.mark.parametrize(
    ("binding", "words"),
    [
        (
            "{pack: own, params: {most: {standard: many}}}",
            "There is no parameter of this type `most`",
        ),
        ("{pack: own, params: {mots: {standard: 1}}}", "Did you mean `most`?"),
        (
            "{pack: own, policy: few-steps, params: {most: {standard: 1}}}",
            "no parameter of this type `most`",
        ),
        ("{pack: own, action: audit}", "Without `policy`"),
        ("{pack: own, params: {most: {standard: 1}}, action: warn}", "Without `policy`"),
        ("{pack: own}", "Without `policy`"),
        ("{pack: own, params: {exempt: [a]}}, {pack: own, params: {exempt: [b]}}", "bound twice"),
    ],
)
def test_an_override_that_means_something_else_is_refused(
    own: LaunchRepository, binding: str, words: str
) -> None:
    override(own, binding)
    finished = own.check()
    assert finished.code == 2
    assert words in finished.complaint
    assert f"{FILE}:" in finished.complaint
