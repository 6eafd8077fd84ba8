"""`has(object["a-b"])`, which reads as people expect: whether the key is there.

CEL's `has` takes a field only, and writes the field of such a key between backquotes. So an index
by a text at the end of what `has` is given becomes that field, in a text of the same length, and
every place in it stays where it was.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.policy.cel.identifiers import significant_tokens

_INDEX_AT_END: Final = r"""["']\s*\]\s*\)"""
_KEY: Final = r"""(["'])([A-Za-z0-9_./ -]+)\1"""
"""A text that can stand between backquotes (CEL, "Escaped identifiers")."""


def with_fields_in_has(expression: str) -> str:
    """Return `expression` with a field in place of each index that `has` asks for."""
    if "has" not in expression or re.search(_INDEX_AT_END, expression) is None:
        return expression
    tokens = significant_tokens(expression)
    opened: list[bool] = []
    changed = expression
    for number, (_, text) in enumerate(tokens):
        if text == "(":
            opened.append(number > 0 and tokens[number - 1][1] == "has")
        elif text == ")" and opened and opened.pop():
            changed = _with_field(changed, tokens[max(number - 3, 0) : number])
    return changed


def _with_field(expression: str, tokens: list[tuple[int, str]]) -> str:
    """Return the expression with a field in place of the three tokens of an index by a text."""
    if [text for _, text in tokens][::2] != ["[", "]"]:
        return expression
    key = re.fullmatch(_KEY, tokens[1][1])
    if key is None:
        return expression
    start, end = tokens[0][0], tokens[2][0] + 1
    return expression[:start] + f".`{key[2]}`".ljust(end - start) + expression[end:]
