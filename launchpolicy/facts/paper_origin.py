"""Where a paper comes from: the line that each paper carries, and how it is found in a file.

A paper is made of a request and printed, signed and attached to it again. Meanwhile the request
goes on: facts are recorded, and the paper itself is attached. So the paper says which *plan* it
was made from: a digest of what is to be launched, when, how and by whom. It does not change when
evidence is attached, or when something is reviewed, accepted or recorded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import rfc8785

from launchpolicy.facts.approvals.canonical import canonical_json
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

PLAN: Final[tuple[Route, ...]] = (
    ("spec", "process"),
    ("spec", "product"),
    ("spec", "risk"),
    ("spec", "summary"),
    ("spec", "people"),
    ("spec", "window"),
    ("spec", "content"),
    ("spec", "dependsOn"),
    ("spec", "impact", "departments"),
    ("spec", "impact", "suspension", "businesses"),
    ("spec", "impact", "suspension", "from"),
    ("spec", "impact", "suspension", "until"),
    ("spec", "checks"),
    ("spec", "backup"),
    ("spec", "steps"),
    ("spec", "rollback", "owner"),
    ("spec", "rollback", "trigger"),
    ("spec", "rollback", "decideWithin"),
    ("spec", "rollback", "takes"),
    ("spec", "rollback", "steps"),
)
"""What is planned; all else in a request is evidence, a result or an assessment of it."""

_EVIDENCE: Final = frozenset({"path", "kind", "sha256"})
_HEX: Final = r"(?:[0-9a-f]\s{0,3}){64}"
_ORIGIN: Final = re.compile(
    r"launchpolicy(?:\s*·\s*|\s+from\s+launch\s+request\s+|\s*根据上线申请\s*)"
    r"(?P<request>[A-Z][A-Z0-9]{0,40}(?:-[A-Za-z0-9]{1,40}){1,10})"
    rf".{{0,80}}?SHA-256[:：]?\s*{_HEX}"
    rf"[\s,·；;]{{1,6}}(?:plan|方案)[:：]?\s*(?P<plan>{_HEX})"
    r"[\s,·；;]{1,6}(?:at|made|生成于|生成时间)[:：]?\s*(?P<made>\d{4}-[\dT:+Z-]{6,25})",
    re.DOTALL,
)
"""The line in either language; line breaks of a page may stand anywhere between its words."""

_MOST: Final = 20


class PaperOrigin(NamedTuple):
    """Which plan of which request a paper was made from, and when (as it is written)."""

    request: str
    plan: str
    made_at: str


def plan_digest(data: Data) -> str:
    """Return the digest of what a request plans; "" where it cannot be written as JSON."""
    planned = {
        ".".join(map(str, route)): _without_evidence(value)
        for route in PLAN
        if (value := value_at(data, route)) is not None
    }
    try:
        return sha256(canonical_json(planned))
    except rfc8785.CanonicalizationError:
        return ""


def plan_clause(plan: str) -> Text:
    """Return the part of the line that says which plan it is, between two others."""
    return Text(f"plan {plan}", f"方案 {plan}")


def origins_in(text: str) -> list[PaperOrigin]:
    """Return the lines of papers in a text, at most twenty; entities of Markdown are undone."""
    plain = html.unescape(text) if "&#" in text else text
    origins = []
    for match in _ORIGIN.finditer(plain):
        plan = re.sub(r"\s", "", match["plan"])
        origins.append(PaperOrigin(match["request"], plan, match["made"]))
    return list(dict.fromkeys(origins))[:_MOST]


def paper_facts(origins: Iterable[PaperOrigin]) -> list[dict[str, Any]]:
    """Return the facts `papers` of a file; whether they are of a plan is not known yet."""
    return [
        {"request": one.request, "plan": one.plan, "madeAt": one.made_at, "ofThisPlan": False}
        for one in origins
    ]


def with_plan(records: Iterable[dict[str, Any]], data: Data) -> Iterator[dict[str, Any]]:
    """Yield the records of evidence, whose papers say whether they are of the plan of `data`."""
    plan = ""
    for record in records:
        if not record["papers"]:
            yield record
            continue
        plan = plan or plan_digest(data)
        papers = [
            {**paper, "ofThisPlan": bool(plan) and paper["plan"] == plan}
            for paper in record["papers"]
        ]
        yield {**record, "papers": papers}


def _without_evidence(value: Data) -> Data:
    """Return a value without the references to evidence in it."""
    if isinstance(value, dict):
        return {
            key: _without_evidence(inner) for key, inner in value.items() if not _is_evidence(inner)
        }
    if isinstance(value, list):
        return [_without_evidence(item) for item in value if not _is_evidence(item)]
    return value


def _is_evidence(value: Data) -> bool:
    return isinstance(value, dict) and value.keys() >= _EVIDENCE
