"""Test results as in-toto statements (attestation framework, predicate test-result v0.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.facts.evidence.attestation_files import (
    PREDICATE,
    StatementError,
    require_consistent_file,
    skipped_names,
)
from launchpolicy.facts.evidence.contents import (
    MOST_RESULTS,
    EvidenceContents,
    Reading,
    Schemas,
    SignedPayload,
    UnreadableEvidence,
    identifier,
    too_many_results,
)
from launchpolicy.facts.evidence.envelopes import STATEMENT_TYPE, UNVERIFIED, unwrap
from launchpolicy.facts.evidence.further_counts import further_counts
from launchpolicy.facts.evidence.json_reading import JsonError, objects, objects_of, text
from launchpolicy.facts.evidence.reservations import reservations_in
from launchpolicy.policy.edition import FOURTH_EDITION, SIXTH_EDITION
from launchpolicy.vocabulary.placeholders import is_placeholder, shows_nothing
from launchpolicy.vocabulary.text import Text

_STATEMENTS = {"https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1"}
_RESULTS = {"PASSED", "WARNED", "FAILED"}
_LISTS = ("passedTests", "warnedTests", "failedTests")
_KEYS = ("result", *_LISTS)
_IN_SMALL_LETTERS = frozenset(key.lower() for key in _KEYS)
_COMMITS = ("gitCommit", "sha1")
_NAMED = 3


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return what the statements say of the tests, without verifying a signature around them.

    A file may hold one statement, or one a line; each bare, in an envelope or in a bundle.
    Statements about something else than tests are passed over.
    """
    del path, schemas
    try:
        unwrapped, statements, results = _contents_of(data, edition)
    except (JsonError, StatementError) as error:
        return UnreadableEvidence(error.problem)
    payloads = tuple(envelope for _, envelope in unwrapped if envelope is not None)
    is_signed = len(payloads) == len(unwrapped) and all(item.signatures for item in payloads)
    passed, warned, failed = (
        [name for result in results for name in result.names[key]] for key in _LISTS
    )
    if len(passed) + len(warned) + len(failed) > MOST_RESULTS:
        return too_many_results(Text("tests", "测试"))
    skipped = sum(result.skipped for result in results)
    if edition > SIXTH_EDITION:
        passed = [name for name in passed if not shows_nothing(name)]
    if edition > FOURTH_EDITION:
        passed, warned, failed = (list(dict.fromkeys(names)) for names in (passed, warned, failed))
    total = len(passed) + len(warned) + len(failed) + skipped
    is_failed = any(result.word == "FAILED" for result in results)
    is_proof = bool(passed) or (bool(warned) and edition <= FOURTH_EDITION)
    return EvidenceContents(
        passed=not is_failed and is_proof,
        says=_says(total, failed, is_failed=is_failed, is_proof=is_proof, is_signed=is_signed),
        size=len(data),
        media_type=STATEMENT_TYPE,
        commits=tuple(dict.fromkeys(_digests(statements[0], _COMMITS))),
        envelopes=payloads if is_signed else (),
        details={
            "digests": list(dict.fromkeys(_digests(statements[0], ("sha256",)))),
            "reservations": reservations_in(_extras(statements), len(passed) + len(warned), total),
            "signature": "unverified" if is_signed else "none",
            "tests": {
                "total": total,
                "passed": len(passed) + len(warned),
                "failed": len(failed),
                "errors": 0,
                "skipped": skipped,
                "unnamed": sum(map(is_placeholder, (*passed, *warned))),
                "failures": failed,
            },
        },
    )


