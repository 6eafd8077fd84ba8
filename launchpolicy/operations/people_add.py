"""Register a person in the directory, or give one who is there further roles, keys and addresses.

Comments and layout of the file stay. A role that `init` has left as a comment is put to use where
it stands.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.editing import EditError, one_line_yaml, with_value
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.validation import well_formed
from launchpolicy.hosts import shipped_files, whole_files
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.people_add_problems import (
    no_directory,
    not_in_place,
    says_too_little,
    unknown_role,
    would_not_be_right,
)
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.role_demands import conditional_roles, role_demands
from launchpolicy.requests.directory import check_directory
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.place import Data, Route

_COMMENT = re.compile(r"[ ]+#")


class PersonEntry(NamedTuple):
    """What is to be written of a person; "" and empty where nothing is said.

    `lists` are further values of lists, such as `keys`, by the name of the list. `account` is the
    forge, the number and the login there. `roles` are ids, or ROLE/DEPARTMENT.
    """

    name: str
    display: str
    department: str
    lists: Mapping[str, tuple[str, ...]]
    account: tuple[str, int, str] | None
    roles: tuple[str, ...]


class AddedPerson(NamedTuple):
    """What was written: in which file, whether the person is new there, and the roles held now."""

    path: str
    is_new: bool
    roles: tuple[str, ...]


def add_person(start: Path, entry: PersonEntry) -> AddedPerson:
    """Write a person into the directory of the launch repository at `start`.

    Where the configuration has no processes, a directory that is not there is written anew.

    Raises:
        UsageError: there is no directory, the person is new and says too little, a role is not
            known, the directory would not be right, or it cannot be written without a change of
            something else.
        MalformedRulesError: the directory is not right.
    """
    root = require_launch_root(start)
    rules = load_rules(work_tree(root))
    path = rules.configuration.paths.people
    data = whole_files.content(root, path)
    if data is None and rules.configuration.processes:
        raise no_directory(path)  # `init` writes one with a place for each role
    first = data if data is not None else _first_text(entry, path).encode()
    document = _right(read(path, first))
    known: Data = document.data
    names = [person["name"] for person in known["people"]]
    is_new = entry.name not in names
    try:
        document = _with_new(document, entry) if is_new else _with_further(document, entry)
        for role in entry.roles:
            document = _with_role(document, entry.name, _route_of(role, entry, document, rules))
    except EditError as error:
        raise not_in_place(path, error) from error
    try:
        text = _right(document).text
    except MalformedRulesError as error:
        raise would_not_be_right(path, error) from error
    if data is None:
        whole_files.write_new(root, path, text)
    elif text.encode() != data:
        whole_files.replace(root, path, text.encode())
    return AddedPerson(path, is_new or data is None, tuple(_roles_of(entry.name, document.data)))


def _right(document: Document | Refusal) -> Document:
    """Return a document that is a directory.

    Raises:
        MalformedRulesError: it is none.
    """
    whole = well_formed(shipped_files.schema("Directory").data, document)
    if findings := check_directory(whole):
        raise MalformedRulesError(findings)
    return whole


def _again(document: Document, text: str, expected: Data) -> Document:
    """Return the document of a text that is to say exactly `expected`.

    Raises:
        EditError: it says something else.
    """
    again = read(document.path, text.encode())
    if not isinstance(again, Document) or again.data != expected:
        message = "its layout leaves no place for it"
        raise EditError(message)
    return again


def _set(document: Document, route: Route, value: Data) -> Document:
    text = with_value(document, route, value)
    again = read(document.path, text.encode())
    if not isinstance(again, Document):
        raise MalformedRulesError(again.findings)
    return again


def _first_text(entry: PersonEntry, path: str) -> str:
    """Return the text of a directory that holds one person.

    Raises:
        UsageError: too little is said of the person.
    """
    head = "apiVersion: launchpolicy/v1\nkind: Directory\npeople:\n"
    return f"{head}  - {one_line_yaml(_person(entry, path))}\n"


def _with_new(document: Document, entry: PersonEntry) -> Document:
    person = _person(entry, document.path)
    data: Data = document.data
    route: Route = ("people", len(data["people"]))
    return _behind_comments(_set(document, route, person), f"- {one_line_yaml(person)}")


def _person(entry: PersonEntry, path: str) -> dict[str, Data]:
    """Return a new person as the directory at `path` holds them.

    Raises:
        UsageError: the department is not said.
    """
    if not entry.department:
        raise says_too_little(entry.name, path)
    display = entry.display or " ".join(map(str.capitalize, re.split(r"[._-]", entry.name)))
    person: dict[str, Data] = {
        "name": entry.name,
        "display": display,
        "department": entry.department,
        **{name: list(values) for name, values in entry.lists.items() if values},
    }
    if entry.account is not None:
        person["accounts"] = _account(*entry.account)
    return person


def _account(forge: str, number: int, login: str) -> dict[str, Data]:
    return {forge: {"id": number, "login": login}}


def _behind_comments(document: Document, entry: str) -> Document:
    """Return the document with a new entry behind the comments of the entry before it."""
    lines = document.text.splitlines(keepends=True)
    at = next((at for at, line in enumerate(lines) if line.strip() == entry), None)
    if at is None:  # between brackets
        return document
    while at + 1 < len(lines) and _COMMENT.match(lines[at + 1]):
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
        at += 1
    return _again(document, "".join(lines), document.data)


def _with_further(document: Document, entry: PersonEntry) -> Document:
    """Return the document with what is said of a person who is there, and was not said before."""
    data: Data = document.data
    at = next(at for at, person in enumerate(data["people"]) if person["name"] == entry.name)
    person = data["people"][at]
    for key, value in (("display", entry.display), ("department", entry.department)):
        if value and person[key] != value:
            document = _set(document, ("people", at, key), value)
    for key, values in entry.lists.items():
        there = list(person.get(key, ()))
        for value in values:
            if value in there:
                continue
            route: Route = ("people", at, key)
            document = _set(
                document, (*route, len(there)) if there else route, value if there else [value]
            )
            there.append(value)
    if entry.account is not None:
        forge, account = next(iter(_account(*entry.account).items()))
        document = _set(document, ("people", at, "accounts", forge), account)
    return document


def _route_of(role: str, entry: PersonEntry, document: Document, rules: PackSet) -> Route:
    """Return where the holders of a role stand.

    Raises:
        UsageError: nothing asks for the role, and nobody holds it.
    """
    name, _, department = role.partition("/")
    data: Data = document.data
    held = data.get("roles", {})
    demands = {demand.role: demand for demand in role_demands(rules.policies)}
    conditional = (demand.role for demand in conditional_roles(rules.policies))
    known = dict.fromkeys((*demands, *rules.configuration.rule_owners, *held, *conditional))
    if name not in known:
        raise unknown_role(name, known)
    is_per_department = isinstance(held.get(name), dict) or (
        name not in held and name in demands and demands[name].is_per_department
    )
    if not is_per_department and not department:
        return ("roles", name)
    person = next(one for one in data["people"] if one["name"] == entry.name)
    return ("roles", name, department or person["department"])


def _with_role(document: Document, person: str, route: Route) -> Document:
    data: Data = document.data
    there: Data = data
    for step in route:
        there = there.get(step, {}) if isinstance(there, dict) else {}
    if isinstance(there, list) and person in there:
        return document
    if isinstance(there, list):
        return _set(document, (*route, len(there)), person)
    used = _from_comment(document, person, route)
    return used if used is not None else _set(document, route, [person])


def _from_comment(document: Document, person: str, route: Route) -> Document | None:
    """Return the document with the commented line of a role put to use; None without one."""
    role, *departments = map(str, route[1:])
    value: Data = {departments[0]: [person]} if departments else [person]
    lines = document.text.splitlines(keepends=True)
    offered = re.compile(rf"#  {re.escape(role)}: (\[\]|\{{.*\}})\r?\n?")
    at = next((at for at, line in enumerate(lines) if offered.fullmatch(line)), None)
    if at is None:
        return None
    end = lines[at][len(lines[at].rstrip("\r\n")) :]
    lines[at] = f"  {role}: {one_line_yaml(value)}{end}"
    above = at - 1
    while lines[above].startswith("#  #"):
        lines[above] = lines[above][1:]
        above -= 1
    expected: Data = copy.deepcopy(document.data)
    if "roles" not in expected:
        lines = [
            line.replace("#roles:", "roles:", 1) if line.strip() == "#roles:" else line
            for line in lines
        ]
    expected.setdefault("roles", {})[role] = value
    try:
        return _again(document, "".join(lines), expected)
    except EditError:  # the comment was moved or changed by hand
        return None


def _roles_of(person: str, data: Data) -> Iterable[str]:
    for role, held in data.get("roles", {}).items():
        if isinstance(held, list) and person in held:
            yield role
        elif isinstance(held, dict):
            yield from (f"{role}/{one}" for one, holders in held.items() if person in holders)
