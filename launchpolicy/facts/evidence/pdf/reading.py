"""A PDF as a document: whether it has a page with something on it, and its text."""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.evidence.pdf.contents import PdfContents
from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.pages import contents_of
from launchpolicy.facts.evidence.pdf.syntax import PdfError
from launchpolicy.facts.evidence.wording import says_something
from launchpolicy.policy.edition import EDITION
from launchpolicy.vocabulary.text import Text

_CODES: Final = 20
"""So many characters that no map explains are text all the same."""

_KINDS: Final = 5
"""They are at least so many different ones."""

_STROKES: Final = 50
"""Text as outlines, as some programs write it, is at least so many paths at different places."""

_END: Final = b"%%EOF"
_AFTER_THE_END = re.compile(rb"[\x00\t\n\x0c\r \x1a]*\Z")


def read_pdf(data: bytes, edition: int = EDITION) -> str | Text:
    """Return the text of a PDF, "" for one of pictures only; or why it shows nothing."""
    try:
        file = PdfFile(data, edition)
    except PdfError:
        return _damage_problem()
    if file.is_encrypted:
        return Text(
            "The PDF is encrypted, which is not read here, even where the password only forbids "
            "changes; save it without any password.",
            "PDF 已加密，此处不予读取（仅限制修改的密码亦同）；请另存为不带任何密码的文件。",
        )
    if _has_appendix(data):
        return Text(
            "Something stands after the end of the PDF; attach it as it was written.",
            "PDF 结尾之后还有其他内容；请附上未经改动的原文件。",
        )
    contents = contents_of(file)
    return _problem_with(file, contents, edition, is_whole=_END in data) or contents.text


def _problem_with(
    file: PdfFile, contents: PdfContents, edition: int, *, is_whole: bool
) -> Text | None:
    if contents.pages == 0 and not file.catalog:
        return _damage_problem()
    if contents.pages == 0:
        return Text(
            "The PDF has no page; attach the finished document.",
            "PDF 没有任何页面；请附上已完成的文档。",
        )
    if not is_whole:
        return Text(
            "The PDF is cut off: its end is missing; attach it as it was written.",
            "PDF 不完整，缺少文件结尾；请附上未经改动的原文件。",
        )
    if not _shows_something(contents, edition):
        return Text(
            "The pages of the PDF are empty, or hold only a title or a placeholder; attach the "
            "finished document.",
            "PDF 页面为空，或只有标题、占位文字；请附上已完成的文档。",
        )
    return None


def _shows_something(contents: PdfContents, edition: int) -> bool:
    if contents.has_picture or says_something(contents.text, edition):
        return True
    if contents.unknown >= _CODES and len(contents.kinds) >= _KINDS:
        return True
    return len(contents.drawn) >= _STROKES and not contents.text.strip()


def _has_appendix(data: bytes) -> bool:
    """Return whether more than white space follows the last end of file (ISO 32000-1, 7.5.5)."""
    end = data.rfind(_END)
    return end >= 0 and _AFTER_THE_END.match(data, end + len(_END)) is None


def _damage_problem() -> Text:
    return Text(
        "It is no PDF that can be read; attach the document as it was written.",
        "不是可读取的 PDF；请附上原始文档。",
    )
