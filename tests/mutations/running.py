"""Judge many mutations, and say how they end: for the tests, and for `make fuzz`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from random import Random
from typing import NamedTuple

from launchpolicy.vocabulary.finding import Verdict
from tests.mutations.examples import examples
from tests.mutations.judging import Judged, judge_mutations
from tests.mutations.mutations import Mutation, single_mutations

EXIT_CODES = {
    Verdict.PASS: 0,
    Verdict.BLOCKED: 1,
    Verdict.REJECTED: 2,
    Verdict.UNDECIDED: 3,
}
_ROUND = 2_000  # mutations that are drawn at once, so that those of one example share what is read


class Tally(NamedTuple):
    """What became of many mutations."""

    verdicts: Counter[Verdict]
    passed: Counter[tuple[str, str]]
    """By place and operator."""
    by_process: Counter[str]
    """How many passed in each process."""
    crashes: list[str]
    undecided: list[str]


def judge_all(mutations: Iterable[Mutation]) -> Tally:
    """Return what becomes of mutations, those of each example together."""
    tally = Tally(Counter(), Counter(), Counter(), [], [])
    ordered = sorted(mutations, key=lambda mutation: mutation.example)
    for _, group in groupby(ordered, key=lambda mutation: mutation.example):
        for judged in judge_mutations(list(group)):
            _count(tally, judged)
    return tally


def drawn_mutations(count: int, seed: int) -> Iterator[Sequence[Mutation]]:
    """Yield `count` mutations in rounds, drawn from all of them; the same for the same seed."""
    random = Random(seed)  # noqa: S311 (a test that can be repeated)
    every = single_mutations()
    while count > 0:
        size = min(count, _ROUND)
        yield random.choices(every, k=size)
        count -= size


def judge_drawn(count: int, seed: int, progress: Callable[[int], None]) -> Tally:
    """Return what becomes of `count` drawn mutations; `progress` gets the number judged so far."""
    whole = Tally(Counter(), Counter(), Counter(), [], [])
    for mutations in drawn_mutations(count, seed):
        tally = judge_all(mutations)
        whole.verdicts.update(tally.verdicts)
        whole.passed.update(tally.passed)
        whole.by_process.update(tally.by_process)
        whole.crashes.extend(tally.crashes)
        whole.undecided.extend(tally.undecided)
        progress(whole.verdicts.total() + len(whole.crashes))
    return whole


def _count(tally: Tally, judged: Judged) -> None:
    mutation = judged.mutation
    example = examples()[mutation.example]
    name = f"{example.process}/{example.path}: {'.'.join(map(str, mutation.route))}"
    if judged.verdict is None:
        tally.crashes.append(f"{name} {mutation.operator}: {judged.crash!r}")
        return
    tally.verdicts[judged.verdict] += 1
    if judged.verdict is Verdict.UNDECIDED:
        tally.undecided.append(f"{name} {mutation.operator} {str(mutation.value)[:60]}")
    if judged.verdict is Verdict.PASS:
        tally.passed[mutation.kind] += 1
        tally.by_process[example.process] += 1
