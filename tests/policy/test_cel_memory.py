"""An evaluation that would take gigabytes ends with an error, in bounded memory (threat R1)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts import platform
from launchpolicy.policy.cel import memory, runtime, tracing
from launchpolicy.policy.cel.has_keys import with_fields_in_has
from launchpolicy.policy.cel.memory import Answer, OutOfBoundsError, run_in_bounds

_PROGRAM = """
import json, resource, sys
from launchpolicy.hosts.platform import AddressSpaceBound
from launchpolicy.policy.cel.memory import ALLOWANCE, bound_evaluations
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError

bound_evaluations(AddressSpaceBound(ALLOWANCE))
bindings = Bindings({"object": {"big": "x" * 100_000, "many": list(range(9_000))}})
answers = []
for expression in sys.argv[1:]:
    try:
        answers.append(bindings.evaluate(expression))
    except EvaluationError as error:
        answers.append(str(error))
# Not `ru_maxrss`: a process inherits that from the one that started it.
lines = open("/proc/self/status").read().splitlines()
peak = int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) >> 10
limit = resource.getrlimit(resource.RLIMIT_AS)[0]
print(json.dumps([peak, limit == resource.RLIM_INFINITY, answers]))
"""


def _doubled(times: int) -> str:
    expression = f"a{times}.size()"
    for number in range(times, 0, -1):
        expression = f"cel.bind(a{number}, a{number - 1} + a{number - 1}, {expression})"
    return f"cel.bind(a0, object.big, {expression})"


def _nested(times: int) -> str:
    inner = "[" + ", ".join(["object.big"] * 10) + "]"
    expression = f"'%s'.format([a{times}]).size()"
    for number in range(times, 0, -1):
        tens = ", ".join([f"a{number - 1}"] * 10)
        expression = f"cel.bind(a{number}, [{tens}], {expression})"
    return f"cel.bind(a0, {inner}, {expression})"


BOMBS = {
    "replace-nothing": "object.big.replace('', object.big).size()",
    "replace": "object.big.replace('x', object.big).size()",
    "join": "object.big.split('').join(object.big).size()",
    "split": "object.big.split('').map(x, x).size()",
    "format": _nested(3),
    "doubling": _doubled(14).replace("a1 + a1", "[a1, a1, a1, a1].join()"),
    "macro": "object.many.all(x, object.big + 'x' != '')",
    "map": "object.many.map(x, object.big + 'x').size()",
    "bytes": "object.many.all(x, bytes(object.big).size() > 0 && object.big + 'y' != '')",
    "upper": "object.many.all(x, object.big.upperAscii() != '')",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_string_bomb_in_an_expression_is_an_error_in_bounded_memory(bomb: str) -> None:
    peak, is_lifted, answers = _answers(bomb, "1 + 1")
    assert answers == ["takes more than 64 MiB of memory", 2]
    assert peak < 300
    assert is_lifted, "the bound holds only while an expression runs"


@pytest.mark.parametrize("bomb", ["map", "split"])
def test_what_is_compiled_where_a_bomb_left_no_memory_is_read_by_a_whole_parser(bomb: str) -> None:
    _, _, answers = _answers(*(word for text in _OTHERS for word in (BOMBS[bomb], text)))
    assert answers[1::2] == [*_OTHERS.values()]


_OTHERS: dict[str, object] = {
    "1 + 1": 2,
    "-0x10 < 2 || !false": True,
    "1.5e3 / 2.0": 750.0,
    "r'a\\b' + \"c\" + '''d'''": "a\\bcd",
    "b'ab' == b'\\x61b' ? dyn(null) : 7u": None,
    "object.many[?9999].orValue(3)": 3,
    "{'a': [1, 2]}.a.map(x, x > 1, x * 2)": [4],
    "has(object.none) && object.none": False,
}
"""Texts with the most different tokens: each makes the parser learn something."""


@pytest.mark.parametrize("traced", [False, True], ids=["bound once", "with marks"])
def test_no_expression_is_compiled_in_bounds(
    monkeypatch: pytest.MonkeyPatch, *, traced: bool
) -> None:
    within: list[bool] = [False]

    class Bound:
        def run(self, work: Callable[[], Answer]) -> Answer:
            within[0] = True
            try:
                return work()
            finally:
                within[0] = False

    def compiled(expression: str) -> str:
        assert not within[0], "what is refused memory while it compiles breaks the parser"
        return with_fields_in_has(expression)

    monkeypatch.setattr(memory, "_bounds", [Bound()])
    for module in (runtime, tracing):
        monkeypatch.setattr(module, "with_fields_in_has", compiled)
    bindings = tracing.Tracing(lambda *_: None).bindings({}) if traced else runtime.Bindings({})
    assert bindings.evaluate("20 + 1 + 20") == 41
    assert bindings.holds("20 + 1 + 20 == 41")


def test_an_expression_that_makes_a_megabyte_is_no_bomb() -> None:
    _, _, answers = _answers("(object.big + object.big).split('').size()", _doubled(5))
    assert answers == [200_000, 3_200_000]


def _answers(*expressions: str) -> tuple[int, bool, list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *expressions],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        timeout=120,
    )
    done.check_returncode()
    peak, is_lifted, answers = json.loads(done.stdout)
    return peak, is_lifted, answers


def test_without_a_bound_an_evaluation_runs_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_bounds", [])
    assert run_in_bounds(lambda: 1) == 1


def test_a_process_that_has_grown_since_gets_a_second_try(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([10 << 30, 20 << 30])
    monkeypatch.setattr(platform, "_address_space", lambda: next(sizes))
    bound = platform.AddressSpaceBound(64 << 20)
    tries: list[int] = []

    def work() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise MemoryError
        return "done"

    assert bound.run(work) == "done"


def test_what_takes_too_much_twice_is_out_of_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([10 << 30, 20 << 30])
    monkeypatch.setattr(platform, "_address_space", lambda: next(sizes))
    with pytest.raises(OutOfBoundsError):
        platform.AddressSpaceBound(64 << 20).run(_too_much)


def test_where_the_system_says_no_size_nothing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "_address_space", lambda: None)
    bound = platform.AddressSpaceBound(64 << 20)
    assert bound.run(lambda: 1) == 1
    with pytest.raises(MemoryError):
        bound.run(_too_much)


def test_a_system_that_hides_its_sizes_says_none(monkeypatch: pytest.MonkeyPatch) -> None:
    size = platform._address_space()
    assert size is None or size > 1 << 20
    monkeypatch.setattr(os, "sysconf", lambda _: 4096)
    monkeypatch.setattr("builtins.open", _no_file)
    assert platform._address_space() is None


def _too_much() -> int:
    raise MemoryError


def _no_file(*_: object) -> None:
    raise FileNotFoundError


def test_a_process_that_grows_by_itself_is_measured_again_before_memory_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes, limits = [100 << 20], list[int]()
    monkeypatch.setattr(platform, "_address_space", lambda: sizes[0])
    monkeypatch.setattr("resource.setrlimit", lambda _, pair: limits.append(pair[0]))
    bound = platform.AddressSpaceBound(64 << 20)

    bound.run(lambda: None)
    sizes[0] = 1000 << 20
    for _ in range(32):
        bound.run(lambda: None)

    assert max(limits) == 1064 << 20
