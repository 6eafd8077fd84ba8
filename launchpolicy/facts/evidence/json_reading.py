"""JSON from strangers: no key twice, no NaN, no nesting that could exhaust anything (threat L3)."""

from __future__ import annotations

import json
from typing import Any

from launchpolicy.facts.evidence.plain_text import needs_utf_8
from launchpolicy.vocabulary.text import Text

_OPENING = 8


class JsonError(Exception):
    """The file is not JSON that may be read; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def object_of(data: bytes) -> dict[str, Any]:
    """Return the object in a file.

    Raises:
        JsonError: it is no object in JSON, or holds a key twice, NaN or half a character.
    """
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_unique_members,
            parse_constant=_refuse_constant,
        )
    except JsonError:
        raise
    except (ValueError, RecursionError) as error:
        encoding = needs_utf_8(data)
        if encoding is None and b"\0" in data[:_OPENING]:
            encoding = Text(
                "It is UTF-16 or UTF-32 without a byte order mark; save it as UTF-8.",
                "它是没有字节顺序标记的 UTF-16 或 UTF-32 编码；请另存为 UTF-8 编码。",
            )
        if encoding is not None:
            raise JsonError(encoding) from error
        raise JsonError(Text("It is not well-formed JSON.", "不是格式正确的 JSON。")) from error
    if b"\\u" in data:
        _refuse_half_characters(value)
    if not isinstance(value, dict):
        raise JsonError(Text("It is JSON, but no object.", "它是 JSON，但不是对象。"))
    return value


def objects_of(data: bytes) -> list[dict[str, Any]]:
    """Return the object in a file, or all of them where each line holds one (`.jsonl`).

    Raises:
        JsonError: as in `object_of`; of several lines it names the one that is wrong.
    """
    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    if len(lines) > 1 and _is_object(lines[0][1]):
        return [_object_in_line(number, line) for number, line in lines]
    return [object_of(data)]


def _is_object(line: bytes) -> bool:
    try:
        object_of(line)
    except JsonError:
        return False
    return True


def _object_in_line(number: int, line: bytes) -> dict[str, Any]:
    try:
        return object_of(line)
    except JsonError as error:
        problem = error.problem
        raise JsonError(
            Text(f"Line {number}: {problem.en}", f"第 {number} 行：{problem.zh}")
        ) from error


def _refuse_half_characters(value: Any) -> None:  # noqa: ANN401 (JSON)
    """Refuse half a surrogate pair: JSON can escape one, and no text can hold it."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])[1:-1]
        raise JsonError(
            Text(f"{half} in it is half a character.", f"其中的 {half} 不是完整的字符。")
        ) from error


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise JsonError(
            Text(
                "An object in it has the same key twice, so readers would disagree.",
                "其中某个对象的键重复，不同程序的解读会不一致。",
            )
        )
    return members


def _refuse_constant(constant: str) -> Any:  # noqa: ANN401 (it never returns)
    del constant
    raise JsonError(Text("A number in it is NaN or infinite.", "其中含有 NaN 或无穷大。"))


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, without anything else that it holds."""
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def text(value: object) -> str:
    """Return a text, or "" where there is none."""
    return value if isinstance(value, str) else ""
