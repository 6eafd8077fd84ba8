"""`text.matches(pattern)` by a pattern that is compiled once.

The library compiles it at each evaluation, which takes a third of a millisecond for a long one, and
matching takes two microseconds. It lets nobody replace a standard function at run time, so each
call of this method gets another name, of the same length, before an expression is compiled; both
run RE2, and an error has the library's own words.
"""

from __future__ import annotations

from typing import Final

from launchpolicy.policy.cel.identifiers import is_operand, significant_tokens
from launchpolicy.policy.cel.work import WorkBudget

METHOD: Final = "matches"
METHOD_OF_OURS: Final = "Matches"
_NAMESPACE: Final = "files"
"""Has a function of that name, which no other takes the place of."""


def with_method_of_ours(expression: str) -> str:
    """Return `expression` with our method in place of each call of the library's."""
    if METHOD not in expression:
        return expression
    tokens = significant_tokens(expression)
    for number in range(2, len(tokens) - 1):
        offset, name = tokens[number]
        receiver, dot, following = (tokens[number + step][1] for step in (-2, -1, 1))
        is_call = name == METHOD and dot == "." and following == "("
        if is_call and receiver != _NAMESPACE and is_operand(receiver):
            end = offset + len(METHOD)
            expression = expression[:offset] + METHOD_OF_OURS + expression[end:]
    return expression


def with_name_of_library(message: str) -> str:
    """Return a message of the library with the name that the author of an expression wrote."""
    called = message.replace(f").{METHOD_OF_OURS}(", f").{METHOD}(")
    return called.replace(f"'{METHOD_OF_OURS}'", f"'{METHOD}'")


def contains_match(work: WorkBudget, text: str, pattern: str) -> bool:
    """Return whether a text contains a match of a pattern.

    Raises:
        ValueError: RE2 does not run the pattern.
    """
    # Loaded here on purpose: few expressions have patterns.
    from launchpolicy.documents.schema.patterns import PatternError, is_found  # noqa: PLC0415

    del work  # RE2 takes time in proportion to the text
    try:
        return is_found(pattern, text)
    except PatternError as error:
        message = f"invalid regular expression: {error}"
        raise ValueError(message) from error
