"""`launchpolicy policy mutate`: mistakes that the cases of a policy do not notice are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.launch_repository import LaunchRepository

_PACK = (
    "apiVersion: launchpolicy/v1\nkind: Pack\nmetadata: {name: own, title: Own}\n"
    "spec: {version: 1, bindings: [{policy: watched, action: deny}]}\n"
)
_POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: watched, title: Watched}
spec:
  match: {kinds: [LaunchRequest]}
  params: {most: 2}
  validations:
    - expression: object.spec.?watch.orValue([]).size() <= params.most
      message: There are too many.
  fix: Watch less.
"""
_CASES = """\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {name: watched}
spec:
  object: cases/request.yaml
  cases:
    - {name: one, expect: passed}
    - name: three
      set: {spec.watch: [{name: a, how: b}, {name: c, how: d}, {name: e, how: f}]}
      expect: failed
"""
_REQUEST = """\
apiVersion: launchpolicy/v1
kind: LaunchRequest
metadata: {name: LR-2026-0001}
spec: {process: product-launch, watch: [{name: a, how: b}]}
status: {stage: requested}
"""
_BOUNDARY = """\
    - {name: two, set: {spec.watch: [{name: a, how: b}, {name: c, how: d}]}, expect: passed}
"""


@pytest.fixture
def pack(repository: LaunchRepository) -> Path:
    """A pack of one policy whose cases say nothing of the boundary."""
    own = repository.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(_PACK, "utf-8")
    (own / "watched.yaml").write_text(_POLICY, "utf-8")
    (own / "watched.test.yaml").write_text(_CASES, "utf-8")
    (own / "cases").mkdir()
    (own / "cases/request.yaml").write_text(_REQUEST, "utf-8")
    return own


def _survivors(repository: LaunchRepository, code: int) -> list[str]:
    finished = repository.run("policy", "mutate", "policies/own", "--format", "json")
    assert finished.code == code, finished
    (policy,) = json.loads(finished.output)["policies"]
    assert policy["total"] == policy["killed"] + len(policy["survivors"] + policy["equivalent"])
    return list(policy["survivors"])


def test_a_boundary_that_no_case_touches_is_named(repository: LaunchRepository, pack: Path) -> None:
    assert _survivors(repository, 1) == ["validations[0].expression 18: <= → <", "params.most → 1"]

    with (pack / "watched.test.yaml").open("a", encoding="utf-8") as file:
        file.write(_BOUNDARY)
    assert _survivors(repository, 0) == []


@pytest.mark.parametrize(("language", "says"), [("en", "correct them first"), ("zh", "请先更正")])
def test_a_case_that_fails_is_named_first_and_never_passes(
    repository: LaunchRepository, pack: Path, language: str, says: str
) -> None:
    with (pack / "watched.test.yaml").open("a", encoding="utf-8") as file:
        file.write(_BOUNDARY + "    - {name: wrong, expect: failed}\n")
    finished = repository.run("policy", "mutate", "policies/own", "--lang", language)
    assert finished.code == 1
    first = finished.output.splitlines()[0]
    assert first.startswith("✗ own/watched")
    assert says in first
    assert first.endswith("wrong")


def test_a_mistake_that_changes_nothing_is_declared_with_its_reason(
    repository: LaunchRepository, pack: Path
) -> None:
    test = pack / "watched.test.yaml"
    declared = (
        "  equivalent:\n    - {mutant: params.most → 1, reason: Nobody watches two things.}\n"
    )
    test.write_text(test.read_text("utf-8").replace("  cases:\n", f"{declared}  cases:\n"), "utf-8")

    assert _survivors(repository, 1) == ["validations[0].expression 18: <= → <"]

    with test.open("a", encoding="utf-8") as file:
        file.write(_BOUNDARY)
    finished = repository.run("policy", "mutate", "policies/own", "--lang", "en")
    assert finished.code == 1
    assert "declared as equivalent, but noticed or not there: params.most → 1" in finished.output


@pytest.mark.parametrize(("language", "said"), [("en", "mistakes noticed"), ("zh", "处变异")])
def test_the_figures_of_the_pack_are_told_and_written(
    repository: LaunchRepository, pack: Path, language: str, said: str
) -> None:
    file = repository.folder / "figures.json"
    file.write_text('{"other": {"total": 1}}', "utf-8")

    finished = repository.run(
        "policy", "mutate", str(pack), "--write", str(file), "--lang", language, "--jobs", "1"
    )

    assert said in finished.output.splitlines()[-1]
    figures = json.loads(file.read_text("utf-8"))
    assert list(figures) == ["other", "own"]
    assert figures["own"]["killed"] < figures["own"]["total"]


def _changed(repository: LaunchRepository, *options: str) -> list[str]:
    finished = repository.run(
        "policy", "mutate", "policies/own", "--changed", "--format", "json", *options
    )
    assert finished.complaint == "", finished
    return [policy["policy"] for policy in json.loads(finished.output)["policies"]]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("watched.yaml", "Watch less.", "Watch one."),
        ("watched.test.yaml", "{name: one,", "{name: a single one,"),
        ("cases/request.yaml", "name: a, how: b", "name: a, how: c"),
        ("pack.yaml", "action: deny", "action: warn"),
    ],
)
def test_only_what_differs_from_the_base_is_measured(
    repository: LaunchRepository, pack: Path, name: str, old: str, new: str
) -> None:
    repository.git("add", ".")
    repository.git("commit", "-m", "Watch")
    assert _changed(repository) == []

    repository.edit((old, new), path=f"{pack.relative_to(repository.folder)}/{name}")
    assert _changed(repository) == ["watched"]
    assert _changed(repository, "--base", "main") == ["watched"]


def test_a_new_policy_differs_from_the_base(repository: LaunchRepository, pack: Path) -> None:
    del pack
    assert _changed(repository) == ["watched"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--base", "main"], "Add --changed."),
        (["--changed", "--write", "figures.json"], "Leave out --changed."),
        (["--changed", "--base", "nowhere"], "nowhere"),
    ],
)
def test_options_that_make_no_sense_together_are_refused(
    repository: LaunchRepository, pack: Path, options: list[str], said: str
) -> None:
    del pack
    finished = repository.run("policy", "mutate", "policies/own", *options)

    assert finished.code in {2, 3}, finished
    assert said in finished.complaint + finished.output


def test_a_case_that_expects_too_little_notices_too_little(
    repository: LaunchRepository, pack: Path
) -> None:
    policy = pack / "watched.yaml"
    text = policy.read_text("utf-8").replace("params: {most: 2}", "params: {words: [x, y]}")
    rule = "    - forEach: spec.watch\n      expression: '!(each.name in params.words)'\n"
    size = "    - expression: object.spec.?watch.orValue([]).size() <= params.most\n"
    policy.write_text(text.replace(size, rule), "utf-8")
    both = "set: {spec.watch: [{name: x, how: b}, {name: y, how: d}]}\n      expect: failed\n"
    test = pack / "watched.test.yaml"
    cases = test.read_text("utf-8")
    cases = f"{cases[: cases.index('set:')]}{both}"
    test.write_text(cases, "utf-8")
    assert _survivors(repository, 1) == ["params.words without x", "params.words without y"]

    test.write_text(f"{cases}      findings: 2\n", "utf-8")
    assert _survivors(repository, 0) == []
