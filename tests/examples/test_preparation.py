"""Every example that was launched was prepared: the gate would have let it start when it did."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.documents.instants import instant
from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.launches.preparation import (
    AFTER_THE_START,
    as_started,
    missing_before_start,
)
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import RequestVersion, Submission, expect_approvals_later
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.vocabulary.finding import Finding
from tests.examples.catalogue import EXAMPLES, PROCESSES

_BEFORE = frozenset(
    {
        "rehearsal",
        "conversionRehearsal",
        "notice",
        "tasks",
        "equipment",
        "confirmation",
        "checksBefore",
        "readiness",
        "suspension",
        "backups",
        "deliveries",
    }
)


def launched(process: str) -> tuple[str, dict[str, Any]]:
    """The first example of a process that is closed, and so was launched: path and data."""
    for file in sorted(EXAMPLES.glob(f"{process}/launches/*/request.yaml")):
        document = read(file.name, file.read_bytes())
        assert isinstance(document, Document)
        data: Any = document.data
        if data["status"]["stage"] == "closed":
            return f"launches/{file.parent.name}/request.yaml", data
    message = f"no closed request in {process}"
    raise AssertionError(message)


def missing(process: str, path: str, data: dict[str, Any], *left_out: str) -> list[Finding]:
    """What is missing before the start, with only those facts that can be there by then."""
    recorded = data["status"]
    kept = {key: recorded[key] for key in recorded if key in _BEFORE - set(left_out)}
    merged = {**data, "status": {"stage": "requested"}}
    facts = {**data, "status": {"stage": "requested", **kept}}
    now = instant(recorded["execution"]["startedAt"])
    files = WorkTreeSnapshot(EXAMPLES / process)
    rules = load_rules(files)
    old, new = (RequestVersion(path, json.dumps(version).encode()) for version in (merged, facts))
    submission = Submission("LaunchRequest", path, as_started(new, now), old)
    with_facts = add_facts([submission], rules, (files, files), now)
    judged = [judge(one, rules, now) for one in expect_approvals_later(with_facts)]
    return [finding for judgement in judged for finding in missing_before_start(judgement)]


@pytest.mark.parametrize("process", PROCESSES)
def test_nothing_was_missing_when_it_began_and_each_fact_is_needed(process: str) -> None:
    path, data = launched(process)
    assert missing(process, path, data) == []
    for fact in ("checksBefore", "backups"):
        routes = [one.place.full_route for one in missing(process, path, data, fact)]
        assert ("status", fact) in {route[:2] for route in routes}
        assert not any(route[: len(late)] == late for route in routes for late in AFTER_THE_START)
