"""Deputies of people.yaml: one at a time for each person, and told when their time is over."""

from __future__ import annotations

from datetime import datetime

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.requests.deputies import check_deputies, expired_deputies
from launchpolicy.vocabulary.place import format_route

HEAD = "apiVersion: launchpolicy/v1\nkind: Directory\npeople:\n"
PEOPLE = "".join(
    f"  - {{name: {name}, display: {name}, department: product}}\n"
    for name in ("ann", "bob", "cai")
)
NOON = datetime.fromisoformat("2026-12-02T12:00:00+08:00")


def _deputy(stood_for: str, by: str, start: int, end: int) -> str:
    """A deputy from one day of December until another, in a zone of its own."""
    times = f"from: 2026-12-0{start}T12:00:00+08:00, until: 2026-12-0{end}T04:00:00Z"
    return f"  - {{for: {stood_for}, by: {by}, {times}}}\n"


def _document(*deputies: str) -> Document:
    text = f"{HEAD}{PEOPLE}deputies:\n{''.join(deputies)}"
    document = read("people.yaml", text.encode())
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        (_deputy("ann", "cai", 2, 4), True),
        (_deputy("ann", "bob", 2, 4), True),
        (_deputy("ann", "cai", 1, 2), True),
        (_deputy("ann", "cai", 3, 4), False),
        (_deputy("bob", "cai", 1, 4), False),
    ],
    ids=["in its last hours", "the same again", "within it", "just after it", "for another"],
)
def test_a_person_has_one_deputy_at_a_time(second: str, *, overlaps: bool) -> None:
    found = list(check_deputies(_document(_deputy("ann", "bob", 1, 3), second)))
    assert [finding.rule for finding in found] == ["directory/deputies-overlap"] * overlaps
    for finding in found:
        assert format_route(finding.place.route) == "deputies[1].from"
        assert (finding.place.path, finding.place.span.start.line) == ("people.yaml", 9)
        assert "(line 8)" in finding.message.en
        assert "第 8 行" in finding.message.zh


@pytest.mark.parametrize(
    ("end", "is_expired"), [(2, True), (3, False)], ids=["ends now", "ends later"]
)
def test_a_deputy_whose_time_is_over_is_told(end: int, *, is_expired: bool) -> None:
    document = _document(_deputy("ann", "bob", 1, end))
    found = [
        (each.rule, format_route(each.place.route)) for each in expired_deputies(document, NOON)
    ]
    assert found == [("directory/deputy-expired", "deputies[0].until")] * is_expired
