"""What is wrong with an expression, in words that a policy's author can act on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from launchpolicy.policy.cel.functions import KNOWN, MACROS, NAMESPACES, nearest_function
from launchpolicy.policy.cel.identifiers import UnboundUse, unbound_uses
from launchpolicy.policy.cel.remedies import fix_of_numbers_among_texts
from launchpolicy.vocabulary.text import Text

_OPERATORS = {"@in": "in", "_[_]": "[ ]", "_?_:_": "? :"}
_LOOP_VARIABLES = re.compile(r"\w+\s*\(\s*(\w+)\s*,(?:\s*(\w+)\s*,)?")
_BETTER = (
    (re.compile(r"^<=? .*Semver"), "isLessThan"),
    (re.compile(r"^>=? .*Semver"), "isGreaterThan"),
    (re.compile(r"^(is(Less|Greater)Than|compareTo|major|minor|patch) .*string"), "semver"),
    (re.compile(r"^(min|max) \(list\(google\.protobuf\.(Timestamp|Duration)\)\)"), "sort"),
    (re.compile(r"^sort \(list\((kind\.|map\()"), "sortBy"),
)
"""What can do it, where an operator or function cannot be applied to these types."""

_WITH_FIELDS = re.compile(r"\bkind\.(?!DateTime\b)[\w.]+")
_GO_THROUGH = "go through lists and maps"
_OF_COMPUTED_KEY = re.compile(
    rf"`in` cannot be applied to \(.*, object\)|`\[ \]` cannot be applied to \(object, "
    rf"|{_GO_THROUGH}, not through object"
)
"""A key that is computed, of an object whose fields the schema lists."""

_OF_TWO_NUMBERS = re.compile(r"cannot be applied to \((int, double|double, int)\)")
_NUMBER_AMONG_TEXTS = re.compile(r"`in` cannot be applied to \((int|double), list\(string\)\)")

_MOST_LISTED = 12
"""So many values of a field are listed."""

_KINDS_ZH = {"text": "文本", "number": "数字", "truth value": "真假值"}

_NO_NAME = "nothing is called `"


class ExpressionProblem(NamedTuple):
    """What is wrong with an expression, at 1-based `line` and `column` inside it."""

    line: int
    column: int
    message: Text
    suggestion: str = ""
    of_function: bool = False
    """Whether it is about a function, of which the kind's schema says nothing."""
    fix: Text | None = None
    """What to do about it, where that is known."""


def describe_call(name: str, expression: str, line: int, column: int) -> tuple[int, str] | None:
    """Return column and namespace of the function `name`; None where it is not called.

    The library points at the parenthesis of a method, and at the first letter of a function.
    """
    text = expression.split("\n")[line - 1]
    calls = [
        call
        for call in re.finditer(
            rf"(?:\b({'|'.join(NAMESPACES)})\.)?\b({re.escape(name)})\s*\(", text
        )
        if column in {call.start(2) + 1, call.end()}
    ]
    return (calls[0].start(2) + 1, calls[0].group(1) or "") if calls else None


def without_consequences(
    problems: list[ExpressionProblem], expression: str
) -> list[ExpressionProblem]:
    """Return the problems that do not merely follow from an unknown macro or namespace."""
    functions = [problem for problem in problems if problem.of_function]
    macros = [problem for problem in functions if problem.suggestion.rpartition(".")[2] in MACROS]
    lines = expression.split("\n")
    bound = {
        name
        for problem in macros
        if (variables := _LOOP_VARIABLES.match(lines[problem.line - 1], problem.column - 1))
        for name in variables.groups()
        if name
    }
    follows = {no_name(name) for name in NAMESPACES} if functions else set()
    return [
        problem
        for problem in problems
        if problem.of_function
        or not (
            problem.message in follows
            or any(problem.message.en.startswith(_NO_NAME + name) for name in bound)
        )
    ]


def no_field(field: str) -> Text:
    return Text(f"there is no field `{field}` here", f"此处没有字段 `{field}`")


