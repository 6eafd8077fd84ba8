"""Values of entries as the templates of the site write them."""

from __future__ import annotations

from markupsafe import Markup

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.records import BilingualText
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Text


def visible(value: object) -> object:
    """Return what a template writes, with controls and bidi characters shown as text."""
    return escape(value) if type(value) is str else value


def lines(text: str) -> Markup:
    """Return a text of ours with its line breaks."""
    return Markup("\n").join(escape(line) for line in text.splitlines())


def launch_path(launch: Launch) -> str:
    """Return where the page of a launch stands: by its first entry, so also after a new name."""
    return f"launches/{launch.events[0].number}.html"


def visible_text(text: BilingualText | None) -> Text:
    """Return a text of an entry, fit to be shown."""
    return Text(escape(text.en), escape(text.zh)) if text is not None else Text("", "")


def local(written: str, launch: Launch) -> str:
    """Return a moment of the ledger, which is in UTC, in the zone of the window of a launch."""
    moment, (start, _) = parse_instant(written), launch.planned_times
    if moment is None or start is None:
        return when(written)
    return when(moment.astimezone(start.tzinfo).isoformat())


def when(written: str | None) -> str:
    """Return a moment as people read it: to the minute, in the offset that it was written with."""
    moment = parse_instant(written) if written else None
    if moment is None:
        return "–"
    offset = moment.strftime("%z")
    zone = "UTC" if offset == "+0000" else f"{offset[:3]}:{offset[3:]}"
    return f"{moment:%Y-%m-%d %H:%M} {zone}"
