"""Which facts the policies of a pack set read: only those are found out."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from launchpolicy.engine.submission import Submission, data_of
from launchpolicy.facts.facts import NO_FACTS
from launchpolicy.policy.expressions import expressions_of
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import STAGE, value_at

OTHER_FILES: Final = frozenset({"files", "lookups"})
"""The variables for which other files are read: `operations.submissions.other_files`."""

_OTHER_FILES = r"(?<![.\w])(?:files|lookups)\b"


def facts_read(rules: PackSet, kind: str) -> frozenset[str]:
    """Return the facts that some policy about a kind reads; found out once for each pack set.

    Among them are `OTHER_FILES`, which are read in the same way.

    An expression whose variables are unknown reads every fact that it mentions.
    """
    facts = rules.facts_by_kind.get(kind)
    if facts is None:
        facts = rules.facts_by_kind[kind] = _facts_read(rules, kind)
    return facts


def _facts_read(rules: PackSet, kind: str) -> frozenset[str]:
    unread = facts = frozenset({*NO_FACTS.as_data(), *OTHER_FILES})
    for policy in rules.policies:
        if kind in policy.match.kinds:
            expressions = list(expressions_of(policy))
            together = "\n".join(expressions)  # most policies name few facts
            named = [fact for fact in unread if fact in together]
            unread -= {fact for fact in named if any(_reads(one, fact) for one in expressions)}
    return facts - unread


def _variables_in(expression: str) -> frozenset[str] | None:
    from launchpolicy.policy.cel.identifiers import variables_in  # noqa: PLC0415 (few name a fact)

    return variables_in(expression)


def needs_approvals(rules: PackSet) -> bool:
    """Return whether some policy counts approvals, or asks who made the change."""
    return rules.asks_for_approvals or any(
        is_read_by(policy, "pullRequest") for policy in rules.policies
    )


def counts_approvals(rules: PackSet, submission: Submission) -> bool:
    """Return whether some policy that may be about a request, at its stage, counts approvals."""
    data = data_of(submission.new or submission.old)
    stage = value_at(data, STAGE)
    matches = (policy.match for policy in rules.policies if policy.quorum is not None)
    return any(
        submission.kind in match.kinds and (not match.stages or stage in match.stages)
        for match in matches
    )


def is_read_by(policy: Policy, variable: str) -> bool:
    """Return whether some expression of a policy reads a variable of CEL."""
    return any(_reads(expression, variable) for expression in expressions_of(policy))


def policies_reading(rules: PackSet, kinds: Collection[str], fact: str) -> list[str]:
    """Return the ids of the policies about some kinds that read a fact, each once."""
    return list(
        dict.fromkeys(
            policy.id
            for policy in rules.policies
            if policy.quorum is None
            and not set(policy.match.kinds).isdisjoint(kinds)
            and any(_reads(expression, fact) for expression in expressions_of(policy))
        )
    )


def _reads(expression: str, fact: str) -> bool:
    if fact not in expression:
        return False
    if fact in OTHER_FILES and re.search(_OTHER_FILES, expression) is None:
        return False  # as in `evidence.files`, which is asked often
    variables = _variables_in(expression)
    return variables is None or fact in variables
