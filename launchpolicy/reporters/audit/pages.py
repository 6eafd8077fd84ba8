"""The pages of an audit: one that holds everything, and one for each launch of the sample.

They load nothing and run nothing, in the one language of the report, and print on A4. Their own
policy allows their style sheet by its digest and nothing else (threat O3).
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from launchpolicy.engine import rule_changes
from launchpolicy.ledger.audit.carried_out import approved_window, was_emergency
from launchpolicy.ledger.audit.changes import SUBJECTS
from launchpolicy.ledger.audit.duties import DUTIES, Duty
from launchpolicy.ledger.audit.exception_kinds import INTEGRITY, TITLES, ExceptionKind
from launchpolicy.ledger.audit.report import AuditReport
from launchpolicy.ledger.audit.scope import AuditScope
from launchpolicy.ledger.entry import EVENTS
from launchpolicy.ledger.records import HURDLES, BilingualText, TimeSpan
from launchpolicy.reporters.audit.words import (
    KINDS_OF_TIME,
    SOURCES,
    old_checkpoint_path,
    page_path,
    receipt_path,
)
from launchpolicy.reporters.ledger.site.formats import lines, when
from launchpolicy.reporters.ledger.words import VERDICTS, capacity, standing_of
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.names import Names, with_id
from launchpolicy.vocabulary.text import Language, Text, quantity
from launchpolicy.vocabulary.value_names import value_name

_LOADER = PackageLoader("launchpolicy.reporters.audit")
_PAGE_NUMBER = 'counter(page) " / " counter(pages)'
_PAGE_NUMBER_ZH = '"第 " counter(page) " 页 共 " counter(pages) " 页"'


def page_files(report: AuditReport) -> Iterator[tuple[str, str]]:
    """Yield path and text of each page."""
    environment = _environment(report.language)
    style, _, _ = _LOADER.get_source(environment, "audit.css")
    if report.language == "zh":
        style = style.replace(_PAGE_NUMBER, _PAGE_NUMBER_ZH)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shared = {
        "report": report,
        "style": Markup(style),  # noqa: S704 (our own file; its digest is in the page's policy)
        "style_digest": digest,
    }
    counts = dict.fromkeys(ExceptionKind, 0) | _counts(report)
    index = environment.get_template("index.html.j2")
    shared["pages"] = {one.launch.id: page_path(one.launch) for one in report.sample}
    yield "index.html", index.render(**shared, counts=counts, matrix=_matrix(report))
    page = environment.get_template("launch.html.j2")
    for position, one in enumerate(report.sample, start=1):
        records = [r for r in report.exceptions if r.launch_id == one.launch.id]
        text = page.render(**shared, one=one, position=position, records=records)
        yield page_path(one.launch), text


def _counts(report: AuditReport) -> dict[ExceptionKind, int]:
    kinds = [record.kind for record in report.exceptions]
    return {kind: kinds.count(kind) for kind in kinds}


def _matrix(report: AuditReport) -> dict[tuple[Duty, Duty], int]:
    """Return how often two duties fell together, by both in either order."""
    counts = {(pair.first, pair.second): len(pair.shared) for pair in report.pairs}
    return counts | {(second, first): count for (first, second), count in counts.items()}


@functools.cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible(language),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": when,
        "period": _period,
        "span": lambda span: _span(span, language),
        "lines": lines,
        "line_class": _line_class,
        "receipt": receipt_path,
        "old_checkpoint": old_checkpoint_path,
        "window": approved_window,
        "capacity": capacity,
        "standing": standing_of,
        "risk": lambda risk: value_name("risk", risk),
        "document_kind": lambda kind: value_name("documentKind", kind),
        "evidence_kind": lambda kind: value_name("evidenceKind", kind),
        "problem_outcome": lambda outcome: value_name("problemOutcome", outcome),
        "code_marks": lambda text: _code_marks(text.in_language(language)),
        "quantity": quantity,
        "shown": lambda text: text.in_language(language),
        "people": lambda people, names: _people(people, names, language),
    }
    environment.tests["emergency"] = was_emergency
    environment.globals |= {
        "DUTIES": DUTIES,
        "EVENTS": EVENTS,
        "HURDLES": HURDLES,
        "INTEGRITY": INTEGRITY,
        "RULES": rule_changes.NAME,
        "SOURCES": SOURCES,
        "SUBJECTS": SUBJECTS,
        "TIMES": KINDS_OF_TIME,
        "TITLES": TITLES,
        "VERDICTS": VERDICTS,
        "language": language,
        "say": Text,
        "unknown": Text("not recorded", "未记录"),
    }
    return environment


def _visible(language: Language) -> Callable[[object], object]:
    """Return what a template writes for a value: controls and bidi characters shown as text."""

    def visible(value: object) -> object:
        if isinstance(value, Text):
            return escape(value.in_language(language))
        if isinstance(value, BilingualText):
            return escape(value.text.in_language(language))
        return value if isinstance(value, Markup | int | float) else escape(str(value))

    return visible


def _code_marks(text: str) -> Markup:
    """Return a sentence of ours in which what stands between backticks is code."""
    parts = text.split("`")
    code, plain = Markup("<code>{}</code>"), Markup("{}")
    pieces = [(code if at % 2 else plain).format(part) for at, part in enumerate(parts)]
    return Markup().join(pieces)


def _line_class(line: str) -> str:
    """Return the class of a line of a difference."""
    return {"+": "new", "-": "old", "@": "at"}.get(line[:1], "same")


def _period(scope: AuditScope) -> Text:
    """Return the period; without a limit it ends where the ledger does."""
    since, until = _day(scope.since), _day(scope.until)
    first, last = (when(at) if at else "–" for at in (scope.first_at, scope.last_at))
    return Text(
        f"{since or f'the first entry ({first})'} – {until or f'the last entry ({last})'}",
        f"{since or f'首条记录（{first}）'}—{until or f'最后一条记录（{last}）'}",
    )


def _day(moment: datetime | None) -> str:
    """Return an end of the period, to the second; "" without one."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if moment is not None else ""


def _span(span: TimeSpan | None, language: Language) -> str:
    if span is None:
        return Text("not recorded", "未记录").in_language(language)
    return f"{when(span.start)} – {when(span.end)}"


def _people(people: tuple[str, ...] | frozenset[str], names: Names, language: Language) -> str:
    """Return names with their ids in one line; none are `not recorded`."""
    if not people:
        return Text("not recorded", "未记录").in_language(language)
    ordered = sorted(people) if isinstance(people, frozenset) else people
    named = [with_id(names.name_of("people", person), person) for person in ordered]
    return Text(", ".join(n.en for n in named), "、".join(n.zh for n in named)).in_language(
        language
    )
