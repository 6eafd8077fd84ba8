"""A pytest plugin: tests that add no line to the coverage run without it, twice as fast.

They are those of the files below, and, of a parametrised test of commands, all cases but the first
two. Neither they nor the processes that they start are measured. A line that only they would run
counts as not covered, so this list can fail the threshold of coverage and never meet it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

UNMEASURED = (
    "agreement",  # thousands of documents go the way of one
    "architecture",  # reads the code, and does not run it
    "bench",
    "cli/test_approval_attacks.py",  # the ways of tests/cli/test_approve.py, by attackers
    "cli/test_approval_floods.py",
    "cli/test_branches_behind.py",
    "cli/test_forked_program.py",  # compares two ways to run what tests/cli measures
    "cli/test_init_attacks.py",  # init, as tests/cli/test_init.py
    "cli/test_links_as_folders.py",
    "cli/test_other_systems.py",  # the commands of tests/cli, as on other systems
    "cli/test_signature_replays.py",
    "cli/test_spare_approvals.py",
    "cli/test_standard_streams.py",  # the commands of tests/cli, into streams of every kind
    "documents/schema/test_schema_shipped.py",  # schemas that other tests load as well
    "engine/test_policy_coverage.py",  # the cases of shipped packs; commands measure the same
    "engine/test_questions.py",  # one question after the other goes the same way
    "engine/test_remembered_results.py",  # many mutated requests go the way of one
    "examples/test_approvals.py",  # the commands of tests/cli, on all examples
    "examples/test_demo.py",
    "examples/test_examples.py",
    "examples/test_first_launch.py",  # the commands of the README
    "examples/test_new_requests.py",  # one field after the other goes the same way
    "examples/test_walks.py",
    "github",  # the program is installed elsewhere
    "ledger/audit/test_earlier_ledgers.py",  # what tests/ledger/audit measures, on two old ledgers
    "ledger/audit/test_files.py",  # each file of an audit that others write and read
    "ledger/site/test_charts.py",  # what the browser does with pages that others render
    "ledger/site/test_paper.py",
    "ledger/site/test_site.py",
    "ledger/site/test_weight.py",  # thousands of launches go the way of some
    "ledger/test_append.py",  # appends, as in all other files here
    "ledger/test_branches.py",  # appends on other branches, which go no way of their own
    "ledger/test_broken_first_rules.py",  # verify and build, again and again
    "ledger/test_commands.py",  # commands, whose operations other files here measure
    "ledger/test_earlier_evidence.py",  # entries of an earlier edition, as in test_earlier_rules.py
    "ledger/test_earlier_files.py",  # the same
    "ledger/test_earlier_ledgers.py",  # verify and build, on an old ledger
    "ledger/test_earlier_texts.py",  # the same
    "ledger/test_interrupted.py",  # appends that are killed, by the dozen
    "ledger/test_kept_checkpoints.py",  # verify, as in test_verify_since.py
    "ledger/test_landing_times.py",  # appends at odd times
    "ledger/test_long_appends.py",  # appends that are killed, again
    "ledger/test_races.py",  # appends that race, again and again
    "ledger/test_random_histories.py",  # append, build and verify, again and again
    "ledger/test_rebuilding.py",  # build, as in test_random_histories.py
    "ledger/test_requests_over_time.py",  # appends of many landings
    "ledger/test_second_ledger.py",  # verify and build, on an old ledger
    "ledger/test_tampering.py",  # verify, for every byte
    "ledger/test_unknown_sets.py",  # verify, of packs that nobody knows
    "mutations",  # judgements of mutated examples, by the thousand
    "operations/gate/test_command.py",  # the command of a gate that test_gate.py measures
    "operations/replay/test_random_histories.py",  # replays that others measure, again and again
    "policies",  # cases of policies, by the thousand
    "policy/test_cel_memory.py",  # runs out of memory on purpose, which measuring may not survive
    "probes",  # checks of whole launches, by the hundred
    "realworld",  # real files, by the thousand
    "requests/test_same_documents.py",  # two readers of drawn documents, each with its own tests
    "structure",
)
"""Folders and files below `tests/`."""

UNMEASURED_TESTS = (
    "documents/schema/test_public_schemas.py::test_a_public_schema_loads_or_is_refused_for_its_reason",
    "documents/schema/test_schema_drafts.py::test_a_schema_of_any_draft_is_judged_as_its_draft_says",
    "facts/evidence/test_empty_pictures.py::test_no_cut_through_a_picture_raises",
    "facts/test_blank_texts.py::test_invisible_text_is_reported_in_every_field_that_takes_text",
    "hosts/github/test_bounds.py::test_a_bomb_of_one_gibibyte_is_not_unpacked",
    (
        "operations/test_generated_files.py::test_a_generated_file_is_what_its_generator_makes"
        "[the packs that the program reads]"
    ),
    "operations/test_read_once.py::test_206_requests_are_parsed_206_times",
    "policy/test_cel_fields.py::test_a_schema_nested_without_end_raises_nothing",
    "policy/test_cel_functions.py::test_functions_inside_a_macro_stop_at_the_budget_of_values",
    "policy/test_cel_functions.py::test_the_budget_of_values_is_of_one_evaluation",
)
"""Single tests, or cases of one, that go the same way a thousand times."""

_UNMEASURED_PATHS = frozenset(TESTS / name for name in UNMEASURED)

MEASURED_CASES = 2
"""So many cases of one parametrised test are measured; those behind them go the same way."""

STARTS_COMMANDS = ("cli", "examples", "words")
"""Folders whose cases cost much each; elsewhere a case is a call, and all are measured."""

_IS_MEASURED = pytest.StashKey[bool]()
_VARIABLE = "COVERAGE_PROCESS_CONFIG"
"""With it each process that starts measures itself (coverage.py, "Measuring subprocesses")."""


def is_measured(path: Path) -> bool:
    """Whether the tests in this file count for coverage."""
    return _UNMEASURED_PATHS.isdisjoint((path, *path.parents))


@contextmanager
def without_coverage() -> Iterator[None]:
    """Measure nothing meanwhile, neither here nor in processes that start.

    The tracer is taken off and put on again: there may be two measurements in one process, that of
    pytest-cov and that of coverage itself, and to stop one would leave the other.
    """
    tracer = sys.gettrace()
    variable = os.environ.pop(_VARIABLE, None)
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)
        if variable is not None:
            os.environ[_VARIABLE] = variable


def measured_cases(nodes: Iterable[str]) -> frozenset[str]:
    """Return the cases to measure, by the ids of their nodes in the order of the files."""
    cases: dict[str, list[str]] = {}
    for node in nodes:
        cases.setdefault(node.partition("[")[0], []).append(node)
    return frozenset(
        node
        for test, of_test in cases.items()
        for node in (of_test[:MEASURED_CASES] if _is_costly(test) else of_test)
    )


def _is_costly(test: str) -> bool:
    return test.removeprefix("tests/").split("/")[0] in STARTS_COMMANDS


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = measured_cases(item.nodeid for item in items)
    in_file = {path: is_measured(path) for path in {item.path for item in items}}
    for item in items:
        case = item.nodeid.removeprefix("tests/")
        is_single = not {case, case.partition("[")[0]}.isdisjoint(UNMEASURED_TESTS)
        item.stash[_IS_MEASURED] = item.nodeid in first and in_file[item.path] and not is_single


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if item.stash[_IS_MEASURED]:
        return (yield)
    with without_coverage():
        return (yield)
