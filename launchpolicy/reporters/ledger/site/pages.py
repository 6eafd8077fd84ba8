"""The files of the site: pages from fixed templates, and what they load, which is ours (O3)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from launchpolicy.ledger.entry import EVENTS
from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.measures import measures_of
from launchpolicy.ledger.records import HURDLES
from launchpolicy.reporters.ledger import calendar, feed, table
from launchpolicy.reporters.ledger.site import formats
from launchpolicy.reporters.ledger.site.figures import (
    LaunchGroup,
    by_month,
    duration,
    groups_of,
    months_measured,
    percent,
)
from launchpolicy.reporters.ledger.site.launch_data import LaunchData
from launchpolicy.reporters.ledger.site.links import WebLinks
from launchpolicy.reporters.ledger.site.months import LaunchCalendar
from launchpolicy.reporters.ledger.site.outlook import is_problem, moment_of, now_of, outlook_of
from launchpolicy.reporters.ledger.site.rule_changes import rule_changes
from launchpolicy.reporters.ledger.view import LedgerView
from launchpolicy.reporters.ledger.words import (
    MERGED_BY,
    STANDINGS,
    UNANNOUNCED,
    VERDICTS,
    WRITTEN_BY,
    capacity,
    lacks_approval,
    people_text,
    role_of,
    standing_of,
)
from launchpolicy.vocabulary.text import Text, quantity
from launchpolicy.vocabulary.value_names import value_name

_STYLES = ("style.css", "screen.css", "pages.css", "print.css")
_SCRIPTS = ("language.js", "data.js", "measures.js", "charts.js", "lists.js", "overview.js")
_RECENT = 20
_LOADER = PackageLoader("launchpolicy.reporters.ledger.site")


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield the site; the same for the same ledger."""
    environment = _environment()
    for name in (*_STYLES, *_SCRIPTS):
        source, _, _ = _LOADER.get_source(environment, f"assets/{name}")
        yield f"assets/{name}", source
    shared: dict[str, Any] = {
        "view": view,
        "title": view.title,
        "now": now_of(view).isoformat(),
        "links": WebLinks(view.web, view.prefix),
    }
    groups = groups_of(view)
    shared["has_teams"] = bool(groups["team"])
    months = by_month(view.all)
    yield "index.html", _front_page(view, shared, groups, months)
    rules = environment.get_template("rules.html.j2")
    yield "rules.html", rules.render(**shared, root="", changes=rule_changes(view.launches.rules))
    windows = LaunchCalendar(view.all, view.closed)
    month_page = environment.get_template("month.html.j2")
    for name, launches in months:
        month = windows.month(name)
        page = month_page.render(**shared, root="../", month=month, launches=launches)
        yield f"months/{name}.html", page
    yield from _launch_pages(view, shared)
    for reporter in (table, calendar, feed):
        yield from reporter.files(view)
    for group in (*groups["product"], *groups["team"]):
        yield from _group_files(view, group)


def _front_page(
    view: LedgerView,
    shared: dict[str, Any],
    groups: dict[str, list[LaunchGroup]],
    months: list[tuple[str, list[Launch]]],
) -> str:
    problems = [launch for launch in view.all if is_problem(launch)]
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            **shared,
            root="",
            outlook=outlook_of(view.all, view.closed, now_of(view)),
            problems=problems,
            measures=measures_of(view.all),
            measured=months_measured(view),
            groups=groups,
            months=[(name, len(launches)) for name, launches in months],
            recent=_recent(view),
            data=Markup(LaunchData(view).source()),  # noqa: S704 (holds no sign of HTML)
            most=_RECENT,
        )
    )


def _launch_pages(view: LedgerView, shared: dict[str, Any]) -> Iterator[tuple[str, str]]:
    page = _environment().get_template("launch.html.j2")
    for launch in (*view.all, *view.waivers):
        number = launch.events[-1].number
        yield f"proofs/{number}.txt", view.receipt(number)
        path = formats.launch_path(launch)
        yield path, page.render(**shared, root="../", launch=launch, number=number)


def _group_files(view: LedgerView, group: LaunchGroup) -> Iterator[tuple[str, str]]:
    """Yield the table, the calendar and the feed of one product or team."""
    title = Text(f"{view.title.en}: {group.name.en}", f"{view.title.zh}：{group.name.zh}")
    part = replace(view, title=title, all=group.launches, waivers=(), part=group.folder)
    for reporter in (table, calendar, feed):
        for path, text in reporter.files(part):
            yield f"{group.folder}/{path}", text


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=formats.visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "texts": formats.visible_text,
        "when": formats.when,
        "local": formats.local,
        "path": formats.launch_path,
        "lines": formats.lines,
        "percent": percent,
        "duration": duration,
        "role": role_of,
        "risk": lambda risk: value_name("risk", risk),
        "evidence_kind": lambda kind: value_name("evidenceKind", kind),
        "problem_outcome": lambda outcome: value_name("problemOutcome", outcome),
        "standing": standing_of,
        "lacks_approval": lacks_approval,
        "moment": moment_of,
        "capacity": capacity,
        "people": people_text,
        "quantity": quantity,
        "data_loss": lambda loss: value_name("dataLoss", loss),
    }
    environment.globals |= {
        "EVENTS": EVENTS,
        "VERDICTS": VERDICTS,
        "HURDLES": HURDLES,
        "STANDINGS": STANDINGS,
        "UNANNOUNCED": UNANNOUNCED,
        "WRITTEN_BY": WRITTEN_BY,
        "MERGED_BY": MERGED_BY,
        "text": Text,
    }
    return environment


def _recent(view: LedgerView) -> list[tuple[Launch, Any]]:
    """Return the latest events, newest first, each with its launch."""
    events = [(launch, event) for launch in view.all for event in launch.events]
    events.sort(key=lambda pair: pair[1].number, reverse=True)
    return events[:_RECENT]
