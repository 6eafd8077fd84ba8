"""Coverage as Cobertura XML, counted from its lines where it lists them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
)
from launchpolicy.facts.evidence.xml import XmlError, local_name, root_of
from launchpolicy.vocabulary.text import Text

_ROUNDING = 0.01
_MILLISECONDS = 100_000_000_000
"""A time stamp above this counts milliseconds: as seconds it would lie beyond the year 5000."""


def read(path: str, data: bytes, schemas: Schemas) -> Reading:
    """Return how much was covered; how much must be is for a policy to say."""
    del path, schemas
    try:
        root = root_of(data)
    except XmlError as error:
        return UnreadableEvidence(error.problem)
    if local_name(root) != "coverage":
        return UnreadableEvidence(
            Text(
                "It is XML, but no Cobertura report: its root is not coverage.",
                "它是 XML，但不是 Cobertura 报告：根元素不是 coverage。",
            )
        )
    stated, branches = _rate(root, "line-rate"), _rate(root, "branch-rate")
    counted = _line_rate(root)
    if stated is None or counted is None:
        return UnreadableEvidence(
            Text(
                "It lists no line, or states no proper line-rate.",
                "报告没有列出任何代码行，或 line-rate 无效。",
            )
        )
    if abs(stated - counted) > _ROUNDING:
        return UnreadableEvidence(
            Text(
                f"Its header says line-rate {stated:.3f}, but its lines give {counted:.3f}.",
                f"报告头部 line-rate 为 {stated:.3f}，逐行统计为 {counted:.3f}。",
            )
        )
    return EvidenceContents(
        passed=counted > 0,
        says=Text(f"{counted:.1%} of the lines are covered.", f"行覆盖率 {counted:.1%}。"),
        size=len(data),
        media_type="application/xml",
        made_at=_made_at(root),
        details={"coverage": {"lines": counted, "branches": branches or 0.0}},
    )


def _line_rate(root: Element) -> float | None:
    """Return the share of lines that were hit; each line once, though methods list theirs again."""
    hits: dict[tuple[str, str], bool] = {}
    for class_ in root.iter():
        if local_name(class_) != "class":
            continue
        file = class_.get("filename", class_.get("name", ""))
        for line in class_.iter():
            if local_name(line) == "line":
                key = (file, line.get("number", ""))
                hits[key] = hits.get(key, False) or line.get("hits", "0").lstrip("0") != ""
    return sum(hits.values()) / len(hits) if hits else None


def _rate(root: Element, name: str) -> float | None:
    try:
        rate = float(root.get(name, ""))
    except ValueError:
        return None
    return rate if math.isfinite(rate) and 0 <= rate <= 1 else None


def _made_at(root: Element) -> str:
    written = root.get("timestamp", "")
    if not (written.isascii() and written.isdigit()):
        return ""
    seconds = int(written[:14])
    if seconds > _MILLISECONDS:
        seconds //= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""
