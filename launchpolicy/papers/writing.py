"""Writes the paper of a request by its template, in one of the formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from typing_extensions import TypeIs

from launchpolicy.facts.paper_origin import plan_clause
from launchpolicy.papers.escaping import escape
from launchpolicy.papers.markdown import fill_template
from launchpolicy.papers.marks import PICTURE, mark, without_marks
from launchpolicy.papers.page import PaperPage
from launchpolicy.papers.paper_blocks import Block
from launchpolicy.papers.picture_files import picture_link
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name

PageFormat = Literal["md", "html", "docx", "pdf", "xlsx"]
MessageFormat = Literal["eml", "ics"]
"""A mail to the recipients, an invitation for calendars: only some papers have them."""
Format = PageFormat | MessageFormat
FORMATS: tuple[Format, ...] = ("md", "html", "docx", "pdf", "xlsx", "eml", "ics")
BINARY_FORMATS: frozenset[Format] = frozenset({"docx", "pdf", "xlsx"})


def write(
    source: str, context: TemplateContext, format_: PageFormat, parts: Mapping[str, str]
) -> bytes:
    """Return the paper.

    Args:
        source: its template.
        context: what the template is filled in with.
        format_: the format to write.
        parts: our own `layout.html.j2`, `paper.css`, and templates with shared macros.

    Raises:
        PaperError: the template cannot be filled in.
        PaperRefusal: it would say what is not so.
        UndecidedError: the format needs something that is not installed.
    """
    markdown = fill_template(source, context, parts)
    origin = _origin(context).in_language(context.language)
    if format_ == "md":
        return _as_markdown(markdown, origin, context).encode()
    # Loaded here on purpose: Markdown alone needs none of it.
    from launchpolicy.papers.tokens import blocks  # noqa: PLC0415

    content = blocks(markdown, context.pictures)
    page = PaperPage(
        context.language,
        context.name,
        origin,
        context.now,
        context.orientation,
        shows_origin=context.is_form,
    )
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

    return as_pdf(shown, context.now)


def is_message(format_: Format) -> TypeIs[MessageFormat]:
    """Return whether a format is a mail or an invitation, and not a page."""
    return format_ in get_args(MessageFormat)


def blocks_of(source: str, context: TemplateContext, parts: Mapping[str, str]) -> tuple[Block, ...]:
    """Return what the paper consists of; `parts` as `write` takes them.

    Raises:
        PaperError: the template cannot be filled in.
        PaperRefusal: the paper is not made yet.
    """
    from launchpolicy.papers.tokens import blocks  # noqa: PLC0415 (as above)

    return blocks(fill_template(source, context, parts), context.pictures)


def _as_markdown(markdown: str, origin: str, context: TemplateContext) -> str:
    for name, picture in context.pictures.items():
        file = context.picture_files.get(name)
        link = picture_link(picture, file) if file is not None else ""
        markdown = markdown.replace(str(mark(PICTURE, name)).strip(), link + picture.markdown)
    text = without_marks(markdown)
    # Markdown has no properties: a notice keeps its origin where no reader sees it.
    end = f"---\n\n{escape(origin)}\n" if context.is_form else f"<!-- {escape(origin)} -->\n"
    return f"{text}\n{end}"


def _origin(context: TemplateContext) -> Text:
    """Return the auditor's line: which version of which request, and when it was made."""
    made = context.now.astimezone(context.zone).isoformat(timespec="seconds")
    stage = value_name("stage", context.stage)
    plan = plan_clause(context.plan)
    return Text(
        f"launchpolicy · {context.name} · {stage.en} · SHA-256 {context.sha256} · {plan.en}"
        f" · made {made}",
        f"launchpolicy · {context.name} · {stage.zh} · SHA-256 {context.sha256} · {plan.zh}"
        f" · 生成于 {made}",
    )
