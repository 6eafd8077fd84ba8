"""The files of the site: pages from fixed templates, and what they load, which is ours (O3)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.entry import EVENTS
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.ledger.measures import measures_of
from launchpolicy.ledger.records import BilingualText
from launchpolicy.reporters.ledger.site.charts import charts_of, duration, percent
from launchpolicy.reporters.ledger.site.months import months_of
from launchpolicy.reporters.ledger.slugs import launch_slug
from launchpolicy.reporters.ledger.view import LedgerView
from launchpolicy.reporters.ledger.words import (
    HURDLES,
    STANDINGS,
    UNANNOUNCED,
    VERDICTS,
    capacity,
    role_of,
    standing_of,
)
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text

_ASSETS = ("style.css", "screen.css", "pages.css", "language.js", "table.js")
_RECENT = 40
_LOADER = PackageLoader("launchpolicy.reporters.ledger.site")


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield the site; the same for the same ledger."""
    environment = _environment()
    shared = {"view": view, "title": view.title}
    for name in _ASSETS:
        source, _, _ = _LOADER.get_source(environment, f"assets/{name}")
        yield f"assets/{name}", source
    measures = measures_of(view.all)
    index = environment.get_template("index.html.j2")
    yield (
        "index.html",
        index.render(
            **shared,
            root="",
            measures=measures,
            charts=charts_of(measures),
            months=months_of(view.all, view.closed),
            choices=_choices(view),
            recent=_recent(view),
        ),
    )
    rules = environment.get_template("rules.html.j2")
    yield "rules.html", rules.render(**shared, root="", rules=view.launches.rules[::-1])
    page = environment.get_template("launch.html.j2")
    for launch in view.all:
        number = launch.events[-1].number
        yield f"proofs/{number}.txt", view.receipt(number)
        yield _path(launch), page.render(**shared, root="../", launch=launch, number=number)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "texts": _escape_text,
        "when": _when,
        "path": _path,
        "percent": percent,
        "duration": duration,
        "role": role_of,
        "standing": standing_of,
        "months": _months,
        "words": _words,
        "capacity": capacity,
        "lines": _lines,
    }
    environment.globals |= {
        "EVENTS": EVENTS,
        "VERDICTS": VERDICTS,
        "HURDLES": HURDLES,
        "STANDINGS": STANDINGS,
        "UNANNOUNCED": UNANNOUNCED,
        "text": Text,
    }
    return environment


def _visible(value: object) -> object:
    """Return what a template writes, with controls and bidi characters shown as text."""
    return escape(value) if type(value) is str else value


def _lines(text: str) -> Markup:
    """Return a text of ours with its line breaks."""
    return Markup("\n").join(escape(line) for line in text.splitlines())


def _path(launch: Launch) -> str:
    return f"launches/{launch_slug(launch)}.html"


def _escape_text(text: BilingualText | None) -> Text:
    """Return a text of an entry, fit to be shown."""
    return Text(escape(text.en), escape(text.zh)) if text is not None else Text("", "")


def _when(written: str | None) -> str:
    """Return a moment as people read it: to the minute, in the offset that it was written with."""
    moment = parse_instant(written) if written else None
    if moment is None:
        return "–"
    offset = moment.strftime("%z")
    zone = "UTC" if offset == "+0000" else f"{offset[:3]}:{offset[3:]}"
    return f"{moment:%Y-%m-%d %H:%M} {zone}"


def _months(launch: Launch) -> str:
    """Return the months of a launch, for the filter."""
    facts = launch.facts
    moments = [event.entry.at for event in launch.events]
    for span in (facts.planned, facts.actual):
        moments += (
            [moment for moment in (span.start, span.end) if moment] if span is not None else []
        )
    return " ".join(sorted({moment[:7] for moment in moments}))


def _words(launch: Launch, names: Names) -> str:
    """Return what a search looks through: everything a person may remember of a launch."""
    facts = launch.facts
    texts = [launch.name, launch.product, facts.process, facts.risk, facts.path]
    texts += names.name_of("products", launch.product)
    for text in (facts.title, facts.summary):
        texts += [text.en, text.zh] if text is not None else []
    for involved in launch.people:
        texts += [
            involved.person,
            *([involved.display.en, involved.display.zh] if involved.display else []),
        ]
    texts += [counted.by for event in launch.events for counted in event.entry.approvals]
    return escape(" ".join(dict.fromkeys(texts))).casefold()


def _choices(view: LedgerView) -> dict[str, list[str]]:
    """Return what can be chosen in the filters."""
    everyone = {involved.person for launch in view.all for involved in launch.people}
    months = {month for launch in view.all for month in _months(launch).split()}
    return {
        "product": sorted({launch.product for launch in view.all} - {""}),
        "process": sorted({launch.facts.process for launch in view.all} - {""}),
        "person": sorted(everyone),
        "month": sorted(months, reverse=True),
        "standing": [str(standing) for standing in LaunchState],
    }


def _recent(view: LedgerView) -> list[tuple[Launch, Any]]:
    """Return the latest events, newest first, each with its launch."""
    events = [(launch, event) for launch in view.all for event in launch.events]
    events.sort(key=lambda pair: pair[1].number, reverse=True)
    return events[:_RECENT]