def no_name(name: str) -> Text:
    return Text(f"{_NO_NAME}{name}`", f"没有名为 `{name}` 的变量")


NO_DATA = Text("no data document is declared", "没有声明任何数据文档")
"""Why there is no variable `data`."""


def no_function(name: str, line: int, column: int, namespace: str) -> ExpressionProblem:
    whole = f"{namespace}.{name}" if namespace else name
    if whole in KNOWN:
        message = Text(
            f"`{whole}` cannot be called with these arguments",
            f"`{whole}` 的参数个数或调用方式有误",
        )
        return ExpressionProblem(line, column, message, of_function=True)
    message = Text(f"there is no function `{whole}`", f"没有名为 `{whole}` 的函数")
    return ExpressionProblem(
        line, column, message, nearest_function(name, namespace), of_function=True
    )


def no_overload(line: int, column: int, name: str, types: str) -> ExpressionProblem:
    shown = _OPERATORS.get(name, name.strip("_").replace("_", "") or name)
    suggestion = next((use for pattern, use in _BETTER if pattern.search(f"{shown} {types}")), "")
    message = Text(
        f"`{shown}` cannot be applied to {plain(types)}", f"`{shown}` 不能用于 {plain(types)}"
    )
    return ExpressionProblem(line, column, message, suggestion, of_function=True)


def bare_date_time(message: str) -> Text:
    return Text(
        f"a date-time field is text until `timestamp(…)` is put around it: {plain(message)}",
        f"日期时间字段需先用 `timestamp(…)` 转换：{plain(message)}",
    )


def no_range(line: int, column: int, kind: str) -> ExpressionProblem:
    """Return the problem of a macro that is to go through a value of the type `kind`."""
    message = Text(
        f"`exists`, `all`, `map` and the like {_GO_THROUGH}, not through {plain(kind)}",
        f"`exists`、`all`、`map` 等只能遍历列表和映射，不能遍历 {plain(kind)}",
    )
    return ExpressionProblem(line, column, message, of_function=True)


def plain(message: str) -> str:
    """Return a text of the library in which what has fields is called an object."""
    return _WITH_FIELDS.sub("object", message).replace("kind.", "").replace("google.protobuf.", "")


def absolute_name(name: str) -> Text:
    """Return the problem of a name bound around the expression, written as if from outside."""
    return Text(
        f"`.{name}` begins with a dot; write `{name}`", f"`.{name}` 以点号开头，请写成 `{name}`"
    )


def no_order() -> Text:
    """Return the problem of a list of the entries of a map, whose order is not fixed."""
    return Text(
        "the entries of a map have no order, so this list would differ from run to run",
        "映射的条目没有顺序，此列表每次运行都可能不同",
    )


def always_there(name: str) -> Text:
    """Return the problem of a question whose answer is always yes."""
    return Text(
        f"`has({name}.…)` is always true, since the policy declares it; use its value",
        f"`has({name}.…)` 恒为真（策略中已声明），请直接使用其值",
    )


def reserved_field(word: str) -> Text:
    """Return the problem of a field whose name is a word of the grammar."""
    return Text(
        f'`{word}` is a reserved word of CEL; write `["{word}"]` for the field',
        f'`{word}` 是 CEL 的保留字；该字段请写成 `["{word}"]`',
    )


def field_asked_by_index() -> Text:
    """Return the problem of `has(object["a-b"])`, which CEL does not read."""
    return Text(
        '`has` takes a field, not an index; write `"KEY" in object` or has(object.`KEY`)',
        '`has` 只接受字段，不接受下标；请写 `"键名" in object` 或 has(object.`键名`)',
    )


def no_pattern(reason: str) -> Text:
    """Return the problem of a regular expression that RE2 does not run."""
    return Text(
        f"the pattern cannot be run by RE2, which takes linear time: {reason}",
        f"线性时间的正则引擎 RE2 无法执行该表达式：{reason}",
    )


