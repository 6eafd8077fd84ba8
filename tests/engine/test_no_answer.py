"""Every cause of "no answer" has its own words, and a remedy that works."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.engine.no_answer import cause_of
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError

OBJECT: dict[str, Any] = {
    "none": None,
    "count": 3,
    "zero": 0,
    "text": "x",
    "list": [1, 2],
    "map": {"a": 1},
    "long": list(range(20_000)),
    "pattern": "[",
    "time": "2026-13-01",
    "largest": 2**63 - 1,
}

CASES = (
    (
        "object.long.all(x, x >= 0)",
        "iteration budget",
        "迭代预算",
        "3 in object.long",
        "fewer elements",
    ),
    (
        "object.missing == 1",
        "the key `missing` is missing",
        "缺少键 `missing`",
        "!(has(object.missing) && object.missing == 1)",
        "has(x.KEY)",
    ),
    (
        "object.missing == 1",
        "the key `missing` is missing",
        "缺少键",
        "object.?missing.orValue(1) == 1",
        ".orValue(",
    ),
    (
        "object.map['a-b'] == 1",
        "the key `a-b` is missing",
        "缺少键 `a-b`",
        "object.map[?'a-b'].orValue(1) == 1",
        "x[?'KEY'].orValue(…)",
    ),
    (
        "object.map['a-b'] == 1",
        "the key `a-b` is missing",
        "缺少键 `a-b`",
        "!('a-b' in object.map && object.map['a-b'] == 1)",
        "'KEY' in x",
    ),
    (
        "object.none.field == 1",
        "has no fields",
        "没有字段的值",
        "!(object.none != null && object.none.field == 1)",
        "x != null",
    ),
    (
        "object.text.field == 1",
        "has no fields",
        "没有字段的值",
        "!(type(object.text) == map && object.text.field == 1)",
        "type(x) == map",
    ),
    (
        "object.none + 1 == 1",
        "`+` is applied to null",
        "`+` 用于 null",
        "!(object.none != null && object.none + 1 == 1)",
        "x != null",
    ),
    (
        "object.none > 1",
        "`>` is applied to null",
        "`>` 用于 null",
        "!(object.none != null && object.none > 1)",
        "x != null",
    ),
    (
        "object.?none.?field.orValue(1) == 1",
        "`.?` is applied",
        "`.?` 用于",
        "!(object.none != null && object.?none.?field.orValue(1) == 1)",
        "x != null",
    ),
    (
        "object.text < 1",
        "`<` is applied to values of the wrong type (string, int64)",
        "类型不符",
        "!(type(object.text) == int && object.text < 1)",
        "type(x) ==",
    ),
    (
        "object.count.startsWith('3')",
        "`startsWith` is applied to values of the wrong type (int64, string)",
        "类型不符",
        "string(object.count).startsWith('3')",
        "string()",
    ),
    (
        "size(object.count) == 1",
        "`size` is applied to values of the wrong type (int64)",
        "类型不符",
        "size(string(object.count)) == 1",
        "string()",
    ),
    (
        "object.text.all(x, true)",
        "neither a list nor an object",
        "既不是列表也不是对象",
        "!(type(object.text) == list && object.text.all(x, true))",
        "type(x) == list",
    ),
    (
        "'a' in object.count",
        "`in` is applied",
        "`in` 用于",
        "!(type(object.count) == list && 'a' in object.count)",
        "type(x) == list",
    ),
    (
        "!object.text",
        "neither true nor false",
        "既不是 true 也不是 false",
        "!(object.text == true)",
        "==",
    ),
    (
        "object.count / object.zero == 1",
        "divides by zero",
        "除数为零",
        "!(object.zero != 0 && object.count / object.zero == 1)",
        "n != 0",
    ),
    (
        "object.count % object.zero == 1",
        "divides by zero",
        "除数为零",
        "!(object.zero != 0 && object.count % object.zero == 1)",
        "n != 0",
    ),
    (
        "object.list[5] == 1",
        "no element 5: it has 2",
        "没有第 5 个元素",
        "!(size(object.list) > 5 && object.list[5] == 1)",
        "size(x) >",
    ),
    (
        "object.list[5] == 1",
        "no element 5",
        "没有第 5 个元素",
        "object.list[?5].orValue(1) == 1",
        ".orValue(",
    ),
    (
        "object.list['a'] == 1",
        "indexed by a string",
        "下标类型",
        "object.list[0] == 1",
        "whole number",
    ),
    (
        "object.text.matches(object.pattern)",
        "cannot be run: missing ]",
        "无法执行该正则表达式",
        "object.text.matches('[x]')",
        "RE2",
    ),
    (
        "timestamp(object.time) < now",
        "no date-time",
        "日期时间",
        "timestamp('2026-12-01T22:00:00+08:00') > now",
        "format: date-time",
    ),
    (
        "duration(object.text) > duration('1s')",
        "no duration",
        "时长",
        "duration('90m') > duration('1s')",
        "90m",
    ),
    (
        "int(object.text) > 3",
        "cannot be converted",
        "无法转换",
        "!(object.text.matches('^[0-9]{1,15}$') && int(object.text) > 3)",
        "x.matches(",
    ),
    (
        "bool(object.text)",
        "cannot be converted",
        "无法转换",
        "object.text == 'x'",
        "ask for its form",
    ),
    (
        "object.largest + 1 > 0",
        "too large for 64 bits",
        "64 位",
        "!(object.largest < 1000000 && object.largest + 1 > 0)",
        "compare before",
    ),
    (
        "{object.text: 1, 'x': 2}.size() == 1",
        "the same key twice",
        "写了两次",
        "[object.text, 'x'].size() == 2",
        "a list in place",
    ),
    (
        "object.?missing.value() == 1",
        "empty optional",
        "可选值",
        "object.?missing.orValue(1) == 1",
        ".orValue(",
    ),
    (
        "object.count",
        "it gives INT, not true or false",
        "结果是 INT",
        "object.count == 3",
        "compare",
    ),
    (
        "object.text.substring(5) == ''",
        "beyond the end",
        "超出文本末尾",
        "!(size(object.text) > 5 && object.text.substring(5) == '')",
        "size(x) >",
    ),
)


@pytest.fixture(scope="module")
def bindings() -> Bindings:
    return Bindings({"object": OBJECT, "now": datetime(2026, 11, 30, tzinfo=UTC)})


@pytest.mark.parametrize(("expression", "english", "chinese", "mended", "remedy"), CASES)
def test_a_cause_is_named_and_its_remedy_works(
    bindings: Bindings, expression: str, english: str, chinese: str, mended: str, remedy: str
) -> None:
    with pytest.raises(EvaluationError) as caught:
        bindings.holds(expression)
    cause = cause_of(caught.value)
    assert english in cause.what.en
    assert chinese in cause.what.zh
    assert remedy in cause.fix.en
    assert cause.fix.zh.startswith("请策略负责人修正：")
    assert "{" not in cause.what.en + cause.what.zh
    assert bindings.holds(mended) is True


def test_only_a_missing_key_is_told_to_be_guarded_with_has(bindings: Bindings) -> None:
    told = set()
    for expression, *_ in CASES:
        with pytest.raises(EvaluationError) as caught:
            bindings.holds(expression)
        if "has(" in cause_of(caught.value).fix.en:
            told.add(expression)
    assert told == {"object.missing == 1"}


def test_a_cause_that_nobody_foresaw_is_still_said() -> None:
    cause = cause_of(EvaluationError("UNKNOWN: something new"))
    assert cause.what.en == "something new"
    assert cause.fix.en
