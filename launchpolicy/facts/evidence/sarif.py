"""Findings of scanners as SARIF 2.1.0 (OASIS standard): an error that stands is no pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.facts.evidence.contents import (
    MOST_RESULTS,
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
    too_many_results,
)
from launchpolicy.facts.evidence.json_reading import JsonError, object_of, objects, text
from launchpolicy.facts.evidence.sarif_invocations import failure_of
from launchpolicy.facts.evidence.sarif_keys import problem_with_keys
from launchpolicy.facts.evidence.sarif_levels import (
    SEVERITIES,
    Rules,
    is_settled,
    level_of,
    object_in,
    severity_of,
)
from launchpolicy.facts.evidence.sarif_statements import is_suppressed, stated_failure
from launchpolicy.facts.evidence.timestamps import date_of
from launchpolicy.policy.edition import SIXTH_EDITION
from launchpolicy.vocabulary.text import Text

_NAMED = 3
_ELSEWHERE = ("results", "driver", "extensions", "invocations", "conversion")
Run = Mapping[str, Any]


class ScanFinding(NamedTuple):
    """A result that stands: its level and its severity for security, and the name of its rule."""

    level: str
    severity: str
    rule: str


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return what scanners found, but nothing absent, suppressed or settled (3.27.9, 3.27.23)."""
    del path, schemas
    try:
        log = object_of(data)
    except JsonError as error:
        return UnreadableEvidence(error.problem)
    problem = _problem_with(log) or problem_with_keys(log, edition)
    if problem is not None:
        return UnreadableEvidence(problem)
    runs = objects(log["runs"])
    if sum(len(_result_list(run)) for run in runs) > MOST_RESULTS:
        return too_many_results(Text("results", "扫描结果"))
    standing = [finding for run in runs for finding in _standing(run, edition)]
    levels = Counter(finding.level for finding in standing)
    severities = Counter(finding.severity for finding in standing)
    failure = next(filter(None, map(failure_of, runs)), "")
    if edition > SIXTH_EDITION:
        failure = failure or stated_failure(log, runs)
    made, is_partly_undated = date_of(map(_times, runs))
    return EvidenceContents(
        passed=bool(runs) and not failure and not levels["error"] and not severities["critical"],
        says=_says(standing, failure, any_run=bool(runs)),
        size=len(data),
        media_type="application/sarif+json",
        made_at=made.written,
        is_without_zone=made.is_without_zone,
        is_partly_undated=is_partly_undated,
        commits=tuple(dict.fromkeys(_commits(runs))),
        details={
            "findings": {
                "total": len(standing),
                "errors": levels["error"],
                "warnings": levels["warning"],
                "notes": levels["note"],
                **{severity: severities[severity] for severity in SEVERITIES if severity},
                "suppressed": sum(is_suppressed(result, edition) for result in _results(runs)),
                "tools": list(dict.fromkeys(_driver_name(run) for run in runs)),
            }
        },
    )


def _problem_with(log: Run) -> Text | None:
    """Return why a log cannot be relied on: another format, or results that it does not hold."""
    runs = log.get("runs")
    if log.get("version") != "2.1.0" or not isinstance(runs, list):
        return Text("It is JSON, but no SARIF 2.1.0 log.", "它是 JSON，但不是 SARIF 2.1.0 报告。")
    if len(objects(runs)) != len(runs):
        return Text("A run in it is no object.", "其中某个 run 不是对象。")
    if len(list(_results(runs))) != sum(len(_result_list(run)) for run in runs):
        return Text("A result in it is no object.", "其中某个 result 不是对象。")
    if not all(_driver_name(run) for run in runs):
        return Text(
            "A run in it names no tool, so that nobody knows what was looked for.",
            "其中某个 run 没有写明扫描工具，无从得知检查了什么。",
        )
    external = (object_in(run.get("externalPropertyFileReferences")) for run in runs)
    if log.get("inlineExternalProperties") or any(
        files.get(key) for files in external for key in _ELSEWHERE
    ):
        return Text(
            "Part of it lies outside of its runs; let the scanner write one log that holds all.",
            "部分内容不在 run 之内；请让扫描工具输出包含全部内容的单个报告。",
        )
    return None


def _standing(run: Run, edition: int) -> Iterator[ScanFinding]:
    """Yield every result that is there, not suppressed and not settled."""
    rules = Rules(run, edition)
    for result in objects(run.get("results")):
        if result.get("baselineState") == "absent" or is_suppressed(result, edition):
            continue
        level = level_of(result, rules, edition)
        if is_settled(result) and level == "none":
            continue
        yield ScanFinding(level, severity_of(result, rules), identifier(_rule_name(result, rules)))


def _rule_name(result: Run, rules: Rules) -> str:
    """Return what a result calls its rule, or what its rule calls itself."""
    own = text(result.get("ruleId")) or text(object_in(result.get("rule")).get("id"))
    names = (text(rule.get("id")) for rule in rules.of_result(result))
    return own or next(filter(None, names), "") or "?"


def _results(runs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (result for run in runs for result in objects(run.get("results")))


def _result_list(run: Run) -> list[Any]:
    results = run.get("results")
    return results if isinstance(results, list) else []


def _says(standing: list[ScanFinding], failure: str, *, any_run: bool) -> Text:
    if not any_run:
        return Text("No scanner has run.", "没有任何扫描记录。")
    errors = [finding for finding in standing if finding.level == "error"]
    critical = [finding for finding in standing if finding.severity == "critical"]
    if errors or critical:
        rules = list(dict.fromkeys(finding.rule for finding in (*errors, *critical)))[:_NAMED]
        counts = [
            *([_count(len(errors), Text("error", "个错误"))] if errors else []),
            *([_count(len(critical), Text("critical finding", "个严重漏洞"))] if critical else []),
        ]
        english, chinese = " and ".join(c.en for c in counts), "、".join(c.zh for c in counts)
        return Text(
            f"The scan found {english}: {', '.join(rules)}",
            f"扫描发现 {chinese}：{'、'.join(rules)}",
        )
    if failure:
        return Text(
            f"A scan did not come to its end, as its {failure} says; run it again.",
            f"其 {failure} 表明某次扫描未正常完成；请重新扫描。",
        )
    warnings = sum(finding.level == "warning" for finding in standing)
    return Text(
        f"The scan found no error, and {_count(warnings, Text('warning', '个警告')).en}.",
        f"扫描未发现错误，有 {warnings} 个警告。",
    )


def _count(number: int, noun: Text) -> Text:
    return Text(f"{number} {noun.en}{'' if number == 1 else 's'}", f"{number} {noun.zh}")


def _times(run: Run) -> Iterator[str]:
    """Yield when each scan of a run ended; of one that does not say so, when it began."""
    for invocation in objects(run.get("invocations")):
        yield text(invocation.get("endTimeUtc")) or text(invocation.get("startTimeUtc"))


def _commits(runs: list[dict[str, Any]]) -> Iterator[str]:
    for run in runs:
        for provenance in objects(run.get("versionControlProvenance")):
            if revision := text(provenance.get("revisionId")):
                yield identifier(revision)


def _driver_name(run: Run) -> str:
    """Return the name of the tool of a run, which the standard demands (3.19.8)."""
    return identifier(text(object_in(object_in(run.get("tool")).get("driver")).get("name")).strip())
