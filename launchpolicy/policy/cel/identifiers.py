"""Which variables an expression may read, told from its tokens alone.

CEL's grammar: a name is a variable unless it follows a dot that follows an operand. The answer may
name too much (a loop variable, a field of a message), and never too little.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    (?P<space>    [\t\n\f\r ]+ | //[^\n]* )
  | (?P<text>     [bB]?[rR](?: '{3}(?s:.*?)'{3} | "{3}(?s:.*?)"{3} | '[^'\r\n]*' | "[^"\r\n]*" )
                | [bB]?(?: '{3}(?s:(?:\\.|[^\\])*?)'{3} | "{3}(?s:(?:\\.|[^\\])*?)"{3}
                         | '(?:\\.|[^\\'\r\n])*' | "(?:\\.|[^\\"\r\n])*" ) )
  | (?P<name>     [A-Za-z_][A-Za-z0-9_]* | `[^`\r\n]+` )
  | (?P<number>   [0-9](?:[0-9A-Za-z_]|\.[0-9]|[eE][+-][0-9])* )
  | (?P<sign>     [-?:&|!=<>+*/%.,()\[\]{}] )
    """,
    re.VERBOSE,
)
_CLOSING = frozenset(")]}")


def variables_in(expression: str) -> frozenset[str] | None:
    """Return the names that `expression` reads as variables; None if it cannot be told."""
    names: set[str] = set()
    follows_operand = follows_step = False
    at = 0
    while at < len(expression):
        token = _TOKEN.match(expression, at)
        if token is None:
            return None
        at = token.end()
        text = token.group()
        if token.lastgroup == "space" or (follows_step and text == "?"):
            continue
        is_name = token.lastgroup == "name" and text != "in"
        if is_name and not follows_step:
            names.add(text)
        follows_step = text == "." and follows_operand
        follows_operand = is_name or text in _CLOSING
    return frozenset(names)
