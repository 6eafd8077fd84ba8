"""Where the mail of departments, partners, roles and persons goes, by the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text

_HEADS = "department-head"


class Mailbox(NamedTuple):
    """One address, and whose it is."""

    name: Text
    address: str


class MailRecipients(NamedTuple):
    """The mailboxes of recipients, each address once, and the ids of whom none is known."""

    mailboxes: tuple[Mailbox, ...]
    without_address: tuple[str, ...]


def recipients_of(identifiers: Iterable[str], directory: Directory, names: Names) -> MailRecipients:
    """Return where the mail to departments, partners, roles or persons goes.

    A department or a role is written to at its own address, and without one at those of its heads
    or holders; a person at the first of the person's addresses. An id that stands for several
    things is the department first, then the role, then the person.
    """
    mailboxes: dict[str, Mailbox] = {}
    missing = []
    for identifier in identifiers:
        boxes = mailboxes_of(identifier, directory, names)
        if not boxes:
            missing.append(identifier)
        for mailbox in boxes:
            mailboxes.setdefault(mailbox.address.casefold(), mailbox)
    return MailRecipients(tuple(mailboxes.values()), tuple(missing))


def mailboxes_of(identifier: str, directory: Directory, names: Names) -> tuple[Mailbox, ...]:
    """Return the mailboxes of one department, partner, role or person; none if none is known."""
    if identifier in _departments(directory):
        address = directory.addresses.get("departments", {}).get(identifier)
        if address is not None:
            return (Mailbox(names.name_of("departments", identifier), address),)
        heads = directory.departmental.get(_HEADS, {}).get(identifier, ())
        return tuple(_of_persons(heads, directory))
    holders = directory.roles.get(identifier)
    address = directory.addresses.get("roles", {}).get(identifier)
    if address is not None:
        return (Mailbox(names.name_of("roles", identifier), address),)
    return tuple(_of_persons((identifier,) if holders is None else holders, directory))


def _departments(directory: Directory) -> frozenset[str]:
    return frozenset(
        {
            *directory.addresses.get("departments", {}),
            *directory.names.get("departments", {}),
            *(person.department for person in directory.people),
        }
    )


def _of_persons(persons: Iterable[str], directory: Directory) -> Iterator[Mailbox]:
    by_name = {person.name: person for person in directory.people}
    for name in persons:
        person = by_name.get(name)
        if person is not None and person.emails:
            yield Mailbox(person.display, person.emails[0])
