"""Data files of every format: the place of what is wrong in them."""

from __future__ import annotations

import pytest

from launchpolicy.documents.data_files import DataFile, part_of, read_data
from launchpolicy.documents.reading import Refusal
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.place import Route, parse_route

NAMES = Schema({"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}})
LIMITS = Schema({"type": "object", "additionalProperties": {"type": "integer"}})


def part(data_format: str, text: str, at: str) -> DataFile:
    file = read_data("a", text.encode(), data_format)
    assert isinstance(file, DataFile)
    there = part_of(file, parse_route(at))
    assert isinstance(there, DataFile)
    return there


@pytest.mark.parametrize(
    ("data_format", "text", "at", "schema", "place"),
    [
        ("yaml", "a:\n  b:\n  - web\n  - Db\n", "a.b", NAMES, "a:4:5"),
        ("json", '{"a": {"b": ["web",\n  "Db"]}}', "a.b", NAMES, "a:2:3"),
        ("json", '{\n\t"web": 1,\n\t"db": "x"}', "", LIMITS, "a:3:8"),
        ("lines", "# teams\nweb\n\nDb  # old\n", "", NAMES, "a:4:1"),
        ("toml", '[limits]\nweb = 3\n"db" = "x"\n', "limits", LIMITS, "a:3:1"),
        ("toml", "[limits]\nweb = 3\n[limits.db]\nx = 1\n", "limits", LIMITS, "a:3:1"),
        ("toml", 'web = "x"\n[other]\nweb = 3\n', "", LIMITS, "a:1:1"),
    ],
)
def test_what_breaks_the_schema_is_shown_where_it_stands(
    data_format: str, text: str, at: str, schema: Schema, place: str
) -> None:
    findings = explain(schema, part(data_format, text, at))
    assert place in {str(finding.place) for finding in findings}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("at = 2026-12-01T22:00:00+08:00\n", {"at": "2026-12-01T22:00:00+08:00"}),
        ("on = 2026-12-01\nfrom = 22:00:00\n", {"on": "2026-12-01", "from": "22:00:00"}),
        ("a.b = [{c = 1}]\r\n", {"a": {"b": [{"c": 1}]}}),
    ],
)
def test_toml_is_plain_data(text: str, data: object) -> None:
    assert part("toml", text, "").data == data


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("# nobody\n\n", []),
        ("web\n  db \n", ["web", "db"]),
        ("a#b\na #b\n", ["a#b", "a"]),
        ("web\r\ndb\rops", ["web", "db", "ops"]),
        ("值班\n", ["值班"]),
    ],
)
def test_a_list_has_one_item_a_line(text: str, items: list[str]) -> None:
    assert part("lines", text, "").data == items


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('{"a": {"x": 1}, "b": {"x": 2}, "b": 1}', 32),
        ('{"a": [{"x": 1}, {"x": 1, "x": 2}]}', 27),
        ('{"\\u0061": 1, "a": 2}', 15),
        ('{"a": "{\\"a\\": 1}", "a": 2}', 21),
    ],
)
def test_a_key_twice_in_one_object_is_refused_and_not_the_same_key_in_two(
    text: str, column: int
) -> None:
    refusal = read_data("a", text.encode(), "json")
    assert isinstance(refusal, Refusal)
    assert str(refusal.findings[0].place) == f"a:1:{column}"
    assert "stands twice" in refusal.findings[0].message.en


@pytest.mark.parametrize(
    ("at", "existing"),
    [("a.b[2]", ("a", "b")), ("a.c.d", ("a",)), ("b", ()), ("a.b[0].x", ("a", "b", 0))],
)
def test_of_a_route_that_leads_nowhere_the_part_that_exists_is_known(
    at: str, existing: Route
) -> None:
    file = read_data("a", b'{"a": {"b": [1, 2], "d": null}, "n": {"c": null}}', "json")
    assert isinstance(file, DataFile)
    assert part_of(file, parse_route(at)) == existing
    assert part_of(file, ("n", "c")) == ("n",)
