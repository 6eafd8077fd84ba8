"""An explanation as JSON, version 1: the same tree, with places of policy and request."""

from __future__ import annotations

from typing import Any

from launchpolicy.documents.inner_places import InnerPlaces
from launchpolicy.documents.reading import Document
from launchpolicy.engine.analysis.explained_expression import ExplainedExpression, ExplainedPart
from launchpolicy.engine.analysis.explanation import (
    ExplainedElement,
    ExplainedOrder,
    ExplainedValidation,
    NamedExplanation,
    PolicyExplanation,
)
from launchpolicy.reporters.explanation.values import plain_value, written_value
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Route, format_route

_LONGEST = 1000
"""Cells of a list or map that is written out; a longer one is its beginning as text."""


def as_json(explanation: PolicyExplanation, file: Document | None) -> str:
    """Return the explanation in one line; `file` is the policy's own, where it is here."""
    result, policy = explanation.result, explanation.policy
    data = _ExplanationData(file)
    document = {
        "version": 1,
        "policy": policy.id,
        "pack": policy.text.pack,
        "request": explanation.path,
        "outcome": str(result.outcome),
        "action": str(result.action),
        "reason": result.reason._asdict() if result.reason is not None else None,
        "conditions": [data.by_name(item) for item in explanation.conditions],
        "variables": [data.by_name(item) for item in explanation.variables],
        "validations": [data.validation(item) for item in explanation.validations],
        "orders": [data.order(item) for item in explanation.orders],
        "quorum": [data.by_name(item) for item in explanation.quorum],
        "findings": [_finding(finding) for finding in result.findings],
        "approvals": [
            {
                "by": story.by,
                "counted": story.counted,
                "reason": story.reason._asdict(),
                "where": story.where,
            }
            for story in result.stories
        ],
    }
    return encode(document) + "\n"


class _ExplanationData:
    """Writes expressions with their places in the policy's file."""

    def __init__(self, file: Document | None) -> None:
        self._file = file
        self._places = InnerPlaces(file) if file is not None else None

    def by_name(self, item: NamedExplanation) -> dict[str, Any]:
        return {"name": item.name, **self.expression(item.expression)}

    def validation(self, item: ExplainedValidation) -> dict[str, Any]:
        return {
            "number": item.number,
            "forEach": item.for_each,
            "size": item.size,
            "failing": item.failing,
            "elements": [self.element(element) for element in item.elements],
        }

    def order(self, item: ExplainedOrder) -> dict[str, Any]:
        return {
            "order": item.name,
            "policyPlace": self.policy_place(item.route),
            "compares": item.compares,
            "findings": [_finding(finding) for finding in item.findings],
        }

    def element(self, element: ExplainedElement) -> dict[str, Any]:
        finding = element.finding
        return {
            "at": _place(element.place),
            **self.expression(element.expression),
            "finding": _finding(finding) if finding is not None else None,
        }

    def expression(self, explained: ExplainedExpression) -> dict[str, Any]:
        return {
            "policyPlace": self.policy_place(explained.route),
            "value": _value(explained.value),
            "problem": explained.problem,
            "tree": self._part(explained, explained.root),
        }

    def policy_place(self, route: Route) -> dict[str, Any]:
        if self._file is None:
            return {"route": format_route(route)}
        return {**(_place(self._file.place(route)) or {}), "route": format_route(route)}

    def _part(self, explained: ExplainedExpression, part: ExplainedPart) -> dict[str, Any]:
        start = None
        if self._places is not None:
            span = self._places.span(explained.route, explained.text, part.start, part.end)
            start = span.start._asdict()
        return {
            "text": part.text,
            "policyPlace": start,
            "values": [_value(value) for value in part.values],
            "count": part.value_count,
            "requestPlace": _place(part.place),
            "parts": [self._part(explained, child) for child in part.parts],
        }


def _value(value: Any) -> Any:  # noqa: ANN401 (a CEL value)
    plain = plain_value(value)
    short = written_value(value, _LONGEST)
    return short if short.endswith("…") and not isinstance(plain, str) else plain


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "file": place.path,
        "line": place.span.start.line,
        "column": place.span.start.column,
        "route": format_route(place.route),
        "missing": format_route(place.missing),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "message": finding.message._asdict(),
        "fix": finding.fix._asdict(),
        "at": _place(finding.place),
    }
