"""The tables of READMEs and guides that list what the registries hold, made from the registries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from launchpolicy.facts.evidence.registry import MEBIBYTE, READERS
from launchpolicy.operations.generate.guides import with_section
from launchpolicy.operations.ledger.exports.registry import EXPORTERS
from launchpolicy.papers.registry import PAPERS
from launchpolicy.reporters.ledger.registry import ON_BRANCH, VIEWS
from launchpolicy.reporters.registry import REPORTERS
from launchpolicy.requests.launch_request.schema import launch_request_schema
from launchpolicy.vocabulary.text import Language, Text

_Row = tuple[str, ...]
_PAGES: Final[Mapping[Language, str]] = {"en": "", "zh": ".zh-CN"}
_FORMATS: Final = Text("| format | for |", "| 格式 | 用途 |")
_EVIDENCE: Final = Text(
    "| kind | what it is | recognised by | at most |", "| 类型 | 内容 | 识别依据 | 上限 |"
)
_ANY: Final = Text("any other file", "其他任何文件")
_PAPERS: Final = Text("| paper | title | clauses |", "| 文书 | 标题 | 条款 |")
_VIEWS: Final = Text("| view | what it is | on the ledger branch |", "| 视图 | 内容 | 日志分支上 |")
_EXPORTS: Final = Text("| format | for |", "| 格式 | 用途 |")
_YES: Final = Text("yes", "是")


def registry_tables(root: Path) -> dict[str, str]:
    """Return the pages below `root` with each table of a registry made again, by path.

    Raises:
        ValueError: a page lacks the two lines between which a table stands.
    """
    pages: dict[str, str] = {}
    for name, (page, table) in _TABLES.items():
        for language, infix in _PAGES.items():
            path = page.format(infix)
            text = pages[path] if path in pages else (root / path).read_text("utf-8")
            pages[path] = with_section(text, name, "\n".join(table(language)))
    return pages


def _formats(language: Language) -> Iterator[str]:
    rows = (
        (f"`{name}`", entry.load().SUMMARY.in_language(language))
        for name, entry in REPORTERS.items()
    )
    yield from _table(_FORMATS.in_language(language), rows)


def _evidence(language: Language) -> Iterator[str]:
    """Yield the words of the model, which the schema of launch requests shows, too."""
    definitions: Any = launch_request_schema()["$defs"]
    kinds = definitions["evidenceKind"]
    key = "enumDescriptions" if language == "en" else "x-enum-descriptions-zh"
    words = dict(zip(kinds["enum"], kinds[key], strict=True))
    rows = (
        (
            f"`{name}`",
            words[name].rstrip(".。"),
            " ".join(f"`{suffix}`" for suffix in entry.suffixes) or _ANY.in_language(language),
            f"{entry.max_bytes // MEBIBYTE} MiB",
        )
        for name, entry in READERS.items()
    )
    yield from _table(_EVIDENCE.in_language(language), rows)


def _papers(language: Language) -> Iterator[str]:
    between = ", " if language == "en" else "、"
    rows = (
        (f"`{name}`", paper.title.in_language(language), between.join(paper.clauses))
        for name, paper in PAPERS.items()
    )
    yield from _table(_PAPERS.in_language(language), rows)


def _views(language: Language) -> Iterator[str]:
    rows = (
        (
            f"`{name}`",
            view.title.in_language(language),
            _YES.in_language(language) if name in ON_BRANCH else "",
        )
        for name, view in VIEWS.items()
    )
    yield from _table(_VIEWS.in_language(language), rows)


def _exports(language: Language) -> Iterator[str]:
    rows = ((f"`{name}`", export.title.in_language(language)) for name, export in EXPORTERS.items())
    yield from _table(_EXPORTS.in_language(language), rows)


def _table(head: str, rows: Iterable[_Row]) -> Iterator[str]:
    yield head
    yield "|" + " --- |" * (head.count("|") - 1)
    for row in rows:
        yield f"| {' | '.join(row)} |"


_TABLES: Final[Mapping[str, tuple[str, Callable[[Language], Iterator[str]]]]] = {
    "formats": ("README{}.md", _formats),
    "kinds of evidence": (".github/guides/request-life{}.md", _evidence),
    "papers": (".github/guides/request-life{}.md", _papers),
    "views": (".github/guides/ledger{}.md", _views),
    "exports": (".github/guides/ledger{}.md", _exports),
}
"""What stands in a page between two marks of that name; `{}` is where the language is named."""