def _extras(statements: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what the predicates state beside the lists of tests."""
    for statement in statements:
        for key, value in statement["predicate"].items():
            if key not in _LISTS:
                is_shown = isinstance(value, str | int | float) and not isinstance(value, bool)
                yield key, str(value) if is_shown else json.dumps(value, ensure_ascii=False)


def _contents_of(
    data: bytes, edition: int
) -> tuple[list[tuple[dict[str, Any], SignedPayload | None]], list[dict[str, Any]], list[_Result]]:
    """Return all statements with their envelopes, those about tests, and what these say.

    Raises:
        JsonError: the file is not read.
        StatementError: a statement cannot be relied on.
    """
    values = objects_of(data)
    unwrapped = [unwrap(value, edition) for value in values]
    every = [statement for statement, _ in unwrapped]
    statements = _test_results(every)
    if edition > SIXTH_EDITION:
        require_consistent_file(values, every)
    results = [_result(statement["predicate"], edition) for statement in statements]
    if edition > FOURTH_EDITION:
        _require_subject(statements[0], edition)
    return unwrapped, statements, results


def _test_results(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the statements about tests, each once, which all have to be of the same thing.

    Raises:
        StatementError: there is none, or one that is no statement, or of something else.
    """
    results = [
        statement
        for statement in {repr(statement): statement for statement in statements}.values()
        if statement.get("predicateType") == PREDICATE
        and isinstance(statement.get("predicate"), dict)
    ]
    types = {text(statement.get("_type")) for statement in statements}
    if not results or not types <= _STATEMENTS:
        raise StatementError(
            Text(
                "It is JSON, but no in-toto statement about a test result.",
                "它是 JSON，但不是 in-toto 测试结果声明。",
            )
        )
    first = results[0].get("subject")
    if any(statement.get("subject") != first for statement in results):
        raise StatementError(
            Text(
                "Its statements are about different things; attach each as evidence of its own.",
                "其中的声明针对不同的对象；请分别作为证据附上。",
            )
        )
    return results


def _require_subject(statement: Mapping[str, Any], edition: int) -> None:
    """Refuse a statement about nothing: nobody could tell what was tested."""
    subjects = objects(statement.get("subject"))
    if not subjects or (edition > SIXTH_EDITION and not all(map(_is_identified, subjects))):
        raise StatementError(
            Text(
                "It has no subject with a digest, so that nobody knows what was tested; let the "
                "tool name it.",
                "声明没有带摘要的 subject，无从得知测试的是什么；请让工具写明。",
            )
        )


def _is_identified(subject: Mapping[str, Any]) -> bool:
    """Return whether a subject has a digest, as the standard demands of each."""
    digests = subject.get("digest")
    return isinstance(digests, dict) and any(text(digest).strip() for digest in digests.values())


class _Result(NamedTuple):
    word: str
    names: dict[str, list[str]]
    skipped: int = 0


def _result(predicate: Mapping[str, Any], edition: int) -> _Result:
    """Return what one statement says of the tests, as an edition reads it.

    Raises:
        StatementError: it states no result, or contradicts itself.
    """
    word = text(predicate.get("result"))
    if word not in _RESULTS:
        raise StatementError(Text("It states no result.", "声明没有写明结果。"))
    names: dict[str, list[str]] = {}
    if key := next((key for key in predicate if _is_misspelt(key)), ""):
        raise StatementError(
            Text(
                f"Its key {identifier(key)} differs from one of the predicate only in its letters, "
                "so readers would disagree; write it as the predicate does.",
                f"其中的键 {identifier(key)} 与谓词的键只有写法之别，不同程序的解读会不一致；"
                "请按谓词的写法书写。",
            )
        )
    for key in _LISTS:
        items = [] if predicate.get(key) is None else predicate[key]
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise StatementError(
                Text(
                    f"Its {key} is no list of names, so that nothing can be counted.",
                    f"声明的 {key} 不是名称列表，无法统计。",
                )
            )
        names[key] = [identifier(item) for item in items]
    failed = len(names["failedTests"])
    if word != "FAILED" and failed:
        raise StatementError(
            Text(
                f"It says {word}, yet lists {failed} failed tests.",
                f"声明结果为 {word}，却列出了 {failed} 项失败测试。",
            )
        )
    if edition > SIXTH_EDITION:
        idle = {identifier(name) for name in skipped_names(predicate)}
        names["passedTests"] = [name for name in names["passedTests"] if name not in idle]
    skipped = _skipped_tests(word, predicate, edition) if edition > FOURTH_EDITION else 0
    return _Result(word, names, skipped)


def _skipped_tests(word: str, predicate: Mapping[str, Any], edition: int) -> int:
    """Return how many tests did not run, as keys beside the lists of the predicate say.

    Raises:
        StatementError: one of them says that tests failed, against the result.
    """
    further = list(further_counts(predicate, _KEYS, edition))
    bad = next((count for count in further if count.is_bad), None)
    if word != "FAILED" and bad is not None:
        raise StatementError(
            Text(
                f"It says {word}, yet its {identifier(bad.key)} says otherwise; attach what the "
                "tool wrote.",
                f"声明结果为 {word}，但其中的 {identifier(bad.key)} 与此矛盾；"
                "请附上工具的原始输出。",
            )
        )
    return max((count.number for count in further), default=0)


def _is_misspelt(key: str) -> bool:
    """Return whether only some readers take a key for one that decides, as protobuf's would."""
    return key not in _KEYS and key.replace("_", "").lower() in _IN_SMALL_LETTERS


def _says(
    total: int, failed: list[str], *, is_failed: bool, is_proof: bool, is_signed: bool
) -> Text:
    if total == 0:
        return Text("It names no test at all.", "声明中没有列出任何测试。")
    if is_failed:
        named = ", ".join(failed[:_NAMED]) or "?"
        return Text(
            f"{len(failed)} of {total} tests failed: {named}",
            f"{total} 项测试中有 {len(failed)} 项失败：{named}",
        )
    if not is_proof:
        return Text(
            "It names no test that passed; those with a warning alone prove nothing.",
            "声明中没有列出任何通过的测试；只有警告的测试不足以证明。",
        )
    tests = "test" if total == 1 else "tests"
    if is_signed:
        return Text(
            f"{total} {tests} passed{UNVERIFIED.en}.",
            f"{total} 项测试通过{UNVERIFIED.zh}。",
        )
    return Text(f"{total} {tests} passed.", f"{total} 项测试通过。")


def _digests(statement: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    for subject in objects(statement.get("subject")):
        digest = subject.get("digest")
        for key in keys:
            if isinstance(digest, dict) and (commit := text(digest.get(key))):
                yield identifier(commit)
