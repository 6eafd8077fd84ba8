"""Judge mutations in this process, as `check` judges a work tree before approvals.

Everything but the mutation stays the same between two of them, and is read once: rules, directory,
calendar, and the other requests.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from launchpolicy.engine.request import Evaluate, judge
from launchpolicy.engine.submission import (
    Submission,
    expect_approvals_later,
    submission_of,
    without_lines,
)
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import (
    PeopleAndCalendar,
    load_people_and_calendar,
)
from launchpolicy.operations.submissions.fact_inputs import FactInputs
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.operations.submissions.neighbours import SnapshotNeighbours
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Judgement, Verdict
from tests.examples.catalogue import NOW_INSTANT
from tests.mutations.examples import Example, examples, files_of
from tests.mutations.memory_snapshot import MemorySnapshot
from tests.mutations.mutations import Mutation

_KIND = "LaunchRequest"
BATCH = 200
"""Mutations of one example that share what is read; the neighbours index themselves at 500."""

_EXPLAINED = 40
"""One in so many malformed requests is explained, which takes as long as ten judgements."""


class Judged(NamedTuple):
    """A mutation and the verdict on it; `crash` is the exception in place of one."""

    mutation: Mutation
    verdict: Verdict | None
    crash: Exception | None = None


class _Process(NamedTuple):
    files: MemorySnapshot
    rules: PackSet
    known: PeopleAndCalendar


@cache
def _process(name: str) -> _Process:
    files = files_of(name)
    rules = load_rules(files)
    return _Process(files, rules, load_people_and_calendar(files, rules.configuration.paths))


@cache
def people_of(process: str) -> list[str]:
    """Return the ids of everybody in the directory of a process."""
    directory = _process(process).known.directory
    assert directory is not None
    return sorted(person.name for person in directory.people)


def judge_example(example: Example) -> Judgement:
    """Return the judgement of an example as it is."""
    source = json.dumps(example.data, ensure_ascii=False).encode()
    [judgement] = _judgements(example, _process(example.process).files, [source])
    return judgement


def judge_mutations(mutations: Sequence[Mutation]) -> list[Judged]:
    """Return what becomes of mutations of one example; no exception ends the others."""
    example = examples()[mutations[0].example]
    schema = _process(example.process).rules.kinds[_KIND].schema
    results: list[Judged] = []
    plain: list[Mutation] = []
    for number, mutation in enumerate(mutations):
        if number % _EXPLAINED and not schema.accepts(mutation.data(example.data)):
            results.append(Judged(mutation, Verdict.REJECTED))
        elif mutation.file is None:
            plain.append(mutation)
        else:
            results += _judge_batch(example, [mutation])
    for start in range(0, len(plain), BATCH):
        results += _judge_batch(example, plain[start : start + BATCH])
    return results


def _judge_batch(example: Example, mutations: Sequence[Mutation]) -> list[Judged]:
    files = _files_of(example, mutations[0])
    try:
        sources = [mutation.source(example.data) for mutation in mutations]
        judgements = _judgements(example, files, sources)
    except Exception as error:  # noqa: BLE001 (whatever it is, the test names the mutation)
        if len(mutations) == 1:
            return [Judged(mutations[0], None, error)]
        half = len(mutations) // 2
        return [*_judge_batch(example, mutations[:half]), *_judge_batch(example, mutations[half:])]
    return [
        Judged(mutation, judgement.verdict)
        for mutation, judgement in zip(mutations, judgements, strict=True)
    ]


def _files_of(example: Example, mutation: Mutation) -> MemorySnapshot:
    files = _process(example.process).files
    if mutation.file is None:
        return files
    folder = example.path.rpartition("/")[0]
    return files.replaced(f"{folder}/{mutation.value['path']}", mutation.file)


def judge_without_lines(
    example: Example, mutations: Sequence[Mutation], evaluate: Evaluate
) -> list[Judgement]:
    """Return the judgements of mutations of one example, one after the other, as a ledger does."""
    files = _process(example.process).files
    sources = [mutation.source(example.data) for mutation in mutations]
    rules = _process(example.process).rules
    return [
        judge(without_lines(submission), rules, NOW_INSTANT, evaluate)
        for submission in _with_facts(example, files, sources)
    ]


def _judgements(
    example: Example, files: MemorySnapshot, sources: Sequence[bytes]
) -> list[Judgement]:
    rules = _process(example.process).rules
    submissions = _with_facts(example, files, sources)
    return [judge(submission, rules, NOW_INSTANT) for submission in submissions]


def _with_facts(
    example: Example, files: MemorySnapshot, sources: Sequence[bytes]
) -> list[Submission]:
    known = _process(example.process)
    before = None if example.before is None else json.dumps(example.before).encode()
    submissions = [_submission(example, source, before) for source in sources]
    neighbours = SnapshotNeighbours(files, known.rules, [])
    inputs = FactInputs(known.known, neighbours)
    return add_facts(
        expect_approvals_later(submissions), known.rules, (files, files), NOW_INSTANT, inputs
    )


def _submission(example: Example, source: bytes, before: bytes | None) -> Submission:
    return submission_of(_KIND, example.path, source, before)
