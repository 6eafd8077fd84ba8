"""What a file is that is not what it was attached as, by its first bytes, and what to do then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text


class FileType(NamedTuple):
    """A type of files: its name, and whether it holds others, so that it can be unpacked."""

    title: Text
    is_archive: bool = False


_ARCHIVES: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"Rar!\x1a\x07", "rar"),
)
_OTHERS: Final = (
    (b"%PDF-", Text("a PDF", "PDF 文件")),
    (b"\x89PNG\r\n\x1a\n", Text("a PNG picture", "PNG 图片")),
    (b"\xff\xd8\xff", Text("a JPEG picture", "JPEG 图片")),
    (b"GIF8", Text("a GIF picture", "GIF 图片")),
    (b"II*\0", Text("a TIFF picture", "TIFF 图片")),
    (b"MM\0*", Text("a TIFF picture", "TIFF 图片")),
    (b"BM", Text("a BMP picture", "BMP 图片")),
    (b"{\\rtf", Text("an RTF file", "RTF 文件")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Text("a file of Office 97", "Office 97 格式的文件")),
    (b"SQLite format 3\0", Text("an SQLite database", "SQLite 数据库")),
    (b"\x7fELF", Text("a program", "程序文件")),
    (b"MZ\x90", Text("a program", "程序文件")),
)
_UTF_32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_PAGE = re.compile(rb"\A[\xef\xbb\xbf\s]*(?:<!doctype\s+html|<html)", re.IGNORECASE)
_MAIL = re.compile(
    rb"\A(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE
)
_TAR_AT: Final = 257
_BRAND_AT: Final = 4
_OPENING: Final = 4096


def type_of(data: bytes) -> FileType | None:
    """Return what a file is by its first bytes, None for text and for what is not known."""
    start = data[:_OPENING]
    archives = (name for magic, name in _ARCHIVES if start.startswith(magic))
    archive = "tar" if start[_TAR_AT:].startswith(b"ustar") else next(archives, "")
    if archive:
        return FileType(Text(f"a {archive} archive", f"{archive} 压缩包"), is_archive=True)
    title = next(_titles(start), None)
    return FileType(title) if title is not None else None


def _titles(start: bytes) -> Iterator[Text]:
    for magic, title in _OTHERS:
        if start.startswith(magic) and (magic != b"BM" or b"\0" in start):
            yield title
    if start[_BRAND_AT:].startswith(b"ftyp"):
        yield Text("a HEIC picture or a video", "HEIC 图片或视频")
    if _PAGE.match(start):
        yield Text("an HTML page, such as a login form", "HTML 页面，例如登录页")
    if _MAIL.match(start):
        yield Text("an e-mail", "电子邮件")


def problem_with_type(data: bytes, purpose: Text) -> Text | None:
    """Return what to do about a file of another type; None where that is not known.

    Args:
        data: the file.
        purpose: what it was attached as, such as "a JUnit report".
    """
    if data.startswith(_UTF_32):
        return Text(
            "It is UTF-32, which is not read; save it as UTF-8.",
            "它是 UTF-32 编码，不予读取；请另存为 UTF-8 编码。",
        )
    file_type = type_of(data)
    if file_type is not None:
        remedy = _unpack(purpose) if file_type.is_archive else _attach(purpose)
        return Text(
            f"It is {file_type.title.en}, not {purpose.en}; {remedy.en}.",
            f"它是{file_type.title.zh}，而不是{purpose.zh}；{remedy.zh}。",
        )
    if b"\0" in data[:_OPENING]:
        return _with_nul(data, purpose)
    return None


def _with_nul(data: bytes, purpose: Text) -> Text:
    """Return what to do about bytes that no text of one byte a letter has."""
    even, odd = data[:_OPENING:2].count(0), data[1:_OPENING:2].count(0)
    if max(even, odd) > len(data[:_OPENING]) // 5 and min(even, odd) * 5 < max(even, odd):
        return Text(
            "It is UTF-16 or UTF-32 without a byte order mark; save it as UTF-8.",
            "它是没有字节顺序标记的 UTF-16 或 UTF-32 编码；请另存为 UTF-8 编码。",
        )
    return Text(
        f"It is no text: it holds bytes of zero; {_attach(purpose).en}.",
        f"它不是文本，含有零字节；{_attach(purpose).zh}。",
    )


def _unpack(purpose: Text) -> Text:
    return Text(f"unpack it, and attach {purpose.en} in it", f"请解压，并附上其中的{purpose.zh}")


def _attach(purpose: Text) -> Text:
    return Text(
        f"attach {purpose.en}",
        f"请附上{purpose.zh}",
    )
