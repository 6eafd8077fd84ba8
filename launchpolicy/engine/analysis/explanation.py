"""The decision of one policy on one request as a tree: what applied, and what each part gave.

The decision itself is that of `engine.evaluation`; what is shown beside it is evaluated again by
the same library, with its parts noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.engine.analysis.explained_expression import (
    ExplainedExpression,
    Explainer,
    ExpressionBindings,
    Origin,
    origin_of_expression,
    variables_read,
)
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.expressions import Expressions, NoAnswerError
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.policy import EDITS, Policy, Validation
from launchpolicy.policy.quorum import Group, Node
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.finding import Finding, PolicyResult
from launchpolicy.vocabulary.place import Place, Route

SHOWN_ELEMENTS = 10
"""Elements of a list that are explained; those that fail come first."""


class NamedExplanation(NamedTuple):
    """A match condition, a variable, or the `when` of a part of a quorum, by its name."""

    name: str
    expression: ExplainedExpression


class ExplainedElement(NamedTuple):
    """One element of a `forEach`, or the whole request (`place` None), with what is wrong."""

    place: Place | None
    expression: ExplainedExpression
    finding: Finding | None


class ExplainedValidation(NamedTuple):
    """A validation for the elements that are shown; of `size` elements, `failing` fail."""

    number: int
    for_each: str
    elements: tuple[ExplainedElement, ...]
    size: int
    failing: int


class ExplainedOrder(NamedTuple):
    """A demand on the order of dates, what is wrong, and whether there were dates to compare."""

    route: Route
    name: str
    findings: tuple[Finding, ...]
    compares: bool


class PolicyExplanation(NamedTuple):
    """What one policy decided on one request, and from what.

    `stage` is "" where the request has none. Everything below `result` is empty where the policy
    is not about the request at all. `conditions` end with the first that does not hold.
    """

    policy: Policy
    kind: str
    operation: str
    stage: str
    path: str
    result: PolicyResult
    conditions: tuple[NamedExplanation, ...] = ()
    variables: tuple[NamedExplanation, ...] = ()
    validations: tuple[ExplainedValidation, ...] = ()
    orders: tuple[ExplainedOrder, ...] = ()
    quorum: tuple[NamedExplanation, ...] = ()


def explain(policy: Policy, context: Context, result: PolicyResult) -> PolicyExplanation:
    """Return the explanation of `result`, the outcome of `policy` on the request of `context`."""
    stage = value_at(context.shown_document.data, STAGE)
    explanation = PolicyExplanation(
        policy,
        context.kind,
        str(context.change.operation),
        stage if isinstance(stage, str) else "",
        context.path,
        result,
    )
    work = _Work(policy, context)
    if work.evaluation.is_about(policy):
        conditions = tuple(work.conditions())
        explanation = explanation._replace(conditions=conditions)
        if all(condition.expression.value is True for condition in conditions):
            explanation = explanation._replace(
                validations=tuple(work.validations()),
                orders=tuple(work.orders()),
                quorum=tuple(work.quorum()),
            )
        explanation = explanation._replace(variables=tuple(work.variables()))
    return explanation


class _Work:
    """The explanation of one policy while it is made."""

    def __init__(self, policy: Policy, context: Context) -> None:
        self.policy = policy
        self.context = context
        self.evaluation = Evaluation(context)
        self._explainer = Explainer(policy)
        self._plain = self.evaluation.expressions
        self._traced = Expressions(context, self._explainer.tracing.bindings)
        self._origins = _origins_of(policy, context)
        self._read: dict[str, None] = {}

    def conditions(self) -> Iterator[NamedExplanation]:
        """Yield the match conditions up to the first that does not hold."""
        for number, condition in enumerate(self.policy.conditions):
            route: Route = ("spec", "matchConditions", number, "expression")
            explained = self._whole(route, condition.expression)
            yield NamedExplanation(condition.name, explained)
            if explained.value is not True:
                return

    def variables(self) -> Iterator[NamedExplanation]:
        """Yield the variables that what was explained before reads, in the order of the file."""
        needed = dict(self._read)
        for variable in reversed(self.policy.variables):
            if variable.name in needed:
                needed.update(dict.fromkeys(variables_read(variable.expression)))
        for number, variable in enumerate(self.policy.variables):
            if variable.name in needed:
                route: Route = ("spec", "variables", number, "expression")
                yield NamedExplanation(variable.name, self._whole(route, variable.expression))

    def validations(self) -> Iterator[ExplainedValidation]:
        """Yield every validation with its elements, those that fail first."""
        for number, validation in enumerate(self.policy.validations):
            route: Route = ("spec", "validations", number, "expression")
            findings = self._findings(validation)
            if not validation.for_each:
                explained = self._whole(route, validation.expression)
                element = ExplainedElement(None, explained, findings.get(()))
                failing = int(explained.value is not True)
                yield ExplainedValidation(number, "", (element,), 1, failing)
                continue
            yield self._for_each(number, validation, findings)

    def orders(self) -> Iterator[ExplainedOrder]:
        """Yield every demand on the order of dates."""
        if not self.policy.order:
            return
        # Loaded here on purpose: few policies compare dates.
        from launchpolicy.engine.order import DateOrders  # noqa: PLC0415

        dates = DateOrders(self.context)
        for number, order in enumerate(self.policy.order):
            try:
                findings = tuple(dates.findings(self.policy, order))
            except NoAnswerError:
                findings = ()
            name = f"{order.earlier} → {order.later}"
            yield ExplainedOrder(("spec", "order", number), name, findings, dates.compares(order))

    def quorum(self) -> Iterator[NamedExplanation]:
        """Yield what decides whether the parts of a quorum are asked for."""
        quorum = self.policy.quorum
        for node in _nodes(quorum.root) if quorum is not None else ():
            if node.when:
                route: Route = (*node.route, "when")
                yield NamedExplanation("when", self._whole(route, node.when))

    def _for_each(
        self, number: int, validation: Validation, findings: dict[Route, Finding]
    ) -> ExplainedValidation:
        route: Route = ("spec", "validations", number, "expression")
        plain = self._plain.element_bindings(self.policy, validation)
        traced = self._traced.element_bindings(self.policy, validation)
        is_read = validation.for_each != EDITS and validation.for_each not in FACT_LISTS
        document = self.context.shown_document
        self._note_variables(validation.expression)
        elements = list(enumerate(self._plain.elements(validation.for_each)))
        failing = [item for item in elements if item[1].route in findings]
        holding = [item for item in elements if item[1].route not in findings]
        shown = []
        for index, element in (*failing, *holding)[:SHOWN_ELEMENTS]:
            at = element.route
            bindings = ExpressionBindings(plain(element, index), traced(element, index))
            own: dict[str, Origin] = {"each": (document, at)} if is_read else {}
            explained = self._explainer.expression(
                route, validation.expression, bindings, {**self._origins, **own}
            )
            shown.append(ExplainedElement(document.place(at), explained, findings.get(at)))
        return ExplainedValidation(
            number, validation.for_each, tuple(shown), len(elements), len(failing)
        )

    def _findings(self, validation: Validation) -> dict[Route, Finding]:
        """Return what is wrong by element; an expression without an answer has no finding."""
        try:
            return dict(self._plain.failures(self.policy, validation))
        except NoAnswerError:
            return {}

    def _whole(self, route: Route, expression: str) -> ExplainedExpression:
        self._note_variables(expression)
        bindings = ExpressionBindings(self._plain.bindings, self._traced.bindings)
        return self._explainer.expression(route, expression, bindings, self._origins)

    def _note_variables(self, expression: str) -> None:
        self._read.update(dict.fromkeys(variables_read(expression)))


def _origins_of(policy: Policy, context: Context) -> dict[str, Origin]:
    """Return what in the request the names of an expression stand for."""
    origins: dict[str, Origin] = {}
    if context.document is not None:
        origins["object"] = (context.document, ())
    if context.old is not None:
        origins["oldObject"] = (context.old, ())
    for variable in policy.variables:
        origin = origin_of_expression(variable.expression, origins)
        if origin is not None:
            origins[f"variables.{variable.name}"] = origin
    return origins


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Group):
        for part in node.parts:
            yield from _nodes(part)
