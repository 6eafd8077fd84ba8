"""Write one result per complaint: where exactly, how grave, waived or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.reporters.complaints import Level, ReportComplaint
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.sarif.plain import plain
from launchpolicy.vocabulary.finding import PolicyResult
from launchpolicy.vocabulary.place import Place, format_route
from launchpolicy.vocabulary.text import Language, Text

FINGERPRINT = "launchpolicy/v1"

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
_JUSTIFICATION = Text(
    "Waived by {name} ({path}) until {expires}; owner {owner}; reason: {reason}",
    "已由 {name}（{path}）豁免，有效期至 {expires}；负责人 {owner}；原因：{reason}",
)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def result(
    complaint: ReportComplaint, numbers: Mapping[str, int], view: ReaderView
) -> dict[str, Any]:
    """Return a result; `numbers` are the places of the rules in the driver's list."""
    data = {
        "ruleId": complaint.rule,
        "ruleIndex": numbers[complaint.rule],
        "level": _LEVELS[complaint.level],
        "message": _message(complaint, view.language),
        "locations": [_location(complaint, view.prefix)],
        "partialFingerprints": {FINGERPRINT: complaint.fingerprint},
        "properties": _about(complaint),
    }
    if complaint.result is not None and complaint.is_waived:
        data["suppressions"] = [_suppression(complaint.result, view.language)]
    return data


def notification(
    complaint: ReportComplaint, numbers: Mapping[str, int], view: ReaderView
) -> dict[str, Any]:
    """Return what the owner of a policy, not of a request, has to fix (section 3.58)."""
    return {
        "level": "error",
        "message": _message(complaint, view.language),
        "associatedRule": {"id": complaint.rule, "index": numbers[complaint.rule]},
        "locations": [_location(complaint, view.prefix)],
    }


def uri(path: str) -> str:
    """Return a path as a relative reference (RFC 3986 section 3.3), without host or scheme."""
    relative = path.lstrip("/").encode("utf-8", "backslashreplace")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in relative)


def _message(complaint: ReportComplaint, language: Language) -> dict[str, str]:
    finding = complaint.finding
    text = f"{finding.message.in_language(language)}\n{finding.fix.in_language(language)}"
    return {"text": plain(text)}


def _location(complaint: ReportComplaint, prefix: str) -> dict[str, Any]:
    place, judgement = complaint.finding.place, complaint.judgement
    route = format_route(place.full_route)
    whole = f"{judgement.kind}/{judgement.name}"
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(prefix + place.path), "uriBaseId": "%SRCROOT%"},
            "region": _region(place),
        },
        "logicalLocations": [
            {
                "name": judgement.name,
                "fullyQualifiedName": f"{whole}/{route}" if route else whole,
                "kind": "member",
            }
        ],
    }


def _region(place: Place) -> dict[str, int]:
    """Return the region; SARIF counts as `Place` does: from 1, end excluded (3.30.8)."""
    start, end = place.span
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _about(complaint: ReportComplaint) -> dict[str, str]:
    judgement, result = complaint.judgement, complaint.result
    about = {"request": judgement.name, "verdict": str(judgement.verdict)}
    if result is not None:
        about |= {"action": str(result.action), "outcome": str(result.outcome)}
    return about


def _suppression(result: PolicyResult, language: Language) -> dict[str, str]:
    """Return the suppression: a file that others approved, no comment in the request (3.35)."""
    suppression = {"kind": "external", "status": "accepted"}
    waiver = result.waived
    if waiver is not None:
        suppression["justification"] = _JUSTIFICATION.in_language(language).format(
            name=waiver.name,
            path=waiver.path,
            expires=in_utc(waiver.expires),
            owner=waiver.owner,
            reason=waiver.reason.in_language(language),
        )
    elif result.reason is not None:
        suppression["justification"] = result.reason.in_language(language)
    return suppression
