"""What a paper consists of: headings, paragraphs with their places, tables, pictures."""

from __future__ import annotations

from typing import Literal, NamedTuple

TableStyle = Literal["grid", "pairs", "signatures"]
ParagraphRole = Literal["body", "to", "cc", "issuer", "date", "number", "note"]
"""Where a paragraph stands: in the text, as the line of recipients (主送) or of copies (抄送), as
one of the two closing lines (落款), right below the title, or small at the end."""

LINE_BREAK = "\u2028"
"""A line break inside a paragraph or a cell; what people wrote never has one (`escape`)."""


class TextRun(NamedTuple):
    """A stretch of text of one weight."""

    text: str
    bold: bool = False


Runs = tuple[TextRun, ...]


class Heading(NamedTuple):
    """A heading of level 1 (the title of the paper), 2 or 3."""

    level: int
    runs: Runs


class Paragraph(NamedTuple):
    """A paragraph; `mark` is what stands before it in a list."""

    runs: Runs
    mark: str = ""
    role: ParagraphRole = "body"


class PaperTable(NamedTuple):
    """Rows of cells.

    The first row is the head, but in the style `pairs`: there every other column labels the one
    after it. A template asks for that by leaving the head empty.
    """

    style: TableStyle
    rows: tuple[tuple[Runs, ...], ...]


class PictureBlock(NamedTuple):
    """A drawing of `width` by `height` millimetres, as each format needs it.

    `svg` is a whole `<svg>` element without scripts, links or styles of its own. `png` is the same
    for office documents; `drawing_xml` may stand there instead: a whole `w:p` element. `markdown`
    says the same in words or as a table, for Markdown and for those who cannot see it.
    """

    svg: str
    markdown: str
    width: float
    height: float
    png: bytes = b""
    drawing_xml: str = ""


Block = Heading | Paragraph | PaperTable | PictureBlock


def text_of_runs(runs: Runs) -> str:
    """Return the text of the runs together."""
    return "".join(run.text for run in runs)
