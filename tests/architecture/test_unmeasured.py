"""Tests that add no line to the coverage run without it; all others are measured."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from coverage import Coverage

from tests.unmeasured import (
    TESTS,
    UNMEASURED,
    UNMEASURED_TESTS,
    is_measured,
    measured_cases,
    without_coverage,
)
from tests.unmeasured import __file__ as measured_file

VARIABLE = "COVERAGE_PROCESS_CONFIG"


@pytest.mark.parametrize("name", UNMEASURED)
def test_what_is_not_measured_is_there(name: str) -> None:
    assert (TESTS / name).exists()


@pytest.mark.parametrize("name", UNMEASURED_TESTS)
def test_a_single_test_that_is_not_measured_is_there(name: str) -> None:
    file, _, test = name.partition("::")
    assert f"def {test.partition('[')[0]}(" in (TESTS / file).read_text("utf-8")


def test_only_what_is_named_is_not_measured() -> None:
    assert not is_measured(TESTS / "agreement" / "test_agreement.py")
    assert is_measured(TESTS / "engine" / "test_verdict.py")
    assert is_measured(TESTS / "agreements" / "test_agreement.py")


def test_of_a_parametrised_test_the_first_two_cases_are_measured() -> None:
    names = ["a.py::test_one", "a.py::test[x]", "a.py::test[y]", "b.py::test[x]", "a.py::test[z]"]
    costly, cheap = ([f"tests/{folder}/{name}" for name in names] for folder in ("cli", "facts"))

    measured = measured_cases([*costly, *cheap])

    assert measured == {*costly, *cheap} - {"tests/cli/a.py::test[z]"}


def test_nothing_is_measured_meanwhile_and_everything_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "as in pyproject.toml")
    coverage = Coverage(data_file=None, config_file=False, include=[measured_file])
    coverage.start()
    try:
        with without_coverage():
            assert VARIABLE not in os.environ
            is_measured(Path())
        meanwhile = set(lines_of(coverage))
        is_measured(Path())
    finally:
        coverage.stop()
    assert os.environ[VARIABLE] == "as in pyproject.toml"
    body = is_measured.__code__.co_firstlineno + 2
    assert body not in meanwhile
    assert body in lines_of(coverage)


def test_a_failure_does_not_end_the_measuring() -> None:
    coverage = Coverage(data_file=None, config_file=False, include=[measured_file])
    coverage.start()
    try:
        with pytest.raises(ZeroDivisionError), without_coverage():
            divmod(1, 0)
        assert Coverage.current() is coverage
    finally:
        coverage.stop()


def lines_of(coverage: Coverage) -> list[int]:
    return list(coverage.get_data().lines(measured_file) or ())
