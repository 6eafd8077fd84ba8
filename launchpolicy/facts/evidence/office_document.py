"""Office files, OOXML and OpenDocument: their text, or that they are no such file."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.office_archive import OfficeArchive
from launchpolicy.facts.evidence.office_text import (
    open_document_text,
    presentation_text,
    word_text,
    workbook_text,
)
from launchpolicy.facts.evidence.pictures import is_picture
from launchpolicy.policy.edition import EDITION, FOURTH_EDITION
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "word": f"{_OFFICE}.wordprocessingml.document",
    "xl": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt": f"{_OFFICE}.presentationml.presentation",
}
_ROOTS = {"word": b"document", "xl": b"workbook", "ppt": b"presentation"}
_OPEN_DOCUMENT = tuple(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
_READERS: Mapping[str, Callable[[OfficeArchive, str], Iterator[str]]] = {
    "word": word_text,
    "xl": workbook_text,
    "ppt": presentation_text,
}
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_MARGINS = {"header", "footer", "footnotes", "endnotes", "notesSlide"}
_COMMENTS = re.compile(rb"<dc:description>([^<]{1,2000})</dc:description>")
_UNPACKED: Final = 512 * 1024 * 1024
_RATIO: Final = 200
_MEMBERS: Final = 20_000
_TEXT: Final = 200_000
_PICTURES_READ: Final = 20
_BROKEN = (
    zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error
)  # fmt: skip


class OfficeFile(NamedTuple):
    """What an office file shows: its text, what stands in its margins, whether a picture.

    `comments` are those of the file's properties, which nobody sees on paper.
    """

    media_type: str
    text: str
    margins: str
    has_picture: bool
    comments: str = ""


def read_office(data: bytes, edition: int = EDITION) -> OfficeFile | Text:
    """Return what an office file shows, or why it is none; never unpack more than a bound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            members = opened.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > _UNPACKED or len(members) > _MEMBERS or unpacked > _RATIO * len(data):
                return Text("It unpacks to far more than it is.", "解压后体积异常庞大。")
            if any(member.flag_bits & 1 for member in members):
                return Text("It is encrypted, so nobody can read it.", "文件已加密，无法读取。")
            if edition > FOURTH_EDITION and (twice := _twice(members)):
                return Text(
                    f"Its archive holds {identifier(twice)} twice, so that programs would show "
                    "different text; save the document again.",
                    f"压缩包中 {identifier(twice)} 出现两次，"
                    "不同程序会显示不同内容；请重新保存文档。",
                )
            archive = OfficeArchive(opened, edition)
            if _open_document(opened, members) in _OPEN_DOCUMENT:
                return _read_open_document(archive, _open_document(opened, members))
            return _read_ooxml(archive)
    except _BROKEN:
        return Text("It is a damaged archive.", "文件是损坏的压缩包。")


def _twice(members: list[zipfile.ZipInfo]) -> str:
    """Return the name of a part that an archive holds twice, in whatever case; "" for none."""
    seen: set[str] = set()
    for member in members:
        name = member.filename.lower()
        if name in seen:
            return member.filename
        seen.add(name)
    return ""


def _read_ooxml(archive: OfficeArchive) -> OfficeFile | Text:
    part = archive.main_part()
    folder = part.partition("/")[0]
    root = _ROOT.search(archive.content(part))
    if "[Content_Types].xml" not in archive.names or folder not in _TYPES:
        return Text(
            "It is an archive, or an office file of a kind that is not read, such as a template; "
            "attach the document itself, saved as DOCX, XLSX, PPTX, ODT, ODS or ODP.",
            "它是压缩包，或不予读取的办公文件，例如模板；"
            "请附上文档本身，并存为 DOCX、XLSX、PPTX、ODT、ODS 或 ODP。",
        )
    if root is None or root[1] != _ROOTS[folder]:
        return Text(
            "No office program opens it: its main part is missing or another thing; attach the "
            "document as it was saved.",
            "办公软件无法打开该文件：主体部分缺失或内容不符；请附上原样保存的文档。",
        )
    margins = [r.target for r in archive.relations(part) if r.type in _MARGINS]
    comments = _COMMENTS.search(archive.content("docProps/core.xml"))
    return OfficeFile(
        _TYPES[folder],
        _within_limit(_READERS[folder](archive, part)),
        _within_limit(text for margin in margins for text in word_text(archive, margin)),
        _has_picture(archive, part),
        comments[1].decode("utf-8", "replace") if comments is not None else "",
    )


def _read_open_document(archive: OfficeArchive, media_type: str) -> OfficeFile:
    content = archive.content("content.xml")
    pictures = [n for n in archive.names if n.startswith("Pictures/") and n.encode() in content]
    return OfficeFile(
        media_type,
        _within_limit(open_document_text(archive, "content.xml")),
        "",
        any(is_picture(archive.content(name)) for name in pictures[:_PICTURES_READ]),
    )


def _open_document(opened: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    """Return the type that an OpenDocument file states in its first part (ODF 1.3, part 2, 3.3)."""
    first = members[0] if members else None
    if first is None or first.filename != "mimetype" or first.file_size > len(_OFFICE) * 2:
        return ""
    return opened.read(first).decode("ascii", "replace")


def _within_limit(texts: Iterator[str]) -> str:
    lines: list[str] = []
    left = _TEXT
    for text in texts:
        if left <= 0:
            break
        left -= len(text) + 1
        lines.append(text[:_TEXT])
    return "\n".join(lines)


def _has_picture(archive: OfficeArchive, part: str) -> bool:
    """Return whether the main part, or what it leads to, shows one of the pictures in the file."""
    sources, pictures = [part], 0
    seen = {part}
    while sources and pictures < _PICTURES_READ:
        source = sources.pop()
        shown = archive.content(source)
        for relation in archive.relations(source):
            if relation.target in seen or not _names(shown, relation.id):
                continue
            seen.add(relation.target)
            if relation.type == "image":
                pictures += 1
                if is_picture(archive.content(relation.target)):
                    return True
            elif relation.type in {"slide", "worksheet", "drawing"}:
                sources.append(relation.target)
    return False


def _names(source: bytes, identifier: str) -> bool:
    return any(f"{quote}{identifier}{quote}".encode() in source for quote in "\"'")
