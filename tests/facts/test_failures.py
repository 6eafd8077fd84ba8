"""Which launches of a product failed and are tried again; what is no further attempt at them."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.facts import failures
from launchpolicy.facts.failures import LaunchAttempt
from tests.facts.launches import launches

PATH = "launches/LR-9/request.yaml"
FAILED_AT = "2026-11-10T23:28:00+08:00"


def _request(name: str, stage: str, version: str = "2.0.0", **others: Any) -> dict[str, Any]:
    about = {"name": "cards", "environment": "production", "version": version}
    content = [{"name": "service", "kind": "code", "reference": f"v{version}"}]
    return {
        "metadata": {"name": name},
        "spec": {"product": about, "content": content, **others},
        "status": {"stage": stage},
    }


def _failed(name: str = "LR-1", version: str = "2.0.0", **others: Any) -> dict[str, Any]:
    request = _request(name, "rolled-back", version, **others)
    request["status"]["rollback"] = {"finishedAt": FAILED_AT}
    return request


def _launched(version: str, at: str, name: str = "LR-2", **others: Any) -> dict[str, Any]:
    request = _request(name, "closed", version, **others)
    request["status"]["execution"] = {"finishedAt": at}
    return request


def _failures(ours: Any, *others: Any) -> list[dict[str, Any]]:
    beside = [(f"launches/{number}/request.yaml", other) for number, other in enumerate(others)]
    shown: list[dict[str, Any]] = launches(PATH, ours, beside, lambda _: ())["failures"]
    return shown


def _open(ours: Any, *others: Any) -> list[str]:
    return [failure["name"] for failure in _failures(ours, *others) if failure["open"]]


AGAIN = {
    "the same version": "2.0.0",
    "the same version without its last zero": "2.0",
    "the same version with a letter": "v2.0.0",
    "a candidate of the same version": "2.0.0-rc1",
    "a later version": "2.10.0",
    "a version that cannot be compared": "autumn",
    "no version": "",
}


@pytest.mark.parametrize("version", AGAIN.values(), ids=AGAIN)
def test_what_failed_comes_again_under_another_number(version: str) -> None:
    assert _open(_request("LR-9", "requested", version), _failed()) == ["LR-1"]


def test_an_emergency_fix_of_the_version_before_is_no_further_attempt() -> None:
    assert _open(_request("LR-9", "requested", "1.9.5", risk="emergency"), _failed()) == []


SAME_CONTENT = {
    "the reference of the code": {
        "content": [{"name": "service", "kind": "code", "reference": "v2.0.0"}]
    },
    "the digest of the package": {"handover": {"installables": [{"sha256": "a" * 64}]}},
    "the commit": {"handover": {"installables": [{"sha256": "b" * 64, "commit": "c" * 40}]}},
}


@pytest.mark.parametrize("part", SAME_CONTENT.values(), ids=SAME_CONTENT)
def test_what_failed_does_not_come_again_as_an_earlier_version(part: dict[str, Any]) -> None:
    package = {"installables": [{"sha256": "a" * 64, "commit": "c" * 40}]}
    ours = _request("LR-9", "requested", "1.9.5")
    ours["spec"].update(part)
    assert _open(ours, _failed(handover=package)) == ["LR-1"]


def test_a_launch_since_makes_a_failure_good() -> None:
    ours = _request("LR-9", "requested", "2.1.0")
    assert _open(ours, _failed(), _launched("2.0.1", "2026-11-20T22:00:00+08:00")) == []


NO_REMEDY = {
    "launched before the failure": _launched("2.0.1", "2026-11-10T23:27:59+08:00"),
    "launched at a time that nobody recorded": _launched("2.0.1", ""),
    "an earlier version, launched since": _launched("1.9.5", "2026-11-20T22:00:00+08:00"),
    "launched elsewhere": _launched(
        "2.0.1", "2026-11-20T22:00:00+08:00", product={"name": "cards", "environment": "trial"}
    ),
    "another product": _launched(
        "2.0.1", "2026-11-20T22:00:00+08:00", product={"name": "x", "environment": "production"}
    ),
    "requested only": _request("LR-2", "requested", "2.0.1"),
}


@pytest.mark.parametrize("other", NO_REMEDY.values(), ids=NO_REMEDY)
def test_what_does_not_make_a_failure_good(other: dict[str, Any]) -> None:
    assert _open(_request("LR-9", "requested", "2.1.0"), _failed(), other) == ["LR-1"]


def test_an_attempt_elsewhere_that_names_the_failure_makes_it_good() -> None:
    other = _launched("2.0.1", "2026-11-20T22:00:00+08:00", attempt={"after": "LR-1"})
    other["spec"]["product"]["environment"] = "trial"
    assert _open(_request("LR-9", "requested", "2.1.0"), _failed(), other) == []


def test_a_launch_that_was_cancelled_failed_only_after_its_notice() -> None:
    other = _request("LR-1", "cancelled")
    other["status"]["cancellation"] = {"at": FAILED_AT}
    ours = _request("LR-9", "requested")
    assert _open(ours, other) == []
    other["status"]["notice"] = {"at": "2026-11-09T10:00:00+08:00"}
    (failure,) = _failures(ours, other)
    assert (failure["failedAt"], failure["open"]) == (FAILED_AT, True)


def test_a_failure_of_another_product_counts_only_where_it_is_named() -> None:
    other = _failed()
    other["spec"]["product"]["name"] = "vouchers"
    assert _failures(_request("LR-9", "requested"), other) == []
    ours = _request("LR-9", "requested", attempt={"after": "LR-1"})
    (failure,) = _failures(ours, other)
    assert (failure["named"], failure["open"]) == (True, False)


def test_a_request_that_did_not_fail_is_no_failure_where_it_is_named() -> None:
    ours = _request("LR-9", "requested", attempt={"after": "LR-2"})
    assert _failures(ours, _launched("2.0.0", FAILED_AT)) == []


@pytest.mark.parametrize("stage", ["launched", "rolled-back", "cancelled", "closed"])
def test_only_what_is_requested_is_a_further_attempt(stage: str) -> None:
    assert _failures(_request("LR-9", stage), _failed()) == []


ACTION = {"en": "Install it.", "zh": "安装。"}
SAME_WORDS = {
    "the same": ACTION,
    "one language": {"zh": "安装。"},
    "one language, not named": "安装。",
}


@pytest.mark.parametrize("action", SAME_WORDS.values(), ids=SAME_WORDS)
def test_a_text_in_fewer_languages_changes_no_plan(action: object) -> None:
    ours = _request("LR-9", "requested", steps=[{"name": "install", "action": action}])
    other = _failed(steps=[{"name": "install", "action": ACTION}])
    (failure,) = _failures(ours, other)
    assert failure["edits"] == []


def test_another_text_changes_the_plan() -> None:
    ours = _request(
        "LR-9", "requested", steps=[{"name": "install", "action": {**ACTION, "en": "Copy it."}}]
    )
    other = _failed(steps=[{"name": "install", "action": ACTION}])
    (failure,) = _failures(ours, other)
    assert failure["edits"] == ["spec.steps[0].action.en"]


def test_the_files_that_failed_are_known_by_their_digests() -> None:
    files = [{"name": "a", "sha256": "1" * 64}, {"name": "b"}, {"name": "c", "sha256": "2" * 64}]
    other = _failed(handover={"installables": files})
    (failure,) = _failures(_request("LR-9", "requested"), other)
    assert failure["installed"] == ["1" * 64, "2" * 64]


@pytest.mark.parametrize("plan", [{}, {"handover": {"installables": "all"}}], ids=["none", "text"])
def test_nothing_was_installed_where_no_file_is_handed_over(plan: dict[str, Any]) -> None:
    (failure,) = _failures(_request("LR-9", "requested"), _failed(**plan))
    assert failure["installed"] == []


def test_only_failures_are_compared_with_what_launched_since(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A product of a thousand launches asks about its few failures, not about every pair."""
    asked: list[str] = []
    settles = failures._settles

    def counted(launch: LaunchAttempt, failure: LaunchAttempt) -> bool:
        asked.append(failure.name)
        return settles(launch, failure)

    monkeypatch.setattr(failures, "_settles", counted)
    launched = [_launched("1.0.0", FAILED_AT, f"LR-{number}") for number in range(10, 40)]
    assert _open(_request("LR-9", "requested"), _failed(), *launched) == ["LR-1"]
    assert asked == ["LR-1"] * (len(launched) + 1)
