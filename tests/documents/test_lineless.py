"""A document without lines says the same routes as the one that it was made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.documents import positions
from launchpolicy.documents.lineless import without_lines
from launchpolicy.documents.reading import Document, read
from launchpolicy.vocabulary.place import START, Route

EXAMPLE = Path(__file__).parents[2] / "examples/product-launch/launches/LR-2026-0042/request.yaml"
BEYOND: tuple[Route, ...] = (
    ("none",),
    ("none", 0, "by"),
    (0,),
    (99,),
    (-1,),
    ("name", "x"),
    ("0",),
)


def _example() -> Document:
    document = read("request.yaml", EXAMPLE.read_bytes())
    assert isinstance(document, Document)
    return document


def _and_beyond(route: Route) -> list[Route]:
    return [route, *(route + further for further in BEYOND)]


@pytest.mark.parametrize("missing", [(), ("assessedBy",)])
def test_every_route_and_what_is_missing_below_it_is_the_same(missing: Route) -> None:
    document = _example()
    unplaced = without_lines(document)
    routes = list(positions.index(document.text))
    assert len(routes) > 100
    for route in (longer for known in routes for longer in _and_beyond(known)):
        placed, plain = document.place(route, missing), unplaced.place(route, missing)
        assert (plain.route, plain.missing) == (placed.route, placed.missing), route
        assert (plain.path, plain.span) == (placed.path, START)


def test_what_was_found_in_one_is_known_of_the_other() -> None:
    document = _example()
    schema = object()
    unplaced = without_lines(document)
    document.keep_findings(schema, ())
    assert unplaced.findings_by(schema) == ()
    assert unplaced.data is document.data
