"""The feed of announcements (RFC 4287)."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from launchpolicy.ledger.entry import Entry
from launchpolicy.reporters.ledger import feed
from launchpolicy.reporters.ledger.site.pages import files as site_files
from tests.ledger.views.ledgers import entry, product, said, view

ATOM = "{http://www.w3.org/2005/Atom}"


def _launched(name: str, announced: str | None = None, **more: Any) -> Entry:
    told = {"announced": {"at": announced, "by": "li"}} if announced else {}
    data = {"title": said("Checkout", "结算"), "product": product("shop"), **told, **more}
    return entry("launched", name, "2026-11-09T00:00:00Z", stage="launched", **data)


def _feed(*entries: Entry) -> Element:
    ((path, text),) = feed.files(view(entries))
    assert path == "announcements.atom"
    found: Element = fromstring(text.encode())
    return found


def _announced(*entries: Entry) -> list[Element]:
    return _feed(*entries).findall(f"{ATOM}entry")


def test_what_nobody_announced_is_not_in_the_feed() -> None:
    assert _announced(_launched("LR-1")) == []


def test_the_newest_announcement_comes_first_whatever_its_offset() -> None:
    first = _launched("LR-1", "2026-11-03T09:00:00+08:00")
    second = _launched("LR-2", "2026-11-03T02:00:00Z")
    found = _feed(first, second)
    times = [each.findtext(f"{ATOM}updated") for each in found.findall(f"{ATOM}entry")]
    assert times == ["2026-11-03T02:00:00Z", "2026-11-03T01:00:00Z"]
    assert found.findtext(f"{ATOM}updated") == times[0]


@pytest.mark.parametrize("name", ["id", "title", "updated"])
def test_feed_and_entry_have_what_the_standard_requires(name: str) -> None:
    found = _feed(_launched("LR-1", "2026-11-03T09:00:00+08:00"))
    (each,) = found.findall(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}{name}")
    assert each.findtext(f"{ATOM}{name}")
    assert found.findtext(f"{ATOM}author/{ATOM}name")


def test_an_entry_keeps_its_id_when_the_launch_goes_on() -> None:
    told = "2026-11-03T09:00:00+08:00"
    closed = entry(
        "closed",
        "LR-1",
        "2026-12-01T00:00:00Z",
        stage="closed",
        announced={"at": told, "by": "li"},
    )
    (before,) = _announced(_launched("LR-1", told))
    (after,) = _announced(_launched("LR-1", told), closed)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


def test_two_launches_have_two_ids() -> None:
    told = "2026-11-03T09:00:00+08:00"
    found = _announced(_launched("LR-1", told), _launched("LR-2", told))
    assert len({each.findtext(f"{ATOM}id") for each in found}) == 2


@pytest.mark.parametrize(
    "title",
    [
        "</title><script>x()</script>",
        "]]>&amp;<!--",
        "a\x00b\x0bc\ufffe",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    ],
    ids=["element", "cdata-end", "no-xml-characters", "entity"],
)
def test_a_title_is_text_whatever_it_holds(title: str) -> None:
    (found,) = _announced(_launched("LR-1", "2026-11-03T09:00:00Z", title=said(title)))
    shown = found.findtext(f"{ATOM}title") or ""
    expected = title.translate({0: "\ufffd", 0xB: "\ufffd", 0xFFFE: "\ufffd"})
    assert shown.endswith(expected.strip(" —"))
    assert [each.tag for each in found.iter() if "script" in each.tag] == []


def test_the_same_entries_give_the_same_bytes() -> None:
    entries = [_launched("LR-1", "2026-11-03T09:00:00Z")]
    assert list(feed.files(view(entries))) == list(feed.files(view(entries)))


def test_the_feed_of_a_product_has_an_id_of_its_own() -> None:
    """Readers take two feeds of one id for the same."""
    other = _launched("LR-2", "2026-11-04T09:00:00+08:00", product=product("till"))
    files = dict(site_files(view([_launched("LR-1", "2026-11-03T09:00:00+08:00"), other])))
    feeds = {path: text for path, text in files.items() if path.endswith(".atom")}
    assert len(feeds) == 3
    assert len({fromstring(text.encode()).findtext(f"{ATOM}id") for text in feeds.values()}) == 3
    assert [len(fromstring(t.encode()).findall(f"{ATOM}entry")) for t in feeds.values()] == [
        2,
        1,
        1,
    ]
    for path in feeds:
        assert path in files["index.html"]


def test_who_announced_is_named_as_the_entries_name_them() -> None:
    people = ({"person": "li", "role": "announcer", "display": said("Li Wei", "李薇")},)
    (each,) = _announced(_launched("LR-1", "2026-11-03T09:00:00+08:00", people=people))
    assert each.findtext(f"{ATOM}author/{ATOM}name") == "Li Wei"
