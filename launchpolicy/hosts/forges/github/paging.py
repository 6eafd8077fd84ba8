"""All pages of a GraphQL connection, or nothing: a page that is missing may hold a veto (P5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, value_in

Json = Any

_MAX_PAGES = 100


def every_node(
    client: Client,
    asked: str,
    query: str,
    variables: Mapping[str, Json],
    way: tuple[str, ...],
    cursor: str,
) -> list[Json]:
    """Return the nodes of every page.

    Args:
        client: asks.
        asked: what is asked for, in words.
        query: asks for `totalCount`, `pageInfo` and `nodes` of the connection.
        variables: of the query.
        way: from `data` to the connection.
        cursor: the variable that takes the cursor.

    Raises:
        UndecidedError: what was got is not all there is, or a node is null.
    """
    nodes: list[Json] = []
    after: str | None = None
    seen: set[str] = set()
    for _ in range(_MAX_PAGES):
        data = client.graphql(asked, query, {**variables, cursor: after})
        connection = value_in(asked, data, *way)
        total = number_in(asked, connection, "totalCount")
        page = value_in(asked, connection, "nodes")
        if not isinstance(page, list) or any(node is None for node in page):
            raise problems.odd_answer(asked, "a page has holes")
        nodes += page
        info = value_in(asked, connection, "pageInfo")
        if value_in(asked, info, "hasNextPage") is not True:
            break
        after = text_in(asked, info, "endCursor")
        if after in seen:
            raise problems.odd_answer(asked, "a page comes again")
        seen.add(after)
    else:
        raise problems.odd_answer(asked, f"more than {_MAX_PAGES} pages")
    if len(nodes) != total:
        raise problems.odd_answer(asked, f"{len(nodes)} of {total} were given")
    return nodes
