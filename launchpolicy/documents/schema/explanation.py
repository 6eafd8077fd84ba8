"""Findings for a document that its schema does not accept: what is wrong, and how to fix it.

Loaded only then: jsonschema costs more than judging a good document from start to end.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple, Protocol

from launchpolicy.documents.schema.branching import decisive_violations
from launchpolicy.documents.schema.key_wording import WordingContext
from launchpolicy.documents.schema.phrases import shorten, value_text
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.schema.suggestions import routes_by_key
from launchpolicy.documents.schema.validator import NEVER
from launchpolicy.documents.schema.violations import Violation, violations
from launchpolicy.documents.schema.wording import rule_of, words_of
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place, Route
from launchpolicy.vocabulary.text import Text

_MOST_FINDINGS = 50
# Enough to put the first in order; a file made of mistakes would otherwise cost seconds.
_MOST_VIOLATIONS = 1_000
_AFTER_WRONG_TYPE = ("schema/not-allowed", "schema/bad-format", "schema/other")
# Of several complaints about one text the one that says most comes first.
_UNKNOWN_KEYS = ("additionalProperties", "unevaluatedProperties", "propertyNames", NEVER)
_MISSING_KEYS = ("required", "dependentRequired")
_OF_KEYS = (*_UNKNOWN_KEYS, *_MISSING_KEYS)
_CHOICES = ("anyOf", "oneOf", "not", "if", "contains")
_RANKS = ("format", "minLength", "maxLength", "pattern")


class PlacedDocument(Protocol):
    """Plain data, and the place of every value in it."""

    @property
    def path(self) -> str: ...

    @property
    def data(self) -> object: ...

    def place(self, route: Route, missing: Route = ()) -> Place:
        """Return the place of the value at `route`, or of the parent of what is `missing`."""

    def key_place(self, route: Route) -> Place:
        """Return the place of the key of the value at `route`."""


class _Complaint(NamedTuple):
    rule: str
    violation: Violation
    place: Place


def explain(
    schema: Schema, document: PlacedDocument, unanswered: tuple[Route, ...] = ()
) -> tuple[Finding, ...]:
    """Return the findings of a document that does not follow `schema`, in the order of the file.

    One finding for each key or value that is wrong, at most 50 and then one that counts the rest.
    Empty only if all that is wrong follows from the values at the routes `unanswered`.
    """
    complaints = _complaints(schema, document)
    if complaints and unanswered:
        complaints = [
            complaint for complaint in complaints if not _is_open(complaint.violation, unanswered)
        ]
        if not complaints:
            return ()
    if not complaints:
        return (_defect(document),)
    first, rest = complaints[:_MOST_FINDINGS], complaints[_MOST_FINDINGS:]
    routes = schema.derive(routes_by_key) if any(map(_is_unknown_key, first)) else {}
    findings = []
    for rule, violation, place in first:
        source = _source_text(violation, place)
        context = WordingContext(schema, routes, source, _follows_comma(place))
        findings.append(Finding(rule, place=place, **words_of(violation, context)._asdict()))
    if rest:
        findings.append(_finding_for_the_rest(len(rest), rest[0].place))
    return tuple(dict.fromkeys(findings))


def _is_open(violation: Violation, unanswered: tuple[Route, ...]) -> bool:
    """Return whether a violation follows from a value that is not answered yet.

    That of a key, like one that is not known, does not; that of a choice between schemas does, if
    what the choice depends on is open.
    """
    if violation.keyword in _OF_KEYS:
        return False
    if violation.route in unanswered:
        return True
    depth = len(violation.route)
    return violation.keyword in _CHOICES and any(
        route[:depth] == violation.route for route in unanswered
    )


def _is_unknown_key(complaint: _Complaint) -> bool:
    return complaint.rule == "schema/unknown-key"


def _complaints(schema: Schema, document: PlacedDocument) -> list[_Complaint]:
    """Return one complaint for each key or value that is wrong, by position."""
    complaints = [
        _Complaint(rule_of(decisive), decisive, _place(document, decisive))
        for violation in islice(violations(schema, document.data), _MOST_VIOLATIONS)
        for decisive in decisive_violations(violation)
    ]
    complaints.sort(key=lambda one: (one.place.span.start, *_rank(one.violation)))
    wrong_types = {one.violation.route for one in complaints if one.rule == "schema/wrong-type"}
    distinct: dict[object, _Complaint] = {}
    for complaint in complaints:
        rule, violation, _ = complaint
        if rule in _AFTER_WRONG_TYPE and violation.route in wrong_types:
            continue
        subject = value_text(violation.argument) if rule == "schema/other" else ""
        distinct.setdefault((rule, violation.route, violation.detail, subject), complaint)
    return list(distinct.values())


def _rank(violation: Violation) -> tuple[bool, int]:
    """Return the rank of a violation among those at one place: first those with a schema."""
    rank = _RANKS.index(violation.keyword) if violation.keyword in _RANKS else 0
    return not violation.schemas, rank


def _place(document: PlacedDocument, violation: Violation) -> Place:
    route = violation.route
    if violation.keyword in _MISSING_KEYS:
        return document.place(route, (violation.detail,))
    if violation.keyword in _UNKNOWN_KEYS and route and isinstance(route[-1], str):
        return document.key_place(route)
    return document.place(route)


def _source_text(violation: Violation, place: Place) -> str:
    """Return a scalar as it is in the file: of the number 1.1, the `1.10` that a fix quotes."""
    (line, start), (last, end) = place.span
    if isinstance(violation.value, list | dict) or line != last or place.route != violation.route:
        return value_text(violation.value)
    return shorten(place.source[start - 1 : end - 1]) or value_text(violation.value)


def _follows_comma(place: Place) -> bool:
    """Return whether what is at a place stands alone between a comma and the next, or a brace."""
    (line, start), (last, end) = place.span
    before, behind = place.source[: start - 1].rstrip(), place.source[end - 1 :].lstrip()
    return line == last and before.endswith(",") and behind.startswith((",", "}"))


def _finding_for_the_rest(count: int, place: Place) -> Finding:
    return Finding(
        "schema/other",
        Text(
            f"At least {count} more mistakes follow from here on.",
            f"自此以下至少还有 {count} 处错误。",
        ),
        place,
        Text("Fix those above first, then check again.", "请先修正以上问题，再重新检查。"),
    )


def _defect(document: PlacedDocument) -> Finding:
    return Finding(
        "schema/other",
        Text(
            "The document does not have the form of its kind, and launchpolicy cannot say where.",
            "文档不符合其类型的格式，但 launchpolicy 无法指出具体位置。",
        ),
        Place(document.path, START),
        Text(
            "This is a defect of launchpolicy: please report it with the file.",
            "这是 launchpolicy 的缺陷：请连同文件一起报告。",
        ),
    )
