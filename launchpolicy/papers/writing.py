"""Writes the paper of a request by its template, in one of the formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.markdown import fill_template
from launchpolicy.papers.marks import PICTURE, mark, without_marks
from launchpolicy.papers.page import PaperPage
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.requests.value_words import value_word
from launchpolicy.vocabulary.text import Text

Format = Literal["md", "html", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("md", "html", "docx", "pdf")


def write(
    source: str, context: TemplateContext, format_: Format, parts: Mapping[str, str]
) -> bytes:
    """Return the paper.

    Args:
        source: its template.
        context: what the template is filled in with.
        format_: the format to write.
        parts: our own `layout.html.j2` and `paper.css`.

    Raises:
        PaperError: the template cannot be filled in.
        RecipientsError: it is a notice to nobody.
        UsageError: the format needs something that is not installed.
    """
    markdown = fill_template(source, context)
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
    from launchpolicy.papers.html import as_html  # noqa: PLC0415

    shown = as_html(content, page, parts["layout.html.j2"], parts["paper.css"])
    if format_ == "html":
        return shown.encode()
    from launchpolicy.papers.pdf import as_pdf  # noqa: PLC0415

    return as_pdf(shown, context.now)


def _as_markdown(markdown: str, origin: str, context: TemplateContext) -> str:
    for name, picture in context.pictures.items():
        markdown = markdown.replace(str(mark(PICTURE, name)).strip(), picture.markdown)
    text = without_marks(markdown)
    # Markdown has no properties: a notice keeps its origin where no reader sees it.
    end = f"---\n\n{escape(origin)}\n" if context.is_form else f"<!-- {escape(origin)} -->\n"
    return f"{text}\n{end}"


def _origin(context: TemplateContext) -> Text:
    """Return the auditor's line: which version of which request, and when it was made."""
    made = context.now.isoformat(timespec="seconds")
    stage = value_word("stage", context.stage)
    return Text(
        f"launchpolicy · {context.name} · {stage.en} · SHA-256 {context.sha256} · made {made}",
        f"launchpolicy · {context.name} · {stage.zh} · SHA-256 {context.sha256} · 生成于 {made}",
    )
