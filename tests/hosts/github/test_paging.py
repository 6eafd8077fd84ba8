"""All pages or nothing: what is missing may be a veto (threat P5)."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.paging import every_node
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github.stub import Fault, Stub, edited

Json = Any

_WAY = ("data", "repository", "pullRequest", "reviews")


@pytest.fixture(autouse=True)
def five(stub: Stub) -> None:
    """Five nodes, two a page."""
    stub.page_size = 2
    stub.pulls[7].reviews = [{"state": number} for number in range(5)]


def _all(client: Client) -> list[Json]:
    query = "query { reviews(first: 100) }"
    way = ("repository", "pullRequest", "reviews")
    return every_node(client, "the reviews", query, {"number": 7}, way, "after")


def test_every_page_is_asked_for_with_the_cursor_before_it(stub: Stub, client: Client) -> None:
    assert _all(client) == stub.pulls[7].reviews
    cursors = [call.body["variables"]["after"] for call in stub.calls]
    assert cursors == [None, "cursor 2", "cursor 4"]


def test_a_hundred_pages_are_read(stub: Stub, client: Client) -> None:
    stub.pulls[7].reviews = [{"state": number} for number in range(200)]
    assert len(_all(client)) == 200


def test_a_hole_is_undecided(stub: Stub, client: Client) -> None:
    stub.pulls[7].reviews[3] = None
    with pytest.raises(UndecidedError, match="a page has holes"):
        _all(client)


def test_a_page_that_comes_again_ends_it_at_once(stub: Stub, client: Client) -> None:
    again = edited(*_WAY, "pageInfo", to={"hasNextPage": True, "endCursor": "cursor 2"})
    stub.faults.append(Fault("reviews", again, after=1))
    with pytest.raises(UndecidedError, match="a page comes again"):
        _all(client)
    assert len(stub.calls) == 2


@pytest.mark.parametrize("total", [4, 6, 0])
def test_another_number_than_is_counted_is_undecided(
    total: int, stub: Stub, client: Client
) -> None:
    stub.faults.append(Fault("reviews", edited(*_WAY, "totalCount", to=total)))
    with pytest.raises(UndecidedError, match=f"5 of {total} were given"):
        _all(client)