def no_such_value(written: str, kind: str, known: Sequence[str]) -> Text:
    """Return the problem of a literal that no schema lists among the values it is compared with.

    `kind` says what it is, `written` as expressions write it, `known` the values that are listed.
    """
    if not known:
        return Text(
            f"the value beside it is never {written}: its schema allows no {kind}",
            f"与之比较的值不会是 {written}：其结构定义不允许{_KINDS_ZH[kind]}",
        )
    listed = list(known[:_MOST_LISTED])
    more = len(known) - len(listed)
    return Text(
        f"the value beside it is never {written}, but one of {', '.join(listed)}"
        + (f" and {more} more" if more else ""),
        f"与之比较的值不会是 {written}，可取值为 {'、'.join(listed)}"
        + (f" 等，另有 {more} 项" if more else ""),
    )


def too_deep() -> Text:
    """Return the problem of an expression that nests too deeply to be checked."""
    return Text(
        "it nests too deeply; split it into variables or validations",
        "嵌套过深；请拆分为多个变量或多条验证",
    )


def fix_of_function(problem: ExpressionProblem) -> Text:
    """Return what to do about a problem with a function."""
    if problem.message == field_asked_by_index():
        return Text("Write it in one of these two ways.", "请改用以上两种写法之一。")
    if _OF_COMPUTED_KEY.search(problem.message.en):
        return Text(
            "The schema lists the fields of this object, so their names are written out. For a "
            "name that is computed put `dyn(…)` around it: `KEY in dyn(X) && dyn(X)[KEY] == …`; or "
            "make it a map in the schema (`additionalProperties` in place of `properties`).",
            "该对象的字段已由结构定义列出，字段名须直接写出。如需用计算得出的名称，请加 `dyn(…)`："
            "`KEY in dyn(X) && dyn(X)[KEY] == …`；或在结构定义中改为映射"
            "（以 `additionalProperties` 代替 `properties`）。",
        )
    if (of_number := _fix_of_number(problem)) is not None:
        return of_number
    if problem.suggestion:
        call = f"{problem.suggestion}(…)"
        return Text(f"Did you mean `{call}`?", f"是否想写 `{call}`？")
    if problem.message.en.startswith("there is no function"):
        listed = ", ".join(f"`{name}`" for name in ("size", "contains", "startsWith", "exists"))
        return Text(
            f"Call a function of CEL, such as {listed}.", f"请使用 CEL 的函数，例如 {listed}。"
        )
    return Text(
        "Give it as many values, and of such types, as it takes; `timestamp(…)`, `duration(…)` and "
        "`string(…)` convert.",
        "请检查参数的个数与类型；可用 `timestamp(…)`、`duration(…)`、`string(…)` 转换。",
    )


def _fix_of_number(problem: ExpressionProblem) -> Text | None:
    if _OF_TWO_NUMBERS.search(problem.message.en):
        return Text(
            "One is a fraction, the other a whole number: write `1.0` for `1`, or put `double(…)` "
            "around the whole number.",
            "一边是小数，另一边是整数：请把 `1` 写成 `1.0`，或对整数使用 `double(…)`。",
        )
    if _NUMBER_AMONG_TEXTS.search(problem.message.en):
        return fix_of_numbers_among_texts()
    return None


def unbound_problems(
    expression: str, names: frozenset[str], overlaid: frozenset[str]
) -> tuple[ExpressionProblem, ...]:
    """Return a problem for each use of the policy's own `names` that cannot be evaluated.

    Of `overlaid` only absolute ones are: with a dot before it, another function would be called.
    """
    hidden = (use for use in unbound_uses(expression, overlaid) if use.is_absolute)
    uses = (*unbound_uses(expression, names), *hidden)
    return tuple(_unbound_problem(expression, use) for use in uses)


def _unbound_problem(expression: str, use: UnboundUse) -> ExpressionProblem:
    lines = expression[: use.offset].split("\n")
    message = absolute_name(use.name) if use.is_absolute else always_there(use.name)
    return ExpressionProblem(len(lines), len(lines[-1]) + 1, message)
