"""Say who records: the person of the directory whose address or account git's identity has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from launchpolicy.hosts.git.plumbing import as_user
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.operations.record import problems
from launchpolicy.requests.directory import Directory

_NO_REPLY = re.compile(r"([1-9][0-9]{0,17})[+-][^@]{1,100}@users\.noreply\.([a-z0-9-]+)\.[a-z]+")
"""The address that a forge gives to people who hide theirs: it names account and forge."""


def address_here(repository: Repository, environ: Mapping[str, str]) -> str:
    """Return the address of who commits here, in small letters; "" where git has none."""
    answer = as_user(repository.git, environ).run("var", "GIT_AUTHOR_IDENT")
    identity = answer.output.decode("utf-8", "replace") if answer.code == 0 else ""
    return identity.partition("<")[2].partition(">")[0].strip().casefold()


def recorder_of(
    repository: Repository, directory: Directory | None, environ: Mapping[str, str]
) -> str:
    """Return the id of the person who commits here; "" where that is nobody in the directory."""
    address = address_here(repository, environ)
    if directory is None or not address:
        return ""
    account = _NO_REPLY.fullmatch(address)
    for person in directory.people:
        is_own = address in {email.casefold() for email in person.emails}
        is_account = account is not None and any(
            one.number == int(account[1]) and one.forge == account[2] for one in person.accounts
        )
        if is_own or is_account:
            return person.name
    return ""


def require_person(name: str, directory: Directory | None) -> None:
    """Require that who did it is in the directory, where there is one.

    Raises:
        UsageError: git's identity is nobody's, or the id is unknown.
    """
    known = {person.name for person in directory.people} if directory is not None else {name}
    if not name or name not in known:
        raise problems.unknown_person(name, known)
