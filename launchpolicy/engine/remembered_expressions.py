"""Expressions of policies that are evaluated once for equal values, as long as a run lasts.

The result of a policy may rest on approvals or on the time, and is judged each time. Its
conditions, and all of its validations but a few, mostly do not.
"""

from __future__ import annotations

from launchpolicy.engine.context import Context
from launchpolicy.engine.expressions import Expressions
from launchpolicy.engine.value_digests import Digests, Pick, ValueDigests, ValueNumbers, keep
from launchpolicy.policy.cel.runtime import Bindings
from launchpolicy.policy.joint_validation import joint_of, whole_validations
from launchpolicy.policy.policy import JointValidation, Policy, Validation
from launchpolicy.policy.result_values import expression_values
from launchpolicy.policy.scoping import scope_of_policy, scoped_expression
from launchpolicy.vocabulary.named_tuple import NamedTuple

PolicyName = tuple[str, str]
"""The pack and the id of a policy, which the rules of a run have once."""


def name_of(policy: Policy) -> PolicyName:
    """Return what a policy is looked up by."""
    return policy.text.pack, policy.text.id


class _Parts(NamedTuple):
    """The validations of a policy: those whose values can be known, and the others."""

    plain: JointValidation
    pick: Pick
    others: JointValidation | None


class RememberedExpressions:
    """What expressions gave in a run, by the digests of the values that they rest on."""

    def __init__(self, numbers: ValueNumbers) -> None:
        self.numbers = numbers
        self.truths: dict[tuple[str, Digests], bool] = {}
        self.proven: dict[tuple[str, Digests], frozenset[int]] = {}
        self._conditions: dict[str, Pick | None] = {}
        self._parts: dict[PolicyName, tuple[Policy, _Parts | None]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self.truths.clear()
        self.proven.clear()
        self._conditions.clear()
        self._parts.clear()

    def condition(self, policy: Policy, condition: str) -> tuple[str, Pick | None]:
        """Return what stands for a condition, and what picks the digests that it rests on."""
        expression = scoped_expression(policy, condition)
        if expression not in self._conditions:
            values = expression_values(policy, expression)
            self._conditions[expression] = self.numbers.pick(values)
        return expression, self._conditions[expression]

    def parts(self, policy: Policy) -> _Parts | None:
        """Return the validations of a policy in two parts; None where that is of no use."""
        name = name_of(policy)
        known = self._parts.get(name)
        if known is None or known[0] is not policy:
            known = self._parts[name] = (policy, self._parts_of(policy))
        return known[1]

    def _parts_of(self, policy: Policy) -> _Parts | None:
        plain: dict[int, str] = {}
        others: dict[int, str] = {}
        for number, expression in whole_validations(policy).items():
            values = expression_values(policy, scope_of_policy(policy, expression))
            (others if values is None else plain)[number] = expression
        if not plain:
            return None
        joint = joint_of(policy, plain)
        pick = self.numbers.pick(expression_values(policy, joint.expression))
        rest = joint_of(policy, others) if others else None
        return _Parts(joint, pick, rest) if pick is not None else None


class RememberingExpressions(Expressions):
    """The expressions of a context, of which those of equal values are not evaluated again."""

    def __init__(self, remembered: RememberedExpressions, context: Context) -> None:
        super().__init__(context, Bindings)
        self._remembered = remembered
        self.digests = ValueDigests(self.variables, remembered.numbers)

    def hold(self, policy: Policy, expression: str) -> bool:
        """Return whether an expression is true of the whole request.

        Raises:
            NoAnswerError: it has no value.
        """
        scoped, pick = self._remembered.condition(policy, expression)
        key = (scoped, pick(self.digests)) if pick is not None else None
        if key is None or None in key[1]:
            return super().hold(policy, expression)
        holds = self._remembered.truths.get(key)
        if holds is None:
            holds = super().hold(policy, expression)
            keep(self._remembered.truths, key, holds)
        return holds

    def unproven(self, policy: Policy) -> tuple[Validation, ...]:
        """Return the validations of a policy that may not hold, after one look at all of them."""
        parts = self._remembered.parts(policy)
        digests = parts.pick(self.digests) if parts is not None else (None,)
        if parts is None or None in digests:
            return super().unproven(policy)
        key = (parts.plain.expression, digests)
        proven = self._remembered.proven.get(key)
        if proven is None:
            proven = self.proven(parts.plain)
            keep(self._remembered.proven, key, proven)
        if parts.others is not None:
            proven |= self.proven(parts.others)
        return tuple(one for number, one in enumerate(policy.validations) if number not in proven)
