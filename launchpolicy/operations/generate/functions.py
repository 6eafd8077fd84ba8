"""Make the tables of functions in the guides about expressions from `policies/functions.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from launchpolicy.documents.reading import read
from launchpolicy.documents.validation import require_document
from launchpolicy.operations.generate.guides import with_section
from launchpolicy.vocabulary.text import Language, Text

FUNCTIONS: Final = "policies/functions.yaml"
PAGES: Final[Mapping[Language, str]] = {
    "en": ".github/guides/expressions.md",
    "zh": ".github/guides/expressions.zh-CN.md",
}
_HEAD: Final = Text("| function | gives | example |", "| 函数 | 结果 | 示例 |")


def function_tables(root: Path) -> dict[str, str]:
    """Return both guides with the table of each library made again, by path.

    Raises:
        MalformedRulesError: the list of functions cannot be read.
        ValueError: a guide lacks the two lines between which a table stands.
    """
    libraries = _libraries(root)
    pages = {}
    for language, name in PAGES.items():
        page = (root / name).read_text("utf-8")
        for library, functions in libraries.items():
            lines = _table(functions, language)
            page = with_section(page, f"functions of {library}", "\n".join(lines))
        pages[name] = page
    return pages


def _libraries(root: Path) -> Mapping[str, Any]:
    document = require_document(read(FUNCTIONS, (root / FUNCTIONS).read_bytes()))
    libraries: Any = document.data
    return cast("Mapping[str, Any]", libraries)


def _table(functions: list[Mapping[str, Any]], language: Language) -> Iterator[str]:
    yield _HEAD.in_language(language)
    yield "| --- | --- | --- |"
    for function in functions:
        cells = (f"`{function['form']}`", function["gives"][language], f"`{function['example']}`")
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
