"""Measure which outcomes of the policies of packs their cases see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import require_document
from launchpolicy.engine.analysis.cases import case_inputs
from launchpolicy.engine.analysis.placed_coverage import PlacedCoverage, placed_coverage
from launchpolicy.engine.analysis.policy_coverage import measure_coverage
from launchpolicy.hosts.platform import usable_cores
from launchpolicy.operations.policy.test import PolicyUnderTest, policies_to_test, require_cases
from launchpolicy.operations.submissions.worker_processes import answers_of_processes
from launchpolicy.policy.coverage_points import UnreadExpressionError
from launchpolicy.vocabulary.errors import MalformedRulesError, UndecidedError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.snapshot import bytes_at
from launchpolicy.vocabulary.text import Text


def measure_packs(
    folders: tuple[Path, ...], start: Path, jobs: int = 0
) -> Iterator[PlacedCoverage]:
    """Yield what the cases of every policy of the packs in `folders` see.

    Args:
        folders: packs, or folders of packs; without any, those of the configuration.
        start: where the command runs.
        jobs: the number of processes; 0 for one on each processor.

    Raises:
        UsageError: a folder holds no pack, or there is none.
        MalformedRulesError: a pack, a policy, or a test file is not right.
        UndecidedError: a process ended before it had measured its policy.
    """
    policies = policies_to_test(folders, start)
    require_cases(policies)
    size = min(jobs or usable_cores(), len(policies))
    if size <= 1:
        yield from map(_measure, policies)
        return
    numbers = range(len(policies))
    begin = partial(_begin, folders, start)
    with closing(answers_of_processes(numbers, begin, size)) as answers:
        for result in answers:
            if result is None:
                raise UndecidedError(
                    Text(
                        "A process ended before it had measured its policy.",
                        "某个进程在测得结果之前已结束。",
                    ),
                    Text(
                        "Run it again with less at the same time.", "请减少同时运行的任务后重试。"
                    ),
                )
            if not isinstance(result, PlacedCoverage):
                raise MalformedRulesError(result)
            yield result


def _begin(
    folders: tuple[Path, ...], start: Path
) -> Callable[[int], PlacedCoverage | tuple[Finding, ...]]:
    policies = policies_to_test(folders, start)

    def answer(number: int) -> PlacedCoverage | tuple[Finding, ...]:
        try:
            return _measure(policies[number])
        except MalformedRulesError as error:  # it would not survive the way as it is
            return error.findings

    return answer


def _measure(tested: PolicyUnderTest) -> PlacedCoverage:
    test, baselines = tested.cases()
    document = policy_document(tested)
    cases = case_inputs(tested.policy, tested.kind, test, baselines, tested.other_files)
    try:
        return placed_coverage(measure_coverage(tested.policy, cases), document)
    except UnreadExpressionError as error:
        raise MalformedRulesError((_unread(document, error),)) from error


def policy_document(tested: PolicyUnderTest) -> Document:
    """Return the file of a policy, which has been loaded from it.

    Raises:
        MalformedRulesError: it has changed in between and is no YAML any more.
    """
    path = f"{tested.folder}/{tested.policy.id}.yaml"
    return require_document(read(path, bytes_at(tested.snapshot, path, MAX_BYTES) or b""))


def _unread(document: Document, error: UnreadExpressionError) -> Finding:
    return Finding(
        "policy/unread-expression",
        Text(
            "What the cases see of this policy cannot be counted: an expression nests too deeply "
            "to be taken apart.",
            "无法统计用例对该策略的覆盖：其中的表达式嵌套过深，无法拆分。",
        ),
        document.place(error.route),
        Text("Give inner parts names under `variables`.", "请在 `variables` 中为内层命名。"),
    )
