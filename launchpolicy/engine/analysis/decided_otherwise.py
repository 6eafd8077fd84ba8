"""Ask two versions of a policy about the same requests, and make those they disagree on small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from launchpolicy.documents.writing import block
from launchpolicy.engine.analysis.decision_changes import PolicyOutcome
from launchpolicy.engine.analysis.policy_differences import DifferingRequest, Direction
from launchpolicy.engine.analysis.request_mutations import (
    MutationWords,
    mutations_of,
    values_by_route,
    without,
    words_of,
)
from launchpolicy.engine.analysis.shown_files import shown_files
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.facts.other_files import OtherFiles
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Outcome
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

_MOST_MUTATIONS = 600
"""For each policy; with more of them, a difference takes minutes."""

_MOST_STEPS = 600
"""Requests that are tried to make one small."""

_MOST_NEIGHBOURS = 200
_LETS_PASS = frozenset({Outcome.PASSED, Outcome.NOT_APPLICABLE, Outcome.WAIVED})


class PolicyVersion(NamedTuple):
    """A policy, and the rules among which it stands."""

    policy: Policy
    rules: PackSet


class RequestSample(NamedTuple):
    """A request to ask about.

    `data` is its plain data, None for a deletion, and `context_of` gives the context of the request
    with other data, None where that would be no request of its kind, or its facts would not fit.
    `beside` adds what one version of a policy knows besides: data documents, and other files.
    """

    name: Text
    data: Data
    context_of: Callable[[Data], Context | None]
    beside: Callable[[Context, PolicyVersion], Context | None] = lambda context, _: context


class Comparison(NamedTuple):
    """What came of asking: the requests decided otherwise, one for each direction, and how many."""

    requests: tuple[DifferingRequest, ...]
    tried: int


def compare_on(
    old: PolicyVersion, new: PolicyVersion, samples: Sequence[RequestSample]
) -> Comparison:
    """Return what two versions of a policy decide otherwise: samples, and changed ones."""
    pair = _Pair(old, new)
    words = words_of((old.policy, new.policy))
    tried = 0
    by_direction: dict[Direction, DifferingRequest] = {}
    for sample in _all_samples(samples, words):
        tried += 1
        direction = pair.direction(sample, sample.data)
        if direction is None or direction in by_direction:
            continue
        by_direction[direction] = _differing_request(pair, sample, direction, words)
        if len(by_direction) == len(_BOTH):
            break
    return Comparison(tuple(by_direction[item] for item in _BOTH if item in by_direction), tried)


_BOTH = (Direction.WEAKENED, Direction.TIGHTENED)


class _Pair:
    """Two versions of a policy."""

    def __init__(self, old: PolicyVersion, new: PolicyVersion) -> None:
        self._versions = old, new

    def outcomes(self, sample: RequestSample, data: Data) -> _Outcomes | None:
        """Return what both say of a request; None where it is none, or one cannot be asked."""
        context = sample.context_of(data)
        if context is None:
            return None
        outcomes, files = [], []
        for version in self._versions:
            whole: Context | None = context
            if context.kind in version.policy.match.kinds:
                whole = sample.beside(context, version)
            if whole is None:
                return None
            result = Evaluation(whole).result(version.policy)
            outcomes.append(PolicyOutcome(str(result.outcome), str(result.action)))
            files.append(whole.other_files)
        return _Outcomes(context, outcomes[0], outcomes[1], tuple(files))

    def direction(self, sample: RequestSample, data: Data) -> Direction | None:
        """Return which way a request is decided otherwise; None where it is not, or is none."""
        outcomes = self.outcomes(sample, data)
        if outcomes is None:
            return None
        was_let, is_let = outcomes.old.outcome in _LETS_PASS, outcomes.new.outcome in _LETS_PASS
        if was_let == is_let:
            return None
        return Direction.WEAKENED if is_let else Direction.TIGHTENED

    def lets_pass(self, sample: RequestSample, data: Data) -> bool:
        """Return whether both versions apply to a request, and let it pass."""
        outcomes = self.outcomes(sample, data)
        if outcomes is None:
            return False
        return {outcomes.old.outcome, outcomes.new.outcome} == {Outcome.PASSED}


class _Outcomes(NamedTuple):
    """What two versions of a policy say of one request."""

    context: Context
    old: PolicyOutcome
    new: PolicyOutcome
    files: tuple[OtherFiles | None, ...]


def _all_samples(samples: Sequence[RequestSample], words: MutationWords) -> Iterator[RequestSample]:
    """Yield the samples, and then so many changed ones, in turn of each."""
    yield from samples
    with_data = [sample for sample in samples if sample.data is not None]
    known = values_by_route(sample.data for sample in with_data)
    changed = [
        _changed_samples(sample, mutations_of(sample.data, words, known)) for sample in with_data
    ]
    yield from islice(_in_turn(changed), _MOST_MUTATIONS)


def _changed_samples(sample: RequestSample, mutations: Iterable[Any]) -> Iterator[RequestSample]:
    for mutation in mutations:
        name = Text(f"{sample.name.en}; {mutation.what}", f"{sample.name.zh}；{mutation.what}")
        yield sample._replace(name=name, data=mutation.data)


def _in_turn(iterators: Sequence[Iterator[RequestSample]]) -> Iterator[RequestSample]:
    waiting = list(iterators)
    while waiting:
        left = []
        for iterator in waiting:
            item = next(iterator, None)
            if item is not None:
                yield item
                left.append(iterator)
        waiting = left


def _differing_request(
    pair: _Pair, sample: RequestSample, direction: Direction, words: MutationWords
) -> DifferingRequest:
    data = sample.data
    neighbour = None
    if data is not None:
        data = smallest(data, lambda other: pair.direction(sample, other) is direction)
        neighbour = _neighbour(pair, sample, data, words)
    outcomes = pair.outcomes(sample, data)
    if outcomes is None:
        message = "a request that was decided is none any more"
        raise ValueError(message)
    context, old, new, files = outcomes
    shown = context.shown_document.data
    return DifferingRequest(
        direction,
        sample.name,
        old,
        new,
        as_yaml(shown),
        as_yaml(neighbour) if neighbour is not None else "",
        shown_files(files),
    )


def _neighbour(pair: _Pair, sample: RequestSample, data: Data, words: MutationWords) -> Data | None:
    """Return a request that both versions let pass, one change away; None where none is near."""
    known = values_by_route([sample.data])
    mutations = islice(mutations_of(data, words, known), _MOST_NEIGHBOURS)
    near = (item.data for item in mutations if pair.lets_pass(sample, item.data))
    return next(near, None)


def smallest(data: Data, holds: Callable[[Data], bool]) -> Data:
    """Return data without every part that can be left out while `holds` stays true."""
    steps = _MOST_STEPS
    is_smaller = True
    while is_smaller and steps > 0:
        is_smaller = False
        for route in _parts(data, ()):
            if steps <= 0:
                break
            if not _is_there(data, route):
                continue
            steps -= 1
            candidate = without(data, route)
            if holds(candidate):
                data, is_smaller = candidate, True
    return data


def as_yaml(data: Data) -> str:
    """Return plain data as YAML in block style."""
    return block(data, lambda _: "") if isinstance(data, dict | list) else f"{data}\n"


def _parts(data: Data, route: Route) -> list[Route]:
    """Return the routes of all parts: outer ones first, the last item of a list before others."""
    level = [(route, data)]
    routes: list[Route] = []
    while level:
        deeper = []
        for at, node in level:
            steps: list[Any] = list(node) if isinstance(node, dict) else []
            if isinstance(node, list):
                steps = list(range(len(node)))[::-1]
            for step in steps:
                routes.append((*at, step))
                deeper.append(((*at, step), node[step]))
        level = deeper
    return routes


def _is_there(data: Data, route: Route) -> bool:
    for step in route:
        is_key = isinstance(data, dict) and step in data
        is_item = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if not (is_key or is_item):
            return False
        data = data[step]
    return True
