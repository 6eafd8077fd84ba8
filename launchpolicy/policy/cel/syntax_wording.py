"""What CEL cannot read in an expression, in words that say what to write instead."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from launchpolicy.vocabulary.text import Text

_INPUT: Final = re.compile(r"(?:input|at:?|missing) '(.*?)'(?: expecting|$| \[)", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z_]+")
_WORD_BEFORE: Final = re.compile(r"\b([A-Za-z]+)\s*$")
_SIGN: Final = re.compile(r"===|=~|<>|(?<![=!<>])=(?!=)|(?<!&)&(?!&)|(?<!\|)\|(?!\|)")
_OPERATORS: Final = {
    "and": "&&",
    "AND": "&&",
    "or": "||",
    "OR": "||",
    "is": "==",
    "eq": "==",
    "=": "==",
    "&": "&&",
    "|": "||",
    "<>": "!=",
    "===": "==",
    "=~": ".matches(…)",
}
_NEGATION: Final = frozenset({"not", "NOT"})
_CONDITION: Final = frozenset({"if", "then", "else", "elif"})
_OPENING: Final = {"(": ")", "[": "]", "{": "}"}


class SyntaxWording(NamedTuple):
    """What is wrong, and what to do about it."""

    message: Text
    fix: Text


def wording_of(complaint: str, expression: str, line: int, column: int) -> SyntaxWording:
    """Return the words for a complaint of the library about the syntax at a 1-based place."""
    quoted = _INPUT.search(complaint)
    text = quoted[1] if quoted else ""
    if "<EOF>" in text or "at '<EOF>'" in complaint:
        return _end(expression)
    written = _written_at(expression.split("\n")[line - 1], column - 1)
    if written in _OPERATORS:
        return _instead(written, _OPERATORS[written])
    if written in _NEGATION:
        return _word_of_others(written, "`!a`, `!(a in b)`")
    if written in _CONDITION:
        return _word_of_others(written, "`condition ? a : b`")
    if written in {'"', "'"}:
        return SyntaxWording(
            Text(
                "a text is not closed, or stands where none can", "文本未闭合，或出现在不允许的位置"
            ),
            Text(
                "Close its quotation mark; between two values there is an operator or a comma.",
                "请补上引号；两个值之间须有运算符或逗号。",
            ),
        )
    return SyntaxWording(
        Text(f"`{written}` cannot stand here", f"此处不能出现 `{written}`"),
        Text(
            "Look for an operator, a comma or a bracket that is missing before it.",
            "请检查其前面是否缺少运算符、逗号或括号。",
        ),
    )


def _written_at(text: str, offset: int) -> str:
    """Return the word or the sign at an offset; where one before it is of others, that one."""
    before = _WORD_BEFORE.search(text[:offset])
    if before is not None and before[1] in _NEGATION | _CONDITION:
        return before[1]
    for start in (max(0, offset - 2), max(0, offset - 1), offset):
        sign = _SIGN.match(text, start)
        if sign is not None and sign.end() > offset:
            return sign[0]
    word = _WORD.match(text, offset)
    return word[0] if word is not None else text[offset : offset + 1]


def _instead(written: str, operator: str) -> SyntaxWording:
    return SyntaxWording(
        Text(f"CEL has no `{written}`", f"CEL 中没有 `{written}`"),
        Text(f"Write `{operator}`.", f"请写 `{operator}`。"),
    )


def _word_of_others(written: str, forms: str) -> SyntaxWording:
    return SyntaxWording(
        Text(f"CEL has no word `{written}`", f"CEL 中没有 `{written}`"),
        Text(f"Write it as {forms}.", f"请写成 {forms}。"),
    )


def _end(expression: str) -> SyntaxWording:
    """Return the words for an expression that ends too early, with the bracket that is open."""
    waiting: list[str] = []
    for character in re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", expression):
        if character in _OPENING:
            waiting.append(_OPENING[character])
        elif waiting and character == waiting[-1]:
            waiting.pop()
    message = Text("it ends too early", "表达式不完整")
    if waiting:
        closing = "".join(reversed(waiting))
        return SyntaxWording(
            message, Text(f"Close what is open: `{closing}`.", f"请补上未闭合的 `{closing}`。")
        )
    return SyntaxWording(
        message,
        Text("Write what comes after its last operator.", "请补写最后一个运算符之后的内容。"),
    )
