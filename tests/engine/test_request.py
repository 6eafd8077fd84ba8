"""One file to one verdict: everything that must never come out as a pass."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import UnjudgedReason, reason_too_large, submission_of
from launchpolicy.policy.pack_set import PackSet, pack_set
from launchpolicy.policy.policy import Pack, pack_of
from launchpolicy.requests.configuration import configuration_of
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Judgement, Operation, Verdict
from launchpolicy.vocabulary.text import Text

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PATH = "launches/LR-1/request.yaml"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["metadata", "spec", "status"],
    "properties": {
        "metadata": {"type": "object", "properties": {"name": {"type": "string"}}},
        "spec": {
            "type": "object",
            "required": ["process"],
            "properties": {"process": {"type": "string"}, "users": {"type": "integer"}},
        },
        "status": {"type": "object", "properties": {"stage": {"type": "string"}}},
    },
}
KIND = Kind(
    "LaunchRequest",
    FilePatterns(("launches/*/request.yaml",)),
    Schema(SCHEMA),
    "object.metadata.name",
    "",
    process=("spec", "process"),
)


def pack(name: str, expression: str, **match: Any) -> Pack:
    policy = {
        "metadata": {"name": f"{name}-policy", "title": "t"},
        "spec": {
            "match": {"kinds": ["LaunchRequest"], **match},
            "validations": [{"expression": expression, "at": "spec.users", "message": "wrong"}],
            "fix": "mend",
        },
    }
    binding = {"policy": f"{name}-policy", "action": "deny"}
    head = {"metadata": {"name": name, "title": "t"}, "spec": {"version": 1, "bindings": [binding]}}
    return pack_of({"pack": head, "policies": {f"{name}-policy": policy}}, f"sha256:{name}")


def rules(
    *, mandatory: tuple[str, ...] = ("base",), users: str = "object.spec.users < 5"
) -> PackSet:
    packs = {
        "base": pack("base", "has(object.spec.users)", operations=["create", "update", "delete"]),
        "more": pack("more", users),
    }
    configuration = configuration_of(
        {"processes": {"small": ["more"], "none": ["more"]}, "mandatory": list(mandatory)}
    )
    return pack_set(configuration, {"LaunchRequest": KIND}, packs)


def request(users: str = "3", process: str = "small") -> bytes:
    text = f"metadata: {{name: LR-1}}\nspec:\n  process: {process}\n  users: {users}\n"
    return f"{text}status: {{stage: requested}}\n".encode()


def judged(new: bytes | None, old: bytes | None = None, under: PackSet | None = None) -> Judgement:
    return judge(submission_of("LaunchRequest", PATH, new, old), under or rules(), NOW)


def test_a_good_request_passes() -> None:
    judgement = judged(request())
    assert judgement.verdict is Verdict.PASS
    assert (judgement.name, judgement.stage) == ("LR-1", "requested")
    assert judgement.operation is Operation.CREATE
    assert [result.policy for result in judgement.results] == ["base-policy", "more-policy"]


def test_a_failing_policy_blocks_at_its_place() -> None:
    judgement = judged(request("9"))
    assert judgement.verdict is Verdict.BLOCKED
    (finding,) = judgement.results[1].findings
    assert str(finding.place) == f"{PATH}:4:10"


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "yaml/empty"),
        (b"[]", "schema/"),
        (b"a: &x 1\n", "yaml/anchor"),
        (b"\xff\xfe", "yaml/"),
        (request().replace(b"users", b"usres"), ""),
        (request() + b"more: 1\n", "schema/"),
        (request("'3'"), "schema/"),
        (b"x" * (MAX_BYTES + 1), "yaml/too-large"),
    ],
    ids=[
        "empty",
        "list",
        "anchor",
        "not UTF-8",
        "typo inside",
        "unknown key",
        "text for a number",
        "huge",
    ],
)
def test_a_malformed_request_is_rejected_and_no_policy_runs(source: bytes, rule: str) -> None:
    judgement = judged(source)
    if not rule:  # `spec` is open in this schema: then the policy that misses the field blocks
        assert judgement.verdict is not Verdict.PASS
        return
    assert judgement.verdict is Verdict.REJECTED
    assert judgement.results == ()
    assert judgement.refusals[0].rule.startswith(rule)


def test_an_unknown_process_is_rejected_with_a_suggestion() -> None:
    judgement = judged(request(process="smal"))
    assert judgement.verdict is Verdict.REJECTED
    (finding,) = judgement.refusals
    assert finding.rule == "request/unknown-process"
    assert "`small`" in finding.fix.en
    assert finding.place.span.start.line == 3


def test_no_process_can_leave_a_mandatory_pack_out() -> None:
    without = judged(request(), under=rules(mandatory=()))
    assert [result.pack for result in without.results] == ["more"]
    assert [result.pack for result in judged(request()).results] == ["base", "more"]


def test_a_request_to_which_no_policy_applies_is_undecided() -> None:
    elsewhere = {"more": pack("more", "true", stages=["closed"])}
    configuration = configuration_of({"processes": {"small": ["more"]}})
    judgement = judged(request(), under=pack_set(configuration, {"LaunchRequest": KIND}, elsewhere))
    assert judgement.verdict is Verdict.UNDECIDED
    assert judgement.refusals[0].rule == "request/no-policy"


def test_a_policy_without_an_answer_makes_the_verdict_undecided() -> None:
    judgement = judged(request(), under=rules(users="object.spec.nothing > 1"))
    assert judgement.verdict is Verdict.UNDECIDED


def test_an_unreadable_base_version_is_undecided_not_new() -> None:
    judgement = judged(request(), b"a: [\n")
    assert judgement.verdict is Verdict.UNDECIDED
    assert judgement.refusals[0].rule == "request/unreadable-base"


def test_a_deletion_is_judged_by_the_policies_that_ask_for_it() -> None:
    judgement = judged(None, request())
    assert judgement.operation is Operation.DELETE
    assert judgement.name == "LR-1"
    outcomes = {result.policy: result.outcome for result in judgement.results}
    assert outcomes["more-policy"] == "not-applicable"
    assert (
        judgement.verdict is Verdict.UNDECIDED
    )  # has(object.spec…) of a deleted request is no answer


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.UNDECIDED])
def test_a_trouble_is_the_verdict_whatever_the_bytes_say(verdict: Verdict) -> None:
    reason = UnjudgedReason("request/x", verdict, Text("a", "b"), Text("c", "d"))
    judgement = judge(submission_of("LaunchRequest", PATH, request(), None, reason), rules(), NOW)
    assert judgement.verdict is verdict
    assert judgement.refusals[0].rule == "request/x"


def test_an_oversized_file_is_rejected_without_its_bytes() -> None:
    reason = reason_too_large(PATH, 10**9)
    judgement = judge(submission_of("LaunchRequest", PATH, None, None, reason), rules(), NOW)
    assert judgement.verdict is Verdict.REJECTED
    assert "1000000000" in judgement.refusals[0].message.en


def test_the_digest_covers_configuration_kinds_and_packs() -> None:
    assert rules().digest == rules().digest
    assert rules().digest != rules(mandatory=()).digest
