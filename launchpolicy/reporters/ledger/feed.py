"""`announcements.atom`: what was announced, newest first (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

# Nothing is parsed here, only written.
from xml.etree.ElementTree import Element, SubElement, tostring

from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.records import in_language
from launchpolicy.reporters.ledger.view import LedgerView, launch_id
from launchpolicy.reporters.ledger.words import product_name

_ATOM = "http://www.w3.org/2005/Atom"
_SPACE = uuid.UUID("6f6d4d3e-0c55-5b6e-9d2b-0d8f4a1a7c11")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield one feed; only what was announced is in it (D4.10)."""
    announced = [launch for launch in view.all if launch.announced_at is not None]
    announced.sort(key=lambda launch: launch.announced_at or _EPOCH, reverse=True)
    feed = Element("feed", {"xmlns": _ATOM})
    _text(feed, "id", _urn(f"{view.origin} {view.part}" if view.part else view.origin))
    _text(feed, "title", view.title.in_language(view.language))
    latest = announced[0].announced_at if announced else None
    _text(feed, "updated", _moment(latest or _EPOCH))
    author = SubElement(feed, "author")
    _text(author, "name", "launchpolicy")
    for launch in announced:
        _entry(feed, launch, view)
    yield "announcements.atom", tostring(feed, "utf-8", xml_declaration=True).decode() + "\n"


def _entry(feed: Element, launch: Launch, view: LedgerView) -> None:
    facts = launch.facts
    title = in_language(facts.title, view.language)
    entry = SubElement(feed, "entry")
    _text(entry, "id", _urn(launch_id(view, launch)))
    product = product_name(launch, view.names, view.language)
    _text(entry, "title", f"{product} — {title}".strip(" —"))
    _text(entry, "updated", _moment(launch.announced_at or _EPOCH))
    _text(entry, "content", in_language(facts.summary, view.language) or launch.name)
    if facts.announced is not None and facts.announced.by:
        author = SubElement(entry, "author")
        name = view.names.name_of("people", facts.announced.by)
        _text(author, "name", name.in_language(view.language))


def _text(parent: Element, name: str, text: str) -> None:
    """Add a child with text; characters that XML 1.0 cannot hold are replaced."""
    SubElement(parent, name).text = "".join(
        sign if _is_allowed(ord(sign)) else "\ufffd" for sign in text
    )


def _is_allowed(code: int) -> bool:
    """Return whether XML 1.0 allows a character (section 2.2)."""
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code <= 0xD7FF  # noqa: PLR2004
        or 0xE000 <= code <= 0xFFFD  # noqa: PLR2004
        or code >= 0x10000  # noqa: PLR2004
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _urn(name: str) -> str:
    return uuid.uuid5(_SPACE, name).urn
