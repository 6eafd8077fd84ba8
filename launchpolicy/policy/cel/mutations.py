"""Small changes of an expression, each of which a good set of cases notices.

An expression is cut into tokens; nothing is parsed. What does not pass the type check afterwards is
no change (`policy.mutant_checking`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<string>r?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign>&&|\|\||==|!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)
_SWAPPED = {
    "&&": ("||",),
    "||": ("&&",),
    "==": ("!=",),
    "!=": ("==",),
    "<": ("<=", ">"),
    "<=": ("<", ">"),
    ">": (">=", "<"),
    ">=": (">", "<"),
    "+": ("-",),
    "-": ("+",),
    "true": ("false",),
    "false": ("true",),
    "all": ("exists",),
    "exists": ("all",),
    "in": (),
}
_MACROS = frozenset({"all", "exists"})
_OPENING, _CLOSING = "([{", ")]}"
_DURATION = re.compile(r'"[0-9]+[smh]"')
_NOT_DROPPED = frozenset({"", "."})


class ExpressionChange(NamedTuple):
    """A changed expression, and in a few words what was changed."""

    what: str
    expression: str


class _Token(NamedTuple):
    kind: str
    text: str


def changed_expressions(expression: str) -> Iterator[ExpressionChange]:
    """Yield every change once; `what` names the place by the number of its token, from 1."""
    seen = {" ".join(expression.split())}
    for change in _changes(expression):
        if change.expression not in seen:
            seen.add(change.expression)
            yield change


def _changes(expression: str) -> Iterator[ExpressionChange]:
    tokens = [
        _Token(match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(" ".join(expression.split()))
    ]
    for number, token in enumerate(tokens):
        for other in _other_tokens(tokens, number):
            changed = [*tokens[:number], _Token(token.kind, other), *tokens[number + 1 :]]
            yield ExpressionChange(
                f"{number + 1}: {token.text} → {other or 'nothing'}", _text_of(changed)
            )
    yield from _without_operands(tokens)


def _other_tokens(tokens: Sequence[_Token], number: int) -> Iterator[str]:
    """Return the texts to put in place of a token."""
    token = tokens[number]
    following = tokens[number + 1].text if number + 1 < len(tokens) else ""
    if token.kind == "number":
        yield str(int(token.text) + 1) if token.text.isdecimal() else f"{token.text}1"
    elif token.kind == "string":
        if not _is_absent_text(tokens, number):
            yield _other_string(token.text)
    elif token.text == "!":
        yield ""
    elif token.text in _MACROS and (following != "(" or tokens[number - 1].text != "."):
        return
    else:
        yield from _SWAPPED.get(token.text, ())


def _is_absent_text(tokens: Sequence[_Token], number: int) -> bool:
    """Return whether a token is the `""` of `.orValue("") == "x"`, where any text but x does."""
    written = [token for token in tokens[number:] if token.kind != "space"][:4]
    before = "".join(token.text for token in tokens[max(number - 2, 0) : number])
    kinds = [token.kind for token in written]
    return (
        before == "orValue("
        and "".join(token.text for token in written[:3]) in {'"")==', '"")!='}
        and kinds[-1:] == ["string"]
        and written[-1].text not in {'""', '"~"'}
    )


def _other_string(literal: str) -> str:
    if _DURATION.fullmatch(literal):
        return f'"{int(literal[1:-2]) + 1}{literal[-2]}"'
    return f"{literal[:-1]}~{literal[-1]}"


def _without_operands(tokens: Sequence[_Token]) -> Iterator[ExpressionChange]:
    """Yield each `&&` and `||` without its left, and without its right operand."""
    for number, token in enumerate(tokens):
        if token.text not in {"&&", "||"}:
            continue
        begin = _operand_begin(tokens, number, token.text)
        end = _operand_end(tokens, number, token.text)
        left, right = tokens[begin:number], tokens[number + 1 : end]
        for dropped, kept in (
            (left, [*tokens[:begin], *tokens[number + 1 :]]),
            (right, [*tokens[:number], *tokens[end:]]),
        ):
            text = _text_of(dropped).strip()
            if text not in _NOT_DROPPED:
                yield ExpressionChange(f"{number + 1}: without {text}", _text_of(kept))


def _operand_begin(tokens: Sequence[_Token], operator: int, text: str) -> int:
    depth = 0
    for number in range(operator - 1, -1, -1):
        token = tokens[number].text
        if token in _CLOSING:
            depth += 1
        elif token in _OPENING:
            if depth == 0:
                return number + 1
            depth -= 1
        elif depth == 0 and _ends_operand(tokens, number, text):
            return number + 1
    return 0


def _operand_end(tokens: Sequence[_Token], operator: int, text: str) -> int:
    depth = 0
    for number in range(operator + 1, len(tokens)):
        token = tokens[number].text
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            if depth == 0:
                return number
            depth -= 1
        elif depth == 0 and _ends_operand(tokens, number, text):
            return number
    return len(tokens)


def _ends_operand(tokens: Sequence[_Token], number: int, operator: str) -> bool:
    """Return whether a token binds at most as much as `operator`; `a.?b` and `a[?b]` are no `?`."""
    sign = tokens[number].text
    if sign == "?":
        return number > 0 and tokens[number - 1].text not in {".", "["}
    return sign in {",", ":", "||"} or (sign == "&&" and operator == "&&")


def _text_of(tokens: Sequence[_Token]) -> str:
    return "".join(token.text for token in tokens)
