"""One policy on one request: outcome, findings, places.

The rules, each where it is applied below:
1. A policy applies only if kind, stage, operation and every match condition say so.
2. A validation passes only if its expression is CEL `true`; false fails it.
3. No answer (missing key, wrong type, iteration budget) is outcome error, never passed.
4. A `forEach` over a list that is missing or empty has nothing to fail: policies demand presence.
5. Before `effectiveFrom` a failure of a denying policy is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.engine.context import Context
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.policy import EDITS, Policy, Validation
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.finding import Action, Finding, Outcome, PolicyResult
from launchpolicy.vocabulary.place import Place, Route, parse_route
from launchpolicy.vocabulary.text import LANGUAGES, Text


class _NoAnswerError(EvaluationError):
    """An evaluation error that knows which expression gave no answer."""

    def __init__(self, expression: str, error: EvaluationError) -> None:
        super().__init__(str(error))
        self.expression = expression


class Evaluation:
    """The policies of one context, evaluated one after the other.

    The request is converted for CEL once and shared by all policies that need nothing else.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._variables = context.variables()
        self._shared = Bindings(self._variables)

    def result(self, policy: Policy) -> PolicyResult:
        """The outcome of `policy`, with its findings."""
        reason = self._not_matched(policy)
        if reason is not None:
            return _result(policy, Outcome.NOT_APPLICABLE, reason)
        try:
            values = self._values(policy)
            bindings = Bindings(values) if policy.params or policy.variables else self._shared
            unmet = self._unmet_condition(policy, bindings)
            if unmet is not None:
                return _result(policy, Outcome.NOT_APPLICABLE, unmet)
            findings = tuple(
                finding
                for validation in policy.validations
                for finding in self._findings(policy, validation, values, bindings)
            )
        except _NoAnswerError as failure:
            return self._error(policy, failure)
        if findings:
            return _result(policy, Outcome.FAILED, None, findings, self._action(policy))
        return _passed(policy)

    def name(self, expression: str) -> str:
        """What the kind's `id` expression calls this request; its path where it cannot say."""
        values = {**self._variables, "object": self.context.shown.data}
        try:
            name = Bindings(values).evaluate(expression)
        except EvaluationError:
            name = None
        return name if isinstance(name, str) and name else self.context.path

    def _not_matched(self, policy: Policy) -> Text | None:
        match, context = policy.match, self.context
        if context.kind not in match.kinds:
            return Text(f"not about kind {context.kind}", f"不适用于文档类型 {context.kind}")
        operation = context.change.operation
        if operation not in match.operations:
            return Text(f"not about operation {operation}", f"不适用于操作 {operation}")
        stage = value_at(context.shown.data, STAGE)
        if match.stages and stage not in match.stages:
            return Text(f"not about stage {stage}", f"不适用于阶段 {stage}")
        return None

    def _values(self, policy: Policy) -> dict[str, Any]:
        """The variables for one policy; its own are evaluated in order, each seeing the earlier.

        A variable without a value is left out: whatever needs it then has no value either, and
        what does not need it (guarded by `has` and the like) is not disturbed.
        """
        variables: dict[str, Any] = {}
        values = {**self._variables, "params": policy.params, "variables": variables}
        for variable in policy.variables:
            try:
                variables[variable.name] = Bindings(values).evaluate(variable.expression)
            except EvaluationError:
                continue
        return values

    def _unmet_condition(self, policy: Policy, bindings: Bindings) -> Text | None:
        for condition in policy.conditions:
            if not _holds(bindings, condition.expression):
                return Text(f"condition {condition.name}", f"条件 {condition.name} 不满足")
        return None

    def _findings(
        self,
        policy: Policy,
        validation: Validation,
        values: Mapping[str, Any],
        bindings: Bindings,
    ) -> Iterator[Finding]:
        if not validation.for_each:
            if not _holds(bindings, validation.expression):
                yield self._finding(policy, validation, (), bindings)
            return
        elements = list(self._elements(validation.for_each))
        if not elements or self._all_hold(validation, bindings):
            return
        for index, (route, element) in enumerate(elements):
            own = Bindings(_named_in(validation, {**values, "each": element, "index": index}))
            if not _holds(own, validation.expression):
                yield self._finding(policy, validation, route, own)

    def _elements(self, for_each: str) -> Iterator[tuple[Route, Any]]:
        if for_each == EDITS:
            change = self._variables["change"]
            for edit, data in zip(self.context.change.edits, change["edits"], strict=True):
                yield edit.route, data
        elif self.context.document is not None:
            yield from _walk(self.context.document.data, tuple(for_each.split(".")), ())

    @staticmethod
    def _all_hold(validation: Validation, bindings: Bindings) -> bool:
        """A quick yes for the whole list in one evaluation; anything else is looked at one by one.

        The element loop would convert the request anew for each element.
        """
        path = validation.for_each
        if "index" in validation.expression:
            return False
        steps = path if path == EDITS else "object" + "".join(f'["{s}"]' for s in path.split("."))
        try:
            return bindings.holds(f"{steps}.all(each, (\n{validation.expression}\n))")
        except EvaluationError:
            return False

    def _finding(
        self, policy: Policy, validation: Validation, each: Route, bindings: Bindings
    ) -> Finding:
        return Finding(
            rule=policy.id,
            message=_message(validation, bindings),
            place=self._place(validation, each, bindings),
            fix=policy.fix,
        )

    def _place(self, validation: Validation, each: Route, bindings: Bindings) -> Place:
        route = (*each, *validation.at.route) if validation.at.of_each else validation.at.route
        if validation.at_expression:
            try:
                route = parse_route(str(bindings.evaluate(validation.at_expression)))
            except (EvaluationError, ValueError):
                route = each
        return self.context.shown.place(route)

    def _action(self, policy: Policy) -> Action:
        effective = policy.effective_from
        early = effective is not None and self.context.now < effective
        return Action.WARN if early and policy.action is Action.DENY else policy.action

    def _error(self, policy: Policy, failure: _NoAnswerError) -> PolicyResult:
        """An expression without an answer: the policy's owner must act, not the requester."""
        expression = " ".join(failure.expression.split())
        reason = Text(
            f"the policy gave no answer: {failure}; expression: {expression}",
            f"策略无法得出结论:{failure};表达式:{expression}",
        )
        finding = Finding(
            rule=policy.id,
            message=reason,
            place=self.context.shown.place(()),
            fix=Text(
                "The owner of the policy must mend it: guard optional fields with has() or `.?`.",
                "请策略负责人修正:用 has() 或 `.?` 处理可选字段。",
            ),
        )
        return _result(policy, Outcome.ERROR, reason, (finding,))


