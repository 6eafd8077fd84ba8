"""The rows of a signature table: who signs as what, and who has approved already.

A row is a value: a template prints rows with `signatures(...)`, and writes no row itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from markupsafe import Markup

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.marks import mark
from launchpolicy.papers.wording import time_of_day
from launchpolicy.vocabulary.text import Language, Text

_HEAD = Text(
    "Department or role | Name | Opinion | Signature | Seal | Date",
    "部门／岗位 | 姓名 | 审批意见 | 签字 | 盖章 | 日期",
)
_OPINION = Text("☐ approve ☐ reject", "□ 同意　□ 不同意")
_DATE = Text("", "　　年　月　日")
_ELECTRONIC = Text("Approved (electronic)", "同意（电子审批）")


class GivenSignature(NamedTuple):
    """An approval that was given electronically.

    `by` is the name of the person, `version` the short id of the version that was approved.
    """

    by: Text
    at: datetime
    version: str


class SignatureRow(NamedTuple):
    """One row: a role that signs, or a person by what they do in this launch.

    `role` is the id of the role, "" where it is no role of a policy; `title` is what stands in the
    first column. `names` are those who may sign; `signature` is set where one of them has approved.
    Who only signs for what they wrote gives no opinion (`is_approval`).
    """

    role: str
    title: Text
    names: tuple[Text, ...] = ()
    signature: GivenSignature | None = None
    is_approval: bool = True


def signature_table(
    rows: Iterable[SignatureRow], language: Language, zone: tzinfo | None
) -> Markup:
    """Return the table of signatures as Markdown, in the order of the rows, each once."""
    head = _HEAD.in_language(language)
    lines = [f"| {head} |", "|" + " --- |" * len(head.split("|"))]
    lines += [_line(row, language, zone) for row in dict.fromkeys(rows)]
    return mark("signatures") + Markup("\n".join(lines) + "\n\n")  # noqa: S704 (escaped in `_line`)


def _line(row: SignatureRow, language: Language, zone: tzinfo | None) -> str:
    title = escape(row.title.in_language(language))
    between = "、" if language == "zh" else ", "
    names = escape(between.join(name.in_language(language) for name in row.names))
    given = row.signature
    if given is None:
        opinion = _OPINION.in_language(language) if row.is_approval else ""
        cells = [title, names, opinion, "", "", _DATE.in_language(language)]
    else:
        by = escape(given.by.in_language(language))
        version = Text(f"version {given.version}", f"版本 {given.version}").in_language(language)
        when = time_of_day(given.at.isoformat(timespec="seconds"), language, zone)
        cells = [title, by, _ELECTRONIC.in_language(language), by, escape(version), when]
    return f"| {' | '.join(map(str, cells))} |"
