"""Expressions that were compiled ahead: the same answers, and only of the very same text."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from zlib import compress, decompress

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.operations.generate.programs import (
    expressions_of_pass,
    pack_program,
    shipped_programs,
    smallest,
)
from launchpolicy.policy.cel import compiled_ahead, runtime
from launchpolicy.policy.cel.compiled_ahead import key_of
from launchpolicy.policy.cel.runtime import VARIABLES, Bindings, serialized_program

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 12, 1, tzinfo=UTC)
EXPRESSIONS = (
    "now",
    "type(now)",
    "timestamp('2026-01-01T00:00:00Z') <= now",
    "now + duration('1h')",
    "object.list.all(one, one > 1)",
    "object.list.map(one, one + 1)",
    "object.?absent.orValue('none')",
    "has(object.absent)",
    "cel.bind(one, 1, one + 1)",
    "matches('abc', 'a.c') && 'abc'.matches('b')",
    "object.absent",
    "object.list[9]",
    "object.list + 'text'",
    "1 / 0",
    "timestamp('yesterday')",
    "object.list.all(one, one.absent)",
)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Yield what is compiled ahead: nothing but what a test adds, and nothing is remembered."""
    programs: dict[str, str] = {}
    monkeypatch.setattr(compiled_ahead, "_unread", [])
    monkeypatch.setattr(compiled_ahead, "_programs", programs)
    runtime.program_of.cache_clear()
    runtime._reading_environment.cache_clear()
    environment = runtime.new_environment()
    monkeypatch.setattr(runtime, "_environment", lambda: environment)
    yield programs
    runtime.program_of.cache_clear()
    runtime._reading_environment.cache_clear()


def _answer(expression: str, *, program: bytes | None = None) -> object:
    """Return the value, or the message of what has none; of a program where one is given."""
    values = {**{name: {} for name in VARIABLES}, "object": {"list": [1, 2, 3]}, "now": NOW}
    bindings = Bindings(values)
    try:
        if program is None:
            return bindings.evaluate(expression)
        return runtime._plain_value(
            bindings._run(runtime._reading_environment().deserialize(program))
        )
    except runtime.EvaluationError as error:
        return str(error)


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.usefixtures("ahead")
def test_what_was_compiled_ahead_gives_the_same_value_or_message(expression: str) -> None:
    program = smallest(serialized_program(expression))

    assert _answer(expression, program=program) == _answer(expression)


@pytest.mark.usefixtures("ahead")
def test_a_moment_is_one_for_a_program_that_is_read_before_anything_is_compiled() -> None:
    """The library itself refuses `now` there: "Non-CEL value type"."""
    expression = "now > timestamp('2026-01-01T00:00:00Z')"
    program = smallest(runtime.new_environment().compile(expression).serialize())

    assert _answer(expression, program=program) is True


def test_a_program_is_taken_for_its_very_text_and_for_no_other(ahead: dict[str, str]) -> None:
    (of_true,) = (
        text
        for pack in shipped_files.pack_names()
        for key, text in shipped_files._programs(pack).items()
        if key == key_of(_shipped_expression())
    )
    ahead[key_of("1 == 1 ")] = of_true

    assert compiled_ahead.compiled_ahead("1 == 1 ") is not None
    assert compiled_ahead.compiled_ahead("1 == 1") is None
    assert _answer("1 == 1") is True


def _shipped_expression() -> str:
    return next(expressions_of_pass(shipped_files.pack("launch").policies[0]))


def test_programs_of_another_library_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / shipped_files.PROGRAMS).mkdir()
    file = tmp_path / shipped_files.PROGRAMS / "launch.json"
    written = (shipped_files.FOLDER / shipped_files.PROGRAMS / "launch.json").read_text()
    monkeypatch.setattr(shipped_files, "FOLDER", tmp_path)
    installed = version(shipped_files.CEL_LIBRARY)
    file.write_text(re.sub('"library": "[^"]*"', f'"library": "{installed}"', written, count=1))
    assert shipped_files._programs("launch")

    file.write_text(re.sub('"library": "[^"]*"', '"library": "0.0.1"', written, count=1))

    assert shipped_files._programs("launch") == {}


def test_another_library_than_the_locked_one_writes_nothing_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("launchpolicy.operations.generate.programs.version", lambda _: "0.0.1")

    made = shipped_programs(ROOT)

    assert made
    assert all((ROOT / name).read_text() == text for name, text in made.items())


def test_what_another_build_of_zlib_compressed_stays_as_it_is() -> None:
    program = smallest(serialized_program("1 == 1"))
    by_others = b64encode(compress(program, 0)).decode()

    assert pack_program(program, by_others) == by_others != pack_program(program, "")
    assert pack_program(program, b64encode(compress(b"another")).decode()) != by_others
    assert decompress(b64decode(pack_program(program, "no Base64"))) == program


def test_every_expression_of_a_pass_is_compiled_ahead() -> None:
    for name in shipped_files.pack_names():
        programs = shipped_files._programs(name)
        assert not programs or programs.keys() == {
            key_of(expression)
            for policy in shipped_files.pack(name).policies
            for expression in expressions_of_pass(policy)
        }
