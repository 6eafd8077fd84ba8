"""Plain documents: what a person reads and no program judges.

Only the least is made sure of: the type that the name says, and that there is something to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
    stance_fact,
)
from launchpolicy.facts.evidence.figures import figures_in, measurements_in
from launchpolicy.facts.evidence.file_types import problem_with_type
from launchpolicy.facts.evidence.plain_text import document_text_of, problem_with
from launchpolicy.facts.evidence.wording import digest_of, names_in, says_something
from launchpolicy.facts.stances import stance_of
from launchpolicy.policy.edition import NINTH_EDITION, SIXTH_EDITION, TENTH_EDITION, TWELFTH_EDITION
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PDF = "application/pdf"
_TEXT = "text/plain"
_CSV = ".csv"
_OPENING = 4096
_TENTH = 10
"""What has more zeros at its beginning than one in so many characters is no text."""

_DOCUMENT = Text("a document of a type that is read", "可读取的文档")
_BEFORE_PDF = re.compile(rb"\A[\xef\xbb\xbf\s\0]{1,1024}%PDF-")
_SUFFIXES = {
    _PDF: {".pdf"},
    "image/png": {".png"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/gif": {".gif"},
    "image/webp": {".webp"},
    f"{_OFFICE}.wordprocessingml.document": {".docx"},
    f"{_OFFICE}.spreadsheetml.sheet": {".xlsx"},
    f"{_OFFICE}.presentationml.presentation": {".pptx"},
    "application/vnd.oasis.opendocument.text": {".odt"},
    "application/vnd.oasis.opendocument.spreadsheet": {".ods"},
    "application/vnd.oasis.opendocument.presentation": {".odp"},
    _TEXT: {".txt", ".md", _CSV, ".log"},
}
_ACTIVE = re.compile(r"\A\s*(<!doctype html|<html|<script|<svg|<\?php|#!)", re.IGNORECASE)
_NOT_PRINTED_YET_SEEN = re.compile(
    "[\t\n\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u200d\U000e0020-\U000e007f]+"
)
"""Line ends, every space of Unicode, and what `problem_with` has found to be part of an emoji."""

_MAKER = "launchpolicy"
"""What stands in the line of every paper of ours (`facts.paper_origin`)."""

_SAYS_NOTHING = Text(
    "It says nothing yet: no text but a title, a placeholder or fields that nobody has filled in; "
    "attach the finished document, with a sentence of what was found, by whom and when.",
    "文档没有实际内容，只有标题、占位文字或未填写的字段；"
    "请附上已完成的文档，写明结论、由谁作出以及时间。",
)


class _Appearance(NamedTuple):
    """What a document is, the text that could be read from it, and what its properties say."""

    media_type: str
    text: str = ""
    properties: str = ""


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Read whether a file is a document of the type that its name says, and says anything."""
    del schemas
    appearance = _appearance(data, edition)
    if isinstance(appearance, Text):
        return UnreadableEvidence(appearance)
    media_type = appearance.media_type
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _SUFFIXES[media_type]:
        suffixes = ", ".join(sorted(_SUFFIXES[media_type]))
        other = _other_type(data) if media_type == _TEXT else None
        return UnreadableEvidence(
            other
            or Text(
                f"Its content is {media_type}, which its name does not say; call it {suffixes}.",
                f"文件内容为 {media_type}，与文件名不符；扩展名应为 {suffixes}。",
            )
        )
    is_table = suffix == _CSV and edition > NINTH_EDITION
    text = _cells(appearance.text) if is_table else appearance.text
    label = _failing_conclusion(text, edition)
    return EvidenceContents(
        passed=not label,
        says=_refusal_text(label)
        if label
        else Text(
            f"A document of {len(data)} bytes ({media_type}).",
            f"一份文档，{len(data)} 字节（{media_type}）。",
        ),
        size=len(data),
        media_type=media_type,
        details={
            "mentions": names_in(appearance.text),
            "figures": figures_in(appearance.text),
            "measurements": measurements_in(_lines(text, edition), edition),
            "stance": stance_fact(
                stance_of(
                    text,
                    counts_doubts=edition > TENTH_EDITION,
                    counts_dissent=edition > TWELFTH_EDITION,
                )
            ),
            "gist": digest_of(appearance.text),
            "papers": _papers(f"{appearance.text}\n{appearance.properties}"),
        },
    )


