"""Who may approve as what, and which accounts are whose: the directory, indexed for counting."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from launchpolicy.facts.approvals.records import EMAIL, SSH, Account
from launchpolicy.requests.accounts import Outsider
from launchpolicy.requests.directory import Deputy, Directory, Person
from launchpolicy.vocabulary.names import NO_NAMES, Names
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Roster:
    """`accounts` maps (host, key) to a person's id; `display` is how people write their names.

    `outsiders` are accounts (host, key) that the configuration at the base names as those of bots,
    or of people who approve nothing; `veto_roles` are roles whose holders may stop every request.
    `naming` is what people call departments and roles.
    """

    names: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    departmental: Mapping[str, Mapping[str, frozenset[str]]]
    display: Mapping[str, Text]
    accounts: Mapping[tuple[str, str], str]
    deputies: tuple[Deputy, ...] = ()
    naming: Names = NO_NAMES
    outsiders: frozenset[tuple[str, str]] = frozenset()
    veto_roles: tuple[str, ...] = ()

    def holders(self, role: str, department: str = "") -> frozenset[str]:
        """Return who holds a role, in one department where one is named, else anywhere."""
        per_department = self.departmental.get(role, {})
        if department:
            return per_department.get(department, frozenset())
        everywhere = frozenset[str]().union(*per_department.values())
        return self.roles.get(role, frozenset()) | everywhere

    def holders_in_departments(self, role: str) -> frozenset[str]:
        """Return who holds a role in some department: who can be asked for one of each."""
        return frozenset[str]().union(*self.departmental.get(role, {}).values())

    def roles_of(self, person: str) -> tuple[str, ...]:
        """Return every role that a person holds, in the order of their names."""
        held = {role for role, holders in self.roles.items() if person in holders}
        held |= {
            role
            for role, departments in self.departmental.items()
            if any(person in holders for holders in departments.values())
        }
        return tuple(sorted(held))

    def roles_within_reach(self, person: str) -> tuple[str, ...]:
        """Return every role that a person holds, or whose holder they stand for at some time."""
        stood_for = (deputy.stood_for for deputy in self.deputies if deputy.by == person)
        named = {role for one in (person, *stood_for) for role in self.roles_of(one)}
        return tuple(sorted(named))

    def person(self, account: Account) -> str | None:
        """Return the id of the person to whom an account belongs."""
        return self.accounts.get((account.host, account.key))

    def display_name(self, person: str) -> Text:
        """Return a person's name as people write it."""
        return self.display.get(person, Text(person, person))


def roster_of(
    directory: Directory,
    naming: Names = NO_NAMES,
    outsiders: Sequence[Outsider] = (),
    veto_roles: Sequence[str] = (),
) -> Roster:
    """Return the roster of a directory that `check_directory` found nothing wrong with.

    `outsiders` and `veto_roles` are those of the configuration; an account that is a person's stays
    that person's.
    """
    accounts: dict[tuple[str, str], str] = {}
    for person in directory.people:
        accounts |= dict.fromkeys(_accounts(person), person.name)
    return Roster(
        names=frozenset(person.name for person in directory.people),
        roles={role: frozenset(held) for role, held in directory.roles.items()},
        departmental={
            role: {department: frozenset(held) for department, held in departments.items()}
            for role, departments in directory.departmental.items()
        },
        display={person.name: person.display for person in directory.people},
        accounts=accounts,
        deputies=directory.deputies,
        naming=naming,
        veto_roles=tuple(veto_roles),
        outsiders=frozenset(key for outsider in outsiders for key in _public_accounts(outsider)),
    )


def roster_of_case(people: Mapping[str, Any]) -> Roster:
    """Return the roster of a policy's test case, from the `people` that it supposes.

    Accounts are not supposed: a case says which persons approve.
    """
    roles = {role: frozenset(held) for role, held in people["roles"].items()}
    heads = {department: frozenset(held) for department, held in people["heads"].items()}
    names = frozenset(people["names"]).union(*roles.values(), *heads.values())
    return Roster(
        names=names | frozenset(people["department"]),
        roles=roles,
        departmental={"department-head": heads},
        display={},
        accounts={(EMAIL, name): name for name in names},
    )


def _public_accounts(owner: Person | Outsider) -> list[tuple[str, str]]:
    accounts = [(EMAIL, address.casefold()) for address in owner.emails]
    return accounts + [(account.forge, str(account.number)) for account in owner.accounts]


def _accounts(person: Person) -> list[tuple[str, str]]:
    accounts = _public_accounts(person)
    fingerprints = (fingerprint(key) for key in person.keys)
    accounts += [(SSH, key_print) for key_print in fingerprints if key_print is not None]
    return accounts


def account_of_person(directory: Directory, name: str) -> Account | None:
    """Return an account by which a person is known; None for who is not in the directory."""
    for person in directory.people:
        if person.name == name:
            return next((Account(*key, name) for key in _accounts(person)), None)
    return None


def fingerprint(public_key: str) -> str | None:
    """Return `SHA256:…` of an OpenSSH public key line; None where its middle part is no base64."""
    try:
        blob = base64.b64decode(public_key.split(" ")[1], validate=True)
    except (IndexError, binascii.Error):
        return None
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode("ascii")
    return "SHA256:" + digest.rstrip("=")
