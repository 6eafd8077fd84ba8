"""Test results as JUnit XML: counted from the test cases, never from what a header claims (E7)."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
)
from launchpolicy.facts.evidence.wording import figures_in
from launchpolicy.facts.evidence.xml import XmlError, local_name, root_of
from launchpolicy.vocabulary.placeholders import is_placeholder
from launchpolicy.vocabulary.text import Text

_COUNTERS = ("tests", "failures", "errors", "skipped")
_COMMITS = ("commit", "git.commit", "git-commit", "revision")
_VERSIONS = ("version", "product.version", "product-version", "app.version")
_REQUESTS = ("launch-request", "launchRequest")
_NAMED = 3


@dataclass
class _Tally:
    """What the test cases below one element come to."""

    total: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    unnamed: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, other: _Tally) -> None:
        self.total += other.total
        self.failed += other.failed
        self.errors += other.errors
        self.skipped += other.skipped
        self.unnamed += other.unnamed
        self.failures += other.failures

    def count_of(self, counter: str) -> int:
        return {
            "tests": self.total,
            "failures": self.failed,
            "errors": self.errors,
            "skipped": self.skipped,
        }[counter]


class _HeaderMismatchError(Exception):
    """A header that says something else than the test cases below it."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def read(path: str, data: bytes, schemas: Schemas) -> Reading:
    """Return what the tests came to, in the format of Ant and Maven, suites nested or not."""
    del path, schemas
    try:
        root = root_of(data)
        if local_name(root) not in {"testsuites", "testsuite"}:
            return UnreadableEvidence(
                Text(
                    "It is XML, but no JUnit report: its root is not testsuites or testsuite.",
                    "它是 XML，但不是 JUnit 报告：根元素不是 testsuites 或 testsuite。",
                )
            )
        tally = _tally(root)
    except XmlError as error:
        return UnreadableEvidence(error.problem)
    except _HeaderMismatchError as error:
        return UnreadableEvidence(error.problem)
    properties = list(_properties(root))
    return EvidenceContents(
        passed=_is_passed(tally),
        says=_says(tally),
        size=len(data),
        media_type="application/xml",
        made_at=_made_at(root),
        made_locally=_made_locally(root),
        request=next((value for name, value in properties if name in _REQUESTS), ""),
        commits=tuple(dict.fromkeys(value for name, value in properties if name in _COMMITS)),
        details={
            "versions": [value for name, value in properties if name in _VERSIONS],
            "figures": figures_in(_measurements(root)),
            "gist": _gist(root),
            "tests": {
                "total": tally.total,
                "passed": tally.total - tally.failed - tally.errors - tally.skipped,
                "failed": tally.failed,
                "errors": tally.errors,
                "skipped": tally.skipped,
                "unnamed": tally.unnamed,
                "failures": tally.failures,
            },
        },
    )


def _tally(element: Element) -> _Tally:
    tally = _Tally()
    for child in element:
        name = local_name(child)
        if name == "testcase":
            tally.add(_case(child))
        elif name == "testsuite":
            tally.add(_tally(child))
    _check_header(element, tally)
    return tally


def _case(case: Element) -> _Tally:
    _number(case, "time")
    kinds = {local_name(child) for child in case}
    full = ".".join(filter(None, (case.get("classname", ""), case.get("name", ""))))
    if "error" in kinds or "failure" in kinds:
        is_error = "error" in kinds
        name = identifier(full) or "?"
        return _Tally(1, int(not is_error), int(is_error), failures=[name])
    is_skipped = "skipped" in kinds or case.get("status") in {"skipped", "notrun"}
    is_unnamed = not is_skipped and is_placeholder(case.get("name", ""))
    return _Tally(1, skipped=int(is_skipped), unnamed=int(is_unnamed))


def _check_header(element: Element, tally: _Tally) -> None:
    """Require of a header that each number it states is the one that the test cases give."""
    _number(element, "time")
    for counter in _COUNTERS:
        written = element.get(counter)
        if written is None:
            continue
        if not written.isascii() or not written.isdigit():
            raise _HeaderMismatchError(
                Text(
                    f"Its header has no proper number of {counter}.",
                    f"报告头部的 {counter} 不是有效数字。",
                )
            )
        if int(written[:12]) != tally.count_of(counter):
            counted = tally.count_of(counter)
            raise _HeaderMismatchError(
                Text(
                    f"Its header says {counter}={int(written[:12])}, but its test cases give "
                    f"{counted}; attach the report as the test runner wrote it.",
                    f"报告头部写 {counter}={int(written[:12])}，逐项统计却是 {counted}；"
                    "请附上测试程序生成的原始报告。",
                )
            )


def _number(element: Element, attribute: str) -> None:
    written = element.get(attribute)
    if written is None:
        return
    try:
        value = float(written.replace(",", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise _HeaderMismatchError(
            Text(
                f"A {attribute} in it is not a number of seconds.",
                f"报告中的 {attribute} 不是有效的秒数。",
            )
        )


def _is_passed(tally: _Tally) -> bool:
    return tally.total > tally.skipped and not (tally.failed or tally.errors)


def _says(tally: _Tally) -> Text:
    if tally.total == 0:
        return Text("It holds no test at all.", "报告中没有任何测试。")
    bad = tally.failed + tally.errors
    if bad:
        named = tally.failures[:_NAMED]
        more = "" if bad <= _NAMED else ", …"
        return Text(
            f"{bad} of {tally.total} tests failed: {', '.join(named)}{more}",
            f"{tally.total} 项测试中有 {bad} 项失败：{'、'.join(named)}{more}",
        )
    if tally.total == tally.skipped:
        return Text(
            f"All {tally.total} tests were skipped; nothing was tested.",
            f"全部 {tally.total} 项测试均被跳过，没有实际测试。",
        )
    ran = tally.total - tally.skipped
    return Text(f"{ran} tests passed.", f"{ran} 项测试通过。")


def _properties(root: Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if local_name(element) == "property":
            value = element.get("value", element.text or "")
            yield element.get("name", ""), identifier(value.strip())


def _made_at(root: Element) -> str:
    """Return the latest time stamp; one without an offset does not say when, and is passed over."""
    stamps: list[tuple[datetime, str]] = []
    for element in root.iter():
        written = element.get("timestamp")
        instant = parse_instant(written) if written else None
        if instant is not None and written:
            stamps.append((instant, written))
    return max(stamps)[1] if stamps else ""


_LOCAL = re.compile(
    r"20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
)


def _made_locally(root: Element) -> str:
    """Return the latest time stamp without an offset, as Gradle and Ant write it."""
    stamps = [element.get("timestamp", "") for element in root.iter()]
    return max(filter(_LOCAL.fullmatch, stamps), default="")


def _measurements(root: Element) -> str:
    """Return where a report states figures: the values of its properties, and what was printed."""
    parts: list[str] = []
    for element in root.iter():
        name = local_name(element)
        if name == "property":
            parts.append(element.get("value", element.text or "")[:_PRINTED])
        elif name == "system-out":
            parts.append((element.text or "")[:_PRINTED])
    return "\n".join(parts)[:_PRINTED]


_PRINTED = 100_000


def _gist(root: Element) -> str:
    """Return the digest of all elements with their attributes, without the space between them."""
    digest = hashlib.sha256()
    for element in root.iter():
        content = (local_name(element), sorted(element.items()), (element.text or "").strip())
        digest.update(repr(content).encode("utf-8", "replace"))
    return digest.hexdigest()
