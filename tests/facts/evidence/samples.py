"""Small documents of every type, made here: nothing that others wrote."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

WORDS = "Acceptance of checkout\nFunctions and pages are accepted by Wang Fang."
_OFFICE = "application/vnd.openxmlformats-officedocument"


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP file with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return written.getvalue()


def docx(*paragraphs: str, **more: bytes) -> bytes:
    """A Word file with one run for each paragraph, and pictures that it shows."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    shown = "".join(f'<a:blip r:embed="{name}"/>' for name in more)
    media = {f"word/media/{name}": data for name, data in more.items()}
    references = relations(**{name: f"image media/{name}" for name in more})
    return word_of(body + shown, {"word/_rels/document.xml.rels": references, **media})


def word_of(body: str, parts: dict[str, bytes] | None = None) -> bytes:
    """A Word file with this body."""
    document = f'<w:document xmlns:w="urn:w" xmlns:a="urn:a" xmlns:r="urn:r"><w:body>{body}'
    source = f"{document}</w:body></w:document>".encode()
    return archive({**_package("word/document.xml"), "word/document.xml": source, **(parts or {})})


def xlsx(*cells: str) -> bytes:
    """A workbook with a row for each text."""
    items = "".join(f"<si><t>{text}</t></si>" for text in cells)
    rows = (f'<row><c t="s"><v>{index}</v></c></row>' for index in range(len(cells)))
    return workbook("".join(rows), items)


def workbook(rows: str, items: str = "", state: str = "visible") -> bytes:
    """A workbook of one sheet with these rows, and these shared texts."""
    sheet = f'<sheet state="{state}" name="a" r:id="r1"/>'
    book = f'<workbook xmlns:r="urn:r"><sheets>{sheet}</sheets></workbook>'
    table = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    parts = {
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": relations(
            r1="worksheet worksheets/sheet1.xml", r2="sharedStrings sharedStrings.xml"
        ),
        "xl/sharedStrings.xml": f"<sst>{items}</sst>".encode(),
        "xl/worksheets/sheet1.xml": table.encode(),
    }
    return archive({**_package("xl/workbook.xml"), **parts})


def pptx(text: str, *, show: str = "1", notes: str = "") -> bytes:
    """A presentation of one slide."""
    slide = (
        f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a" show="{show}"><a:p><a:t>{text}</a:t></a:p></p:sld>'
    )
    parts = {
        "ppt/presentation.xml": b'<p:presentation xmlns:p="urn:p"/>',
        "ppt/_rels/presentation.xml.rels": relations(r1="slide slides/slide1.xml"),
        "ppt/slides/slide1.xml": slide.encode(),
        "ppt/notesSlides/notes1.xml": f"<n><p><t>{notes}</t></p></n>".encode(),
    }
    return archive({**_package("ppt/presentation.xml"), **parts})


def relations(**targets: str) -> bytes:
    """What a part refers to: `id="type target"`."""
    written = (
        f'<Relationship Id="{name}" Type="urn:officeDocument/relationships/{kind}" '
        f'Target="{target}"/>'
        for name, (kind, target) in ((name, to.split()) for name, to in targets.items())
    )
    return f"<Relationships>{''.join(written)}</Relationships>".encode()


def odt(text: str) -> bytes:
    """An OpenDocument text."""
    content = f'<o xmlns:t="urn:t"><t:p>{text} <t:span>inside</t:span></t:p></o>'
    mimetype = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": mimetype, "content.xml": content.encode()})


def _package(main: str) -> dict[str, bytes]:
    references = relations(r1=f"officeDocument {main}")
    return {"[Content_Types].xml": b"<Types/>", "_rels/.rels": references}


def png(width: int = 300, height: int = 300, *, blank: bool = False) -> bytes:
    """A grey picture: of one colour, or with a dark triangle in it."""
    rows = (b"\xff" * (width if blank else width - y // 2) for y in range(height))
    return png_of([row.ljust(width, b"\0") for row in rows], width)


def png_of(
    rows: list[bytes], width: int = 300, colour: int = 0, palette: bytes = b"", filtering: int = 0
) -> bytes:
    """A picture of 8 bits a channel with these rows, packed as they are."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, colour, 0, 0, 0)
    packed = zlib.compress(b"".join(bytes([filtering]) + row for row in rows))
    chunks = [(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")]
    if palette:
        chunks.insert(1, (b"PLTE", palette))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def noise(size: int) -> bytes:
    """Bytes that no program packs any further, the same every time, none of them 255."""
    source = random.Random(size)  # noqa: S311 (no secret)
    return bytes(source.randrange(255) for _ in range(size))


def jpeg(width: int = 300, height: int = 300, scan: bytes = b"") -> bytes:
    """The markers of a JPEG, with a scan that nobody decodes."""
    tables = b"\xff\xdb\x00\x03\x00\xff\xc4\x00\x03\x00"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    scan = scan or noise(900)
    head = b"\xff\xd8\xff\xe0\x00\x04ab" + tables + frame
    return head + b"\xff\xda\x00\x02" + scan + b"\xff\xd9"


def gif(width: int = 300, height: int = 300, *, blank: bool = False) -> bytes:
    """A GIF of two colours, whose codes are as long as they can be: nothing is packed."""
    columns = range(width)
    pixels = [int(not blank and x < y) for y in range(height) for x in columns]
    bits = "".join(f"{code:03b}"[::-1] for pixel in pixels for code in (4, pixel)) + "101"
    packed = bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, len(bits), 8))
    blocks = (packed[i : i + 255] for i in range(0, len(packed), 255))
    screen = struct.pack("<HH", width, height) + b"\x80\0\0" + b"\xff\xff\xff\0\0\0"
    image = b"\x2c\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\x02"
    return b"GIF89a" + screen + image + b"".join(bytes([len(b)]) + b for b in blocks) + b"\0\x3b"


def webp(width: int = 300, height: int = 300, body: bytes = b"") -> bytes:
    """A lossless WebP of one chunk."""
    size = struct.pack("<I", width - 1 | height - 1 << 14)
    chunk = b"WEBPVP8L" + b"\0\0\0\0\x2f" + size + (body or noise(600))
    return b"RIFF" + struct.pack("<I", len(chunk)) + chunk


def pdf(text: str = WORDS, **options: bytes) -> bytes:
    """A PDF of one page with this text, a line for each line."""
    lines = "".join(f"({line}) Tj T* " for line in text.splitlines())
    return pdf_of(f"BT /F1 11 Tf 72 770 Td {lines}ET".encode(), **options)


def pdf_of(
    content: bytes,
    font: bytes = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    more: bytes = b"",
    trailer: bytes = b"",
    kids: bytes = b"3 0 R",
    packing: bytes = b"",
) -> bytes:
    """A PDF of one page with this content stream; `more` are further objects."""
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
            b"2 0 obj\n<< /Type /Pages /Kids [" + kids + b"] /Count 1 >>\nendobj\n",
            b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> ",
            b"/XObject << /X1 7 0 R >> >> /Contents 5 0 R >>\nendobj\n",
            b"4 0 obj\n" + font + b"\nendobj\n",
            b"5 0 obj\n<< /Length %d %s >>\nstream\n" % (len(content), packing),
            content + b"\nendstream\nendobj\n" + more,
            b"trailer\n<< /Root 1 0 R " + trailer + b" >>\nstartxref\n0\n%%EOF\n",
        )
    )
