"""What a judgement is made of: findings, outcomes of policies, verdicts of requests."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where approvals are counted, or a waiver applies
    from launchpolicy.vocabulary.approval import (
        AppliedWaiver,
        ApprovalOutcome,
        MissingApproval,
        RuleEffect,
    )


class Action(enum.StrEnum):
    """What a binding does with a failed policy (ValidatingAdmissionPolicyBinding's words)."""

    DENY = "deny"
    WARN = "warn"
    AUDIT = "audit"


class Outcome(enum.StrEnum):
    """The outcome of one policy for one request."""

    PASSED = "passed"
    FAILED = "failed"
    WAIVED = "waived"
    PENDING = "pending"
    NOT_APPLICABLE = "not-applicable"
    ERROR = "error"


class Verdict(enum.StrEnum):
    """Whether a request, or a whole run, may go ahead."""

    PASS = "pass"  # noqa: S105 (a verdict, not a password)
    BLOCKED = "blocked"
    REJECTED = "rejected"
    UNDECIDED = "undecided"

    @property
    def exit_code(self) -> int:
        """Return the exit code: 0 pass, 1 blocked, 2 malformed, 3 undecided (design section 9)."""
        return _SEVERITY.index(self)


_BLOCKING = frozenset({Outcome.FAILED, Outcome.PENDING})
_SEVERITY = (Verdict.PASS, Verdict.BLOCKED, Verdict.REJECTED, Verdict.UNDECIDED)


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the worst of several verdicts; a pass if there are none.

    From the worst: undecided, rejected, blocked, pass.
    """
    return max(verdicts, key=_SEVERITY.index, default=Verdict.PASS)


UNANSWERED = "request/unanswered"
"""The rule of a finding about an open question (`TODO`)."""


class Finding(NamedTuple):
    """One complaint, with one primary place and a way to fix it.

    `rule` is the id of the policy that complains, or, for a file that could not even be judged,
    the id of the refusal (`yaml/duplicate-key`, `schema/unknown-key`).
    """

    rule: str
    message: Text
    place: Place
    fix: Text


class PolicyResult(NamedTuple):
    """The outcome of one policy for one request.

    `reason` says why a policy did not apply, or what went wrong with one that could not be
    evaluated, or which alternatives of its quorum are left out. `findings` is empty unless the
    outcome is failed, waived, pending or error.
    `missing` and `stories` are what a quorum found; `waived` is set when the outcome is waived.
    """

    policy: str
    pack: str
    action: Action
    outcome: Outcome
    reason: Text | None = None
    findings: tuple[Finding, ...] = ()
    missing: tuple[MissingApproval, ...] = ()
    stories: tuple[ApprovalOutcome, ...] = ()
    waived: AppliedWaiver | None = None

    @property
    def blocks(self) -> bool:
        """Return whether this result alone keeps the request from going ahead."""
        return self.outcome in _BLOCKING and self.action is Action.DENY


class Operation(enum.StrEnum):
    """What a change does to a request."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Judgement(NamedTuple):
    """The result of judging one request.

    `refusals` are the findings of a file that is not a readable, well-formed request; then
    `results` is empty and the verdict is rejected. `approval_digest` is what an approval of this
    version binds to, "" where there is none. A pass may have pending results: where approvals are
    not looked for (the index, the work tree) they are only announced.
    """

    kind: str
    name: str
    path: str
    operation: Operation
    stage: str
    verdict: Verdict
    results: tuple[PolicyResult, ...] = ()
    refusals: tuple[Finding, ...] = ()
    approval_digest: str = ""


class PolicyText(NamedTuple):
    """What reporters quote of a policy besides its findings."""

    id: str
    pack: str
    title: Text
    clauses: tuple[str, ...]
    controls: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()


class Report(NamedTuple):
    """The judgements of a run and what they rest on: the input of every reporter.

    `situation` names what was compared ("work tree", "index against HEAD", …). `policies` is
    keyed by policy id. `notes` are sentences about the run as a whole. `effects` are what a change
    of the rules, which does not judge itself, would change. `people` are the names of those whose
    approvals are reported, by their ids. `good_until` is when a pass must be judged again although
    nobody changes anything; None where it does not pass, or does not depend on the time.
    """

    verdict: Verdict
    judgements: tuple[Judgement, ...]
    policies: dict[str, PolicyText]
    pack_set_digest: str
    now: datetime
    situation: Text
    base: str | None = None
    head: str | None = None
    notes: tuple[Text, ...] = ()
    effects: tuple[RuleEffect, ...] = ()
    people: Mapping[str, Text] = MappingProxyType({})
    good_until: datetime | None = None
