"""Coverage as Cobertura XML, counted from its lines; no header is believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
)
from launchpolicy.facts.evidence.timestamps import timestamp_of
from launchpolicy.facts.evidence.xml import XmlError, local_name, root_of
from launchpolicy.policy.edition import FOURTH_EDITION, SIXTH_EDITION
from launchpolicy.vocabulary.text import Text

_ELEMENTS = frozenset(
    {"coverage", "packages", "package", "classes", "class", "methods", "method", "lines", "line"}
)
_ATTRIBUTES = frozenset(
    {
        *("line-rate", "branch-rate", "lines-covered", "lines-valid", "timestamp", "filename"),
        *("number", "hits", "condition-coverage", "name"),
    }
)
_ROUNDING = 0.01
_CONDITIONS = re.compile(r"\(([0-9]{1,9})/([0-9]{1,9})\)")


class RateError(Exception):
    """A share in a header that cannot be; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return how much was covered; how much must be is for a policy to say."""
    del path, schemas
    try:
        root = root_of(data)
    except XmlError as error:
        return UnreadableEvidence(error.problem)
    if (problem := _problem_with(root, edition)) is not None:
        return UnreadableEvidence(problem)
    lines = _line_rate(root, edition)
    if lines is None:
        return UnreadableEvidence(
            Text(
                "It lists no line, so that nothing can be counted; let the tool list them.",
                "报告没有列出任何代码行，无法统计；请让工具逐行列出。",
            )
        )
    try:
        lines = _share_of_lines(root, lines)
    except RateError as error:
        return UnreadableEvidence(error.problem)
    branches = min(_branch_rate(root), _rate(root, "branch-rate") or 0.0)
    made = timestamp_of(root.get("timestamp", ""))
    return EvidenceContents(
        passed=lines > 0,
        says=Text(f"{lines:.1%} of the lines are covered.", f"行覆盖率 {lines:.1%}。"),
        size=len(data),
        media_type="application/xml",
        made_at=made.written,
        is_without_zone=made.is_without_zone,
        details={"coverage": {"lines": lines, "branches": branches}},
    )


def _problem_with(root: Element, edition: int) -> Text | None:
    """Return why a document is no Cobertura report that an edition reads; None where it is one."""
    if local_name(root) != "coverage":
        return Text(
            "It is XML, but no Cobertura report: its root is not coverage.",
            "它是 XML，但不是 Cobertura 报告：根元素不是 coverage。",
        )
    if any(local_name(part) == "project" for part in root):
        return Text(
            "It is a report of Clover, no Cobertura report; let the tool write Cobertura.",
            "它是 Clover 的报告，不是 Cobertura 报告；请让工具输出 Cobertura 格式。",
        )
    if edition > SIXTH_EDITION and (name := _nearly_known_name(root)):
        return _other_letters(name)
    return None


def _nearly_known_name(root: Element) -> str:
    """Return a name that differs only in capitals from one that counts; "" for none."""
    for element in root.iter():
        names = ((local_name(element), _ELEMENTS), *((key, _ATTRIBUTES) for key in element.attrib))
        for name, known in names:
            if name not in known and name.lower() in known:
                return name
    return ""


def _other_letters(name: str) -> Text:
    shown = identifier(name)
    return Text(
        f"It has {shown} in other letters than Cobertura, so that readers would disagree; let the "
        "tool write it in small letters.",
        f"其中的 {shown} 与 Cobertura 只有大小写之别，不同程序的解读会不一致；请让工具改用小写。",
    )


def _line_rate(root: Element, edition: int) -> float | None:
    """Return the share of lines that were hit; each line once, in however many classes it is.

    A line whose number is none covers nothing: no file has it.
    """
    hits: dict[tuple[str, str], bool] = {}
    for file, line in _lines(root):
        number, is_hit = line.get("number") or f"?{len(hits)}", _is_hit(line)
        if edition > FOURTH_EDITION:
            number = number.strip().lstrip("0") or number
            if not (number.isascii() and number.isdigit() and number.strip("0")):
                if is_hit:
                    continue
                number = f"?{len(hits)}"
        hits[file, number] = hits.get((file, number), False) or is_hit
    return sum(hits.values()) / len(hits) if hits else None


def _branch_rate(root: Element) -> float:
    """Return the share of branches that were taken, by the conditions of the lines."""
    conditions: dict[tuple[str, str], tuple[int, int]] = {}
    for file, line in _lines(root):
        match = _CONDITIONS.search(line.get("condition-coverage", ""))
        if match:
            key = (file, line.get("number") or f"?{len(conditions)}")
            taken, possible = conditions.get(key, (0, 0))
            conditions[key] = max(taken, int(match[1])), max(possible, int(match[2]))
    every = sum(possible for _, possible in conditions.values())
    taken = sum(min(taken, possible) for taken, possible in conditions.values())
    return taken / every if every else 0.0


def _lines(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield each line with its file.

    A class lists the lines of its methods again, and may do so with other numbers of hits: then
    its own list counts.
    """
    for number, class_ in enumerate(_classes(root)):
        file = class_.get("filename") or class_.get("name") or f"?{number}"
        lists = [part for part in class_ if local_name(part) == "lines"]
        own = [line for part in lists for line in part.iter() if local_name(line) == "line"]
        numbers = {line.get("number") for line in own}
        every = (line for line in class_.iter() if local_name(line) == "line")
        for line in (*own, *(line for line in every if line.get("number") not in numbers)):
            yield file, line


def _classes(root: Element) -> Iterator[Element]:
    """Yield the classes; a class in a class is a part of it, so its lines are read once."""
    for element in root:
        if local_name(element) == "class":
            yield element
        else:
            yield from _classes(element)


def _is_hit(line: Element) -> bool:
    """Return whether a line was executed; a number that is none, or negative, says that not."""
    hits = line.get("hits", "").strip()
    return hits.isascii() and hits.isdigit() and hits.strip("0") != ""


def _share_of_lines(root: Element, counted: float) -> float:
    """Return the share of lines that were hit; where the header says less, that.

    Raises:
        RateError: the header claims more than the lines give, or no share at all.
    """
    counted = min(counted, _share_by_counts(root, counted))
    rate = _rate(root, "line-rate")
    if rate is None and root.get("line-rate", "").strip():
        raise RateError(
            Text("Its line-rate is no share between 0 and 1.", "line-rate 不是 0 到 1 之间的数。")
        )
    if rate is None or abs(rate - counted) <= _ROUNDING:
        return counted
    if rate > counted:
        raise RateError(
            Text(
                f"Its header says line-rate {rate:.3f}, but its lines give {counted:.3f}.",
                f"报告头部 line-rate 为 {rate:.3f}，逐行统计为 {counted:.3f}。",
            )
        )
    return rate


def _share_by_counts(root: Element, counted: float) -> float:
    """Return the share that the header gives as two numbers, where it is clearly less."""
    covered, valid = (root.get(key, "").strip() for key in ("lines-covered", "lines-valid"))
    numbers = [number for number in (covered, valid) if number.isascii() and number.isdigit()]
    if len(numbers) != len((covered, valid)) or not valid.strip("0"):
        return counted
    share = float(covered) / float(valid)
    return share if counted - share > _ROUNDING else counted


def _rate(root: Element, name: str) -> float | None:
    """Return a share that the header states, also with a decimal comma; None for anything else."""
    try:
        rate = float(root.get(name, "").replace(",", "."))
    except ValueError:
        return None
    return rate if 0 <= rate <= 1 else None
