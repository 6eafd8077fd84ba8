"""Findings of scanners as SARIF 2.1.0 (OASIS standard): an error that stands is no pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
)
from launchpolicy.facts.evidence.json_reading import JsonError, object_of, objects, text
from launchpolicy.vocabulary.text import Text

_LEVELS = ("error", "warning", "note", "none")
_SETTLED_KINDS = {"pass", "notApplicable", "informational"}
_NAMED = 3
Run = Mapping[str, Any]


def read(path: str, data: bytes, schemas: Schemas) -> Reading:
    """Return what scanners found, but nothing absent, suppressed or settled (3.27.9, 3.27.23)."""
    del path, schemas
    try:
        log = object_of(data)
    except JsonError as error:
        return UnreadableEvidence(error.problem)
    if log.get("version") != "2.1.0" or not isinstance(log.get("runs"), list):
        return UnreadableEvidence(
            Text("It is JSON, but no SARIF 2.1.0 log.", "它是 JSON，但不是 SARIF 2.1.0 报告。")
        )
    runs = objects(log["runs"])
    if len(runs) != len(log["runs"]):
        return UnreadableEvidence(Text("A run in it is no object.", "其中某个 run 不是对象。"))
    standing = [finding for run in runs for finding in _standing(run)]
    levels = Counter(level for level, _ in standing)
    incomplete = not runs or not all(map(_is_complete, runs))
    tools = tuple(dict.fromkeys(_tool(run) for run in runs))
    return EvidenceContents(
        passed=not incomplete and not levels["error"],
        says=_says(standing, levels, incomplete=incomplete, any_run=bool(runs)),
        size=len(data),
        media_type="application/sarif+json",
        made_at=_made_at(runs),
        commits=tuple(dict.fromkeys(_commits(runs))),
        details={
            "findings": {
                "total": len(standing),
                "errors": levels["error"],
                "warnings": levels["warning"],
                "notes": levels["note"],
                "tools": list(tools),
            }
        },
    )


def _standing(run: Run) -> Iterator[tuple[str, str]]:
    """Yield level and rule of every result that is there and not suppressed."""
    defaults = _default_levels(run)
    for result in objects(run.get("results")):
        if result.get("baselineState") == "absent" or _is_suppressed(result):
            continue
        if result.get("kind", "fail") in _SETTLED_KINDS:
            continue
        rule = text(result.get("ruleId")) or text(_object(result.get("rule")).get("id"))
        level = result.get("level", defaults.get(rule, "warning"))
        # A level that the standard does not know is taken for the worst.
        yield (level if level in _LEVELS else "error"), identifier(rule) or "?"


def _is_suppressed(result: Run) -> bool:
    """Return whether a suppression is neither rejected nor still under review (3.35.3)."""
    suppressions = objects(result.get("suppressions"))
    return bool(suppressions) and all(
        suppression.get("status", "accepted") == "accepted" for suppression in suppressions
    )


def _default_levels(run: Run) -> dict[str, str]:
    tool = _object(run.get("tool"))
    components = [_object(tool.get("driver")), *objects(tool.get("extensions"))]
    return {
        text(rule.get("id")): text(_object(rule.get("defaultConfiguration")).get("level"))
        or "warning"
        for component in components
        for rule in objects(component.get("rules"))
    }


def _is_complete(run: Run) -> bool:
    """Return whether every invocation came to its end; a run without results has said nothing."""
    invocations = objects(run.get("invocations"))
    done = all(invocation.get("executionSuccessful") is True for invocation in invocations)
    return done and isinstance(run.get("results"), list)


def _says(
    standing: list[tuple[str, str]], levels: Counter[str], *, incomplete: bool, any_run: bool
) -> Text:
    if not any_run:
        return Text("No scanner has run.", "没有任何扫描记录。")
    if levels["error"]:
        rules = list(dict.fromkeys(rule for level, rule in standing if level == "error"))[:_NAMED]
        return Text(
            f"The scan found {levels['error']} errors: {', '.join(rules)}",
            f"扫描发现 {levels['error']} 个错误：{'、'.join(rules)}",
        )
    if incomplete:
        return Text("A scan did not come to its end.", "某次扫描未正常完成。")
    return Text(
        f"The scan found no error, and {levels['warning']} warnings.",
        f"扫描未发现错误，有 {levels['warning']} 个警告。",
    )


def _made_at(runs: list[dict[str, Any]]) -> str:
    ends = [
        text(invocation.get("endTimeUtc"))
        for run in runs
        for invocation in objects(run.get("invocations"))
    ]
    dated = [(instant, end) for end in ends if (instant := parse_instant(end)) is not None]
    return max(dated)[1] if dated else ""


def _commits(runs: list[dict[str, Any]]) -> Iterator[str]:
    for run in runs:
        for provenance in objects(run.get("versionControlProvenance")):
            if revision := text(provenance.get("revisionId")):
                yield identifier(revision)


def _tool(run: Run) -> str:
    driver = _object(_object(run.get("tool")).get("driver"))
    return identifier(text(driver.get("name"))) or "?"


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
