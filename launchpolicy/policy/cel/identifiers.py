"""Which variables an expression may read, and what it may not do with them, known from its tokens.

CEL's grammar: a name is a variable unless it follows a dot that follows an operand. The answer may
name too much (a loop variable, a field of a message), and never too little.
"""

from __future__ import annotations

import functools
import re

from launchpolicy.vocabulary.named_tuple import NamedTuple

_TEXT = r"""
    [bB]?[rR](?: '{3}(?s:.*?)'{3} | "{3}(?s:.*?)"{3} | '[^'\r\n]*' | "[^"\r\n]*" )
  | [bB]?(?: '{3}(?s:(?:\\.|[^\\])*?)'{3} | "{3}(?s:(?:\\.|[^\\])*?)"{3}
           | '(?:\\.|[^\\'\r\n])*' | "(?:\\.|[^\\"\r\n])*" )
"""
_TOKEN = rf"""
    (?P<space>    [\t\n\f\r ]+ | //[^\n]* )
  | (?P<text>     {_TEXT} )
  | (?P<name>     [A-Za-z_][A-Za-z0-9_]* | `[^`\r\n]+` )
  | (?P<number>   [0-9](?:[0-9A-Za-z_]|\.[0-9]|[eE][+-][0-9])* )
  | (?P<sign>     [-?:&|!=<>+*/%.,()\[\]{{}}] )
"""
_UNREAD = rf"(?x){_TEXT} | //[^\n]* | `[^`\r\n]+`"
_SIGNIFICANT = r"[()\[\]{}'\"`]"
_UNREAD_SIGNS = frozenset("'\"`/")
"""Where none of them stands, there is neither a text nor a comment nor an escaped name."""
_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_CLOSING = frozenset(")]}")


@functools.cache
def token_pattern() -> re.Pattern[str]:
    """Return the regular expression of one token, compiled once; its groups name what it is."""
    return re.compile(_TOKEN, re.VERBOSE)


def variables_in(expression: str) -> frozenset[str] | None:
    """Return the names that `expression` reads as variables; None if nothing says which."""
    paths = value_paths(expression)
    return None if paths is None else frozenset(path[0] for path in paths)


ValuePath = tuple[str, ...]
"""A variable and the keys that lead from it to a value."""


def value_paths(expression: str) -> frozenset[ValuePath] | None:
    """Return the paths of the values that `expression` reads; None if nothing says which.

    It may name more than is read: all below a place, a loop variable, a variable that is hidden.
    """
    paths: set[ValuePath] = set()
    match_token = token_pattern().match
    path: list[str] = []
    follows_operand = follows_step = False
    at = 0
    while at < len(expression):
        token = match_token(expression, at)
        if token is None:
            return None
        at = token.end()
        text = token.group()
        if token.lastgroup == "space" or (follows_step and text == "?"):
            continue
        is_name = token.lastgroup == "name" and text != "in"
        if is_name and follows_step and path:
            path.append(text.strip("`"))
        elif text == "(" and len(path) > 1 and not follows_step:
            paths.add(tuple(path[:-1]))  # a method
            path = []
        elif not (text == "." and follows_operand):
            if path:
                paths.add(tuple(path))
            path = [text] if is_name and not follows_step else []
        follows_step = text == "." and follows_operand
        follows_operand = is_name or text in _CLOSING
    return frozenset(paths | ({tuple(path)} if path else set()))


def significant_tokens(expression: str) -> list[tuple[int, str]]:
    """Return every token but spaces and comments, each with its offset."""
    return [
        (match.start(), match.group())
        for match in token_pattern().finditer(expression)
        if match.lastgroup != "space"
    ]


def is_closed(expression: str) -> bool:
    """Return whether every bracket of `expression` is closed in it, and closes one of its own.

    Such a text stays what it is between brackets that others write around it.
    """
    has_unread = not _UNREAD_SIGNS.isdisjoint(expression)
    read = re.sub(_UNREAD, " ", expression) if has_unread else expression
    opened: list[str] = []
    for sign in re.findall(_SIGNIFICANT, read):
        if sign in "([{":
            opened.append(sign)
        elif not opened or opened.pop() != _OPENED_BY.get(sign):
            return False
    return not opened


class UnboundUse(NamedTuple):
    """A use of `variables` or `params` that the type check allows and that cannot be evaluated."""

    offset: int
    name: str
    is_absolute: bool
    """Whether it is `.variables.x`; else it is `has(variables.x)`."""


def unbound_uses(expression: str, names: frozenset[str]) -> list[UnboundUse]:
    """Return the uses of `names` that are absolute, or that ask whether one of their fields exists.

    They are bound around an expression, so an absolute name does not reach them. And what a policy
    declares always exists: `has` would be true whatever its value is.
    """
    tokens = significant_tokens(expression)
    uses = []
    for index, (offset, text) in enumerate(tokens):
        if text not in names:
            continue
        before = [token for _, token in tokens[:index]]
        if before[-1:] == ["."] and not is_operand("".join(before[-2:-1])):
            uses.append(UnboundUse(offset, text, is_absolute=True))
        elif _is_asked_for(before, [token for _, token in tokens[index + 1 :]]):
            uses.append(UnboundUse(offset, text, is_absolute=False))
    return uses


def is_operand(token: str) -> bool:
    """Return whether a token ends what a dot may follow: a name, a text, or a bracket."""
    is_name = re.fullmatch(r"\w+|`.+`", token) is not None and token != "in"  # noqa: S105 (CEL)
    return is_name or token[-1:] in {*_CLOSING, "'", '"'}


def _is_asked_for(before: list[str], after: list[str]) -> bool:
    """Return whether a name stands in `has(NAME.field)`, however many parentheses are around it."""
    while before[-1:] == ["("] and after[:1] == [")"]:
        before, after = before[:-1], after[1:]
    if after[:1] != ["."]:
        return False
    after = after[2:]
    while before[-2:] == ["(", "("] and after[:1] == [")"]:
        before, after = before[:-1], after[1:]
    return before[-2:] == ["has", "("] and after[:1] == [")"]
