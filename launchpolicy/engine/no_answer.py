"""Why an expression gave no answer, and what its owner does about it: one row for each cause.

A remedy names what is wrong here. `has()` is the remedy for a key that is missing, and for nothing
else; a test tries the remedies.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from launchpolicy.policy.cel.memory import ALLOWANCE
from launchpolicy.policy.cel.runtime import EvaluationError, MemoryBoundError
from launchpolicy.vocabulary.text import Text


class Cause(NamedTuple):
    """What happened, and what to do about it."""

    what: Text
    fix: Text


class _KnownCause(NamedTuple):
    """What the library says (a regular expression), and the cause; `{1}` is its first group."""

    pattern: re.Pattern[str]
    what: Text
    fix: Text


def _known_cause(pattern: str, what: Text, fix: Text) -> _KnownCause:
    return _KnownCause(re.compile(pattern, re.DOTALL), what, fix)


_ROWS: Final = (
    _known_cause(
        r"Iteration budget exceeded",
        Text(
            "it goes through more elements than the iteration budget allows",
            "遍历的元素数超出迭代预算",
        ),
        Text(
            "go through fewer elements: filter a list before another is gone through inside it, "
            "write `x in list` in place of `list.exists(e, e == x)`, or split it with `forEach`. "
            "If the request holds a very long list, shorten it.",
            "减少遍历的元素：先过滤列表再嵌套遍历，"
            "用 `x in list` 代替 `list.exists(e, e == x)`，或用 `forEach` 拆分。"
            "如果申请中有过长的列表，请缩短。",
        ),
    ),
    _known_cause(
        r'Key not found in map : "?(.*[^A-Za-z0-9_"].*?|[0-9].*?)"?$',
        Text("the key `{1}` is missing", "缺少键 `{1}`"),
        Text(
            "ask for the key first: `'KEY' in x && …`, or give it a value: `x[?'KEY'].orValue(…)`.",
            "请先判断键：`'键' in x && …`，或给出默认值：`x[?'键'].orValue(…)`。",
        ),
    ),
    _known_cause(
        r'Key not found in map : "?(.*?)"?$',
        Text("the key `{1}` is missing", "缺少键 `{1}`"),
        Text(
            "ask for an optional key first: `has(x.KEY) && …`, or give it a value: "
            "`x.?KEY.orValue(…)`.",
            "可选的键先用 `has(x.键) && …` 判断，或给出默认值：`x.?键.orValue(…)`。",
        ),
    ),
    _known_cause(
        r"Applying SELECT to non-message type",
        Text(
            "a field is asked of a value that has no fields: null, a text, a number or a list",
            "对没有字段的值（null、文本、数字或列表）取字段",
        ),
        Text(
            "ask for the value first: `x != null && x.field == …`; where it may be a text or an "
            "object, `type(x) == map && …`.",
            "请先判断该值：`x != null && x.字段 == …`；"
            "若可能是文本或对象，用 `type(x) == map && …`。",
        ),
    ),
    _known_cause(
        r"No matching overloads found : _?([^_(]+)_?\(.*null_type",
        Text("`{1}` is applied to null", "`{1}` 用于 null"),
        Text("ask for null first: `x != null && …`.", "请先判断是否为 null：`x != null && …`。"),
    ),
    _known_cause(
        r"No matching overloads found : <iter_range>",
        Text(
            "it goes through a value that is neither a list nor an object",
            "被遍历的值既不是列表也不是对象",
        ),
        Text(
            "ask for the type first: `type(x) == list && x.all(…)`.",
            "请先判断类型：`type(x) == list && x.all(…)`。",
        ),
    ),
    _known_cause(
        r"No matching overloads found : (?:<jump_condition>|!_|_&&_|_\|\|_)",
        Text("a condition in it is neither true nor false", "其中的条件既不是 true 也不是 false"),
        Text("compare it: `x == true`.", "请写成比较：`x == true`。"),
    ),
    _known_cause(
        r"No matching overloads found : (?:_\[\??_\])",
        Text(
            "`[ ]` or `.?` is applied to a value that is neither a list nor an object",
            "`[ ]` 或 `.?` 用于既不是列表也不是对象的值",
        ),
        Text("ask for the value first: `x != null && …`.", "请先判断该值：`x != null && …`。"),
    ),
    _known_cause(
        r"No matching overloads found : (?:@in|@in\(.*)$",
        Text(
            "`in` is applied to a value that is neither a list nor an object",
            "`in` 用于既不是列表也不是对象的值",
        ),
        Text(
            "ask for the type first: `type(x) == list && e in x`.",
            "请先判断类型：`type(x) == list && e in x`。",
        ),
    ),
    _known_cause(
        r"No matching overloads found : (?:\((.*?)\)\.(\w+)|_?([^_(\s]+)_?)(\(.*\))?$",
        Text(
            "`{name}` is applied to values of the wrong type{types}",
            "`{name}` 用于类型不符的值{types}",
        ),
        Text(
            "convert the values with int(), double() or string(), or ask for their type first: "
            "`type(x) == string && …`.",
            "请用 int()、double()、string() 转换，或先判断类型：`type(x) == string && …`。",
        ),
    ),
    _known_cause(
        r"(?:divide|modulus) by zero",
        Text("it divides by zero", "除数为零"),
        Text(
            "ask for the divisor first: `n != 0 && m / n > 1`.",
            "请先判断除数：`n != 0 && m / n > 1`。",
        ),
    ),
    _known_cause(
        r"Index error: index=(-?\d+) size=(\d+)",
        Text(
            "the list has no element {1}: it has {2}",
            "列表没有第 {1} 个元素（从 0 数起，共 {2} 个）",
        ),
        Text(
            "ask for the size first: `size(x) > 1 && x[1] == …`, or write `x[?1].orValue(…)`.",
            "请先判断长度：`size(x) > 1 && x[1] == …`，或写 `x[?1].orValue(…)`。",
        ),
    ),
    _known_cause(
        r"Index error: expected integer type, got (\w+)",
        Text("a list is indexed by a {1}", "列表的下标类型是 {1}"),
        Text(
            "index a list by a whole number; for an element with a name write "
            "`x.filter(e, e.name == …)`.",
            "列表下标须为整数；按名称取元素请写 `x.filter(e, e.name == …)`。",
        ),
    ),
    _known_cause(
        r"invalid regular expression: (.*)",
        Text("the regular expression cannot be run: {1}", "无法执行该正则表达式：{1}"),
        Text(
            "write it in the syntax of RE2 (no look-around, no back references); a pattern should "
            "not come from a request.",
            "请按 RE2 语法书写（不支持环视与反向引用）；正则表达式不应来自申请内容。",
        ),
    ),
    _known_cause(
        r"not a date-time of RFC 3339|days=.*must have magnitude|[Tt]imestamp.*(?:range|overflow)",
        Text("a text or number is no date-time", "文本或数字不是有效的日期时间"),
        Text(
            "give the field `format: date-time` in the schema of its kind, so that the request is "
            "corrected, such as 2026-12-01T22:00:00+08:00.",
            "请在该类型的结构定义中为此字段写明 `format: date-time`，"
            "使申请人改正，例如 2026-12-01T22:00:00+08:00。",
        ),
    ),
    _known_cause(
        r"String to Duration conversion failed|[Dd]uration .*(?:allowed|range|overflow)",
        Text("a text is no duration, or one that is too long", "文本不是有效时长，或时长过大"),
        Text(
            "write durations as `90m` or `36h`, and give the field a `pattern` in the schema of "
            "its kind.",
            "时长请写成 `90m`、`36h`，并在该类型的结构定义中为此字段写明 `pattern`。",
        ),
    ),
    _known_cause(
        r"cannot convert (\w+) to (\w+)|Type conversion error from '(\w+)' to '(\w+)'",
        Text("a value cannot be converted to a number or a truth value", "无法转换为数字或真假值"),
        Text(
            "ask for its form first: `x.matches('^[0-9]{1,15}$') && int(x) > 3`.",
            "请先判断格式：`x.matches('^[0-9]{1,15}$') && int(x) > 3`。",
        ),
    ),
    _known_cause(
        r"overflow|out of u?int64 range",
        Text("a number becomes too large for 64 bits", "数值超出 64 位整数范围"),
        Text(
            "compare before it is calculated (`x < 1000000 && …`), or calculate with double().",
            "请在计算前先比较（`x < 1000000 && …`），或用 double() 计算。",
        ),
    ),
    _known_cause(
        r"duplicate key in map",
        Text("a map is written with the same key twice", "映射中同一个键写了两次"),
        Text(
            "write each key once; for keys from a request make a list in place of a map.",
            "每个键只写一次；键来自申请内容时，请用列表代替映射。",
        ),
    ),
    _known_cause(
        r"optional\.none\(\) dereference",
        Text("the value of an empty optional is asked for", "对空的可选值取值"),
        Text(
            "write `.orValue(…)` in place of `.value()`, or ask `.hasValue()` first.",
            "请用 `.orValue(…)` 代替 `.value()`，或先用 `.hasValue()` 判断。",
        ),
    ),
    _known_cause(
        r"not plain data; end an optional chain",
        Text("it ends in an optional value", "结果是可选值"),
        Text("end the chain with `.orValue(…)`.", "请以 `.orValue(…)` 结尾。"),
    ),
    _known_cause(
        r"gives a value of type (.*?), not true or false",
        Text("it gives {1}, not true or false", "结果是 {1}，而不是 true 或 false"),
        Text("compare the value with something.", "请将该值与某值比较。"),
    ),
    _known_cause(
        r"is greater than <string>\.size\(\)|<(?:start|pos|end)>",
        Text("it reads beyond the end of a text", "读取位置超出文本末尾"),
        Text(
            "ask for the size first: `size(x) > 5 && x.substring(5) == …`.",
            "请先判断长度：`size(x) > 5 && x.substring(5) == …`。",
        ),
    ),
)

_OWNER: Final = Text("The owner of the policy must fix it: ", "请策略负责人修正：")
_OTHER: Final = Text(
    "see that it gives an answer whatever a request may hold, and add the case to its tests.",
    "使其对任何内容的申请都能得出结论，并在其测试中加入此例。",
)


def cause_of(failure: EvaluationError) -> Cause:
    """Return why an expression gave no answer, and what the owner of the policy does about it."""
    if isinstance(failure, MemoryBoundError) or isinstance(failure.__cause__, MemoryBoundError):
        return _of_memory()
    message = str(failure).removeprefix("UNKNOWN: ")
    for row in _ROWS:
        match = row.pattern.search(message)
        if match is not None:
            fill = _filler(match)
            return Cause(Text(fill(row.what.en), fill(row.what.zh)), _by_owner(row.fix))
    return Cause(Text(message, message), _by_owner(_OTHER))


def _filler(match: re.Match[str]) -> Callable[[str], str]:
    """Return what puts the groups of a match into a text; only names that it has."""
    groups = [group or "" for group in match.groups()]
    values = {f"{{{number}}}": group for number, group in enumerate(groups, start=1)}
    if len(groups) == len(("receiver", "method", "function", "types")):
        receiver, method, function, types = groups
        given = f"{receiver}, {types[1:-1]}".strip(", ") if method else types[1:-1]
        values = {"{name}": method or function, "{types}": f" ({given})" if given else ""}

    def fill(text: str) -> str:
        for name, value in values.items():
            text = text.replace(name, value)
        return text

    return fill


def _by_owner(fix: Text) -> Text:
    return Text(f"{_OWNER.en}{fix.en}", f"{_OWNER.zh}{fix.zh}")


def _of_memory() -> Cause:
    size = ALLOWANCE >> 20
    return Cause(
        Text(f"it takes more than {size} MiB of memory", f"所需内存超过 {size} MiB"),
        Text(
            "The owner of the policy must fix it: multiply no texts, or ask for their size "
            "first. If the request holds a very long text, shorten it.",
            "请策略负责人修正：避免成倍拼接文本，或先判断文本长度。"
            "如果申请中有过长的文本，请缩短。",
        ),
    )
