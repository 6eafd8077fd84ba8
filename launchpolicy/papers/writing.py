"""A request and a template to a paper in one of the three formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from launchpolicy.papers.markdown import TemplateContext, escape, fill_template
from launchpolicy.vocabulary.text import Text

Format = Literal["md", "html", "docx"]
FORMATS: tuple[Format, ...] = ("md", "html", "docx")


def write(source: str, sheet: TemplateContext, format_: Format, parts: Mapping[str, str]) -> bytes:
    """The paper.

    Args:
        source: its template.
        sheet: what the template is filled in with.
        format_: the format to write.
        parts: our own `layout.html.j2` and `paper.css`.

    Raises:
        PaperError: the template cannot be filled in.
    """
    markdown = fill_template(source, sheet)
    footer = _footer(sheet).in_language(sheet.language)
    if format_ == "md":
        return f"{markdown}\n---\n\n{escape(footer)}\n".encode()
    # Loaded here on purpose: Markdown alone needs neither.
    from launchpolicy.papers.tokens import blocks  # noqa: PLC0415

    found = blocks(markdown)
    if format_ == "html":
        from launchpolicy.papers.html import as_html  # noqa: PLC0415

        layout, style = parts["layout.html.j2"], parts["paper.css"]
        return as_html(found, footer, layout, style, sheet.language).encode()
    from launchpolicy.papers.docx import as_docx  # noqa: PLC0415

    return as_docx(found, footer, sheet.now)


def _footer(sheet: TemplateContext) -> Text:
    """What tells paper and request to match: name, stage, digest of the file, moment."""
    moment = sheet.now.isoformat(timespec="seconds")
    return Text(
        f"Made by launchpolicy from launch request {sheet.name}, stage {sheet.stage}, "
        f"SHA-256 {sheet.sha256}, at {moment}.",
        f"由 launchpolicy 根据上线申请 {sheet.name}（阶段 {sheet.stage}）生成；"
        f"申请文件 SHA-256：{sheet.sha256}；生成时间：{moment}。",
    )
