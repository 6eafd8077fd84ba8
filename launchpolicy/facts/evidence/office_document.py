"""Office files, OOXML and OpenDocument: their text, or that they are no such file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from launchpolicy.facts.evidence.pictures import is_picture
from launchpolicy.facts.evidence.xml import local_name
from launchpolicy.vocabulary.text import Text

_OFFICE = "application/vnd.openxmlformats-officedocument"
_PARTS = {
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}.presentationml.presentation",
}
_OPEN_DOCUMENT = tuple(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
_TEXT_PARTS = ("word/document", "word/header", "word/footer", "xl/sharedStrings", "xl/worksheets/")
_MORE_TEXT_PARTS = ("ppt/slides/slide", "ppt/notesSlides/", "content.xml")
_PICTURES = ("word/media/", "xl/media/", "ppt/media/", "Pictures/")
_LINES = {"p", "row", "br", "h", "table-row"}
_TEXTS = {"t", "v", "p", "h", "span", "a"}
_UNPACKED: Final = 512 * 1024 * 1024
_RATIO: Final = 200
_MEMBERS: Final = 20_000
_PART: Final = 32_000_000
_TEXT: Final = 200_000
_ELEMENTS: Final = 500_000
_DEPTH: Final = 200
_BROKEN = (
    zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error
)  # fmt: skip


class OfficeFile(NamedTuple):
    """What an office file shows."""

    media_type: str
    text: str
    has_picture: bool


def read_office(data: bytes) -> OfficeFile | Text:
    """Return what an office file shows, or why it is none; never unpack more than a bound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > _UNPACKED or len(members) > _MEMBERS or unpacked > _RATIO * len(data):
                return Text("It unpacks to far more than it is.", "解压后体积异常庞大。")
            media_type = _media_type(archive, members)
            if media_type is None:
                return Text(
                    "It is an archive, not an office file; attach the document itself.",
                    "它是压缩包，而不是办公文档；请附上文档本身。",
                )
            if any(member.flag_bits & 1 for member in members):
                return Text("It is encrypted, so nobody can read it.", "文件已加密，无法读取。")
            return OfficeFile(
                media_type, "\n".join(_texts(archive, members)), _has_picture(archive, members)
            )
    except _BROKEN:
        return Text("It is a damaged archive.", "文件是损坏的压缩包。")


def _media_type(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    names = {member.filename for member in members}
    stated = _open_document(archive, members[0] if members else None)
    if stated in _OPEN_DOCUMENT:
        return stated
    if "[Content_Types].xml" not in names:
        return None
    return next((media_type for part, media_type in _PARTS.items() if part in names), None)


def _open_document(archive: zipfile.ZipFile, first: zipfile.ZipInfo | None) -> str:
    """Return the type that an OpenDocument file states in its first part (ODF 1.3, part 2, 3.3)."""
    if first is None or first.filename != "mimetype" or first.file_size > len(_OFFICE) * 2:
        return ""
    return archive.read(first).decode("ascii", "replace")


def _texts(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[str]:
    left = _TEXT
    for member in members:
        is_text = member.filename.startswith((*_TEXT_PARTS, *_MORE_TEXT_PARTS))
        if left > 0 and is_text and member.filename.endswith(".xml"):
            text = "".join(_words(_content(archive, member), left))
            left -= len(text)
            yield text


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as opened:
        return opened.read(_PART)


def _has_picture(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bool:
    pictures = [m for m in members if m.filename.startswith(_PICTURES) and m.file_size <= _PART]
    return any(is_picture(_content(archive, member)) for member in pictures[:_PICTURES_READ])


_PICTURES_READ: Final = 20


def _words(part: bytes, most: int) -> Iterator[str]:
    """Yield the text of a part, a line for each paragraph or row, until there is enough of it.

    A part that is damaged, has a DTD or is nested beyond reason gives what stands before that.
    """
    count = depth = letters = 0
    try:
        for event, element in iterparse(io.BytesIO(part), ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            count += 1
            if count > _ELEMENTS or depth > _DEPTH or letters > most:
                return
            if event == "end":
                words = _own_words(element)
                letters += len(words)
                yield words
                element.clear()
    except (DefusedXmlException, ParseError, ValueError, LookupError, UnicodeError):
        return


def _own_words(element: Element) -> str:
    name = local_name(element) or str(element.tag)
    # `span` and `a` end before the paragraph around them, whose own text comes at its end
    words = (element.text or "") if name in _TEXTS else ""
    tail = (element.tail or "").strip() if name in {"span", "a"} else ""
    return f"{words}{tail}" + ("\n" if name in _LINES else " " if name in {"v", "c", "tab"} else "")
