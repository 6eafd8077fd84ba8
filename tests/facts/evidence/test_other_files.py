"""Files that were attached as something else are called what they are, with what to do."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import Final

import pytest

from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import pdf, word_of

REPORT: Final = b'<testsuite><testcase name="adds"/></testsuite>'
LOG: Final = b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "a"}}}]}'


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr(zipfile.ZipInfo("report.xml"), data)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["junit", "cobertura", "sarif", "in-toto"])
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(REPORT * 50, mtime=0), "gzip archive"),
        (zipped(REPORT), "zip archive"),
        (b"<html><body>Sign in<br></body></html>", "HTML page"),
        (REPORT.decode().encode("utf-32"), "UTF-32"),
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF"),
        (b"\0" * 40, "bytes of zero"),
    ],
)
def test_a_report_that_is_another_file_is_called_what_it_is(
    refuses: Refuses, kind: str, data: bytes, says: str
) -> None:
    assert says in refuses(kind, data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (LOG.replace(b"}]}", b"}],}"), "line 1, column"),
        (LOG.decode().encode("utf-16-le"), "UTF-16"),
        (LOG[:-9], "cut off at line 1"),
        (b'{"a":\n "\xb2\xe2"}', "line 2 holds the byte 0xb2"),
        (b'{"a": ' + b"1" * 5000 + b"}", "more digits"),
        (b'{"a": ' + b"[" * 100_000, "nested deeper"),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_its_place_and_its_reason(
    refuses: Refuses, data: bytes, says: str
) -> None:
    assert says in refuses("sarif", data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\n<?xml version='1.0'?>" + REPORT, "before <?xml"),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='gbk'?>" + REPORT, "byte order mark"),
        (b'{"results": {"tool": {"name": "x"}}}', "It is JSON"),
        (b"TAP version 13\nok 1 - adds\n1..1\n", "It is TAP"),
        (b"<checkstyle/>", "Checkstyle"),
        (b"<testExecutions version='1'/>", "SonarQube"),
    ],
)
def test_xml_that_is_no_report_is_called_what_it_is(
    refuses: Refuses, data: bytes, says: str
) -> None:
    assert says in refuses("junit", data)


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        ("a.pdf", b"\r\n" + pdf(), "before the PDF"),
        ("a.pdf", b"\xef\xbb\xbf" + pdf(), "before the PDF"),
        ("a.tif", b"II*\0" + bytes(range(256)) * 4, "TIFF"),
        ("a.rtf", b"{\\rtf1 Accepted by Wang Fang in full.}", "RTF"),
        ("a.eml", b"From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\n\nAccepted.", "e-mail"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(range(256)), "HEIC"),
        ("a.txt", b"a\0b\0c\0d\0" * 20, "UTF-16"),
    ],
)
def test_a_document_of_another_type_is_called_what_it_is(
    refuses: Refuses, path: str, data: bytes, says: str
) -> None:
    assert says in refuses("document", data, path)


def test_a_word_file_with_a_part_in_utf_16_is_read(reads: Reads) -> None:
    document = (
        '<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="urn:w"><w:body><w:p><w:r>'
        "<w:t>Accepted by Wang Fang, in full.</w:t></w:r></w:p></w:body></w:document>"
    )
    data = word_of("", {"word/document.xml": document.encode("utf-16")})

    assert reads("document", data, "a.docx").passed
