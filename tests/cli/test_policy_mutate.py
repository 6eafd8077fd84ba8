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
