"""Every Chinese text that the product can show, with the file that it stands in."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Refusal, read

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(r"```.*?```|``.+?``|`[^`]*`|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_BLOCK = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"launchpolicy(?: (?:[\w./@#=:~'-]+|\"[^\"]*\"))+")
_ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
_BEIAN = "京ICP备12345678号-1"  # a number as the authority writes it
_LINK = re.compile(r"\]\([^)]*\)")


class ChineseText(NamedTuple):
    """A text, where code has become `…`, and where it stands: a path, with a line if known."""

    place: str
    text: str


def chinese_texts() -> Iterator[ChineseText]:
    """Yield the texts of the packs, schemas, code, paper templates and pages."""
    yield from _texts_of_packs()
    yield from _texts_of_schemas()
    yield from _texts_of_code()
    yield from _texts_of_templates()
    yield from _texts_of_pages()


def without_code(text: str) -> str:
    """Return a text with `…` in place of code, commands, expressions and targets of links."""
    return _COMMAND.sub("…", _LINK.sub("]", _CODE.sub("…", text.replace(_BEIAN, "…"))))


def _texts_of_packs() -> Iterator[ChineseText]:
    for file in sorted((ROOT / "policies").rglob("*.yaml")):
        if file.name.endswith(".test.yaml") or "cases" in file.parts or _is_quotation(file):
            continue
        yield from _texts_in(_place(file), _plain(file))


def _plain(file: Path) -> Any:
    document = read(_place(file), file.read_bytes())
    assert not isinstance(document, Refusal), file
    return document.data


def _is_quotation(file: Path) -> bool:
    """Return whether a file quotes the source documents in their own words."""
    return file.name in {"clauses.yaml", "obligations.yaml"}


def _texts_of_schemas() -> Iterator[ChineseText]:
    for file in sorted((ROOT / "schemas").glob("*.json")):
        yield from _texts_in(_place(file), json.loads(file.read_text("utf-8")))


def _texts_in(place: str, value: Any) -> Iterator[ChineseText]:
    if isinstance(value, str):
        if CHINESE.search(value):
            yield ChineseText(place, without_code(value))
    elif isinstance(value, dict):
        for key, item in value.items():
            is_english = key in _ENGLISH and not isinstance(item, dict)
            if key not in _DATA and not is_english:
                yield from _texts_in(f"{place} {key}", item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(place, item)


_ENGLISH = frozenset({"en", "description", "enumDescriptions"})
_DATA = frozenset({"params", "variables", "expression", "examples", "pattern", "$comment"})
"""Keys of what is no Chinese text of ours: English, and data that people write, or expressions."""


def _texts_of_code() -> Iterator[ChineseText]:
    for file in sorted((ROOT / "launchpolicy").rglob("*.py")):
        source = file.read_text("utf-8")
        if CHINESE.search(source):
            for line, text in _strings(ast.parse(source)):
                yield ChineseText(f"{_place(file)}:{line}", without_code(text))


def _strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every string with Chinese in it; what an f-string puts in is `…`."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring: for programmers, in English
        text = _string_of(node)
        if text is None:
            pending.extend(ast.iter_child_nodes(node))
        elif CHINESE.search(text):
            yield getattr(node, "lineno", 0), text


def _string_of(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_string_of(part) or "…" for part in parts)
    return None


def _texts_of_templates() -> Iterator[ChineseText]:
    for file in sorted((ROOT / "launchpolicy/papers/templates").glob("*.j2")):
        yield ChineseText(_place(file), without_code(file.read_text("utf-8")))


def _texts_of_pages() -> Iterator[ChineseText]:
    """Yield what stands in the Chinese pages, and the Chinese cells of the lists of policies."""
    pages = [*ROOT.glob("*.zh-CN.md"), *(ROOT / ".github").rglob("*.zh-CN.md")]
    for file in sorted([*pages, *(ROOT / "policies").rglob("README.md")]):
        yield from _lines_of(file)


def _lines_of(file: Path) -> Iterator[ChineseText]:
    """Yield the lines of a page; of a table each cell."""
    text = _BLOCK.sub(lambda block: "\n" * block[0].count("\n"), file.read_text("utf-8"))
    for number, line in enumerate(text.splitlines(), start=1):
        plain = without_code(line)
        cells = plain.split("|") if plain.startswith("|") else [plain]
        for cell in cells:
            if CHINESE.search(cell) and not _ENGLISH_WORDS.search(cell):
                yield ChineseText(f"{_place(file)}:{number}", cell.strip())


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
