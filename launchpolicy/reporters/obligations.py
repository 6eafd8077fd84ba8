"""Write which obligations are served as paragraphs for the terminal, as JSON, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from launchpolicy.engine.analysis.obligation_coverage import CitingPolicy, ObligationCoverage
from launchpolicy.policy.clauses import Clauses
from launchpolicy.reporters.json_encoding import encode_indented
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.vocabulary.finding import Action
from launchpolicy.vocabulary.text import Language, Text

_OWN_RULES = Text("Rules of the product itself", "产品自身的规则")
_NO_CLAUSE = Text("Not in the list of clauses", "未列入条款清单")
_DEMAND = Text("demand", "要求")
_POLICY = Text("policy", "策略")
_PROBE = Text("probe", "探测")
_UNPROVEN = Text("no case of it fails", "没有不通过的用例")
_WARNS = Text("warns", "仅警告")
_NOTHING = Text("nothing serves it", "尚未落实")
_KINDS: Mapping[str, Text] = {
    "paper": Text("paper", "文书"),
    "ledger": Text("ledger", "上线日志"),
    "repository": Text("repository", "仓库"),
}
_HEADINGS = (
    Text("obligation", "义务"),
    Text("demand", "要求"),
    Text("served by", "落实方式"),
    Text("probes", "探测"),
)
_MARGIN = " " * 8

Rows = Sequence[ObligationCoverage]
Render = Callable[[Clauses, Rows, Language, int], str]


def as_text(clauses: Clauses, rows: Rows, language: Language, width: int) -> str:
    """Return one paragraph per obligation below its clause, in at most `width` cells a line."""
    titles = _titles(clauses)
    lines: list[str] = []
    for document, of_document in groupby(rows, lambda row: row.obligation.document):
        lines.append(f"{document} {titles.get(document, _OWN_RULES).in_language(language)}")
        for clause, of_clause in groupby(of_document, lambda row: row.obligation.clause):
            headline = _clause_line(clauses, clause).in_language(language)
            lines += [f"  {line}" for line in wrap(headline, width - 2) if document in titles]
            for row in of_clause:
                lines += _paragraph(row, language, width)
        lines.append("")
    return "\n".join(lines) + "\n"


def as_json(clauses: Clauses, rows: Rows, language: Language, width: int) -> str:
    """Return everything in both languages, versioned; `language` and `width` change nothing."""
    del clauses, language, width
    document = {
        "version": 1,
        "served": sum(row.is_served for row in rows),
        "total": len(rows),
        "obligations": [_json_row(row) for row in rows],
    }
    return encode_indented(document) + "\n"


def as_markdown(clauses: Clauses, rows: Rows, language: Language, width: int) -> str:
    """Return one table; the document's title stands in the row before its obligations."""
    del width
    titles = _titles(clauses)
    headings = [heading.in_language(language) for heading in _HEADINGS]
    lines = [f"| {' | '.join(headings)} |", f"| {' | '.join('---' for _ in headings)} |"]
    for document, of_document in groupby(rows, lambda row: row.obligation.document):
        title = titles.get(document, _OWN_RULES).in_language(language)
        lines.append(f"| **{document}** | **{title}** | | |")
        for row in of_document:
            served = "<br>".join(_sources(row, language))
            cells = (
                row.obligation.id,
                row.obligation.demand.in_language(language),
                served if row.is_served else f"**{_NOTHING.in_language(language)}**",
                ", ".join(f"`{name}`" for name in row.probes),
            )
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"


FORMATS: Mapping[str, Render] = {"text": as_text, "json": as_json, "markdown": as_markdown}


def count_of(rows: Rows) -> Text:
    """Return how many obligations are served, as one sentence."""
    served = sum(row.is_served for row in rows)
    return Text(
        f"{len(rows)} obligations: {served} served, {len(rows) - served} not",
        f"共 {len(rows)} 项义务：已落实 {served} 项，未落实 {len(rows) - served} 项",
    )


def _titles(clauses: Clauses) -> dict[str, Text]:
    return {document.id: document.title for document in clauses.documents}


def _clause_line(clauses: Clauses, clause: str) -> Text:
    """Return the clause with its text, as the headline of its obligations."""
    text = next((item.text for item in clauses.clauses if item.id == clause), None)
    return Text(f"{clause} {text.en}", f"{clause} {text.zh}") if text else _NO_CLAUSE


def _paragraph(row: ObligationCoverage, language: Language, width: int) -> Iterator[str]:
    mark = "✓" if row.is_served else "✗"
    head = f"{mark} {row.obligation.id} {row.obligation.text.in_language(language)}"
    first, *others = wrap(head, width - len(_MARGIN))
    yield f"    {first}"
    yield from (_MARGIN + line for line in others)
    colon = {"en": ": ", "zh": "："}[language]
    demand = row.obligation.demand.in_language(language)
    parts = [f"{_DEMAND.in_language(language)}{colon}{demand}"]
    parts += _sources(row, language) or [_NOTHING.in_language(language)]
    if row.probes:
        between = {"en": ", ", "zh": "、"}[language]
        parts.append(f"{_PROBE.in_language(language)}{colon}{between.join(row.probes)}")
    for part in parts:
        yield from (_MARGIN + line for line in wrap(part, width - len(_MARGIN)))


def _sources(row: ObligationCoverage, language: Language) -> list[str]:
    """Return what serves the obligation or cites it, a line each."""
    colon = {"en": ": ", "zh": "："}[language]
    lines = [_policy_line(policy, language, colon) for policy in row.policies]
    lines += [
        f"{_KINDS[item.kind].in_language(language)} {item.name}{colon}{item.test}"
        for item in row.sources
    ]
    return lines


def _policy_line(policy: CitingPolicy, language: Language, colon: str) -> str:
    warns = policy.action is not Action.DENY
    note = {"en": " ({})", "zh": "（{}）"}[language].format(_WARNS.in_language(language))
    case = f"“{policy.case.name}”" if policy.case else _UNPROVEN.in_language(language)
    head = f"{_POLICY.in_language(language)} {policy.policy}{note if warns else ''}"
    return f"{head}{colon}{case}"


def _json_row(row: ObligationCoverage) -> dict[str, Any]:
    obligation = row.obligation
    return {
        "id": obligation.id,
        "clause": obligation.clause or None,
        "stage": obligation.stage,
        "text": obligation.text.as_data(),
        "demand": obligation.demand.as_data(),
        "served": row.is_served,
        "policies": [
            {
                "policy": item.policy,
                "pack": item.pack,
                "action": str(item.action),
                "case": item.case._asdict() if item.case else None,
            }
            for item in row.policies
        ],
        "elsewhere": [item._asdict() for item in row.sources],
        "probes": list(row.probes),
    }
