"""Altered copies of documents, the same in every run and with every version of Python."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Data = Any
_T = TypeVar("_T")

_ODD_CHARACTERS = (
    *("\u200b", "\u00a0", "\ufeff", "\u202e", "\u2028", "\u0000", "\u007f", "\u0085", "\ufffe"),
    *("：", "，", "“", "ａ", "а", "\t", "\r", "\\", '"', "'", "{", "]", "#", "%", "@", "`", "|"),
    *("&a ", "*a ", "!!python/object:x ", "!x ", "? ", "- ", ": ", "<<: ", "--- ", "... ", "😀"),
)
_OTHER_VALUES: tuple[Data, ...] = (
    *(None, True, False, 0, -1, 3, 1.5, 1e300, 2**70, "", " ", "x", "TODO", "todo", "是"),
    *("2026-13-01", "2026-11-25T10:00:00+08:00", "2026-02-30T10:00:00Z", "1h", "../x", "/x", "a b"),
    *("x" * 3000, "li.wei", "LR-2026-0042", "sha256:00", [], ["x"], ["x", "x"], {}, {"x": 1}, [[]]),
)


class Choices:
    """A source of choices that a text determines: SHA-256 of the text and a counter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = 0

    def number(self, below: int) -> int:
        """Return the next number, from 0 to `below` - 1."""
        self._count += 1
        digest = hashlib.sha256(f"{self._text} {self._count}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % below

    def one_of(self, values: Sequence[_T]) -> _T:
        return values[self.number(len(values))]


def altered_text(text: str, choices: Choices) -> bytes:
    """Return the bytes of `text` with one mistake in them, of the kind that people make."""
    return choices.one_of(_TEXT_ALTERATIONS)(text, choices)


def _without_a_line(text: str, choices: Choices) -> bytes:
    lines = text.splitlines(keepends=True)
    del lines[choices.number(len(lines))]
    return "".join(lines).encode()


def _with_a_line_twice(text: str, choices: Choices) -> bytes:
    lines = text.splitlines(keepends=True)
    at = choices.number(len(lines))
    lines.insert(at, lines[at])
    return "".join(lines).encode()


def _with_lines_swapped(text: str, choices: Choices) -> bytes:
    lines = text.splitlines(keepends=True)
    at = choices.number(len(lines))
    lines.append(lines.pop(at))
    return "".join(lines).encode()


def _truncated(text: str, choices: Choices) -> bytes:
    source = text.encode()
    return source[: choices.number(len(source))]


def _with_another_indentation(text: str, choices: Choices) -> bytes:
    lines = text.splitlines(keepends=True)
    at = choices.number(len(lines))
    change = choices.one_of([" ", "  ", "\t", "    ", ""])
    lines[at] = change + lines[at] if change else lines[at][1:]
    return "".join(lines).encode()


def _with_an_odd_character(text: str, choices: Choices) -> bytes:
    at = choices.number(len(text) + 1)
    return (text[:at] + choices.one_of(_ODD_CHARACTERS) + text[at:]).encode()


def _with_an_odd_byte(text: str, choices: Choices) -> bytes:
    source = text.encode()
    at = choices.number(len(source) + 1)
    return source[:at] + bytes([choices.number(256)]) + source[at:]


def _without_a_character(text: str, choices: Choices) -> bytes:
    at = choices.number(len(text))
    return (text[:at] + text[at + 1 :]).encode()


def _without_a_sign(text: str, choices: Choices) -> bytes:
    signs = [at for at, character in enumerate(text) if character in ":\"'{}[],-#"]
    at = choices.one_of(signs or [0])
    return (text[:at] + text[at + 1 :]).encode()


def _with_other_line_breaks(text: str, choices: Choices) -> bytes:
    return text.replace("\n", choices.one_of(["\r\n", "\r", "\u2028\n", "\n\n"])).encode()


def _in_another_encoding(text: str, choices: Choices) -> bytes:
    encoding = choices.one_of(["utf-16", "utf-8-sig", "gb18030", "utf-32", "latin-1"])
    return text.encode(encoding, "replace")


def _with_another_value(text: str, choices: Choices) -> bytes:
    lines = text.splitlines()
    at = choices.number(len(lines))
    key, colon, _ = lines[at].partition(":")
    value = choices.one_of(
        [
            "",
            "[1, 2",
            "{a: 1",
            "yes",
            "0o17",
            "12:30",
            "2026-01-01",
            "~",
            "|",
            "&x 1",
            "'a",
            "=",
            "<<",
        ]
    )
    lines[at] = f"{key}{colon or ':'} {value}"
    return "\n".join([*lines, ""]).encode()


def _nested_deeply(text: str, choices: Choices) -> bytes:
    depth = choices.one_of([5, 40, 70, 120, 2000])
    return f"{text}deep: {'[' * depth}{']' * depth}\n".encode()


def _with_another_document(text: str, choices: Choices) -> bytes:
    before, after = choices.one_of(
        [("%YAML 1.1\n---\n", ""), ("---\n", ""), ("", "---\na: 1\n"), ("", "...\n")]
    )
    return f"{before}{text}{after}".encode()


_TEXT_ALTERATIONS: tuple[Callable[[str, Choices], bytes], ...] = (
    _without_a_line,
    _with_a_line_twice,
    _with_lines_swapped,
    _truncated,
    _with_another_indentation,
    _with_an_odd_character,
    _with_an_odd_character,
    _with_an_odd_byte,
    _without_a_character,
    _without_a_sign,
    _with_other_line_breaks,
    _in_another_encoding,
    _with_another_value,
    _nested_deeply,
    _with_another_document,
)


def altered_data(data: Data, choices: Choices) -> Data:
    """Return a copy of `data` with one or two things in it changed."""
    data = copy.deepcopy(data)
    for _ in range(choices.one_of([1, 1, 1, 2])):
        _alter(data, choices)
    return data


def _alter(data: Data, choices: Choices) -> None:
    """Remove a value, replace it, repeat it, misspell its key, or add one beside it."""
    containers = _containers(data)
    if not containers:  # the alteration before this one removed the only key
        return
    container = choices.one_of(containers)
    key = choices.one_of(list(container) if isinstance(container, dict) else range(len(container)))
    match choices.one_of(["replace", "replace", "edit", "remove", "repeat", "misspell", "add"]):
        case "replace":
            container[key] = copy.deepcopy(choices.one_of(_OTHER_VALUES))
        case "edit" if isinstance(container[key], str):
            text = container[key]
            at = choices.number(len(text) + 1)
            container[key] = text[:at] + choices.one_of(_ODD_CHARACTERS) + text[at + 1 :]
        case "repeat" if isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        case "misspell" if isinstance(container, dict):
            container[key[1:] + key[:1]] = container.pop(key)
        case "add" if isinstance(container, dict):
            container[choices.one_of(["x", "naem", "", "说明", "x-note", "Kind"])] = "x"
        case _:
            del container[key]


def _containers(data: Data) -> list[Data]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    below = [each for value in inner for each in _containers(value)]
    return [data, *below] if data and isinstance(data, dict | list) else below
