"""JSON of the launch repository's own: no key twice, no NaN, and the place of what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from launchpolicy.documents.data_syntax import DataSyntaxError
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+')
_CONSTANTS = frozenset({"NaN", "Infinity", "-Infinity"})


_LONGEST = 80


class RepeatedKey(NamedTuple):
    """A key that stands twice in an object, and where it does so: line and column, from 1."""

    key: str
    line: int
    column: int


class _ConstantError(ValueError):
    """A number that JSON does not have."""


def plain_data(text: str) -> Data:
    """Return the data in a JSON text.

    Raises:
        DataSyntaxError: it is not JSON, or an object has a key twice.
    """
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        words = Text(error.msg[:1].lower() + error.msg[1:], "语法有误")
        raise DataSyntaxError(words, error.lineno, error.colno) from error
    except _ConstantError as error:
        at = next(token.start() for token in _TOKEN.finditer(text) if token.group() in _CONSTANTS)
        words = Text("JSON has no NaN and no infinity", "JSON 中没有 NaN 和无穷大")
        raise DataSyntaxError(words, *_position(text, at)) from error
    except RecursionError as error:
        raise DataSyntaxError(Text("it is nested too deep", "嵌套层次过深")) from error
    except ValueError as error:  # a number of thousands of digits
        words = Text("a number in it is too large", "其中的数字过大")
        raise DataSyntaxError(words) from error
    if (twice := repeated_key(text)) is not None:
        words = Text(f"the key `{twice.key}` stands twice", f"键 `{twice.key}` 出现两次")
        raise DataSyntaxError(words, twice.line, twice.column)
    return data


def repeated_key(text: str) -> RepeatedKey | None:
    """Return the first key of well-formed JSON that its object has already; None where none has."""
    has_any = False

    def compare(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_any
        members = dict(pairs)
        has_any = has_any or len(members) < len(pairs)
        return members

    json.loads(text, object_pairs_hook=compare)
    if not has_any:
        return None
    at, key = next(_repeated_keys(text))
    return RepeatedKey(key[:_LONGEST], *_position(text, at))


def _refuse_constant(constant: str) -> Any:  # noqa: ANN401 (it never returns)
    raise _ConstantError(constant)


def _repeated_keys(text: str) -> Iterator[tuple[int, str]]:
    """Yield the keys of well-formed JSON that their object has already, with their offset."""
    open_keys: list[set[str] | None] = []
    previous = ""
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in "{[":
            open_keys.append(set() if sign == "{" else None)
        elif sign in "}]":
            open_keys.pop()
        elif previous in ("{", ",") and open_keys and (keys := open_keys[-1]) is not None:
            key = json.loads(sign)
            if key in keys:
                yield token.start(), key
            keys.add(key)
        previous = sign


def _position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
