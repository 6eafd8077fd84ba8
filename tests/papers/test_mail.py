"""A paper as a mail: what no text of a request can do to its headers, and what it holds."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from launchpolicy.papers.mail import MailHeaders, as_mail
from launchpolicy.requests.mail_addresses import Mailbox
from launchpolicy.vocabulary.text import Text
from tests.papers.conftest import NOW

LI_WEI = Mailbox(Text("Li Wei", "李薇"), "li.wei@example.com")
FINANCE = Mailbox(Text("Finance", "财务部"), "finance@example.com")
LEADERS = Mailbox(Text("Xu Bo", "徐波"), "xu.bo@example.com")
HOSTILE = "Returns 2.2\r\nBcc: everybody@evil.example\r\n\r\nbody\u2028Cc: a@evil.example"


def _headers(
    subject: str = "【上线通告】退货服务 2.2", to: tuple[Mailbox, ...] = (FINANCE,)
) -> MailHeaders:
    return MailHeaders(LI_WEI, to, (LEADERS,), subject, "LR-1 announcement", NOW)


def _read(mail: bytes) -> EmailMessage:
    message = message_from_bytes(mail, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_title_with_line_breaks_adds_no_header_and_no_recipient() -> None:
    mail = as_mail(_headers(HOSTILE), "text", "<p>text</p>", "zh")

    read = _read(mail)
    assert "Bcc" not in read
    assert read.get_all("Cc") == ["徐波 <xu.bo@example.com>"]
    assert str(read["Subject"]).startswith("Returns 2.2 Bcc: everybody@evil.example")
    assert read.get_body(("plain",)).get_content().strip() == "text"  # type: ignore[union-attr]


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
def test_a_name_with_line_breaks_adds_no_recipient(breaks: str) -> None:
    name = Text(*(f"Finance{breaks}Bcc: a@evil.example",) * 2)
    mail = as_mail(_headers(to=(Mailbox(name, "finance@example.com"),)), "text", None, "en")

    read = _read(mail)
    assert "Bcc" not in read
    assert [address.addr_spec for address in read["To"].addresses] == ["finance@example.com"]


@pytest.mark.parametrize("address", ["a@example.com\r\nBcc: b@evil.example", "a@x, b@evil.example"])
def test_an_address_that_is_several_is_refused(address: str) -> None:
    hostile = Mailbox(Text("x", "x"), address)
    with pytest.raises(ValueError):  # noqa: PT011 (the library's own words)
        as_mail(_headers(to=(hostile,)), "text", None, "en")


def test_a_mail_to_nobody_is_not_made() -> None:
    with pytest.raises(ValueError, match="without a recipient"):
        as_mail(_headers(to=()), "text", None, "en")


def test_both_parts_are_read_back_in_chinese_and_open_as_a_draft() -> None:
    mail = as_mail(_headers(), "各部门：\n正式上线。\n", "<p>正式上线。</p>", "zh")

    read = _read(mail)
    assert str(read["From"]) == "李薇 <li.wei@example.com>"
    assert str(read["To"]) == "财务部 <finance@example.com>"
    assert str(read["Subject"]) == "【上线通告】退货服务 2.2"
    assert read["Date"].datetime == NOW
    assert read["X-Unsent"] == "1"
    plain, page = (read.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert plain.get_content().splitlines() == ["各部门：", "正式上线。"]
    assert page is not None
    assert page.get_content().strip() == "<p>正式上线。</p>"
    assert mail.isascii()
    assert max(map(len, mail.split(b"\r\n"))) <= 998


def test_the_same_paper_gives_the_same_mail() -> None:
    one, two = (as_mail(_headers(), "text", "<p>text</p>", "zh") for _ in range(2))
    assert one == two
