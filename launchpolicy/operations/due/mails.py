"""Write the mail drafts of the due list into a folder, in the name of who runs the program."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.engine.launches.due_list import DueList
from launchpolicy.hosts.folders import write_folder
from launchpolicy.hosts.git.repository import open_repository_or_bare
from launchpolicy.operations.adoption.identity import setup_author
from launchpolicy.reporters.due.mails import drafts
from launchpolicy.requests.mail_addresses import Mailbox
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Language, Text

_NO_MARK = ""
"""Drafts go into a new or an empty folder only: what an earlier run wrote may be sent no more."""


def write_drafts(due: DueList, start: Path, folder: Path, language: Language) -> tuple[str, ...]:
    """Write one draft for each person with a duty; return who has no address.

    Raises:
        UsageError: git does not know who sends them, or the folder holds something.
    """
    sender = _sender(start)
    mails = drafts(due, sender, language)
    files = [(name, data.decode("ascii")) for name, data in mails.files]
    write_folder(folder, files, _NO_MARK)
    return mails.without_address


def _sender(start: Path) -> Mailbox:
    with open_repository_or_bare(start) as repository:
        author = setup_author(repository.git)
    if not author.email:
        raise UsageError(
            Text(
                "git does not know your address, so the drafts would have no sender.",
                "git 不知道您的邮箱，邮件草稿缺少发件人。",
            ),
            Text(
                "Run `git config user.email you@example.com`, then run this again.",
                "请先运行 `git config user.email you@example.com`，然后重试。",
            ),
        )
    return Mailbox(Text(author.display, author.display), author.email)
