"""The launch confirmation says ready only what the record shows, and nothing for a gap."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Refusal, read
from launchpolicy.papers.integration.readiness import ReadinessLine, readiness
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.names import NO_NAMES
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW

REQUEST = Path(
    PROJECT / "examples/hardware-software-integration/launches/LR-2026-0506/request.yaml"
)
LATER = "2026-10-21T10:00:00+08:00"
HOLDERS = {"development-management-centre": ("pan.jun",)}


def read_document() -> Any:
    document = read("request.yaml", REQUEST.read_bytes())
    assert not isinstance(document, Refusal)
    return document.data


COMPLETE: dict[str, Any] = read_document()
Spoil = Callable[[dict[str, Any], dict[str, Any]], object]


def lines_of(data: dict[str, Any]) -> dict[str, ReadinessLine]:
    lines = readiness(launch_request_of(data), NO_NAMES, HOLDERS, NOW)
    return {line.subject.en: line for line in lines}


def test_a_complete_request_is_ready_in_every_subject() -> None:
    lines = lines_of(COMPLETE)

    assert all(line.is_ready for line in lines.values()), lines
    assert "2026年10月20日审核通过" in lines["Review of the launch plan"].sentence.zh


def test_where_nothing_is_bought_no_purchase_and_no_delivery_is_missing() -> None:
    data = copy.deepcopy(COMPLETE)
    infrastructure = data["spec"]["infrastructure"]
    infrastructure["deliveries"], infrastructure["plan"]["purchases"] = [], []
    before = lines_of(data)
    unmet = {"name": "equipment-purchase", "reason": "Two servers of the store are used."}
    infrastructure["applicability"]["notMet"] = [unmet]
    lines = lines_of(data)

    for subject in ("Review of the launch plan", "Delivery and receipt"):
        assert not before[subject].is_ready
        assert lines[subject].is_ready
    assert lines["Delivery and receipt"].sentence.zh == "不涉及设备采购。"


@pytest.mark.parametrize(
    ("subject", "spoil"),
    [
        ("Applicability", lambda _, inf: inf.pop("applicability")),
        ("Applicability", lambda _, inf: inf["applicability"].pop("confirmedBy")),
        ("Applicability", lambda _, inf: inf["applicability"].update(confirmedBy="li.wei")),
        ("Technical design review", lambda _, inf: inf.pop("designReviews")),
        (
            "Technical design review",
            lambda _, inf: inf["designReviews"][0].pop("result"),
        ),
        ("Technical design review", lambda _, inf: inf["designReviews"][0].update(by=[])),
        ("Review of the launch plan", lambda _, inf: inf["plan"].pop("risks")),
        ("Review of the launch plan", lambda _, inf: inf["plan"].update(tasks=[])),
        (
            "Review of the launch plan",
            lambda _, inf: inf["plan"]["reviews"][0].pop("by"),
        ),
        (
            "Review of the launch plan",
            lambda _, inf: inf["plan"]["reviews"].append(
                {
                    "name": "again",
                    "at": "2026-10-21T10:00:00+08:00",
                    "by": ["pan.jun"],
                    "result": "failed",
                }
            ),
        ),
        ("Delivery and receipt", lambda _, inf: inf.update(deliveries=[])),
        ("Delivery and receipt", lambda _, inf: inf["deliveries"][0].pop("receivedAt")),
        ("Delivery and receipt", lambda _, inf: inf["deliveries"][0].pop("receivedBy")),
        (
            "Delivery and receipt",
            lambda _, inf: inf["deliveries"][0].update(receivedAt="2027-01-01T10:00:00+08:00"),
        ),
        (
            "Delivery and receipt",
            lambda _, inf: inf["deliveries"][0]["acceptance"].update(result="rejected"),
        ),
        ("Installation", lambda _, inf: inf["equipment"][1].pop("installedAt")),
        ("Installation", lambda _, inf: inf.update(equipment=[])),
        (
            "Tests and acceptance",
            lambda spec, _: spec["testing"]["reports"][0].pop("result"),
        ),
        ("Tests and acceptance", lambda spec, _: spec["testing"].update(reports=[])),
        (
            "Tests and acceptance",
            lambda spec, _: spec["acceptance"]["checks"][1].update(result="rejected"),
        ),
        ("Tests and acceptance", lambda spec, _: spec["acceptance"].update(acceptedBy=[])),
        ("Backup", lambda spec, _: spec.update(backup=[])),
        ("Backup", lambda spec, _: spec["backup"][0].pop("restore")),
        ("Rollback", lambda spec, _: spec.pop("rollback")),
        ("Rollback", lambda spec, _: spec["rollback"].update(steps=[])),
        ("Rollback", lambda spec, _: spec["rollback"]["impact"].pop("assessedAt")),
    ],
)
def test_a_gap_is_never_called_ready(subject: str, spoil: Spoil) -> None:
    data = copy.deepcopy(COMPLETE)
    spoil(data["spec"], data["spec"]["infrastructure"])

    lines = lines_of(data)
    assert [name for name, line in lines.items() if not line.is_ready] == [subject]
    assert lines[subject].sentence.zh != lines_of(COMPLETE)[subject].sentence.zh


def test_an_empty_request_is_ready_in_nothing() -> None:
    assert not any(line.is_ready for line in lines_of({}).values())


@pytest.mark.parametrize(
    ("result", "file", "is_ready"),
    [
        (None, {"read": True, "passed": True}, True),
        ("passed", {"read": True, "passed": True}, True),
        (None, {"read": True, "passed": False}, False),
        ("passed", {"read": True, "passed": False}, False),
        ("failed", {"read": True, "passed": True}, False),
        (None, None, False),
        ("passed", None, True),
    ],
)
def test_a_report_whose_result_nobody_typed_has_that_of_its_file(
    result: str | None, file: dict[str, Any] | None, *, is_ready: bool
) -> None:
    data = copy.deepcopy(COMPLETE)
    (report, *_) = data["spec"]["testing"]["reports"] = data["spec"]["testing"]["reports"][:1]
    report.pop("result", None)
    if result:
        report["result"] = result
    counts = dict.fromkeys(("total", "passed", "failed", "errors", "skipped"), 1)
    says = {"en": "1 test.", "zh": "1 项测试。"}
    record = {**(file or {}), "tests": counts, "says": says, "problem": says, "sha256": ""}
    files = {report["evidence"]["path"]: record} if file else {}
    lines = readiness(launch_request_of(data), NO_NAMES, HOLDERS, NOW, files)

    (tests,) = (line for line in lines if line.subject.en == "Tests and acceptance")
    assert tests.is_ready is is_ready
