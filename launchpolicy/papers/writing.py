"""Writes the paper of a request by its template, in one of the three formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from launchpolicy.facts.paper_origin import plan_clause
from launchpolicy.papers.markdown import TemplateContext, escape, fill_template
from launchpolicy.vocabulary.text import Text

Format = Literal["md", "html", "docx"]
FORMATS: tuple[Format, ...] = ("md", "html", "docx")


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
    """
    markdown = fill_template(source, context)
    footer = _footer(context).in_language(context.language)
    if format_ == "md":
        return f"{markdown}\n---\n\n{escape(footer)}\n".encode()
    # Loaded here on purpose: Markdown alone needs neither.
    from launchpolicy.papers.tokens import blocks  # noqa: PLC0415

    content = blocks(markdown)
    if format_ == "html":
        from launchpolicy.papers.html import as_html  # noqa: PLC0415

        layout, style = parts["layout.html.j2"], parts["paper.css"]
        return as_html(content, footer, layout, style, context.language).encode()
    from launchpolicy.papers.docx import as_docx  # noqa: PLC0415

    return as_docx(content, footer, context.now)


def _footer(context: TemplateContext) -> Text:
    """Return what shows that paper and request belong together: name, stage, digest, moment."""
    moment = context.now.isoformat(timespec="seconds")
    plan = plan_clause(context.plan)
    return Text(
        f"Made by launchpolicy from launch request {context.name}, stage {context.stage}, "
        f"SHA-256 {context.sha256}, {plan.en}, at {moment}.",
        f"由 launchpolicy 根据上线申请 {context.name}（阶段 {context.stage}）生成；"
        f"申请文件 SHA-256：{context.sha256}；{plan.zh}；生成时间：{moment}。",
    )
