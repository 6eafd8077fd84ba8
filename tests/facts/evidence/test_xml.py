"""XML from strangers: a DOCTYPE that only names a DTD, encodings, characters (threats E6, E9)."""

from __future__ import annotations

import pytest

from tests.facts.evidence.conftest import Reads, Refuses

PASSING = '<testsuite name="a"><testcase classname="支付" name="结算成功"/></testsuite>'
ASCII = '<testsuite name="a"><testcase classname="pay" name="settles"/></testsuite>'
EXTERNAL = '<!DOCTYPE testsuite SYSTEM "http://127.0.0.1:9/a.dtd">'


@pytest.mark.parametrize(
    "doctype",
    [
        EXTERNAL,
        '<!DOCTYPE testsuite PUBLIC "-//A//B" "file:///etc/passwd">',
        "<!DOCTYPE testsuite>",
    ],
)
def test_a_doctype_that_only_names_a_dtd_is_passed_over_and_nothing_is_fetched(
    reads: Reads, doctype: str
) -> None:
    assert reads("junit", doctype + PASSING).passed


@pytest.mark.parametrize(
    "report",
    [
        f'<!DOCTYPE t [<!ENTITY x "y">]>{PASSING}',
        f'<!DOCTYPE t SYSTEM "a.dtd" []>{PASSING}',
        f'<!DOCTYPE t [<!ATTLIST testcase status CDATA "run">]>{PASSING}',
        f'<!DOCTYPE t [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>{PASSING}',
        EXTERNAL + PASSING.replace("结算成功", "&x;"),
        EXTERNAL + PASSING.replace("/></", ">&x;</testcase></"),
    ],
)
def test_a_doctype_that_declares_something_is_refused(refuses: Refuses, report: str) -> None:
    assert "DOCTYPE" in refuses("junit", report)


@pytest.mark.parametrize("encoding", ["GBK", "gb2312", "GB18030", "Big5"])
def test_a_report_in_a_chinese_encoding_that_it_declares_is_read(
    reads: Reads, encoding: str
) -> None:
    text = PASSING.replace("支付", "a").replace("结算成功", "文件")
    report = f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'

    assert reads("junit", report.encode(encoding)).passed


def test_a_report_in_gbk_that_declares_nothing_names_the_encoding(refuses: Refuses) -> None:
    assert "GBK" in refuses("junit", PASSING.encode("gbk"))


def test_bytes_that_are_not_of_the_declared_encoding_are_named_with_their_line(
    refuses: Refuses,
) -> None:
    report = b'<?xml version="1.0" encoding="GBK"?>\n<testsuite name="\x80\xff"/>'

    assert "line 2" in refuses("junit", report)


@pytest.mark.parametrize("encoding", ["Shift_JIS", "UTF-7", "martian"])
def test_another_encoding_is_named(refuses: Refuses, encoding: str) -> None:
    says = refuses("junit", f'<?xml version="1.0" encoding="{encoding}"?><testsuite/>')

    assert encoding in says
    assert "UTF-8" in says


@pytest.mark.parametrize(
    "encoding",
    ["unicode_escape", "Unicode-Escape", "raw_unicode_escape", "charmap", "cp037", "mac_roman",
     "palmos", "ptcp154", "idna"],
)  # fmt: skip
@pytest.mark.parametrize("space", ["", " " * 300])
def test_a_codec_of_python_that_is_no_encoding_of_the_guide_is_refused(
    refuses: Refuses, encoding: str, space: str
) -> None:
    says = refuses("junit", f'<?xml version="1.0"{space} encoding="{encoding}"?>{ASCII}')

    assert encoding in says
    assert "UTF-8" in says


def test_a_codec_of_python_in_utf_16_is_refused(refuses: Refuses) -> None:
    report = f'<?xml version="1.0" encoding="unicode_escape"?>{ASCII}'

    assert "unicode_escape" in refuses("junit", report.encode("utf-16"))


@pytest.mark.parametrize(
    "encoding",
    ["UTF-8", "utf8", "US-ASCII", "ISO-8859-1", "latin1", "iso8859-15", "windows-1252", "cp1251",
     "KOI8-R", "IBM850"],
)  # fmt: skip
def test_an_encoding_of_the_guide_is_read(reads: Reads, encoding: str) -> None:
    assert reads("junit", f'<?xml version="1.0" encoding="{encoding}"?>{ASCII}').passed


def test_utf_16_that_declares_itself_is_read(reads: Reads) -> None:
    report = f'<?xml version="1.0" encoding="UTF-16"?>{PASSING}'

    assert reads("junit", report.encode("utf-16")).passed


@pytest.mark.parametrize("escape", ["\x1b[32m", "&#27;[32m", "&#x1B;[32m"])
def test_an_escape_character_in_the_output_of_a_passing_test_is_refused_with_its_place(
    refuses: Refuses, escape: str
) -> None:
    output = f"<system-out>{escape}</system-out>"

    says = refuses("junit", f'<testsuite>\n<testcase name="a">\n{output}</testcase></testsuite>')

    assert "Line 3, column 13" in says
    assert "U+001B" in says


def test_xml_that_is_broken_off_says_where(refuses: Refuses) -> None:
    assert "line 2, column" in refuses("junit", "<testsuite>\n<testcase name=</testsuite>")
