"""One policy on one request: outcome, findings, places.

The rules, each where it is applied below:
1. A policy applies only if kind, stage, operation and every match condition say so.
2. A validation passes only if its expression is CEL `true`; false fails it.
3. No answer (missing key, wrong type, iteration budget) is outcome error, never passed.
4. A `forEach` over a list that is missing or empty has nothing to fail: policies demand presence.
5. Before `effectiveFrom` a failure of a denying policy is a warning.
6. A quorum that lacks an approval makes the policy pending; one that cannot be judged is an error.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from launchpolicy.engine.context import Context
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.policy import EDITS, Policy, Validation
from launchpolicy.policy.quorum import Quorum
from launchpolicy.policy.scoping import scoped
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.finding import Action, Finding, Outcome, PolicyResult
from launchpolicy.vocabulary.place import Place, Route, parse_route
from launchpolicy.vocabulary.text import LANGUAGES, Text


class _NoAnswerError(EvaluationError):
    """An evaluation error that knows which expression gave no answer."""

    def __init__(self, expression: str, error: EvaluationError) -> None:
        super().__init__(str(error))
        self.expression = expression


class Unmet(NamedTuple):
    """A validation that does not hold, the element it is about, and the place of its finding."""

    validation: Validation
    each: Route
    place: Place


class Evaluation:
    """The policies of one context, evaluated one after the other.

    The request is converted for CEL once and shared by all of them.
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
            unmet = self._unmet_condition(policy)
            if unmet is not None:
                return _result(policy, Outcome.NOT_APPLICABLE, unmet)
            findings = tuple(
                finding
                for validation in policy.validations
                for finding in self._findings(policy, validation)
            )
            if policy.quorum is not None:
                return self._approved(policy, policy.quorum, findings)
        except _NoAnswerError as failure:
            return self._error(policy, failure)
        if findings:
            return _result(policy, Outcome.FAILED, None, findings, self._action(policy))
        return _passed(policy)

    def unmet(self, policy: Policy) -> Iterator[Unmet]:
        """Every validation of `policy` that does not hold; one without an answer is left out.

        What `new` and `advance` go by. A judgement goes by `result`.
        """
        if self._not_matched(policy) is not None:
            return
        try:
            if self._unmet_condition(policy) is not None:
                return
        except _NoAnswerError:
            return
        for validation in policy.validations:
            with contextlib.suppress(_NoAnswerError):
                for each, finding in self._failures(policy, validation):
                    yield Unmet(validation, each, finding.place)

    def _approved(
        self, policy: Policy, quorum: Quorum, findings: tuple[Finding, ...]
    ) -> PolicyResult:
        """The outcome of a policy with a quorum; `findings` are those of its validations."""
        if self.context.announced:
            outcome = Outcome.FAILED if findings else Outcome.PENDING
            return _result(policy, outcome, ANNOUNCED, findings, self._action(policy))
        # Loaded here on purpose: before the pull request there is nothing to count.
        from launchpolicy.engine.approving import demanded, unjudgeable  # noqa: PLC0415
        from launchpolicy.facts.approvals.slots import QuorumError  # noqa: PLC0415

        try:
            found = demanded(policy, quorum, self.context, functools.partial(self._answer, policy))
        except QuorumError as error:
            finding = unjudgeable(policy, error.problem, self.context)
            return _result(policy, Outcome.ERROR, finding.message, (finding,))
        if not found.asked and not policy.validations:
            return _result(policy, Outcome.NOT_APPLICABLE, NOBODY_ASKED)
        outcome = Outcome.FAILED if findings else Outcome.PASSED
        if not findings and (found.findings or found.reason is not None):
            outcome = Outcome.PENDING
        return replace(
            _result(policy, outcome, found.reason, findings + found.findings, self._action(policy)),
            missing=found.count.missing if found.count is not None else (),
            stories=found.count.stories if found.count is not None else (),
        )

    def _answer(self, policy: Policy, expression: str) -> Any:  # noqa: ANN401 (a CEL value)
        try:
            return self._shared.evaluate(_scoped(policy, expression))
        except EvaluationError as error:
            raise _NoAnswerError(expression, error) from error

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

    def _unmet_condition(self, policy: Policy) -> Text | None:
        for condition in policy.conditions:
            if not _holds(self._shared, policy, condition.expression):
                return _condition_unmet(condition.name)
        return None

    def _findings(self, policy: Policy, validation: Validation) -> Iterator[Finding]:
        return (finding for _, finding in self._failures(policy, validation))

    def _failures(self, policy: Policy, validation: Validation) -> Iterator[tuple[Route, Finding]]:
        """The findings of a validation, each with the route of its element of the `forEach`."""
        if not validation.for_each:
            if not _holds(self._shared, policy, validation.expression):
                yield (), self._finding(policy, validation, (), self._shared)
            return
        elements = list(self._elements(validation.for_each))
        if not elements or self._all_hold(policy, validation):
            return
        for index, (route, element) in enumerate(elements):
            own = Bindings({**self._named_in(policy, validation), "each": element, "index": index})
            if not _holds(own, policy, validation.expression):
                yield route, self._finding(policy, validation, route, own)

    def _named_in(self, policy: Policy, validation: Validation) -> dict[str, Any]:
        """Only what is named: the request is large and is converted anew for each element."""
        written = " ".join(
            (
                validation.expression,
                validation.at_expression,
                *validation.message_expressions.values(),
                *(variable.expression for variable in policy.variables),
            )
        )
        return {name: value for name, value in self._variables.items() if name in written}

    def _elements(self, for_each: str) -> Iterator[tuple[Route, Any]]:
        if for_each == EDITS:
            change = self._variables["change"]
            for edit, data in zip(self.context.change.edits, change["edits"], strict=True):
                yield edit.route, data
        elif for_each in FACT_LISTS:
            fact, _, name = for_each.partition(".")
            for data in self._variables[fact][name]:
                yield parse_route(data.get("at", "")), data
        elif self.context.document is not None:
            yield from _walk(self.context.document.data, tuple(for_each.split(".")), ())

    def _all_hold(self, policy: Policy, validation: Validation) -> bool:
        """A quick yes for the whole list in one evaluation; anything else is looked at one by one.

        The element loop would convert the request anew for each element.
        """
        path = validation.for_each
        if "index" in validation.expression:
            return False
        outside = path == EDITS or path in FACT_LISTS
        steps = path if outside else "object" + "".join(f'["{s}"]' for s in path.split("."))
        quantified = f"{steps}.all(each, (\n{validation.expression}\n))"
        try:
            return self._shared.holds(_scoped(policy, quantified))
        except EvaluationError:
            return False

    def _finding(
        self, policy: Policy, validation: Validation, each: Route, bindings: Bindings
    ) -> Finding:
        return Finding(
            rule=policy.id,
            message=_message(policy, validation, bindings),
            place=self._place(policy, validation, each, bindings),
            fix=policy.fix,
        )

    def _place(
        self, policy: Policy, validation: Validation, each: Route, bindings: Bindings
    ) -> Place:
        route = (*each, *validation.at.route) if validation.at.of_each else validation.at.route
        if validation.at_expression:
            try:
                written = bindings.evaluate(_scoped(policy, validation.at_expression))
                route = parse_route(str(written))
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
            f"策略无法得出结论：{failure}；表达式：{expression}",
        )
        finding = Finding(
            rule=policy.id,
            message=reason,
            place=self.context.shown.place(()),
            fix=Text(
                "The owner of the policy must mend it: guard optional fields with has() or `.?`.",
                "请策略负责人修正：用 has() 或 `.?` 处理可选字段。",
            ),
        )
        return _result(policy, Outcome.ERROR, reason, (finding,))


