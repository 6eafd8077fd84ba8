"""One policy on one request: outcome, findings, places.

The rules, each where it is applied below:
1. A policy applies only if kind, stage, operation and every match condition say so.
2. A validation passes only if its expression is CEL `true`; false fails it.
3. No answer (missing key, wrong type, iteration budget) is outcome error, never passed.
4. A `forEach` over a list that is missing or empty has nothing to fail: policies demand presence.
5. Before `effectiveFrom` a failure of a denying policy is a warning.
6. A quorum that lacks an approval makes the policy pending; one that cannot be judged is an error.
7. A date of `order` that is missing has nothing to fail: that it is there is for validations.
8. What rests on an open question (`TODO`) waits; the request is blocked by the question itself.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from launchpolicy.engine.context import Context
from launchpolicy.engine.expressions import Bind, Expressions, NoAnswerError
from launchpolicy.policy.cel.runtime import Bindings
from launchpolicy.policy.policy import Policy, Validation
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.finding import Action, Finding, Operation, Outcome, PolicyResult
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Place, Route
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name

if TYPE_CHECKING:  # loaded only where a question is open, a policy has a quorum, or compares dates
    from launchpolicy.engine.order import DateOrders
    from launchpolicy.engine.questions import Questions
    from launchpolicy.policy.quorum import Quorum


class UnmetValidation(NamedTuple):
    """A validation that does not hold, the element it is about, and the place of its finding."""

    validation: Validation
    element: Route
    place: Place


class Evaluation:
    """The policies of one context, evaluated one after the other."""

    def __init__(
        self, context: Context, bind: Bind = Bindings, expressions: Expressions | None = None
    ) -> None:
        self.context = context
        self.expressions = Expressions(context, bind) if expressions is None else expressions
        self._questions = _questions_at(context.unanswered) if context.unanswered else None
        self._stage = value_at(context.shown_document.data, STAGE)

    def result(self, policy: Policy) -> PolicyResult:
        """Return the outcome of `policy`, with its findings."""
        reason = self._not_matched(policy)
        if reason is not None:
            return _result(policy, Outcome.NOT_APPLICABLE, reason)
        return self.result_where_matched(policy)

    def result_where_matched(self, policy: Policy) -> PolicyResult:
        """Return the outcome of a policy that is about the request, with its findings."""
        try:
            unmet = self._unmet_condition(policy)
            if unmet is not None:
                return _result(policy, Outcome.NOT_APPLICABLE, unmet)
            findings, waits = self._validation_findings(policy)
            if policy.quorum is not None:
                is_open = self._questions is not None
                try:
                    result = self._result_with_quorum(policy, policy.quorum, findings)
                except NoAnswerError as failure:
                    result = self._error(policy, failure)
                waits = waits or (is_open and result.outcome is Outcome.ERROR)
                return _result(policy, Outcome.NOT_APPLICABLE, WAITS) if waits else result
        except NoAnswerError as failure:
            return self._error(policy, failure)
        if findings:
            return _result(policy, Outcome.FAILED, None, findings, self._action(policy))
        return _result(policy, Outcome.NOT_APPLICABLE, WAITS) if waits else policy.pass_result

    def is_about(self, policy: Policy) -> bool:
        """Return whether kind, operation and stage are those that `policy` is about."""
        return self._not_matched(policy) is None

    def applies(self, policy: Policy) -> bool:
        """Return whether `policy` is about the request and its conditions hold."""
        try:
            return self.is_about(policy) and self._unmet_condition(policy) is None
        except NoAnswerError:
            return False

    def unmet_validations(self, policy: Policy) -> Iterator[UnmetValidation]:
        """Return every validation of `policy` that does not hold, but none without an answer.

        What `new` and `advance` go by. A judgement goes by `result`.
        """
        if not self.applies(policy):
            return
        for validation in policy.validations:
            with contextlib.suppress(NoAnswerError):
                for element, finding in self.expressions.failures(policy, validation):
                    yield UnmetValidation(validation, element, finding.place)

    def _validation_findings(self, policy: Policy) -> tuple[tuple[Finding, ...], bool]:
        """Return the findings of all validations, and whether some wait for an open question.

        Raises:
            NoAnswerError: an expression gives no answer, and no question is the reason.
        """
        findings: list[Finding] = []
        waits = False
        is_open = self._questions is not None
        for validation in policy.validations if is_open else self.expressions.unproven(policy):
            if self._questions is None:
                findings += self.expressions.findings(policy, validation)
            else:
                independent = self._independent(policy, validation, self._questions)
                waits = waits or independent is None
                findings += independent or ()
        for order in policy.order:
            findings += self._date_orders.findings(policy, order)
            waits = waits or (self._questions is not None and self._questions.concern_order(order))
        return tuple(findings), waits

    @functools.cached_property
    def _date_orders(self) -> DateOrders:
        # Loaded here on purpose: only a policy with `order` compares dates.
        from launchpolicy.engine.order import DateOrders  # noqa: PLC0415

        return DateOrders(self.context)

    def _independent(
        self, policy: Policy, validation: Validation, questions: Questions
    ) -> list[Finding] | None:
        """Return the findings that rest on no open question; None if there are others only.

        Raises:
            NoAnswerError: there is no answer, and no question is the reason.
        """
        rests = questions.decide(policy, validation)
        try:
            findings = list(self.expressions.findings(policy, validation))
        except NoAnswerError:
            if rests:
                return None
            raise
        is_read = questions.are_read(policy, validation)
        kept = [
            finding
            for finding in findings
            if not questions.concern(finding.place.full_route)
            and not (is_read if finding.place.missing else rests)
        ]
        return None if findings and not kept else kept

    def _result_with_quorum(
        self, policy: Policy, quorum: Quorum, findings: tuple[Finding, ...]
    ) -> PolicyResult:
        """Return the outcome of a policy with a quorum; `findings` are those of its validations."""
        answer = functools.partial(self.expressions.answer, policy)
        if self.context.approvals_come_later:
            return self._announcement(policy, quorum, findings, answer)
        # Loaded here on purpose: before the pull request there is nothing to count.
        from launchpolicy.engine.quorum import evaluate_quorum, unjudgeable  # noqa: PLC0415
        from launchpolicy.facts.approvals.slots import QuorumError  # noqa: PLC0415

        try:
            quorum_result = evaluate_quorum(policy, quorum, self.context, answer)
        except QuorumError as error:
            finding = unjudgeable(policy, error.problem, self.context, error.fix)
            return _result(policy, Outcome.ERROR, finding.message, (finding,))
        if not quorum_result.asked and not (policy.validations or policy.order):
            return _result(policy, Outcome.NOT_APPLICABLE, NOBODY_ASKED)
        outcome = Outcome.FAILED if findings else Outcome.PASSED
        if not findings and (quorum_result.findings or quorum_result.reason is not None):
            outcome = Outcome.PENDING
        count = quorum_result.count
        reason = count.note if count is not None else quorum_result.reason
        return _result(
            policy, outcome, reason, findings + quorum_result.findings, self._action(policy)
        )._replace(
            missing=count.missing if count is not None else (),
            stories=count.stories if count is not None else (),
        )

    def _announcement(
        self,
        policy: Policy,
        quorum: Quorum,
        findings: tuple[Finding, ...],
        answer: Callable[[str], Any],
    ) -> PolicyResult:
        """Return the outcome before the pull request, which announces what will be asked for."""
        from launchpolicy.policy.quorum import asks_for_approval  # noqa: PLC0415 (as above)

        if not findings and not asks_for_approval(quorum.root, answer):
            if policy.validations or policy.order:
                return _result(policy, Outcome.PASSED)
            return _result(policy, Outcome.NOT_APPLICABLE, NOBODY_ASKED)
        outcome = Outcome.FAILED if findings else Outcome.PENDING
        return _result(policy, outcome, ANNOUNCED, findings, self._action(policy))

    def _not_matched(self, policy: Policy) -> Text | None:
        match, kind, operation = policy.match, self.context.kind, self.context.change.operation
        if kind not in match.kinds:
            return Text(f"not about kind {kind}", f"不适用于此类文档（{kind}）")
        if operation not in match.operations:
            return _of_other_operation(operation)
        stage = self._stage
        if match.stages and stage not in match.stages:
            if isinstance(stage, str):
                return _of_other_stage(stage)
            return Text(f"not about stage {stage}", f"不适用于阶段：{stage}")
        return None

    def _unmet_condition(self, policy: Policy) -> Text | None:
        for condition in policy.conditions:
            if self._questions and self._questions.decide_condition(policy, condition.expression):
                return WAITS
            if not self.expressions.hold(policy, condition.expression):
                return _condition_unmet(condition.name)
        return None

    def _action(self, policy: Policy) -> Action:
        effective = policy.effective_from
        early = effective is not None and self.context.now < effective
        return Action.WARN if early and policy.action is Action.DENY else policy.action

    def _error(self, policy: Policy, failure: NoAnswerError) -> PolicyResult:
        """Return the result for an expression without an answer: its owner must act."""
        expression = " ".join(failure.expression.split())
        # Loaded here on purpose: nearly every policy has an answer.
        from launchpolicy.engine.no_answer import cause_of  # noqa: PLC0415

        cause, fix = self._of_other_files(policy, failure) or cause_of(failure)
        reason = Text(
            f"the policy gave no answer: {cause.en}; expression: {expression}",
            f"策略无法得出结论：{cause.zh}；表达式：{expression}",
        )
        finding = Finding(policy.id, reason, self.context.shown_document.place(()), fix)
        return _result(policy, Outcome.ERROR, reason, (finding,))

    def _of_other_files(self, policy: Policy, failure: NoAnswerError) -> tuple[Text, Text] | None:
        """Return cause and remedy where a looked-up document or a file is the reason."""
        others, asked = self.context.other_files, self.expressions.asked_files
        if others is None or asked is None:
            return None
        from launchpolicy.engine.other_file_causes import cause_and_fix  # noqa: PLC0415 (rare)

        return cause_and_fix(policy, failure, others, asked)


WAITS = Text(
    "it waits for the answer to an open question (TODO)", "相关内容尚未填写（TODO），暂不判定"
)
"""Why a policy has no outcome yet."""

NOBODY_ASKED = Text("its quorum asks for nobody here", "其审批要求在此不涉及任何人")
ANNOUNCED = Text("approvals are asked for before the merge", "审批在合并之前进行")


def _questions_at(routes: tuple[Route, ...]) -> Questions:
    from launchpolicy.engine.questions import Questions  # noqa: PLC0415 (few requests have any)

    return Questions(routes)


@functools.cache
def _of_other_operation(operation: Operation) -> Text:
    what = value_name("operation", operation)
    return Text(f"not about operation {operation}", f"不适用于操作：{what.zh}")


@functools.lru_cache(maxsize=256)
def _of_other_stage(stage: str) -> Text:
    return Text(f"not about stage {stage}", f"不适用于阶段：{value_name('stage', stage).zh}")


@functools.lru_cache(maxsize=256)
def _condition_unmet(name: str) -> Text:
    return Text(f"its condition {name} does not hold", f"不满足其条件 {name}")


def _result(
    policy: Policy,
    outcome: Outcome,
    reason: Text | None = None,
    findings: tuple[Finding, ...] = (),
    action: Action | None = None,
) -> PolicyResult:
    pack = policy.text.pack
    return PolicyResult(policy.id, pack, action or policy.action, outcome, reason, findings)
