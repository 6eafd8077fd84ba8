"""Test results as in-toto statements (attestation framework, predicate test-result v0.1)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
)
from launchpolicy.facts.evidence.json_reading import JsonError, object_of, objects, text
from launchpolicy.vocabulary.placeholders import is_placeholder
from launchpolicy.vocabulary.text import Text

_STATEMENTS = {"https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1"}
_PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
_ENVELOPE = "application/vnd.in-toto+json"
_COMMITS = ("gitCommit", "sha1")
_NAMED = 3


def read(path: str, data: bytes, schemas: Schemas) -> Reading:
    """Return what the statement says of the tests, without verifying a signature around it."""
    del path, schemas
    try:
        statement = object_of(data)
        is_signed = "payload" in statement
        if is_signed:
            statement = object_of(_payload(statement))
    except JsonError as error:
        return UnreadableEvidence(error.problem)
    predicate = statement.get("predicate")
    if (
        statement.get("_type") not in _STATEMENTS
        or statement.get("predicateType") != _PREDICATE
        or not isinstance(predicate, dict)
    ):
        return UnreadableEvidence(
            Text(
                "It is JSON, but no in-toto statement about a test result.",
                "它是 JSON，但不是 in-toto 测试结果声明。",
            )
        )
    return _contents(statement, predicate, len(data))


def _payload(envelope: Mapping[str, Any]) -> bytes:
    """Return the statement in a DSSE envelope (secure-systems-lab, DSSE 1.0)."""
    if envelope.get("payloadType") != _ENVELOPE:
        raise JsonError(
            Text("Its envelope holds no in-toto statement.", "信封中不是 in-toto 声明。")
        )
    try:
        return base64.b64decode(text(envelope.get("payload")), validate=True)
    except (binascii.Error, ValueError) as error:
        raise JsonError(Text("Its envelope is damaged.", "信封已损坏。")) from error


def _contents(statement: Mapping[str, Any], predicate: Mapping[str, Any], size: int) -> Reading:
    passed, warned, failed = (
        _names(predicate.get(key)) for key in ("passedTests", "warnedTests", "failedTests")
    )
    result = predicate.get("result")
    total = len(passed) + len(warned) + len(failed)
    if result not in {"PASSED", "WARNED", "FAILED"}:
        return UnreadableEvidence(Text("It states no result.", "声明没有写明结果。"))
    if result != "FAILED" and failed:
        return UnreadableEvidence(
            Text(
                f"It says {result}, yet lists {len(failed)} failed tests.",
                f"声明结果为 {result}，却列出了 {len(failed)} 项失败测试。",
            )
        )
    return EvidenceContents(
        passed=result != "FAILED" and total > 0,
        says=_says(str(result), total, failed),
        size=size,
        media_type=_ENVELOPE,
        commits=tuple(dict.fromkeys(_digests(statement, _COMMITS))),
        details={
            "digests": list(dict.fromkeys(_digests(statement, ("sha256",)))),
            "tests": {
                "total": total,
                "passed": len(passed) + len(warned),
                "failed": len(failed),
                "errors": 0,
                "skipped": 0,
                "unnamed": sum(map(is_placeholder, (*passed, *warned))),
                "failures": failed,
            },
        },
    )


def _says(result: str, total: int, failed: list[str]) -> Text:
    if total == 0:
        return Text("It names no test at all.", "声明中没有列出任何测试。")
    if result == "FAILED":
        named = ", ".join(failed[:_NAMED]) or "?"
        return Text(
            f"{len(failed)} of {total} tests failed: {named}",
            f"{total} 项测试中有 {len(failed)} 项失败：{named}",
        )
    return Text(f"{total} tests passed.", f"{total} 项测试通过。")


def _names(value: object) -> list[str]:
    items = value if isinstance(value, list) else []
    return [identifier(item) for item in items if isinstance(item, str)]


def _digests(statement: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    for subject in objects(statement.get("subject")):
        digest = subject.get("digest")
        for key in keys:
            if isinstance(digest, dict) and (commit := text(digest.get(key))):
                yield identifier(commit)
