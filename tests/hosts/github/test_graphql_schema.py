"""Our queries, and the answers that our stub gives, against the schema that GitHub publishes."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLSchema,
    build_schema,
    graphql_sync,
    parse,
    validate,
)

import launchpolicy.hosts.forges.github
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.publishing import comment
from launchpolicy.hosts.forges.github.pull_request import _NO_OPINION, _STATES, collect
from tests.hosts.github import said
from tests.hosts.github.counterparts import GRAPHQL_SCHEMA, file_of
from tests.hosts.github.stub import Call, Stub, answer_to

pytestmark = pytest.mark.npm

Json = Any


@pytest.fixture(scope="session")
def schema() -> GraphQLSchema:
    source = file_of(GRAPHQL_SCHEMA, "schema.graphql").read_text("utf-8")
    return build_schema(source, assume_valid=True, no_location=True)


def _queries() -> dict[str, str]:
    """Every constant of the package that is a query."""
    package = launchpolicy.hosts.forges.github
    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, str) and value.lstrip().startswith("query")
    }


QUERIES = _queries()


def test_all_queries_are_found() -> None:
    assert set(QUERIES) == {
        "event._ENTRIES",
        "publishing._WHO_AM_I",
        "makers._COMMITS",
        "pull_request._PULL",
        "pull_request._REVIEWS",
    }


def _complaints(schema: GraphQLSchema, document: DocumentNode) -> list[str]:
    return [error.message for error in validate(schema, document)]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_github_understands(query: str, schema: GraphQLSchema) -> None:
    assert _complaints(schema, parse(query)) == []


MISTAKES = {
    "a field": ("headRefOid", "headRefOID"),
    "an argument": ("$number: Int!", "$number: String!"),
    "a type": ("on Bot", "on Robot"),
    "a field of the wrong type": ("... on Bot { databaseId }", "databaseId"),
}


@pytest.mark.parametrize(("right", "wrong"), MISTAKES.values(), ids=MISTAKES.keys())
def test_the_schema_can_say_no_to(right: str, wrong: str, schema: GraphQLSchema) -> None:
    query = QUERIES["pull_request._PULL"]
    assert right in query
    assert _complaints(schema, parse(query.replace(right, wrong))) != []


def _asked(stub: Stub, client: Client, event: PullRequestEvent) -> list[Call]:
    """What is sent in a run of a merge group with something of everything in it."""
    stub.queue = [said.queued(7, 1)]
    nobody = [said.actor(9, "robot", kind) for kind in ("Bot", "Mannequin", "Organization")]
    stub.pulls[7].reviews = [
        said.review(1),
        said.review(2, None, "CHANGES_REQUESTED", None),
        *(said.review(3, author, "DISMISSED") for author in nobody),
    ]
    stub.pulls[7].commits = [said.commit(said.person("a@example.com"))]
    stub.page_size = 2
    from launchpolicy.hosts.forges.github import event as events  # noqa: PLC0415 (its query is its own)

    events._numbers_in_queue(client, said.REPOSITORY, "main", 7)
    collect(client, dataclasses.replace(event, is_queued=True))
    comment(client, event, 7, "text")
    return [call for call in stub.calls if call.path == "/graphql"]


def _under_its_alias(source: Json, asked: Any, **_: Json) -> Json:
    return source.get(asked.path.key)


def test_the_stub_answers_what_the_schema_lets_github_answer(
    stub: Stub, client: Client, event: PullRequestEvent, schema: GraphQLSchema
) -> None:
    calls = _asked(stub, client, event)
    assert {call.what for call in calls} == {"viewer", "mergeQueue", "pull", "reviews", "commits"}
    for call in calls:
        answer = answer_to(stub, call)[1]["data"]
        done = graphql_sync(
            schema,
            call.body["query"],
            answer,
            variable_values=call.body["variables"],
            field_resolver=_under_its_alias,
        )
        assert done.errors is None, (call.what, done.errors)
        assert done.data == answer


def test_every_state_of_a_review_is_known(schema: GraphQLSchema) -> None:
    states = schema.type_map["PullRequestReviewState"]
    assert isinstance(states, GraphQLEnumType)
    assert set(states.values) == {*_STATES, *_NO_OPINION}


def test_every_kind_of_account_is_tested(schema: GraphQLSchema) -> None:
    actor = schema.type_map["Actor"]
    assert isinstance(actor, GraphQLInterfaceType)
    assert {kind.name for kind in schema.get_possible_types(actor)} == {
        "Bot",
        "EnterpriseUserAccount",
        "Mannequin",
        "Organization",
        "User",
    }
