"""Several validations of a policy as one expression, which gives a list of their answers.

Nearly every policy is fulfilled, and an evaluation costs more than most expressions. So all are
looked at together first; those whose answer is anything but true are evaluated by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from launchpolicy.policy.cel.identifiers import is_closed
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.policy import EDITS, JointValidation, Policy, Validation
from launchpolicy.policy.scoping import scope_of_policy

_RESERVED = frozenset(
    {
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import"),
        *("in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void"),
        "while",
    }
)


def joint_validation(policy: Policy) -> JointValidation | None:
    """Return the validations of a policy as one, made once; None where there is nothing to join."""
    if not policy.joint_validations:
        policy.joint_validations.append(_join(policy))
    return policy.joint_validations[0]


def _join(policy: Policy) -> JointValidation | None:
    parts = whole_validations(policy)
    return joint_of(policy, parts) if len(parts) > 1 else None  # one is no more than itself


def joint_of(policy: Policy, parts: Mapping[int, str]) -> JointValidation:
    """Return validations by their numbers, as `whole_validations` has them, as one."""
    answers = ",\n".join(parts.values())
    return JointValidation(scope_of_policy(policy, f"[{answers}]"), tuple(parts))


def whole_validations(policy: Policy) -> dict[int, str]:
    """Return what is true of the whole document if a validation holds, by its number.

    Those that CEL cannot say so, or that could reach out of their place, are not among them.
    """
    if not all(is_closed(variable.expression) for variable in policy.variables):
        return {}
    whole = ((number, _whole(one)) for number, one in enumerate(policy.validations))
    return {number: expression for number, expression in whole if expression is not None}


def _whole(validation: Validation) -> str | None:
    """Return what is true of the whole document if a validation holds of each of its elements.

    None where CEL cannot say it, and for a text that could reach out of its place. `forEach` finds
    no element where a key on the way is missing; of a list on the way, or of anything else that
    has no keys, CEL gives no answer here.
    """
    body, for_each = f"(\n{validation.expression}\n)", validation.for_each
    if not is_closed(validation.expression):
        return None
    if not for_each:
        return body
    if "index" in validation.expression:
        return None
    if for_each == EDITS or for_each in FACT_LISTS:
        return f"({for_each}.all(each, {body}))"
    steps = for_each.split(".")
    if not all(map(_is_field, steps)):
        return None
    return f"object.?{'.?'.join(steps)}.orValue([]).all(each, {body})"


def _is_field(step: str) -> bool:
    """Return whether a step may follow a dot: a name that is no word of CEL's grammar."""
    return step.isascii() and step.isidentifier() and step not in _RESERVED
