"""上线预知汇总: the coming launches of some weeks as one paper, with the meeting's agenda.

D4.12.2: a week ahead the product office collects all coming launches for the office meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from launchpolicy.engine.launches.agenda import Agenda
from launchpolicy.papers.escaping import escape
from launchpolicy.papers.foresight_words import (
    HEADS,
    HINTS,
    NO_HINTS,
    NOTHING,
    TITLE,
    TOPIC_HEADS,
    ForesightWords,
)
from launchpolicy.papers.marks import mark, without_marks
from launchpolicy.papers.page import PaperPage
from launchpolicy.papers.paper_blocks import LINE_BREAK
from launchpolicy.papers.wording import date as written_date
from launchpolicy.vocabulary.text import Language

ListFormat = Literal["md", "html", "docx", "pdf", "xlsx"]
LIST_FORMATS: tuple[ListFormat, ...] = ("md", "html", "docx", "pdf", "xlsx")


def as_paper(
    agenda: Agenda, language: Language, format_: ListFormat, parts: Mapping[str, str]
) -> bytes:
    """Return the list as a landscape paper; `parts` are our layout and style.

    Raises:
        UsageError: the format needs something that is not installed.
    """
    markdown = markdown_of(agenda, language)
    if format_ == "md":
        return without_marks(markdown).encode()
    from launchpolicy.papers.tokens import blocks  # noqa: PLC0415 (Markdown alone needs none of it)

    made = agenda.now.isoformat(timespec="seconds")
    name = ForesightWords(agenda, language).period()
    page = PaperPage(
        language, name, f"launchpolicy · {made}", agenda.now, "landscape", shows_origin=False
    )
    content = blocks(markdown)
    if format_ == "docx":
        from launchpolicy.papers.docx import as_docx  # noqa: PLC0415

        return as_docx(content, page)
    if format_ == "xlsx":
        from launchpolicy.papers.xlsx import as_xlsx  # noqa: PLC0415

        return as_xlsx(content, page)
    from launchpolicy.papers.html import as_html  # noqa: PLC0415

    shown = as_html(content, page, parts["layout.html.j2"], parts["paper.css"])
    if format_ == "html":
        return shown.encode()
    from launchpolicy.papers.pdf import as_pdf  # noqa: PLC0415

    return as_pdf(shown, agenda.now)


def markdown_of(agenda: Agenda, language: Language) -> str:
    """Return the list as Markdown with marks; all that people wrote is escaped."""
    words = ForesightWords(agenda, language)
    parts = [f"# {TITLE.in_language(language)}", f"{mark('number')}{words.period()}"]
    if agenda.launches:
        parts.append("\n".join(_table([words.say(head) for head in HEADS], words.rows())))
    else:
        parts.append(words.say(NOTHING))
    hints = list(words.hints())
    parts += [f"## {words.say(HINTS)}"]
    parts += [f"- {hint}" for hint in hints] or [words.say(NO_HINTS)]
    made = agenda.now.isoformat(timespec="seconds")
    parts += [f"{mark('issuer')}{words.issuer()}"]
    parts += [f"{mark('date')}{written_date(made, language, agenda.zone)}"]
    heads = [words.say(head) for head in TOPIC_HEADS]
    parts += [f"## {words.meeting()}", "\n".join(_table(heads, words.topics()))]
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    return LINE_BREAK.join(escape(line) for line in text.split("\n"))
