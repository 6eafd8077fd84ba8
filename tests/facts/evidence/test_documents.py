"""Documents: something to read is asked for, of every type; what only looks like it is refused."""

from __future__ import annotations

import pytest

from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import docx, gif, jpeg, odt, pdf, png, pptx, webp, xlsx

FORM = "产品上线验收单\n申请编号：LR-2026-0042\n验收结论：同意上线。王芳"


@pytest.mark.parametrize(
    ("path", "data", "media_type"),
    [
        ("a.pdf", pdf(), "application/pdf"),
        ("a.PNG", png(), "image/png"),
        ("a.jpeg", jpeg(), "image/jpeg"),
        ("a.gif", gif(), "image/gif"),
        ("a.webp", webp(), "image/webp"),
        ("a.md", FORM.encode(), "text/plain"),
        ("a.docx", docx("Acceptance", "Accepted by Wang Fang."), "wordprocessingml"),
        ("a.xlsx", xlsx("case", "split an order", "passed"), "spreadsheetml"),
        ("a.pptx", pptx("The product, as shown to all."), "presentationml"),
        ("a.odt", odt("Accepted by Wang Fang."), "opendocument"),
    ],
)
def test_a_document_is_known_by_its_content(
    reads: Reads, path: str, data: bytes, media_type: str
) -> None:
    assert media_type in reads("document", data, path).media_type


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_text_is_read_as_windows_writes_it(reads: Reads, encoding: str, line_end: str) -> None:
    found = reads("document", FORM.replace("\n", line_end).encode(encoding), "验收单.txt")

    assert found.details["mentions"] == ["LR-2026-0042"]


@pytest.mark.parametrize(
    "text",
    [
        "待补", "待定", "to follow", "TBD", "x", "xxxxxxxxxxxxxxxx", "……", "\u3000\u3000\n", "同上",
        "无", "# 验收单\n\n待定\n", "# Acceptance\n", "验收单\n结论：待定",
        "Acceptance form to follow.",
        "验收单\r\n（待后补）", "- TBD\n- TBD\n", "Acceptance form\nResult: TBD\nSigned:\n",
    ],
)  # fmt: skip
def test_a_text_that_says_nothing_yet_is_no_document(refuses: Refuses, text: str) -> None:
    for path, data in (("a.md", text.encode()), ("a.docx", docx(*text.splitlines()))):
        assert "says nothing yet" in refuses("document", data, path)


@pytest.mark.parametrize(
    "text",
    ["同意上线", "全部通过，可以上线。", "Accepted by Wang Fang.", "用例,结果\n登录,通过", FORM,
     "验收合格，同意上线。\n王芳", "问题：无\n结论：同意上线\n签字：王芳"],
)  # fmt: skip
def test_a_short_text_that_says_something_is_a_document(reads: Reads, text: str) -> None:
    assert reads("document", text.encode(), "a.txt").passed


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        pytest.param("a.png", png(1, 1), "1 × 1 pixels", id="one pixel"),
        pytest.param("a.png", png(2000, 20), "2000 × 20 pixels", id="a stripe"),
        pytest.param("a.png", png(blank=True), "one colour", id="a white page"),
        pytest.param("a.png", png()[:-30], "damaged", id="half a picture"),
        pytest.param("a.png", png().replace(b"IDAT", b"IDAX"), "damaged", id="a wrong checksum"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n", "damaged", id="a header only"),
        pytest.param("a.jpg", jpeg(16, 16), "16 × 16 pixels", id="a small JPEG"),
        pytest.param("a.jpg", b"\xff\xd8\xff\xe0", "damaged", id="the start of a JPEG"),
        pytest.param("a.jpg", jpeg()[:-2], "damaged", id="a JPEG without an end"),
        pytest.param("a.gif", gif(1, 1), "1 × 1 pixels", id="a tracking pixel"),
        pytest.param("a.gif", b"GIF89a", "damaged", id="the start of a GIF"),
        pytest.param("a.webp", webp(9, 9), "9 × 9 pixels", id="a small WebP"),
        pytest.param("a.webp", b"RIFF\0\0\0\0WEBP", "damaged", id="the start of a WebP"),
        pytest.param("a.docx", docx(), "says nothing yet", id="an empty Word file"),
        pytest.param("a.docx", docx("验收单"), "says nothing yet", id="a title only"),
        pytest.param("a.docx", docx(logo=png(1, 1)), "says nothing yet", id="a pixel in Word"),
        pytest.param("a.xlsx", xlsx(), "says nothing yet", id="an empty workbook"),
        pytest.param("a.pptx", pptx("TBD"), "says nothing yet", id="a slide to be done"),
    ],
)
def test_a_document_that_shows_nothing_is_refused(
    refuses: Refuses, path: str, data: bytes, says: str
) -> None:
    assert says in refuses("document", data, path)


def test_a_scan_in_a_word_file_is_a_document(reads: Reads) -> None:
    assert reads("document", docx(scan=png()), "a.docx").passed


def test_a_document_says_which_requests_and_figures_it_names(reads: Reads) -> None:
    text = "Load test of LR-2026-0042 (UTF-8)\np95 240ms, errors 0.1 %, 平均 0.2 秒 at 35 req/s"
    found = reads("document", text.encode(), "a.txt").as_data()

    assert found["mentions"] == ["LR-2026-0042", "UTF-8"]
    assert found["figures"] == ["240ms", "0.1 %", "0.2s", "35 req/s"]


def test_the_same_words_are_the_same_document_however_they_are_arranged(reads: Reads) -> None:
    text = "Accepted by Wang Fang, in full."
    files = {
        "a.txt": text.encode(),
        "b.md": f"\n\n {text} \n".encode("utf-16"),
        "c.docx": docx(text),
    }
    gists = {reads("document", data, path).details["gist"] for path, data in files.items()}

    assert len(gists) == 1
    assert gists != {reads("document", b"Refused by Wang Fang.", "d.txt").details["gist"]}
    assert reads("document", png(), "a.png").details["gist"] == "", "a picture has no words"
