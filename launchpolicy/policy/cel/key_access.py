"""Keys that are no identifiers, in the type check: what `object["a-b"]` is called there.

The library checks fields of messages, whose names are identifiers, so a key that is none has an
inner name that nobody can write. `object["risk"]` is the same field as `object.risk`. Expressions
run as they are written; only the check reads what is made here, and places are taken back.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from typing import Final, NamedTuple, Protocol

from launchpolicy.policy.cel.identifiers import token_pattern

PREFIX: Final = "launchpolicy_key_"
NO_FIELDS: Final = frozenset({"in", "true", "false", "null"})
"""Words that the grammar of CEL does not let follow a dot."""

_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPES_OF_CEL: Final = re.compile(r"\\([?`])")
_ODD_ESCAPE: Final = re.compile(r"\\(?!\\|['\"?`abfnrtv]|x[0-9a-fA-F]{2}|u|U|[0-3][0-7]{2}).")
_BEFORE_OPERAND: Final = frozenset({"", "(", "[", "{", ",", "?", ":", "&", "|"})
_OPENING: Final = {"(": ")", "[": "]"}


def inner_name(key: str) -> str:
    """Return the name of the field for `key`, which differs for different keys."""
    is_own = _IDENTIFIER.fullmatch(key) and not key.startswith(PREFIX) and key not in NO_FIELDS
    return key if is_own else PREFIX + key.encode().hex()


def key_of(name: str) -> str:
    """Return the key that a field stands for, by its inner name."""
    try:
        return bytes.fromhex(name.removeprefix(PREFIX)).decode() if PREFIX in name else name
    except ValueError:
        return name


class _SourceToken(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class HasPlace(Protocol):
    """Something at a 1-based line and column."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class CheckedSource(NamedTuple):
    """An expression with inner names; `starts` and `origins` lead back to what was written."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def place(self, error: HasPlace, written: str) -> tuple[int, int]:
        """Return line and column in `written` of what stands at those of an error in `text`."""
        line, column = error.line, error.column
        before = self.text.split("\n")[: line - 1]
        offset = sum(len(one) + 1 for one in before) + column - 1
        index = bisect_right(self.starts, offset) - 1
        begin = self.origins[index]
        end = self.origins[index + 1] if index + 1 < len(self.origins) else len(written)
        origin = min(begin + offset - self.starts[index], max(begin, end - 1))
        lines = written[:origin].split("\n")
        return len(lines), len(lines[-1]) + 1


def with_inner_names(expression: str) -> CheckedSource:
    """Return `expression` with every key in the form that the type check knows."""
    tokens = _tokens(expression)
    pieces: list[tuple[int, str]] = []
    at = written = 0
    while at < len(tokens):
        size, text = _replacement(tokens, at)
        if text is not None:
            start, end = tokens[at].start, tokens[at + size - 1].end
            pieces += [(written, expression[written:start]), (start, text)]
            written = end
        at += size
    return _join_pieces([*pieces, (written, expression[written:])])


def with_membership(source: CheckedSource, line: int, column: int) -> CheckedSource | None:
    """Return `"key" in a.b` at a place as `has(a.b.key)`, which messages understand.

    None if it is not such a question.
    """
    before = source.text.split("\n")[: line - 1]
    offset = sum(len(one) + 1 for one in before) + column - 1
    tokens = _tokens(source.text)
    number = next((n for n, token in enumerate(tokens) if token.start == offset), 0)
    if number == 0 or tokens[number].text != "in" or tokens[number - 1].kind != "text":
        return None
    key = text_of(tokens[number - 1].text)
    ahead = tokens[number - 2].text if number > 1 else ""
    last = _end_of_chain(tokens, number + 1)
    if key is None or ahead not in _BEFORE_OPERAND or last is None:
        return None
    chain = source.text[tokens[number + 1].start : tokens[last].end]
    begin, end = tokens[number - 1].start, tokens[last].end
    text = f"has({chain}.{inner_name(key)})"
    return _with_replacement(source, begin, end, text)


def _with_replacement(source: CheckedSource, begin: int, end: int, text: str) -> CheckedSource:
    """Return a source with one stretch of its text replaced."""
    starts, origins = [], []
    for start, origin in zip(source.starts, source.origins, strict=True):
        if start <= begin:
            starts.append(start)
            origins.append(origin)
    at_begin = origins[-1] + begin - starts[-1]
    starts.append(begin)
    origins.append(at_begin)
    index = bisect_right(source.starts, end) - 1
    moved = len(text) - (end - begin)
    starts.append(end + moved)
    origins.append(source.origins[index] + end - source.starts[index])
    for start, origin in zip(source.starts, source.origins, strict=True):
        if start > end:
            starts.append(start + moved)
            origins.append(origin)
    whole = source.text[:begin] + text + source.text[end:]
    return CheckedSource(whole, tuple(starts), tuple(origins))


def _join_pieces(pieces: list[tuple[int, str]]) -> CheckedSource:
    starts, origins, text = [], [], ""
    for origin, piece in pieces:
        starts.append(len(text))
        origins.append(origin)
        text += piece
    return CheckedSource(text, tuple(starts), tuple(origins))


def _tokens(expression: str) -> list[_SourceToken]:
    """Return the tokens without spaces and comments; what is no token is for the library."""
    return [
        _SourceToken(match.lastgroup or "", match.group(), match.start(), match.end())
        for match in token_pattern().finditer(expression)
        if match.lastgroup != "space"
    ]


def _replacement(tokens: list[_SourceToken], at: int) -> tuple[int, str | None]:
    """Return how many tokens are replaced by which text; one by itself (None) if none is."""
    token = tokens[at]
    if token.kind == "name" and token.text.startswith(PREFIX):
        return 1, f"{token.text}_"  # nobody but this module may write such a name
    if token.kind == "name" and token.text.startswith("`"):
        return 1, inner_name(token.text[1:-1])
    if token.text != "[" or at == 0 or not _is_operand(tokens[at - 1]):
        return 1, None
    inner = tokens[at + 1 : at + 4]
    optional = "?" if [token.text for token in inner[:1]] == ["?"] else ""
    inner = inner[1:] if optional else inner[:2]
    if [token.kind for token in inner] != ["text", "sign"] or inner[1].text != "]":
        return 1, None
    key = text_of(inner[0].text)
    return (1, None) if key is None else (3 + len(optional), f".{optional}{inner_name(key)}")


def _is_operand(token: _SourceToken) -> bool:
    if token.kind == "name":
        return token.text != "in"
    return token.kind == "text" or token.text in {")", "]", "}"}


def text_of(literal: str) -> str | None:
    """Return the text that a literal stands for; None for bytes, and for what is not readable."""
    prefix = literal[: min(literal.find(quote) % (len(literal) + 1) for quote in "'\"")].lower()
    if "b" in prefix or ("r" not in prefix and _ODD_ESCAPE.search(literal.replace(r"\\", ""))):
        return None
    body = literal if "r" in prefix else _ESCAPES_OF_CEL.sub(r"\1", literal)
    try:
        text = ast.literal_eval(body)
    except (ValueError, SyntaxError):
        return None
    return text if isinstance(text, str) else None


def _end_of_chain(tokens: list[_SourceToken], at: int) -> int | None:
    """Return the number of the last token of a name with its fields and indices."""
    if at >= len(tokens) or tokens[at].kind != "name":
        return None
    last = at
    while last + 1 < len(tokens):
        sign = tokens[last + 1].text
        if sign == "." and last + 2 < len(tokens) and tokens[last + 2].kind == "name":
            last += 2
        elif sign in _OPENING:
            closing = _closing(tokens, last + 1)
            if closing is None:
                return None
            last = closing
        else:
            break
    return last


def _closing(tokens: list[_SourceToken], opening: int) -> int | None:
    depth = 0
    for number in range(opening, len(tokens)):
        if tokens[number].text in _OPENING and tokens[number].kind == "sign":
            depth += 1
        elif tokens[number].text in {")", "]"} and tokens[number].kind == "sign":
            depth -= 1
            if depth == 0:
                return number
    return None
