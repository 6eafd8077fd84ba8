"""JSON from strangers: no key twice, no NaN, no nesting that could exhaust anything (threat L3)."""

from __future__ import annotations

import json
from typing import Any

from launchpolicy.facts.evidence.file_types import problem_with_type
from launchpolicy.facts.evidence.plain_text import needs_utf_8
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_JSON = Text("a report in JSON", "JSON 格式的报告")


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
        raise JsonError(_problem_with(data, error)) from error
    if b"\\u" in data:
        _refuse_half_characters(value)
    if not isinstance(value, dict):
        raise JsonError(Text("It is JSON, but no object.", "它是 JSON，但不是对象。"))
    return value


def _problem_with(data: bytes, error: Exception) -> Text:
    """Return why bytes are no JSON that is read: of another type or encoding, or the place."""
    known = needs_utf_8(data) or problem_with_type(data, _JSON)
    if known is not None:
        return known
    if isinstance(error, UnicodeDecodeError):
        line = data.count(b"\n", 0, error.start) + 1
        return Text(
            f"It is not UTF-8: line {line} holds the byte {data[error.start]:#04x}; save it as "
            "UTF-8, as JSON demands.",
            f"它不是 UTF-8 编码：第 {line} 行含有字节 {data[error.start]:#04x}；"
            "JSON 要求 UTF-8，请另存为该编码。",
        )
    if isinstance(error, RecursionError):
        return Text(
            "Its JSON is nested deeper than is read; attach what the tool wrote.",
            "JSON 嵌套过深，不予读取；请附上工具的原始输出。",
        )
    if isinstance(error, json.JSONDecodeError):
        place = Text(
            f"line {error.lineno}, column {error.colno}", f"第 {error.lineno} 行第 {error.colno} 列"
        )
        if error.pos >= len(error.doc.rstrip()):
            return Text(
                f"Its JSON is cut off at {place.en}; attach the whole file, as the tool wrote it.",
                f"JSON 在{place.zh}处中断；请附上工具生成的完整文件。",
            )
        return Text(
            f"It is not well-formed JSON: {place.en}; attach it as the tool wrote it.",
            f"不是格式正确的 JSON：{place.zh}；请附上工具的原始输出。",
        )
    return Text(
        "A number in it has more digits than are read; attach what the tool wrote.",
        "其中某个数字的位数过多，不予读取；请附上工具的原始输出。",
    )


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


def _refuse_half_characters(value: Data) -> None:
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
