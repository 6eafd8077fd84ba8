"""Data files (YAML, JSON, TOML, plain lists) as plain data, under the caps of requests.

What a policy reads as data decides verdicts, so nothing is read loosely: no key twice, no number
that cannot be kept, no character that a reviewer cannot see, no nesting that exhausts anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import yaml

from launchpolicy.documents import merge_marks
from launchpolicy.documents.data_syntax import DataSyntaxError
from launchpolicy.documents.decoding import decode, hidden_character, is_lfs_pointer
from launchpolicy.documents.limits import MAX_DEPTH, MAX_NODES, MAX_SCALAR
from launchpolicy.documents.reading import Document, Refusal, point, read
from launchpolicy.documents.refusals import RefusalError, refusal
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Data, Place, Route
from launchpolicy.vocabulary.text import Text

MAX_DATA_BYTES: Final = 1024 * 1024
"""How large a data file may be; one in YAML may be as large as a request."""

_INT64 = 2**63


class DataFile(NamedTuple):
    """The plain data of a file, or of a part of it, with the places of what is in it.

    `text` is the whole file, `data` is what stands at the route `at` of it.
    """

    path: str
    format: str
    text: str
    data: Any
    at: Route = ()

    def place(self, route: Route, missing: Route = ()) -> Place:
        """Return the place of the value at `route` of the data; of the file where none is known."""
        whole = (*self.at, *route)
        if self.format == "lines":
            number = int(whole[0]) if whole else 0
            return point(self.path, self.text, _item_lines(self.text)[number] if whole else 0, 0)
        if self.format != "toml":  # JSON is YAML, but for a few texts
            try:
                return Document(self.path, self.text, None).place(whole, missing)
            except yaml.YAMLError:
                return Place(self.path, START, whole, missing)
        return self._toml_place(whole, missing)

    def key_place(self, route: Route) -> Place:
        """Return the place of the key of the value at `route`."""
        return self.place(route)

    def _toml_place(self, route: Route, missing: Route) -> Place:
        """Return the place of the last key of a route where one line alone can be its own."""
        keys = [step for step in route if isinstance(step, str)]
        if keys:
            key = re.compile(
                rf"""\s*\[?\[?(?:[^=\]]*\.)?["']?{re.escape(keys[-1])}["']?\s*[=\].]"""
            )
            lines = [n for n, line in enumerate(self.text.split("\n")) if key.match(line)]
            if len(lines) == 1:
                place = point(self.path, self.text, lines[0], 0)
                return place._replace(route=route, missing=missing)
        return Place(self.path, START, route, missing)


def read_data(path: str, source: bytes, data_format: str) -> DataFile | Refusal:
    """Return the data in a file of a format: yaml, json, toml or lines; or its refusal.

    Bad input is a refusal, never an exception.
    """
    if is_lfs_pointer(source):
        return Refusal(path, (_finding("pointer", Place(path, START), _POINTER_WORDS, _COMMIT),))
    if data_format == "yaml":
        file = read(path, source)
        if isinstance(file, Refusal):
            return file
        return _whole(DataFile(path, data_format, file.text, file.data))
    if len(source) > MAX_DATA_BYTES:
        return data_too_large(path, len(source))
    return _parse(path, source, data_format)


def _parse(path: str, source: bytes, data_format: str) -> DataFile | Refusal:
    text = source.decode("utf-8", "replace")
    try:
        text = decode(source)
        file = DataFile(path, data_format, text, _PARSERS[data_format](text))
        _require_limits(file)
    except RefusalError as error:
        place = point(path, text, error.line, error.column)
        return Refusal(path, (refusal(error.name, place, *error.details),))
    except DataSyntaxError as error:
        line, column, reason, remedy = error.line - 1, error.column - 1, error.words, _CHECK_LINE
        mark_line = merge_marks.first_merge_mark(text)
        if mark_line is not None:
            line, column, reason, remedy = mark_line, 0, merge_marks.WORDS, merge_marks.REMEDY
        place = point(path, text, line, column)
        name = {"json": "JSON", "toml": "TOML", "lines": "list"}[data_format]
        words = Text(
            f"This is not a well-formed {name} file: {reason.en}.",
            f"不是格式正确的 {name} 文件：{reason.zh}。",
        )
        return Refusal(path, (_finding("syntax", place, words, remedy),))
    return _whole(file)


def data_too_large(path: str, size: int) -> Refusal:
    """Return the refusal of a data file of `size` bytes, which need not have been read."""
    large = refusal("too-large", Place(path, START), size, MAX_DATA_BYTES)
    return Refusal(path, (Finding("data/too-large", large.message, large.place, _SPLIT),))


def part_of(file: DataFile, at: Route) -> DataFile | Route:
    """Return the part of a file at a route; where there is none, the part of it that exists."""
    data = file.data
    for depth, step in enumerate(at):
        is_there = (
            step in data
            if isinstance(data, dict)
            else isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not is_there or data[step] is None:
            return at[:depth]
        data = data[step]
    return file._replace(data=data, at=at)


def _whole(file: DataFile) -> DataFile | Refusal:
    """Refuse a file that holds one value: another format was meant, or nothing at all."""
    if isinstance(file.data, dict | list):
        return file
    words = Text(
        f"The file is read as {file.format}, and holds neither a mapping nor a list.",
        f"文件按 {file.format} 格式读取，其内容既不是映射也不是列表。",
    )
    fix = Text(
        "For a file with one item a line, write `format: lines` where it is declared.",
        "如果文件每行一项，请在声明处写 `format: lines`。",
    )
    return Refusal(file.path, (_finding("single-value", Place(file.path, START), words, fix),))


def _json(text: str) -> Data:
    from launchpolicy.documents.json_text import plain_data  # noqa: PLC0415 (only where declared)

    return plain_data(text)


def _toml(text: str) -> Data:
    from launchpolicy.documents.toml_text import plain_data  # noqa: PLC0415 (only where declared)

    return plain_data(text)


def _lines(text: str) -> list[str]:
    lines = re.split(r"\r\n|\n|\r", text)
    return [_item(lines[number]) for number in _item_lines(text)]


def _item_lines(text: str) -> list[int]:
    """Return the numbers (from 0) of the lines that hold an item."""
    return [number for number, line in enumerate(re.split(r"\r\n|\n|\r", text)) if _item(line)]


def _item(line: str) -> str:
    """Return the item on a line, without a comment; "" where there is none."""
    return re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()


_PARSERS: Mapping[str, Callable[[str], Any]] = {"json": _json, "toml": _toml, "lines": _lines}


def _require_limits(file: DataFile) -> None:
    """Refuse what the reader of YAML refuses as well.

    Raises:
        RefusalError: the data is too deep or too much, or holds what cannot be kept or seen.
    """
    for number, (value, route) in enumerate(_walk(file.data)):
        name, details = _refusal_of(value)
        if len(route) > MAX_DEPTH:
            name, details = "too-deep", (MAX_DEPTH,)
        if number > MAX_NODES:
            name, details = "too-many-values", (MAX_NODES,)
        if name:
            start = file.place(route[:MAX_DEPTH]).span.start
            raise RefusalError(name, start.line - 1, start.column - 1, *details)


def _walk(data: object) -> Iterator[tuple[object, Route]]:
    """Yield every value and every key with its route, without recursion."""
    waiting: list[tuple[object, Route]] = [(data, ())]
    while waiting:
        value, route = waiting.pop()
        yield value, route
        if isinstance(value, dict):
            for key, item in value.items():
                yield key, route
                waiting.append((item, (*route, key)))
        elif isinstance(value, list):
            waiting += [(item, (*route, index)) for index, item in enumerate(value)]


def _refusal_of(value: object) -> tuple[str, tuple[object, ...]]:
    """Return the name of the refusal of a value, and its details; "" for a good one."""
    if isinstance(value, str):
        if len(value) > MAX_SCALAR:
            return "scalar-too-long", (MAX_SCALAR,)
        hidden = hidden_character(value)
        return ("hidden-character", (ord(hidden.group()),)) if hidden else ("", ())
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        return "number", (str(value)[:40],)
    if isinstance(value, float) and not math.isfinite(value):
        return "number", (str(value),)
    return "", ()


def _finding(name: str, place: Place, message: Text, fix: Text) -> Finding:
    return Finding(f"data/{name}", message, place, fix)


_CHECK_LINE = Text("Check this line.", "请检查本行。")
_SPLIT = Text(
    "Keep only what policies read, or split it into several data documents.",
    "请只保留策略要读取的内容，或拆分成多个数据文档。",
)
_POINTER_WORDS = Text(
    "It is a Git LFS pointer, not the file.", "这是 Git LFS 指针（LFS pointer），不是文件本身。"
)
_COMMIT = Text("Commit the file itself.", "请提交文件本身。")
