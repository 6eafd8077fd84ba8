"""Policies that call CEL's libraries, from the file to the verdict."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import LaunchRepository

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: release-in-order, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: release-in-order, title: Release in order}
spec:
  match: {kinds: [LaunchRequest]}
  params: {environments: [production, staging-2], before: 4.0.0}
  variables:
    - {name: version, expression: "semver(object.spec.product.version, true)"}
    - {name: steps, expression: "object.spec.steps.transformMapEntry(i, s, {s.name: i})"}
  validations:
    - expression: variables.version.isLessThan(semver(params.before))
      at: spec.product.version
      message: It is too late.
      messageExpression:
        en: >-
          string(variables.version.major()) + " after " +
          variables.steps.transformList(name, i, name).sort().join(", ")
    - expression: sets.contains(params.environments, [object.spec.product.environment])
      at: spec.product.environment
      message: Nobody knows this environment.
    - expression: object.spec.steps.all(i, s, i == variables.steps[s.name])
      at: spec.steps
      message: A step stands twice.
  fix: Choose another.
"""


@pytest.fixture
def own_policy(repository: LaunchRepository) -> LaunchRepository:
    own = repository.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(PACK, "utf-8")
    (own / "release-in-order.yaml").write_text(POLICY, "utf-8")
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, own]"), path=".launchpolicy.yaml"
    )
    repository.commit("judge releases")
    return repository


def _about(repository: LaunchRepository) -> str:
    return repository.check().output.partition("release-in-order")[2].partition("\n\n")[0]


def test_an_honest_request_passes_policies_that_call_the_libraries(
    own_policy: LaunchRepository,
) -> None:
    assert _about(own_policy) == ""
    assert " 0 failed" in own_policy.check().output


def test_a_version_that_is_later_by_number_is_blocked_with_what_the_functions_gave(
    own_policy: LaunchRepository,
) -> None:
    own_policy.edit(("version: 3.2.0", "version: 10.0.0"))
    assert "10 after drain, migrate, upload" in _about(own_policy)
    assert own_policy.check().code == 1


def test_what_is_no_version_leaves_the_request_undecided_and_never_passes_it(
    own_policy: LaunchRepository,
) -> None:
    own_policy.edit(("version: 3.2.0", "version: latest"))
    finished = own_policy.check()
    assert finished.code != 0
    assert "not a version" in _about(own_policy)


def test_a_wrong_call_stops_the_run_with_the_function_that_was_meant(
    own_policy: LaunchRepository,
) -> None:
    path = "policies/own/release-in-order.yaml"
    own_policy.edit(("sets.contains(", "sets.subset("), path=path)
    finished = own_policy.check()
    assert finished.code == 2
    assert f"{path}:18:24:" in finished.complaint + finished.output
    assert "`sets.contains(…)`" in finished.complaint + finished.output
