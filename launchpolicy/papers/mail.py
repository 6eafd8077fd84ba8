"""A paper as a mail that is ready to send (RFC 5322): headers, a text part and an HTML part.

What people wrote becomes one line before it becomes a header, and the library refuses a header of
two, so that no text of a request adds a header of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from launchpolicy.requests.mail_addresses import Mailbox
from launchpolicy.vocabulary.text import Language

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class MailHeaders(NamedTuple):
    """Who writes to whom about what; `identity` is the same for the same mail, however often made.

    A mail needs a sender and at least one recipient.
    """

    sender: Mailbox
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    subject: str
    identity: str
    now: datetime


def as_mail(headers: MailHeaders, text: str, page: str | None, language: Language) -> bytes:
    """Return the mail as a file that mail programs open as a draft.

    Args:
        headers: sender, recipients, subject and moment.
        text: what the mail says, for readers without HTML.
        page: the same as an HTML page; None for a mail of plain text alone.
        language: of the mail, and of the names in its headers.

    Raises:
        ValueError: there is no recipient, or a header cannot be written.
    """
    if not headers.to:
        message = "a mail without a recipient"
        raise ValueError(message)
    digest = hashlib.sha256(f"{headers.identity}\n{text}".encode()).hexdigest()[:32]
    mail = EmailMessage(policy=SMTP)
    try:
        mail["Subject"] = one_line(headers.subject)
        mail["From"] = _address(headers.sender, language)
        mail["To"] = tuple(_addresses(headers.to, language))
        if headers.cc:
            mail["Cc"] = tuple(_addresses(headers.cc, language))
    except MessageError as error:
        raise ValueError(str(error)) from error
    mail["Date"] = headers.now
    mail["Message-ID"] = f"<{digest}@launchpolicy.invalid>"
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    mail["Content-Language"] = {"en": "en", "zh": "zh-CN"}[language]
    mail.set_content(text, charset="utf-8", cte="base64")
    if page is not None:
        mail.add_alternative(page, subtype="html", charset="utf-8", cte="base64")
        mail.set_boundary(f"launchpolicy-{digest}")  # the library would draw lots
    return mail.as_bytes()


def one_line(text: str) -> str:
    """Return `text` without what could end the line of a header."""
    return _BREAKS.sub(" ", text).strip()


def _addresses(mailboxes: Iterable[Mailbox], language: Language) -> list[Address]:
    return [_address(mailbox, language) for mailbox in mailboxes]


def _address(mailbox: Mailbox, language: Language) -> Address:
    name = one_line(mailbox.name.in_language(language))
    return Address(display_name=name, addr_spec=mailbox.address)
