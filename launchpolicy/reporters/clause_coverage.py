"""Write the coverage of clauses as a table for the terminal, as JSON, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from launchpolicy.engine.analysis.clause_coverage import ClauseCoverage, ClauseTable
from launchpolicy.policy.clauses import Clauses
from launchpolicy.reporters.json_encoding import encode_indented
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.vocabulary.text import Language, Text

_GAP = Text("nothing: a gap", "无：缺口")
_HEADINGS = (
    Text("clause", "条款"),
    Text("demands", "要求"),
    Text("policies", "策略"),
    Text("papers", "文书"),
    Text("ledger", "上线日志"),
)
_INDENT = "  "
_MARGIN = " " * 12

Render = Callable[[Clauses, ClauseTable, Language, int], str]


def as_table(clauses: Clauses, coverage: ClauseTable, language: Language, width: int) -> str:
    """Return one paragraph per clause, for a terminal of `width` cells; the counts at the end."""
    return "\n".join(_table_lines(clauses, coverage, language, width)) + "\n"


def as_json(clauses: Clauses, coverage: ClauseTable, language: Language, width: int) -> str:
    """Return everything in both languages, versioned; `language` and `width` change nothing."""
    del language, width
    document = {
        "version": 1,
        "documents": [
            {"id": source.id, "title": source.title.as_data(), "pack": source.pack}
            for source in clauses.documents
        ],
        "clauses": [_json_row(row) for row in coverage.rows],
        "gaps": [clause.id for clause in coverage.gaps],
        "misquoted": [
            {"clause": citation.clause, "by": citation.by} for citation in coverage.misquoted
        ],
    }
    return encode_indented(document) + "\n"


def as_markdown(clauses: Clauses, coverage: ClauseTable, language: Language, width: int) -> str:
    """Return one table; the document's title stands in the row before its clauses."""
    del width
    headings = [heading.in_language(language) for heading in _HEADINGS]
    lines = [f"| {' | '.join(headings)} |", f"| {' | '.join('---' for _ in headings)} |"]
    titles = {document.id: document.title.in_language(language) for document in clauses.documents}
    last_document = ""
    for row in coverage.rows:
        if row.clause.document != last_document:
            last_document = row.clause.document
            lines.append(f"| **{last_document}** | **{titles[last_document]}** | | | |")
        cells = (
            row.clause.id,
            row.clause.text.in_language(language),
            _names(row.policies) if not row.is_gap else f"**{_GAP.in_language(language)}**",
            _names(row.papers),
            _names(row.ledger),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


FORMATS: Mapping[str, Render] = {"table": as_table, "json": as_json, "markdown": as_markdown}


def _table_lines(
    clauses: Clauses, coverage: ClauseTable, language: Language, width: int
) -> Iterator[str]:
    by_document: dict[str, list[ClauseCoverage]] = {}
    for row in coverage.rows:
        by_document.setdefault(row.clause.document, []).append(row)
    for document in clauses.documents:
        yield f"{document.id} {document.title.in_language(language)}"
        for row in by_document.get(document.id, ()):
            yield f"{_INDENT}{row.clause.id:<9} {row.clause.text.in_language(language)}"
            papers = tuple(f"`{paper}`" for paper in row.papers)
            sources = ", ".join((*row.policies, *papers, *row.ledger))
            cell = sources or f"✗ {_GAP.in_language(language)}"
            yield from (_MARGIN + line for line in wrap(cell, width - len(_MARGIN)))
        yield ""
    for citation in coverage.misquoted:
        yield Text(
            f"✗ {citation.by} cites {citation.clause}, which does not exist.",
            f"✗ {citation.by} 引用了不存在的条款 {citation.clause}。",
        ).in_language(language)
    yield _count(coverage).in_language(language)


def _count(coverage: ClauseTable) -> Text:
    total, gaps = len(coverage.rows), len(coverage.gaps)
    policies = {policy for row in coverage.rows for policy in row.policies}
    papers = {paper for row in coverage.rows for paper in row.papers}
    return Text(
        f"{total} clauses: {total - gaps} served by {len(policies)} policies and "
        f"{len(papers)} papers, {gaps} gaps",
        f"共 {total} 条：{total - gaps} 条由 {len(policies)} 项策略和 {len(papers)} 种文书落实，"
        f"{gaps} 条缺口",
    )


def _json_row(row: ClauseCoverage) -> dict[str, Any]:
    return {
        "id": row.clause.id,
        "text": row.clause.text.as_data(),
        "policies": list(row.policies),
        "denying": list(row.denying),
        "papers": list(row.papers),
        "ledger": list(row.ledger),
    }


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
