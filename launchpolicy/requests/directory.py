"""`people.yaml`: who is who, and who holds which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from launchpolicy.documents.instants import instant
from launchpolicy.documents.reading import Document
from launchpolicy.requests.accounts import ForgeAccount, account_places, accounts_of
from launchpolicy.requests.configuration import names_by_kind
from launchpolicy.requests.deputies import check_deputies
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text, text_of


class Person(NamedTuple):
    """One person; `name` is the id by which every file names them."""

    name: str
    display: Text
    department: str
    accounts: tuple[ForgeAccount, ...] = ()
    emails: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Deputy(NamedTuple):
    """Who stands for whom: `by` for `stood_for`, from `start` until just before `end`."""

    stood_for: str
    by: str
    start: datetime
    end: datetime

    def is_deputy_at(self, moment: datetime) -> bool:
        """Return whether the time of the deputy includes `moment`."""
        return self.start <= moment < self.end


class Directory(NamedTuple):
    """A validated directory.

    `roles` are held company-wide, `departmental` per department (role → department → holders).
    `names` are what people call departments and roles: kind of thing → id → name; `addresses` are
    where their mail goes: `departments` or `roles` → id → address.
    """

    people: tuple[Person, ...]
    roles: Mapping[str, tuple[str, ...]]
    departmental: Mapping[str, Mapping[str, tuple[str, ...]]]
    deputies: tuple[Deputy, ...] = ()
    names: Mapping[str, Mapping[str, Text]] = MappingProxyType({})
    addresses: Mapping[str, Mapping[str, str]] = MappingProxyType({})


def directory_of(data: Mapping[str, Any]) -> Directory:
    """Return the directory of a file that follows the schema of kind Directory."""
    roles = data.get("roles", {})
    return Directory(
        people=tuple(_person(person) for person in data["people"]),
        roles={role: tuple(held) for role, held in roles.items() if isinstance(held, list)},
        departmental={
            role: {department: tuple(holders) for department, holders in held.items()}
            for role, held in roles.items()
            if isinstance(held, dict)
        },
        deputies=tuple(
            Deputy(entry["for"], entry["by"], instant(entry["from"]), instant(entry["until"]))
            for entry in data.get("deputies", ())
        ),
        names=names_by_kind(data.get("names", {})),
        addresses=data.get("addresses", {}),
    )


def _person(data: Mapping[str, Any]) -> Person:
    return Person(
        name=data["name"],
        display=text_of(data["display"]),
        department=data["department"],
        accounts=accounts_of(data),
        emails=tuple(data.get("emails", ())),
        keys=tuple(data.get("keys", ())),
    )


def check_directory(document: Document) -> tuple[Finding, ...]:
    """Return what the schema of a directory cannot see; the document follows that schema.

    Someone who is two people at once, or holds a role through a name that nobody has, could
    approve alone what takes two (threat: quorum by one person).
    """
    return (
        *_wildcards(document),
        *_duplicates(document),
        *_roles(document),
        *check_deputies(document),
    )


class _Mark(NamedTuple):
    """Something that belongs to one person only: `key` is what is compared."""

    what: Text
    key: object
    route: Route
    person: str


def _marks(data: Mapping[str, Any]) -> Iterator[_Mark]:
    for number, person in enumerate(data["people"]):
        route: Route = ("people", number)
        name = person["name"]
        yield _Mark(Text("id", "标识"), name, (*route, "name"), name)
        for forge, where, account in account_places(person):
            for field, value in account.items():
                what = Text(f"{forge} account's {field}", f"{forge} 账号的 {field}")
                # Forges keep the case of a login but do not tell logins apart by it.
                key = value.casefold() if isinstance(value, str) else value
                yield _Mark(what, key, (*route, *where, field), name)
        for index, address in enumerate(person.get("emails", ())):
            what = Text("e-mail address", "邮箱地址")
            yield _Mark(what, address.casefold(), (*route, "emails", index), name)
        for index, key in enumerate(person.get("keys", ())):
            # The comment at the end of a key is anybody's to change.
            material = tuple(key.split(" ")[:2])
            yield _Mark(Text("signing key", "签名公钥"), material, (*route, "keys", index), name)


def _duplicates(document: Document) -> Iterator[Finding]:
    data: Any = document.data
    seen: dict[tuple[str, object], _Mark] = {}
    for mark in _marks(data):
        first = seen.setdefault((mark.what.en, mark.key), mark)
        if first is mark:
            continue
        line = document.place(first.route).span.start.line
        yield Finding(
            "directory/belongs-twice",
            Text(
                f"This {mark.what.en} of {mark.person} stands already in line {line}, "
                f"for {first.person}.",
                f"{mark.person} 的{mark.what.zh}在第 {line} 行已属于 {first.person}。",
            ),
            document.place(mark.route),
            Text(
                f"Keep the {mark.what.en} with the one person it belongs to.",
                f"请只在真正所属的人员处保留该{mark.what.zh}。",
            ),
        )


def _roles(document: Document) -> Iterator[Finding]:
    data: Any = document.data
    known = {person["name"] for person in data["people"]}
    for role, held in data.get("roles", {}).items():
        route: Route = ("roles", role)
        groups = {route: held}
        if isinstance(held, dict) and held:
            groups = {(*route, department): holders for department, holders in held.items()}
        for at, holders in groups.items():
            if not holders:
                yield _empty(document, at, role)
            for index, holder in enumerate(holders):
                if holder not in known:
                    yield _unknown_person(document, (*at, index), role, holder)


def _empty(document: Document, route: Route, role: str) -> Finding:
    return Finding(
        "directory/empty-role",
        Text(f"Nobody holds the role {role} here.", f"此处角色 {role} 无人担任。"),
        document.place(route),
        Text("Name at least one person, or remove it.", "请至少写一名人员，或删除此项。"),
    )


def _unknown_person(document: Document, route: Route, role: str, holder: str) -> Finding:
    return Finding(
        "directory/unknown-person",
        Text(
            f"{holder}, who is to hold the role {role}, is not among the people.",
            f"担任角色 {role} 的 {holder} 不在人员之列。",
        ),
        document.place(route),
        Text(
            f"Add {holder} to `people`, or correct the id.",
            f"请在 `people` 中加入 {holder}，或更正标识。",
        ),
    )


def _wildcards(document: Document) -> Iterator[Finding]:
    """Yield a finding for each `*`: nothing here may ever mean everybody."""
    for route, is_key in _routes_with_star(document.data, ()):
        yield Finding(
            "directory/wildcard",
            Text("A directory has no wildcards; `*` means nobody.", "人员名录不支持通配符 `*`。"),
            document.key_place(route) if is_key else document.place(route),
            Text("Name each person by id.", "请逐一写出人员标识。"),
        )


def _routes_with_star(value: object, route: Route) -> Iterator[tuple[Route, bool]]:
    if isinstance(value, str) and "*" in value:
        yield route, False
    elif isinstance(value, dict):
        for key, inner in value.items():
            if "*" in key:
                yield (*route, key), True
            yield from _routes_with_star(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _routes_with_star(inner, (*route, index))
