"""Plain documents: what a person reads and no program judges; only their type is made sure of."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
)
from launchpolicy.facts.evidence.plain_text import other_encoding, problem_with, text_of
from launchpolicy.vocabulary.text import Text

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PARTS = {
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}.presentationml.presentation",
}
_SUFFIXES = {
    "application/pdf": {".pdf"},
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
    "text/plain": {".txt", ".md", ".csv", ".log"},
}
_ACTIVE = re.compile(r"\A\s*(<!doctype html|<html|<script|<svg|<\?php|#!)", re.IGNORECASE)
_NOT_PRINTED_YET_SEEN = re.compile(
    "[\t\n\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u200d\U000e0020-\U000e007f]+"
)
"""Line ends, every space of Unicode, and what `problem_with` has found to be part of an emoji."""

_UNPACKED = 512 * 1024 * 1024
_RATIO = 200
_MEMBERS = 20_000


def read(path: str, data: bytes, schemas: Schemas) -> Reading:
    """Whether the file is a document of the type that its name says."""
    del schemas
    media_type = _media_type_of(data)
    if isinstance(media_type, Text):
        return UnreadableEvidence(media_type)
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _SUFFIXES[media_type]:
        suffixes = ", ".join(sorted(_SUFFIXES[media_type]))
        return UnreadableEvidence(
            Text(
                f"Its content is {media_type}, which its name does not say; call it {suffixes}.",
                f"文件内容为 {media_type}，与文件名不符；扩展名应为 {suffixes}。",
            )
        )
    says = Text(
        f"A document of {len(data)} bytes ({media_type}).",
        f"一份文档，{len(data)} 字节（{media_type}）。",
    )
    return EvidenceContents(passed=True, says=says, size=len(data), media_type=media_type)


def _media_type_of(data: bytes) -> str | Text:
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    text = text_of(data)
    if text is not None:
        return _text_type(text)
    return other_encoding(data) or _unknown_type()


def _text_type(text: str) -> str | Text:
    """The type of a text, without its byte order mark: a browser would skip it as well."""
    if _ACTIVE.match(text):
        return Text(
            "It is a page or a program, not a document; attach a PDF, an office file or a picture.",
            "它是网页或程序，而不是文档；请附上 PDF、办公文档或图片。",
        )
    shown = problem_with(text)
    if shown is not None:
        return shown
    is_text = _NOT_PRINTED_YET_SEEN.sub("", text).isprintable()
    return "text/plain" if is_text else _unknown_type()


def _unknown_type() -> Text:
    return Text(
        "Its type is not known; attach a PDF, an office file, a picture or plain text.",
        "无法识别文件类型；请附上 PDF、办公文档、图片或纯文本。",
    )


def _archive(data: bytes) -> str | Text:
    """The type of an office file, from the list of its parts; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            unpacked = sum(member.file_size for member in members)
            first = members[0] if members else None
            open_document = _open_document(archive, first)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return Text("It is a damaged archive.", "文件是损坏的压缩包。")
    if unpacked > _UNPACKED or len(members) > _MEMBERS or unpacked > _RATIO * len(data):
        return Text("It unpacks to far more than it is.", "解压后体积异常庞大。")
    if open_document in _SUFFIXES:
        return open_document
    for part, media_type in _PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return media_type
    return Text(
        "It is an archive, not an office file; attach the document itself.",
        "它是压缩包，而不是办公文档；请附上文档本身。",
    )


def _open_document(archive: zipfile.ZipFile, first: zipfile.ZipInfo | None) -> str:
    """The type that an OpenDocument file states in its first part (ODF 1.3, part 2, 3.3)."""
    if first is None or first.filename != "mimetype" or first.file_size > len(_OFFICE) * 2:
        return ""
    return archive.read(first).decode("ascii", "replace")
