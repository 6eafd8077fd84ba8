"""Good answers with something odd in one place, whichever place it is (threat O9)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx

from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.pull_request import collect
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.hosts.github.stub import Fault, Stub, edited, what_is_asked

Json = Any

ODD_VALUES: list[Json] = [None, [], {}, "", "odd", 0, 7, True, [None], [[]], [7]]


def _places(value: Json) -> Iterator[tuple[str | int, ...]]:
    """The way to every place of an answer."""
    yield ()
    steps: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for key, inner in steps:
        yield from ((key, *way) for way in _places(inner))


def _recorded(answers: dict[str, Json]) -> httpx.Client:
    """A transport that gives what was recorded, but for one place."""

    def answer(asked: httpx.Request) -> httpx.Response:
        body = json.loads(asked.content) if asked.content else None
        recorded = answers[what_is_asked(asked.url.raw_path.decode(), body)]
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(recorded).encode()))

    return httpx.Client(base_url="https://github.test", transport=httpx.MockTransport(answer))


def test_whatever_stands_in_one_place_it_is_undecided_or_no_review_is_lost(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(1), said.review(2, state="CHANGES_REQUESTED")]
    good: dict[str, Json] = {}
    for what in ("pull", "reviews", "commits", "activity"):
        stub.faults.append(Fault(what, partial(_kept, good, what)))
    expected = collect(client, event)
    odd_ones = [
        (what, way, odd)
        for what, answer in good.items()
        for way in _places(answer)
        for odd in ODD_VALUES
    ]
    for where, way, odd in odd_ones:
        answers = {**good, where: edited(*way, to=odd)(good[where]) if way else odd}
        try:
            with _recorded(answers) as http:
                got = collect(Client(http, lambda _: None), event)
        except UndecidedError:
            continue
        states = [review.state for review in got.reviews]
        assert states == [review.state for review in expected.reviews], (where, way, odd)
        people = got.participants
        assert all((people.openers, people.authors)), (where, way, odd)
        assert bool(people.pushers) is (people.unknown_pushers is None), (where, way, odd)


def _kept(good: dict[str, Json], what: str, answer: Json) -> Json:
    good[what] = answer
    return answer
