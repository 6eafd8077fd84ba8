"""How much evidence one request may have read: a bound on the work (threat E9).

Each file has a limit of its own. Many files below it, or one of nothing but marks, would still keep
a check busy for minutes; what goes beyond the limits of a request is refused before it is read.
"""

from __future__ import annotations

from typing import Final

from launchpolicy.facts.evidence.registry import MEBIBYTE, READERS, STRUCTURED_LIMIT
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

TOTAL_MARKS: Final = 1_000_000
"""Tags of XML, and objects of JSON."""


class _Family(NamedTuple):
    """Kinds that cost alike to read, and how many bytes of them one request may have."""

    title: Text
    most: int


REPORTS: Final = _Family(Text("reports", "报告"), 32 * MEBIBYTE)
RECORDS: Final = _Family(Text("records", "记录"), 4 * MEBIBYTE)
DOCUMENTS: Final = _Family(Text("documents", "文档"), 200 * MEBIBYTE)


class EvidenceVolume:
    """What has been read of one request so far; files are added in the order of the request."""

    def __init__(self) -> None:
        self.sizes: dict[_Family, int] = {}
        self.marks = 0

    def problem_with(self, kind: str, data: bytes) -> Text | None:
        """Add a file, or return why it is not read; then it does not count.

        Args:
            kind: the kind of evidence that the request calls it.
            data: the whole file.
        """
        if kind not in READERS:
            return None
        family = family_of(kind)
        size = self.sizes.get(family, 0) + len(data)
        marks = self.marks + sum(data.count(mark) for mark in READERS[kind].marks)
        if size > family.most:
            limit = family.most // MEBIBYTE
            return _problem(family, Text(f"{limit} MiB", f" {limit} MiB "))
        if marks > TOTAL_MARKS:
            limit_of_marks = f"{TOTAL_MARKS:,}"
            return _problem(
                family, Text(f"{limit_of_marks} tags or objects", f" {limit_of_marks} 个标签或对象")
            )
        self.sizes[family], self.marks = size, marks
        return None


def family_of(kind: str) -> _Family:
    """Return with which other kinds a kind of `READERS` has its limit together."""
    if READERS[kind].schema:
        return RECORDS
    return REPORTS if READERS[kind].max_bytes <= STRUCTURED_LIMIT else DOCUMENTS


def _problem(family: _Family, limit: Text) -> Text:
    return Text(
        f"With it, the {family.title.en} of this request have more than {limit.en}, the limit for "
        "all together; attach a summary of them, or split the launch into several requests.",
        f"加上该文件，本申请的{family.title.zh}合计超过{limit.zh}的上限；"
        "请附上汇总，或将上线拆分为多个申请。",
    )
