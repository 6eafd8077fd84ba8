"""An explanation as a readable tree for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from launchpolicy.documents.inner_places import InnerPlaces
from launchpolicy.documents.reading import Document
from launchpolicy.engine.analysis.explanation import (
    ExplainedElement,
    ExplainedValidation,
    NamedExplanation,
    PolicyExplanation,
)
from launchpolicy.reporters.explanation import words
from launchpolicy.reporters.explanation.tree import ExpressionTree
from launchpolicy.reporters.text import wording
from launchpolicy.reporters.text.approvals import stories, waiver
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import Finding, Outcome
from launchpolicy.vocabulary.place import Route, format_route
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name, value_names

_HOLDS, _FAILS = wording.OUTCOMES[Outcome.PASSED], wording.OUTCOMES[Outcome.FAILED]
_UNKNOWN = wording.OUTCOMES[Outcome.ERROR]
_INDENT = 2


class _MatchRow(NamedTuple):
    """What the request is, and what the policy is about; `names` is the table of both."""

    label: Text
    names: str
    value: str
    allowed: Sequence[str]
    key: str

    @property
    def is_choice(self) -> bool:
        """Return whether there is more to say than the value itself."""
        return list(self.allowed) != [self.value]


class ExplanationText:
    """Writes one explanation; `file` is the policy's own, where it is in this repository.

    Where something fails, what holds is left out below its first line, unless the view is verbose.
    """

    def __init__(
        self, writer: TextWriter, explanation: PolicyExplanation, file: Document | None
    ) -> None:
        self._writer = writer
        self._explanation = explanation
        self._file = file
        self._tree = ExpressionTree(writer, InnerPlaces(file) if file is not None else None)
        fails = any(validation.failing for validation in explanation.validations)
        self._is_verbose = writer.view.verbose or not fails

    def lines(self) -> Iterator[str]:
        """Yield the outcome, then everything that led to it, from match to quorum."""
        yield from self._outcome()
        yield from self._match()
        explanation = self._explanation
        yield from self._by_name(words.CONDITIONS, explanation.conditions, are_true=True)
        yield from self._by_name(words.VARIABLES, explanation.variables, are_true=False)
        yield from self._heading(words.CHECKS, is_there=bool(explanation.validations))
        for validation in explanation.validations:
            yield from self._validation(validation)
        yield from self._orders()
        yield from self._quorum()

    def _outcome(self) -> Iterator[str]:
        result, policy = self._explanation.result, self._explanation.policy
        failed = result.outcome is Outcome.FAILED
        mark = wording.FAILURES[result.action] if failed else wording.OUTCOMES[result.outcome]
        word = self._writer.say(mark.word)
        yield from self._writer.flow(
            [
                StyledText(f"{mark.symbol} {word}", mark.style),
                StyledText(policy.id, "strong"),
                StyledText(policy.text.pack),
                StyledText(self._explanation.path, "hint"),
            ],
            _INDENT,
        )
        yield from self._writer.paragraph(self._writer.say(policy.text.title), _INDENT)
        if result.reason is not None:
            yield from self._writer.paragraph(self._writer.say(result.reason), _INDENT)
        if result.waived is not None:
            yield from waiver(self._writer, result.waived, _INDENT)

    def _match(self) -> Iterator[str]:
        explanation, say = self._explanation, self._writer.say
        match = explanation.policy.match
        yield from self._heading(words.APPLIES, is_there=True)
        rows = [
            _MatchRow(words.KIND, "documentKind", explanation.kind, match.kinds, "kinds"),
            _MatchRow(
                words.OPERATION, "operation", explanation.operation, match.operations, "operations"
            ),
        ]
        if match.stages:
            rows.append(_MatchRow(words.STAGE, "stage", explanation.stage, match.stages, "stages"))
        for row in rows:
            mark = _mark(row.value in row.allowed)
            listed = say(value_names(row.names, row.allowed))
            value = say(value_name(row.names, row.value)) if row.value else say(words.NOT_THERE)
            pieces = [
                StyledText(f"  {mark.symbol} {say(row.label)}", mark.style),
                StyledText(value, "strong"),
                *([StyledText(say(words.ONE_OF).format(listed), "faint")] if row.is_choice else []),
                *self._place(("spec", "match", row.key)),
            ]
            yield from self._writer.flow(pieces, _INDENT * 2)

    def _by_name(
        self, heading: Text, items: tuple[NamedExplanation, ...], *, are_true: bool
    ) -> Iterator[str]:
        yield from self._heading(heading, is_there=bool(items))
        for item in items:
            mark = _mark(item.expression.value) if are_true else None
            lead = f"  {mark.symbol} " if mark is not None else "  "
            style = mark.style if mark is not None else "plain"
            place = self._place(item.expression.route)
            pieces = [StyledText(f"{lead}{item.name}", style), *place]
            yield from self._writer.flow(pieces, _INDENT * 2)
            in_full = are_true or self._is_verbose
            yield from self._tree.lines(item.expression, _INDENT * 2, in_full=in_full)

    def _validation(self, validation: ExplainedValidation) -> Iterator[str]:
        say = self._writer.say
        mark = _FAILS if validation.failing else _HOLDS
        route: Route = ("spec", "validations", validation.number, "expression")
        subject = validation.for_each or say(words.WHOLE)
        pieces = [StyledText(f"  {mark.symbol} {subject}", mark.style)]
        if validation.for_each:
            count = words.elements(validation.size, validation.failing)
            pieces.append(StyledText(say(count)))
        yield from self._writer.flow([*pieces, *self._place(route)], _INDENT * 2)
        if not validation.size:
            yield from self._writer.paragraph(say(words.EMPTY_LIST), _INDENT * 2)
        for element in validation.elements:
            yield from self._element(element, in_full=self._is_verbose or bool(validation.failing))
        more = validation.size - len(validation.elements)
        if more > 0:
            yield from self._writer.paragraph(say(words.more_elements(more)), _INDENT * 2)

    def _element(self, element: ExplainedElement, *, in_full: bool) -> Iterator[str]:
        indent = _INDENT * 2
        if element.place is not None:
            mark = _mark(element.expression.value)
            route = format_route(element.place.full_route)
            pieces = [
                StyledText(f"    {mark.symbol} {route}", mark.style),
                StyledText(str(element.place), "hint"),
            ]
            yield from self._writer.flow(pieces, indent + _INDENT)
            indent += _INDENT
        in_full = in_full and (self._is_verbose or element.expression.value is not True)
        yield from self._tree.lines(element.expression, indent, in_full=in_full)
        if element.finding is not None:
            yield from self._finding(element.finding, indent)

    def _orders(self) -> Iterator[str]:
        orders = self._explanation.orders
        yield from self._heading(words.ORDERS, is_there=bool(orders))
        for order in orders:
            mark = _FAILS if order.findings else _HOLDS
            pieces = [StyledText(f"  {mark.symbol} {order.name}", mark.style)]
            yield from self._writer.flow([*pieces, *self._place(order.route)], _INDENT * 2)
            for finding in order.findings:
                yield from self._finding(finding, _INDENT * 2)
            if not order.compares:
                yield from self._writer.paragraph(self._writer.say(words.NO_DATES), _INDENT * 2)

    def _quorum(self) -> Iterator[str]:
        policy, result = self._explanation.policy, self._explanation.result
        if policy.quorum is None or result.outcome is Outcome.NOT_APPLICABLE:
            return
        yield from self._by_name(words.QUORUM, self._explanation.quorum, are_true=True)
        yield from self._heading(words.QUORUM, is_there=not self._explanation.quorum)
        if result.missing or not (policy.validations or policy.order):
            for finding in result.findings:
                yield from self._finding(finding, _INDENT)
        yield from stories(self._writer, result.stories, _INDENT)

    def _finding(self, finding: Finding, indent: int) -> Iterator[str]:
        say = self._writer.say
        lead = StyledText(f"{wording.FIX} ", "faint")
        yield from self._writer.styled_lines(StyledText(say(finding.message), "warn"), indent)
        yield from self._writer.paragraph(say(finding.fix), indent, lead)

    def _heading(self, text: Text, *, is_there: bool) -> Iterator[str]:
        if is_there:
            yield "\n"
            yield self._writer.line(StyledText(self._writer.say(text), "strong"))

    def _place(self, route: Route) -> list[StyledText]:
        """Return where in the policy's file something stands; without the file, its route."""
        if self._file is None:
            return [StyledText(format_route(route[1:]), "faint")]
        place = self._file.place(route)
        return [] if place.missing else [StyledText(str(place), "hint")]


def _mark(value: object) -> Symbol:
    """Return the sign of an expression that must hold."""
    if not isinstance(value, bool):
        return _UNKNOWN
    return _HOLDS if value else _FAILS
