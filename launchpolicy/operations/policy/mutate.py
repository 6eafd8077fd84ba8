"""Measure which mistakes in the policies of packs their cases notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from launchpolicy.engine.analysis.cases import asked_again, case_inputs
from launchpolicy.engine.analysis.mutation import MutationResult, PolicyFile, measure_mutants
from launchpolicy.hosts.platform import usable_cores
from launchpolicy.operations.policy.changed_policies import changed_policies
from launchpolicy.operations.policy.test import (
    PolicyUnderTest,
    policies_to_test,
    require_cases,
    top_folder,
)
from launchpolicy.operations.submissions.worker_processes import answers_of_processes
from launchpolicy.policy.parameters import with_pack_parameters
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text


class Selection(NamedTuple):
    """Only the policies that differ from a base; `base` None is the usual one."""

    base: str | None


def mutate_packs(
    folders: tuple[Path, ...], start: Path, jobs: int, changed: Selection | None = None
) -> Iterator[MutationResult]:
    """Yield for every policy of the packs in `folders` which mistakes its cases notice.

    Args:
        folders: packs, or folders of packs; without any, those of the configuration.
        start: where the command runs.
        jobs: the number of processes; 0 for one on each processor.
        changed: which of the policies; None for all.

    Raises:
        UsageError: a folder holds no pack, or there is none, or no base.
        MalformedRulesError: a pack, a policy, or a test file is not right.
        UndecidedError: a process ended before it had measured its policy.
    """
    policies = policies_to_test(folders, start)
    numbers = tuple(range(len(policies)))
    if changed is not None:
        numbers = changed_policies(policies, top_folder(folders, start), changed.base)
    require_cases(policies[number] for number in numbers)
    size = min(jobs or usable_cores(), len(numbers))
    if size <= 1:
        yield from (_measure(policies[number]) for number in numbers)
        return
    # The longest first, or one process would end with it alone.
    order = sorted(numbers, key=lambda number: _length(policies[number]), reverse=True)
    answers = answers_of_processes(order, partial(_begin, folders, start), size)
    results = dict(zip(order, answers, strict=True))
    for number in numbers:
        result = results[number]
        if result is None:
            raise UndecidedError(
                Text(
                    "A process ended before it had measured its policy.",
                    "某个进程在测得结果之前已结束。",
                ),
                Text("Run it again with --jobs 1.", "请用 --jobs 1 重试。"),
            )
        yield result


def _length(tested: PolicyUnderTest) -> int:
    """Return how much there is to change in a policy: the time to measure it follows from that."""
    return len(repr(tested.pack.source["policies"][tested.policy.id]))


def _begin(folders: tuple[Path, ...], start: Path) -> Callable[[int], MutationResult]:
    policies = policies_to_test(folders, start)
    return lambda number: _measure(policies[number])


def _measure(tested: PolicyUnderTest) -> MutationResult:
    test, baselines = tested.cases()
    source, name = tested.pack.source, tested.policy.id
    bindings = source["pack"]["spec"]["bindings"]
    binding = next(item for item in bindings if item["policy"] == name)
    argued = [item["mutant"] for item in test["spec"].get("equivalent", ())]
    cases = case_inputs(tested.policy, tested.kind, test, baselines, tested.other_files)
    shared = source["pack"]["spec"].get("params", {})
    data = with_pack_parameters(source["policies"][name], shared)
    file = PolicyFile(data, binding, tested.kind)
    return measure_mutants(
        tested.policy,
        file,
        cases,
        argued,
        lambda policy, given: asked_again(policy, test, given, tested.other_files),
    )