def _holds(bindings: Bindings, expression: str) -> bool:
    try:
        return bindings.holds(expression)
    except EvaluationError as error:
        raise _NoAnswerError(expression, error) from error


def _message(validation: Validation, bindings: Bindings) -> Text:
    texts = {language: validation.message.in_language(language) for language in LANGUAGES}
    for language, expression in validation.message_expressions.items():
        try:
            refined = bindings.evaluate(expression)
        except EvaluationError:
            continue  # the static text is the fallback (ValidatingAdmissionPolicy's rule)
        if isinstance(refined, str) and refined.strip():
            texts[language] = refined
    return Text(**texts)


def _named_in(validation: Validation, values: dict[str, Any]) -> dict[str, Any]:
    """Only what the validation's expressions may name: the request is large, an element is not."""
    written = " ".join(
        (validation.expression, validation.at_expression, *validation.message_expressions.values())
    )
    return {name: value for name, value in values.items() if name in written}


def _walk(data: Any, steps: tuple[str, ...], route: Route) -> Iterator[tuple[Route, Any]]:  # noqa: ANN401
    """The elements of the list that `steps` lead to; lists on the way are entered."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            if steps:
                yield from _walk(item, steps, (*route, index))
            else:
                yield (*route, index), item
    elif steps and isinstance(data, dict) and steps[0] in data:
        yield from _walk(data[steps[0]], steps[1:], (*route, steps[0]))


def _result(
    policy: Policy,
    outcome: Outcome,
    reason: Text | None = None,
    findings: tuple[Finding, ...] = (),
    action: Action | None = None,
) -> PolicyResult:
    pack = policy.text.pack
    return PolicyResult(policy.id, pack, action or policy.action, outcome, reason, findings)


_PASSED: dict[int, tuple[Policy, PolicyResult]] = {}


def _passed(policy: Policy) -> PolicyResult:
    """One shared result per policy: ten thousand passing requests need not make a million."""
    known = _PASSED.get(id(policy))
    if known is None:
        known = _PASSED[id(policy)] = (policy, _result(policy, Outcome.PASSED))
    return known[1]
