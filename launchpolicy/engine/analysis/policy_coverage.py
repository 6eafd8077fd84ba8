"""Which outcomes of a policy's parts its cases have seen.

The library says what it evaluates (`policy.cel.tracing`), so a part that is skipped, behind `&&`
that is false already, is not seen. A case that does not come out as expected has seen nothing.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from launchpolicy.engine.analysis.cases import CaseInput
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.order import DateOrders, is_wrong_way_round
from launchpolicy.policy.cel.runtime import EvaluationError
from launchpolicy.policy.cel.tracing import Tracing
from launchpolicy.policy.coverage_points import (
    CoveragePoint,
    MarkedPolicy,
    PointKind,
    SeenOutcome,
    UnreadExpressionError,
    marked_policy,
)
from launchpolicy.policy.order import DateOrder
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Group, Node, Quorum
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.place import Route

Sighting = tuple[int, SeenOutcome]
"""The number of a point, and what was seen there."""


class PointCoverage(NamedTuple):
    """A point, and how often each of its possible outcomes was seen."""

    point: CoveragePoint
    seen: Mapping[SeenOutcome, int]

    @property
    def never_seen(self) -> tuple[SeenOutcome, ...]:
        """Return the outcomes that no case has seen."""
        return tuple(outcome for outcome in self.point.outcomes if not self.seen[outcome])


class PolicyCoverage(NamedTuple):
    """The points of one policy, in the order of its file."""

    policy: str
    pack: str
    points: tuple[PointCoverage, ...]

    @property
    def possible_count(self) -> int:
        """Return how many outcomes there are to see."""
        return sum(len(item.point.outcomes) for item in self.points)

    @property
    def seen_count(self) -> int:
        """Return how many outcomes were seen."""
        return self.possible_count - sum(len(item.never_seen) for item in self.points)


def measure_coverage(policy: Policy, cases: Sequence[CaseInput]) -> PolicyCoverage:
    """Return which outcomes of the parts of `policy` its cases see.

    Raises:
        UnreadExpressionError: an expression nests too deeply to be taken apart.
    """
    measurement = _Measurement(policy)
    for case in cases:
        measurement.add(case)
    counts = measurement.counts
    points = tuple(
        PointCoverage(point, {outcome: counts[number, outcome] for outcome in point.outcomes})
        for number, point in enumerate(measurement.marked.points)
    )
    return PolicyCoverage(policy.id, policy.text.pack, points)


class _Measurement:
    """What the cases of one policy have seen so far; `counts` is by sighting."""

    def __init__(self, policy: Policy) -> None:
        self.marked: MarkedPolicy = marked_policy(policy)
        self.counts: Counter[Sighting] = Counter()
        self._noted: Counter[Sighting] = Counter()
        self._tracing = Tracing(self._note)
        self._plain = policy

    def add(self, case: CaseInput) -> None:
        """Count what a case sees, if it comes out as expected."""
        params = {**self._plain.params, **case.params}
        policy = self._plain._replace(params=params)
        evaluation = self._count_notes(case, self.marked, params)
        if evaluation is None:
            evaluation = Evaluation(case.context)
            if not case.is_met(evaluation.result(policy)):
                return
            # The marks are too much for the library, which reads only so many levels.
            for layer in range(self.marked.depth):
                if self._count_notes(case, marked_policy(self._plain, layer), params) is None:
                    raise UnreadExpressionError(("spec",))
        self.counts.update(self._sightings_beside(case, evaluation, policy))

    def _count_notes(
        self, case: CaseInput, marked: MarkedPolicy, params: Mapping[str, Any]
    ) -> Evaluation | None:
        """Count what is noted while a case is judged; None if it does not come out, uncounted."""
        self._noted.clear()
        evaluation = Evaluation(case.context, self._tracing.bindings)
        if not case.is_met(evaluation.result(marked.policy._replace(params=dict(params)))):
            return None
        self.counts.update(self._noted)
        return evaluation

    def _note(self, number: int, value: Any) -> None:  # noqa: ANN401 (a CEL value)
        kind = self.marked.points[number].kind
        if kind is PointKind.MESSAGE:
            self._noted[number, SeenOutcome.GIVEN] += 1
        elif isinstance(value, bool):
            self._noted[number, SeenOutcome.TRUE if value else SeenOutcome.FALSE] += 1

    def _sightings_beside(
        self, case: CaseInput, evaluation: Evaluation, policy: Policy
    ) -> Iterator[Sighting]:
        """Yield what is seen outside of expressions."""
        stage = value_at(case.context.shown_document.data, STAGE)
        applies = evaluation.applies(policy)
        nodes = dict(_nodes(policy.quorum.root)) if policy.quorum is not None else {}
        for number, point in enumerate(self.marked.points):
            if point.kind is PointKind.STAGES and stage not in policy.match.stages:
                yield number, SeenOutcome.OTHER_STAGE
            elif not applies:
                continue
            elif point.kind is PointKind.STAGE and stage == point.text:
                yield number, SeenOutcome.APPLIES
            elif point.kind is PointKind.LIST:
                yield from ((number, outcome) for outcome in _list_outcomes(evaluation, point.text))
            elif point.kind is PointKind.ORDER:
                order = policy.order[int(point.route[-1])]
                outcomes = _order_outcomes(case.context, policy, order)
                yield from ((number, outcome) for outcome in outcomes)
            elif point.kind is PointKind.QUORUM and policy.quorum is not None:
                part = policy.quorum._replace(root=nodes[point.route])
                yield from (
                    (number, outcome) for outcome in _quorum_outcomes(evaluation, policy, part)
                )


def _list_outcomes(evaluation: Evaluation, for_each: str) -> Iterator[SeenOutcome]:
    size = sum(1 for _ in evaluation.expressions.elements(for_each))
    if size == 0:
        yield SeenOutcome.EMPTY
    elif size > 1:
        yield SeenOutcome.SEVERAL


def _order_outcomes(context: Context, policy: Policy, order: DateOrder) -> set[SeenOutcome]:
    """Return how the dates of a request stand to an order; empty where none are compared."""
    orders = DateOrders(context)
    wrong = list(orders.wrong_pairs(policy, order))
    if not wrong:
        return {SeenOutcome.KEPT} if orders.compares(order) else set()
    return {
        SeenOutcome.REVERSED if is_wrong_way_round(order, *pair) else SeenOutcome.TOO_FAR
        for pair in wrong
    }


def _nodes(node: Node) -> Iterator[tuple[Route, Node]]:
    yield node.route, node
    if isinstance(node, Group):
        for part in node.parts:
            yield from _nodes(part)


def _quorum_outcomes(evaluation: Evaluation, policy: Policy, part: Quorum) -> Iterator[SeenOutcome]:
    """Yield whether a part of a quorum is met, counted as if there were no other part."""
    # Loaded here on purpose: few policies have a quorum.
    from launchpolicy.engine.quorum import evaluate_quorum  # noqa: PLC0415
    from launchpolicy.facts.approvals.slots import QuorumError  # noqa: PLC0415

    answer = functools.partial(evaluation.expressions.answer, policy)
    try:
        count = evaluate_quorum(policy, part, evaluation.context, answer).count
    except (QuorumError, EvaluationError):
        return
    if count is not None:
        yield SeenOutcome.MET if count.is_fulfilled else SeenOutcome.MISSING