NOBODY_ASKED = Text("its quorum asks for nobody here", "其审批要求在此不涉及任何人")
ANNOUNCED = Text("approvals are asked for in the pull request", "审批将在合并请求中进行")


@functools.lru_cache(maxsize=256)
def _condition_unmet(name: str) -> Text:
    return Text(f"its condition {name} does not hold", f"不满足其条件 {name}")


_SCOPED: dict[int, tuple[Policy, dict[str, str]]] = {}


def _scoped(policy: Policy, expression: str) -> str:
    """`expression` with the policy's own names around it, made once per policy."""
    known = _SCOPED.get(id(policy))
    if known is None or known[0] is not policy:
        known = _SCOPED[id(policy)] = (policy, {})
    expressions = known[1]
    if expression not in expressions:
        expressions[expression] = scoped(expression, policy.params, policy.variables)
    return expressions[expression]


def _holds(bindings: Bindings, policy: Policy, expression: str) -> bool:
    try:
        return bindings.holds(_scoped(policy, expression))
    except EvaluationError as error:
        raise _NoAnswerError(expression, error) from error


def _message(policy: Policy, validation: Validation, bindings: Bindings) -> Text:
    texts = {language: validation.message.in_language(language) for language in LANGUAGES}
    for language, expression in validation.message_expressions.items():
        try:
            refined = bindings.evaluate(_scoped(policy, expression))
        except EvaluationError:
            continue  # the static text is the fallback (ValidatingAdmissionPolicy's rule)
        if isinstance(refined, str) and refined.strip():
            texts[language] = refined
    return Text(**texts)


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
