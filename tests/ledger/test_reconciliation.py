"""Deployments beside launches: what belongs together, and every way in which they can differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from launchpolicy.ledger.reconciliation import (
    ComparedPeriod,
    Deployment,
    Difference,
    LaunchVersion,
    ReconciledLaunch,
    Reconciliation,
    reconcile,
)

DAY = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
START, END = DAY + 14 * HOUR, DAY + 15 * HOUR
PERIOD = ComparedPeriod(DAY - 30 * 24 * HOUR, DAY + 30 * 24 * HOUR)
VERSION = LaunchVersion(DAY, is_approved=True, window=(START, END), references=("3.2.0", "v3.2.0"))
LAUNCH = ReconciledLaunch(
    name="LR-1",
    number=3,
    product="checkout",
    environment="production",
    execution=(START, START + HOUR / 2),
    stopped_at=None,
    versions=(VERSION,),
)


def deployed(*identifiers: str, at: datetime = START, **more: str) -> Deployment:
    return Deployment(at, **{"product": "checkout", "identifiers": identifiers, **more})  # type: ignore[arg-type]


def compare(
    *deployments: Deployment, launches: tuple[ReconciledLaunch, ...] = (LAUNCH,)
) -> Reconciliation:
    return reconcile(deployments, launches, PERIOD)


def differences(*deployments: Deployment, **more: tuple[ReconciledLaunch, ...]) -> list[str]:
    return [
        str(one) for item in compare(*deployments, **more).deployments for one in item.differences
    ]


@pytest.mark.parametrize(
    "identifier",
    ["v3.2.0", "V3.2.0", "3.2.0", "registry.example:5000/shop/checkout:v3.2.0", "checkout@3.2.0"],
)
def test_what_was_approved_was_deployed_in_its_window(identifier: str) -> None:
    result = compare(deployed(identifier))
    assert result.is_equal
    assert result.launch_count == 1
    assert [item.launch for item in result.deployments] == [LAUNCH]


@pytest.mark.parametrize(
    "identifier",
    ["v3.2.1", "v3.2", "3.2.0-rc1", "checkout:latest", "3.2.0/other", "registry:3.2.0/x"],
)
def test_another_artifact_in_the_window_is_a_difference(identifier: str) -> None:
    assert differences(deployed(identifier)) == ["other-artifact"]


def test_a_commit_may_be_shortened_to_seven_digits_and_no_less() -> None:
    commit = "4f1c0ffee4f1c0ffee4f1c0ffee4f1c0ffee4f1c"
    launch = replace(LAUNCH, versions=(VERSION._replace(references=(commit[:8],)),))
    assert differences(deployed(commit), launches=(launch,)) == []
    assert differences(deployed(commit[:7]), launches=(launch,)) == []
    assert differences(deployed(commit[:6]), launches=(launch,)) == ["other-artifact"]
    assert differences(deployed("a" + commit[1:]), launches=(launch,)) == ["other-artifact"]


def test_a_commit_beside_a_tag_is_no_other_artifact_and_no_agreement_either() -> None:
    commit = "4f1c0ffee4f1c0ffee4f1c0ffee4f1c0ffee4f1c"
    result = compare(deployed(commit))
    assert [str(one) for item in result.deployments for one in item.differences] == [
        "not-comparable"
    ]
    assert not result.is_equal
    assert differences(deployed(commit, "v3.2.0")) == []
    assert differences(deployed(commit, "v3.2.1")) == ["other-artifact"]
    named = replace(LAUNCH, versions=(VERSION._replace(references=("3.2.0", "a" * 40)),))
    assert differences(deployed(commit), launches=(named,)) == ["other-artifact"]


def test_a_digest_in_an_artifact_is_what_the_reference_names() -> None:
    digest = f"sha256:{'ab' * 32}"
    launch = replace(LAUNCH, versions=(VERSION._replace(references=(digest,)),))
    assert differences(deployed(f"shop/checkout:v3@{digest}"), launches=(launch,)) == []
    other = f"shop/checkout:v3@sha256:{'cd' * 32}"
    assert differences(deployed(other), launches=(launch,)) == ["other-artifact"]


def test_a_deployment_of_a_product_that_launched_nothing_has_no_launch() -> None:
    result = compare(deployed("v3.2.0", product="search"))
    assert [item.differences for item in result.deployments] == [(Difference.NO_LAUNCH,)]
    assert result.without_deployment == (LAUNCH,)


def test_a_deployment_into_another_environment_is_no_deployment_of_the_launch() -> None:
    result = compare(deployed("v3.2.0", environment="staging"))
    assert [item.differences for item in result.deployments] == [(Difference.NO_LAUNCH,)]
    assert result.without_deployment == (LAUNCH,)
    assert compare(deployed("v3.2.0", environment="Production")).is_equal


def test_a_launch_named_for_another_environment_is_not_believed() -> None:
    item = deployed("v3.2.0", environment="staging", launch="LR-1")
    assert differences(item) == ["no-launch"]


@pytest.mark.parametrize(
    ("minutes", "is_inside"), [(-16, False), (-15, True), (75, True), (76, False)]
)
def test_a_window_is_open_a_quarter_of_an_hour_longer(minutes: int, *, is_inside: bool) -> None:
    item = deployed("v3.2.0", at=START + timedelta(minutes=minutes))
    assert differences(item) == ([] if is_inside else ["outside-window"])


def test_a_launch_that_nobody_deployed_is_listed_only_in_its_period() -> None:
    assert compare().without_deployment == (LAUNCH,)
    earlier = replace(LAUNCH, execution=(PERIOD.since - 2 * HOUR, PERIOD.since - HOUR))
    assert compare(launches=(earlier,)).without_deployment == ()
    planned = replace(LAUNCH, execution=None)
    assert compare(launches=(planned,)).without_deployment == ()


def test_a_deployment_just_outside_the_period_still_belongs_to_its_launch() -> None:
    period = ComparedPeriod(START + HOUR / 4, DAY + 30 * HOUR)
    result = reconcile([deployed("v3.2.0")], [LAUNCH], period)
    assert (result.deployments, result.without_deployment) == ((), ())
    assert result.launch_count == 1


def test_what_was_deployed_before_its_approval_is_not_approved() -> None:
    late = VERSION._replace(since=START + HOUR)
    assert differences(deployed("v3.2.0"), launches=(replace(LAUNCH, versions=(late,)),)) == [
        "not-approved"
    ]
    bypassed = VERSION._replace(is_approved=False)
    assert differences(deployed("v3.2.0"), launches=(replace(LAUNCH, versions=(bypassed,)),)) == [
        "not-approved"
    ]


def test_an_artifact_of_a_later_amendment_does_not_count_before_it() -> None:
    amended = VERSION._replace(since=END, references=("v3.3.0",))
    launch = replace(LAUNCH, versions=(VERSION, amended))
    assert differences(deployed("v3.3.0"), launches=(launch,)) == ["other-artifact"]
    assert differences(deployed("v3.2.0"), launches=(launch,)) == []


def test_what_a_bypass_slipped_into_the_request_is_another_artifact() -> None:
    bypassed = VERSION._replace(since=DAY + HOUR, is_approved=False, references=("v6.6.6",))
    launch = replace(LAUNCH, versions=(VERSION, bypassed))
    assert differences(deployed("v6.6.6"), launches=(launch,)) == ["other-artifact"]


def test_a_deployment_after_the_cancellation_is_not_approved() -> None:
    launch = replace(LAUNCH, execution=None, stopped_at=START - HOUR)
    assert differences(deployed("v3.2.0"), launches=(launch,)) == ["not-approved", "not-recorded"]


def test_a_deployment_that_nobody_recorded_is_a_difference() -> None:
    launch = replace(LAUNCH, execution=None)
    assert differences(deployed("v3.2.0"), launches=(launch,)) == ["not-recorded"]


def test_of_two_launches_the_one_with_the_artifact_is_meant_then_the_nearest() -> None:
    other = replace(
        LAUNCH, name="LR-2", number=9, versions=(VERSION._replace(references=("v3.3.0",)),)
    )
    result = compare(deployed("v3.3.0"), deployed("v3.2.0"), launches=(LAUNCH, other))
    assert result.is_equal
    later = VERSION._replace(window=(START + 48 * HOUR, END + 48 * HOUR))
    again = replace(LAUNCH, name="LR-3", number=12, versions=(later,))
    near = compare(deployed("v3.2.0", at=START + 40 * HOUR), launches=(LAUNCH, again))
    assert [item.launch for item in near.deployments] == [again]
    assert [item.differences for item in near.deployments] == [(Difference.OUTSIDE_WINDOW,)]


def test_a_launch_that_a_deployment_names_wins_over_one_that_fits_better() -> None:
    other = replace(LAUNCH, name="LR-2", number=9, versions=(VERSION._replace(references=("v9",)),))
    result = compare(deployed("v3.2.0", launch="LR-2"), launches=(LAUNCH, other))
    assert [(item.launch, item.differences) for item in result.deployments] == [
        (other, (Difference.OTHER_ARTIFACT,))
    ]
    assert result.without_deployment == (LAUNCH,)
    assert differences(deployed("v3.2.0", launch="LR-404")) == ["no-launch"]


def test_a_launch_without_a_window_holds_no_time() -> None:
    launch = replace(LAUNCH, versions=(VERSION._replace(window=(None, END)),))
    assert differences(deployed("v3.2.0"), launches=(launch,)) == ["outside-window"]
