"""What issue 2 demands to be shown: the four exit codes, and every finding at its right place."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.launch_repository import REQUEST, LaunchRepository

TEN = {
    "acceptance-checks-accepted": (
        "name: visual, result: accepted",
        "name: visual, result: rejected",
    ),
    "accepted-by-both-leads": (
        "      - {by: zhou.kai, role: rd-lead, at: 2026-11-24T15:30:00+08:00}\n",
        "",
    ),
    "launch-window-fixed": ("end: 2026-12-01T23:30:00+08:00", "end: 2026-12-01T21:30:00+08:00"),
    "watch-points-cover-backup-and-monitoring": ("name: monitoring, how", "name: coffee, how"),
    "planned-backups-restorable": ("location: vault-b/uploads\n      ", ""),
    "environment-checks-planned": ("name: database-connection, target", "name: database, target"),
    "post-launch-checks-planned": ("name: product-runs, target", "name: product-walks, target"),
    "rollback-impact-assessed": ("      dataLoss: none\n", ""),
    "launch-people-named": ("    watcher: qian.na\n", ""),
    "rollback-reverts-code": ("action: revert-code, to: v3.1.4", "action: verify, to: v3.1.4"),
}
"""Policy → the edit that breaks it, and nothing else."""


def findings(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        finding
        for request in report["requests"]
        for result in request["results"]
        for finding in result["findings"]
    ]


def test_a_complete_request_passes(repository: LaunchRepository) -> None:
    finished = repository.check()
    assert finished.code == 0, finished.output + finished.complaint
    assert "LR-2026-0042" in finished.output


def test_ten_things_broken_at_once_give_ten_findings_at_ten_places(
    repository: LaunchRepository,
) -> None:
    repository.edit(*TEN.values())
    finished = repository.check("--format", "json")
    assert finished.code == 1
    found = findings(json.loads(finished.output))
    assert sorted(finding["rule"] for finding in found) == sorted(TEN)
    lines = repository.request.read_text("utf-8").splitlines()
    marked = {
        finding["rule"]: lines[finding["place"]["line"] - 1][
            finding["place"]["column"] - 1 : finding["place"]["endColumn"] - 1
        ]
        for finding in found
    }
    assert marked == {
        "acceptance-checks-accepted": "rejected",
        "accepted-by-both-leads": "acceptedBy",
        "launch-window-fixed": "2026-12-01T21:30:00+08:00",
        "watch-points-cover-backup-and-monitoring": "watch",
        "planned-backups-restorable": "name: uploads",
        "environment-checks-planned": "before",
        "post-launch-checks-planned": "after",
        "rollback-impact-assessed": "impact",
        "launch-people-named": "people",
        "rollback-reverts-code": "steps",
    }


def test_each_of_the_ten_alone_gives_its_one_finding(repository: LaunchRepository) -> None:
    text = repository.request.read_text("utf-8")
    for policy, edit in TEN.items():
        repository.request.write_text(text, "utf-8")
        repository.edit(edit)
        finished = repository.check("--format", "json")
        assert finished.code == 1
        assert [finding["rule"] for finding in findings(json.loads(finished.output))] == [policy]


def test_malformed_yaml_is_rejected_with_its_place(repository: LaunchRepository) -> None:
    repository.edit(("  window: {start", "  window: {{start"))
    finished = repository.check()
    assert finished.code == 2
    line = (
        repository.request.read_text("utf-8")
        .splitlines()
        .index(
            next(
                line
                for line in repository.request.read_text("utf-8").splitlines()
                if "{{start" in line
            )
        )
    )
    assert f"{REQUEST}:{line + 1}:" in finished.output


def test_a_misspelt_key_is_rejected_with_a_suggestion(repository: LaunchRepository) -> None:
    repository.edit(("  rollback:\n", "  rolback:\n"))
    finished = repository.check()
    assert finished.code == 2
    assert "rolback" in finished.output
    assert "rollback" in finished.output


def test_a_missing_base_commit_is_undecided_with_a_remedy(proposal: LaunchRepository) -> None:
    finished = proposal.check("--base", "origin/main")
    assert finished.code == 3
    assert "origin/main" in finished.complaint
    assert "→" in finished.complaint


def test_a_window_changed_after_the_approval_is_blocked_and_the_old_value_quoted(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "launched")
    repository.edit(
        ("start: 2026-12-01T22:00:00+08:00", "start: 2026-12-01T20:00:00+08:00"),
        ("stage: requested", "stage: launched"),
    )
    repository.commit("launch")
    finished = repository.check("--base", "main", "--format", "json")
    assert finished.code == 1
    frozen = [
        finding
        for finding in findings(json.loads(finished.output))
        if finding["place"]["route"] == "spec.window.start"
    ]
    (finding,) = frozen
    assert "2026-12-01T22:00:00+08:00" in finding["message"]["en"]
    assert "2026-12-01T22:00:00+08:00" in finding["message"]["zh"]
    lines = repository.request.read_text("utf-8").splitlines()
    assert "start: 2026-12-01T20:00:00+08:00" in lines[finding["place"]["line"] - 1]


def test_a_policy_with_a_misspelt_field_stops_the_run_with_a_suggestion(
    repository: LaunchRepository,
) -> None:
    pack = repository.folder / "policies" / "own"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Pack\nmetadata: {name: own, title: Own}\n"
        "spec: {version: 1, bindings: [{policy: has-owner, action: deny}]}\n",
        "utf-8",
    )
    (pack / "has-owner.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Policy\nmetadata: {name: has-owner, title: Owner}\n"
        "spec:\n  match: {kinds: [LaunchRequest]}\n  validations:\n"
        "    - {expression: has(object.spec.rollback.ownr), message: No owner}\n  fix: Name one.\n",
        "utf-8",
    )
    repository.edit(("[launch]        #", "[launch, own]        #"), path=".launchpolicy.yaml")
    finished = repository.check()
    assert finished.code == 2
    assert "policies/own/has-owner.yaml:7:45" in finished.complaint
    assert "`owner`" in finished.complaint