def _lines(text: str, edition: int) -> Iterable[str]:
    """Return the lines of a text, as figures are read in them."""
    lines = text.splitlines()
    if edition <= TENTH_EDITION or not ("\t" in text or "|" in text):
        return lines
    from launchpolicy.facts.evidence.table_headings import with_headings  # noqa: PLC0415 (rare)

    return with_headings(lines, edition)


def _cells(text: str) -> str:
    from launchpolicy.facts.evidence.comma_separated import cells_of  # noqa: PLC0415 (rare)

    return cells_of(text)


def _failing_conclusion(text: str, edition: int) -> str:
    """Return the label under which a document concludes a failure; "" where it does not."""
    if edition <= SIXTH_EDITION:
        return ""
    from launchpolicy.facts.evidence.conclusions import failing_conclusion_in  # noqa: PLC0415

    return identifier(failing_conclusion_in(text))


def _refusal_text(label: str) -> Text:
    return Text(
        f"It concludes itself that something failed or was refused, under {label}.",
        f"文档自身在“{label}”处写明未通过或被拒绝。",
    )


def _papers(text: str) -> list[dict[str, object]]:
    """Return the lines of papers of ours in a text."""
    if _MAKER not in text:
        return []
    from launchpolicy.facts.paper_origin import origins_in, paper_facts  # noqa: PLC0415 (rare)

    return paper_facts(origins_in(text))


def _appearance(data: bytes, edition: int) -> _Appearance | Text:
    if data.startswith(b"%PDF-"):
        return _pdf(data, edition)
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return _picture(data, media_type)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _picture(data, "image/webp")
    if data.startswith(b"PK\x03\x04"):
        return _office_document(data, edition)
    text = document_text_of(data)
    if text is None or text.count("\0", 0, _OPENING) * _TENTH > len(text[:_OPENING]):
        return _other_type(data) or _unknown_type()
    return _plain(text, edition)


def _other_type(data: bytes) -> Text | None:
    """Return what to do about a file whose type is known and no document's."""
    if _BEFORE_PDF.match(data):
        return Text(
            "A line end or a byte order mark stands before the PDF; attach it as it was written.",
            "PDF 之前还有换行或字节顺序标记；请附上未经改动的原文件。",
        )
    return problem_with_type(data, _DOCUMENT)


def _pdf(data: bytes, edition: int) -> _Appearance | Text:
    # Loaded only where a PDF is read, like the readers below.
    from launchpolicy.facts.evidence.pdf.reading import read_pdf  # noqa: PLC0415

    text = read_pdf(data, edition)
    return text if isinstance(text, Text) else _Appearance(_PDF, text)


def _picture(data: bytes, media_type: str) -> _Appearance | Text:
    from launchpolicy.facts.evidence.pictures import problem_with  # noqa: PLC0415

    return problem_with(data, media_type) or _Appearance(media_type)


def _office_document(data: bytes, edition: int) -> _Appearance | Text:
    from launchpolicy.facts.evidence.office_document import read_office  # noqa: PLC0415

    file = read_office(data, edition)
    if isinstance(file, Text):
        return file
    if not file.has_picture and not says_something(file.text, edition):
        return _SAYS_NOTHING
    return _Appearance(file.media_type, f"{file.text}\n{file.margins}", file.comments)


def _plain(text: str, edition: int) -> _Appearance | Text:
    """Return the text, without its byte order mark: a browser would skip it as well."""
    if _ACTIVE.match(text):
        return Text(
            "It is a page or a program, not a document; attach a PDF, an office file or a picture.",
            "它是网页或程序，而不是文档；请附上 PDF、办公文档或图片。",
        )
    shown = problem_with(text)
    if shown is not None:
        return shown
    if not _NOT_PRINTED_YET_SEEN.sub("", text).isprintable():
        return _unknown_type()
    return _Appearance(_TEXT, text) if says_something(text, edition) else _SAYS_NOTHING


def _unknown_type() -> Text:
    return Text(
        "Its type is not known; attach a PDF, an office file, a picture (PNG, JPEG, GIF or WebP) "
        "or plain text.",
        "无法识别文件类型；请附上 PDF、办公文档、图片（PNG、JPEG、GIF 或 WebP）或纯文本。",
    )
