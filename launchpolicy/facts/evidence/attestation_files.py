"""What a file of attestations says around its test results (threat E9, edition 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.failure_statements import states_failure
from launchpolicy.facts.evidence.further_counts import further_counts
from launchpolicy.facts.evidence.json_reading import text
from launchpolicy.facts.evidence.junit_vocabulary import sense_of
from launchpolicy.policy.edition import EDITION
from launchpolicy.vocabulary.text import Text

PREDICATE: Final = "https://in-toto.io/attestation/test-result/v0.1"
"""The type of the predicate that is read."""

_FAMILY: Final = "/attestation/test-result"
_OF_A_STATEMENT: Final = frozenset({"_type", "subject", "predicateType", "predicate"})
_OF_A_LAYER: Final = _OF_A_STATEMENT | {
    *("payload", "payloadType", "signatures", "mediaType", "dsseEnvelope", "bundle"),
    *("verificationMaterial", "bundle_url", "repository_id", "initiator", "messageSignature"),
}


class StatementError(Exception):
    """A statement that cannot be relied on; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def require_consistent_file(
    values: Sequence[Mapping[str, Any]], statements: Sequence[Mapping[str, Any]]
) -> None:
    """Refuse a file in which anything but a predicate about tests that is read says otherwise.

    That is a key beside a statement or around it, a result of tests in a form that is not read, or
    another attestation, such as a summary of a verification, that concludes a failure.

    Args:
        values: the objects of the file.
        statements: the statement in each.

    Raises:
        StatementError: there is one.
    """
    for value, statement in zip(values, statements, strict=True):
        for layer, known in ((value, _OF_A_LAYER), (statement, _OF_A_STATEMENT)):
            bad = next((one.key for one in further_counts(layer, known, EDITION) if one.is_bad), "")
            if bad:
                raise _contradiction(bad)
        kind, predicate = statement.get("predicateType"), statement.get("predicate")
        if kind != PREDICATE and _FAMILY in _plain(kind):
            raise _unread_form()
        if kind == PREDICATE and not isinstance(predicate, dict):
            raise _unread_form()
        if kind != PREDICATE and isinstance(predicate, dict):
            for key, part in predicate.items():
                if isinstance(part, str) and states_failure(key, part):
                    raise _contradiction(key)


def skipped_names(predicate: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of tests that a predicate lists as not run."""
    for key, part in predicate.items():
        if sense_of(key) == "idle" and isinstance(part, list):
            yield from (item for item in part if isinstance(item, str))


def _plain(kind: object) -> str:
    return "".join(text(kind).lower().replace("_", "-").split())


def _contradiction(key: str) -> StatementError:
    name = identifier(key)
    return StatementError(
        Text(
            f"Beside its test results, its {name} says that something failed; attach what the "
            "tool wrote about the tests, alone.",
            f"测试结果之外，其中的 {name} 表明存在失败；请只附上工具输出的测试结果声明。",
        )
    )


def _unread_form() -> StatementError:
    return StatementError(
        Text(
            "It holds a test result in a form that is not read, so that it could say anything; "
            f"let the tool write the predicate {PREDICATE}.",
            f"其中有一份测试结果的格式不予读取，其内容无从得知；请让工具输出谓词 {PREDICATE}。",
        )
    )
