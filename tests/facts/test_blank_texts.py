"""Nothing visible is nothing: every character that leaves no trace, in every text of a request."""

from __future__ import annotations

import functools
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.evidence.contents import UnreadableEvidence
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.facts.evidence.wording import digest_of, says_something
from launchpolicy.facts.marked_places import marked_texts
from launchpolicy.facts.placeholders import kind_of_placeholder, placeholders
from launchpolicy.hosts import shipped_files
from launchpolicy.vocabulary.place import Route, format_route
from launchpolicy.vocabulary.placeholders import shows_nothing

REQUEST = Path(__file__).parents[1] / "requests/data/complete.yaml"
SCHEMA = shipped_files.schema("LaunchRequest").data
WITHOUT_INK = {"Cc", "Cf", "Cn", "Co", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"}
FILLERS = "\u115f\u1160\u2800\u3164\uffa0\U00013441\U00013442\U0001d159"
MINUTES = """\
apiVersion: launchpolicy/v1
kind: Minutes
spec:
  topic: "TOPIC"
  start: 2026-11-24T10:00:00+08:00
  attendees: [li.wei, zhou.kai]
  decisions: ["DECISION"]
"""


def invisible_characters() -> Iterator[str]:
    """Every code point of Unicode that is shown as nothing by itself, some hundreds at a time."""
    codes = range(sys.maxunicode + 1)
    characters = [c for c in map(chr, codes) if unicodedata.category(c) in WITHOUT_INK]
    yield FILLERS
    for start in range(0, len(characters), 512):
        yield "".join(characters[start : start + 512])


def test_every_invisible_code_point_is_blank_as_the_only_text() -> None:
    for characters in invisible_characters():
        assert kind_of_placeholder(characters, is_relied=False) == "blank"
        assert shows_nothing(characters)


def test_no_mixture_of_invisible_characters_is_a_document_or_changes_one() -> None:
    some = "".join(characters[::97] for characters in invisible_characters()).replace("\n", "")

    assert not says_something(some)
    assert not says_something(f"ok{some[:2000]}{FILLERS * 20}")
    assert digest_of(f"Accepted{FILLERS}{some} in full") == digest_of("Accepted in full")


def texts_in(data: Any, route: Route = ()) -> Iterator[Route]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts_in(value, (*route, index))
    elif isinstance(data, str):
        yield route


def with_text(data: Any, routes: frozenset[Route], text: str, route: Route = ()) -> Any:
    if isinstance(data, dict):
        return {k: with_text(value, routes, text, (*route, k)) for k, value in data.items()}
    if isinstance(data, list):
        return [with_text(value, routes, text, (*route, i)) for i, value in enumerate(data)]
    return text if route in routes else data


@functools.cache
def free_texts(text: str) -> tuple[Any, frozenset[Route]]:
    """The complete request, and the routes at which its schema takes `text`."""
    document = read("request.yaml", REQUEST.read_bytes())
    assert isinstance(document, Document)
    routes = frozenset(r for r in texts_in(document.data) if r[0] in {"spec", "status"})
    while True:
        data = with_text(document.data, routes, text)
        findings = check(SCHEMA, Document(document.path, document.text, data))
        refused = {finding.place.route for finding in findings}
        if not refused:
            return document.data, routes
        inside = {route for route in routes if any(route[: len(r)] == r for r in refused)}
        routes -= routes & refused or inside


@pytest.mark.parametrize("text", ["\u200b", "\u0345", "\u3164", "\U000e0041", "\u00ad", "\u2800"])
def test_invisible_text_is_reported_in_every_field_that_takes_text(text: str) -> None:
    data, routes = free_texts("\u2800")
    changed = with_text(data, routes, text)
    reported = {blank["at"] for blank in placeholders(changed, marked_texts(SCHEMA, changed, None))}

    assert len(routes) > 100
    assert {format_route(route) for route in routes} - reported == set()


@pytest.mark.parametrize("blank", [r"\u2800", r"\u0345", r"\u3164", r"\u200b", "…"])
def test_a_record_of_invisible_text_is_no_evidence(blank: str) -> None:
    schemas = {"Minutes": shipped_files.schema("Minutes").data}
    whole = MINUTES.replace("TOPIC", "Launch review")
    for text in (MINUTES.replace("TOPIC", blank), whole.replace("DECISION", blank)):
        outcome = read_evidence("minutes", "a.yaml", text.encode(), schemas)
        assert isinstance(outcome, UnreadableEvidence)
    assert not isinstance(
        read_evidence("minutes", "a.yaml", whole.encode(), schemas), UnreadableEvidence
    )


def test_a_remark_may_say_anything_that_shows() -> None:
    def blanks(text: str) -> list[str]:
        data = {"spec": {"acceptance": {"checks": [{"remark": text}]}}}
        return [blank["at"] for blank in placeholders(data, marked_texts(SCHEMA, data, None))]

    assert blanks("无") == blanks("👍") == blanks("?") == []
    assert blanks("\u3164") == blanks("\u2800\u2800") == ["spec.acceptance.checks[0].remark"]
