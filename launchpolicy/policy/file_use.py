"""Which expressions ask about files, and what they may rest on.

What is asked has to be the same whenever the document and the files are the same: by it one knows
which documents are to be judged again when a file changes (decision 0020). So such an expression
reads no fact and no clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from launchpolicy.policy.cel.identifiers import variables_in
from launchpolicy.policy.fact_shapes import FACT_LISTS, FACTS
from launchpolicy.policy.policy import Policy, Validation
from launchpolicy.policy.scoping import scope_of_policy

CHANGING = frozenset({*FACTS, "now"})
"""What may be another while the document and all files are the same."""

_CALL = re.compile(r"\bfiles\b\s*\.\s*(?:exists|list|matches)\s*\(")


def asks_files(expression: str) -> bool:
    """Return whether an expression calls a function about files, or might."""
    if _CALL.search(expression) is None:
        return False
    variables = variables_in(expression)
    return variables is None or "files" in variables


def changing_names(expression: str) -> Sequence[str]:
    """Return what an expression reads of `CHANGING`, sorted; of one that is unreadable, all."""
    variables = variables_in(expression)
    return sorted(CHANGING if variables is None else CHANGING & variables)


def policy_asking_files(policy: Policy) -> Policy | None:
    """Return the part of a policy that may ask about files; None where nothing in it does.

    Its conditions that read no fact remain, since without them too much would be asked for.
    """
    validations = tuple(
        validation for validation in policy.validations if _asks(policy, validation)
    )
    conditions = tuple(
        condition
        for condition in policy.conditions
        if not changing_names(scope_of_policy(policy, condition.expression))
    )
    scoped = [scope_of_policy(policy, condition.expression) for condition in conditions]
    if policy.quorum is not None:
        expressions = policy.quorum.expressions()
        scoped += [scope_of_policy(policy, expression) for _, expression, _ in expressions]
    if not validations and not any(map(asks_files, scoped)):
        return None
    return policy._replace(conditions=conditions, validations=validations, order=())


def _asks(policy: Policy, validation: Validation) -> bool:
    expressions = (
        validation.expression,
        validation.at_expression,
        *validation.message_expressions.values(),
    )
    asks = any(asks_files(scope_of_policy(policy, expression)) for expression in expressions)
    return asks and validation.for_each not in FACT_LISTS
