from __future__ import annotations

import json
from pathlib import Path

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check
from launchpolicy.requests.accounts import ForgeAccount
from launchpolicy.requests.directory import check_directory, directory_of
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Text

ROOT = Path(__file__).parents[2]
SCHEMA = Schema(json.loads((ROOT / "schemas" / "directory.schema.json").read_text("utf-8")))
HEAD = "apiVersion: launchpolicy/v1\nkind: Directory\n"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFz2n3Yl0S1zUcZq3pVJvYB7CqOEvTn0l5kUlHcT5m0B"
LI = "name: li.wei, display: Li Wei, department: product"
HE = "name: he.lin, display: He Lin, department: data"


def _document(body: str) -> Document:
    document = read("people.yaml", (HEAD + body).encode())
    assert isinstance(document, Document)
    return document


def _found(body: str) -> list[tuple[str, str]]:
    findings = check_directory(_document(body))
    return [(each.rule, format_route(each.place.full_route)) for each in findings]


def test_a_directory_has_its_people_and_both_sorts_of_roles() -> None:
    path = ROOT / "tests" / "schemas" / "good" / "directory.yaml"
    document = read("people.yaml", path.read_bytes())
    assert isinstance(document, Document)
    assert check(SCHEMA, document) == ()
    assert check_directory(document) == ()
    data = document.data
    assert isinstance(data, dict)
    directory = directory_of(data)
    first, second = directory.people
    assert (first.name, first.display, first.department) == (
        "li.wei",
        Text("Li Wei", "李薇"),
        "product",
    )
    assert first.accounts == (ForgeAccount("github", 583231, "liwei"),)
    assert first.emails == ("li.wei@example.com",)
    assert first.keys[0].startswith("ssh-ed25519 ")
    assert (second.accounts, second.emails) == ((), ())
    assert directory.roles == {"product-lead": ("li.wei",)}
    heads = {"customer-service": ("tang.yu",), "product": ("li.wei",)}
    assert directory.departmental == {"department-head": heads}


TWICE = {
    "the same person": (f"[{{{LI}}}, {{{LI}}}]", "people[1].name"),
    "the same account number": (
        (
            f"[{{{LI}, accounts: {{github: {{id: 7, login: a}}}}}}, "
            f"{{{HE}, accounts: {{github: {{id: 7, login: b}}}}}}]"
        ),
        "people[1].accounts.github.id",
    ),
    "the same account in two lists": (
        (
            f"[{{{LI}, accounts: {{github: [{{id: 6, login: x}}, {{id: 7, login: a}}]}}}}, "
            f"{{{HE}, accounts: {{github: [{{id: 7, login: b}}]}}}}]"
        ),
        "people[1].accounts.github[0].id",
    ),
    "a login in other case": (
        (
            f"[{{{LI}, accounts: {{github: {{id: 7, login: LiWei}}}}}}, "
            f"{{{HE}, accounts: {{github: {{id: 8, login: liwei}}}}}}]"
        ),
        "people[1].accounts.github.login",
    ),
    "an address in other case": (
        f"[{{{LI}, emails: [li@example.com]}}, {{{HE}, emails: [x@y.z, Li@Example.COM]}}]",
        "people[1].emails[1]",
    ),
    "a key with another comment": (
        f"[{{{LI}, keys: [{KEY} li]}}, {{{HE}, keys: [{KEY} he]}}]",
        "people[1].keys[0]",
    ),
    "a key without its comment": (
        f"[{{{LI}, keys: [{KEY}]}}, {{{HE}, keys: [{KEY} he]}}]",
        "people[1].keys[0]",
    ),
}


@pytest.mark.parametrize(("people", "route"), TWICE.values(), ids=TWICE)
def test_one_person_cannot_count_as_two(people: str, route: str) -> None:
    assert _found(f"people: {people}\n") == [("directory/belongs-twice", route)]


def test_what_belongs_to_two_is_shown_with_the_line_of_the_first() -> None:
    body = (
        f"people:\n  - {{{LI}, emails: [li@example.com]}}\n  - {{{HE}, emails: [li@example.com]}}\n"
    )
    (finding,) = check_directory(_document(body))
    assert finding.message.en == (
        "This e-mail address of he.lin stands already in line 4, for li.wei."
    )
    assert finding.place.span.start.line == 5


ROLES = {
    "an unknown person": (
        "{dba: [li.wei, lee.wei]}",
        ("directory/unknown-person", "roles.dba[1]"),
    ),
    "an unknown head": (
        "{department-head: {product: [x]}}",
        ("directory/unknown-person", "roles.department-head.product[0]"),
    ),
    "nobody": ("{dba: []}", ("directory/empty-role", "roles.dba")),
    "no department": ("{dba: {}}", ("directory/empty-role", "roles.dba")),
    "nobody in a department": (
        "{dba: {product: []}}",
        ("directory/empty-role", "roles.dba.product"),
    ),
}


@pytest.mark.parametrize(("roles", "expected"), ROLES.values(), ids=ROLES)
def test_a_role_that_nobody_real_holds(roles: str, expected: tuple[str, str]) -> None:
    document = _document(f"people: [{{{LI}}}]\nroles: {roles}\n")
    assert check(SCHEMA, document) == (), "the schema cannot see it"
    assert _found(f"people: [{{{LI}}}]\nroles: {roles}\n") == [expected]


WILD = {
    "as a holder": (f"people: [{{{LI}}}]\nroles: {{dba: ['*']}}\n", "roles.dba[0]"),
    "as a role": (f"people: [{{{LI}}}]\nroles: {{'*': [li.wei]}}\n", 'roles["*"]'),
    "as a department": (
        f"people: [{{{LI}}}]\nroles: {{head: {{'*': [li.wei]}}}}\n",
        'roles.head["*"]',
    ),
    "within a name": (f"people: [{{{LI}}}]\nroles: {{dba: ['li.*']}}\n", "roles.dba[0]"),
    "within an address": (f"people: [{{{LI}, emails: ['*@x.y']}}]\n", "people[0].emails[0]"),
    "as a display name": (
        "people: [{name: li.wei, display: '*', department: product}]\n",
        "people[0].display",
    ),
}


@pytest.mark.parametrize(("body", "route"), WILD.values(), ids=WILD)
def test_a_wildcard_never_means_everybody(body: str, route: str) -> None:
    assert ("directory/wildcard", route) in _found(body)


@pytest.mark.parametrize("body", [wild[0] for name, wild in WILD.items() if "display" not in name])
def test_the_schema_refuses_the_wildcard_where_names_are_written(body: str) -> None:
    assert check(SCHEMA, _document(body)) != ()


_TIME = "from: 2026-12-01T00:00:00+08:00, until: 2026-12-08T00:00:00+08:00"
_MOMENT = "from: 2026-12-01T00:00:00+08:00, until: 2026-12-01T00:00:00+08:00"
DEPUTIES = {
    "of an unknown person": (
        f"{{for: x, by: li.wei, {_TIME}}}",
        [("directory/unknown-person", "deputies[0].for")],
    ),
    "unknown": (
        f"{{for: li.wei, by: x, {_TIME}}}",
        [("directory/unknown-person", "deputies[0].by")],
    ),
    "of oneself": (
        f"{{for: li.wei, by: li.wei, {_TIME}}}",
        [("directory/own-deputy", "deputies[0].by")],
    ),
    "for no time": (
        f"{{for: li.wei, by: wu.bo, {_MOMENT}}}",
        [("directory/deputy-ends-before-it-begins", "deputies[0].until")],
    ),
    "as it should be": (f"{{for: li.wei, by: wu.bo, {_TIME}}}", []),
}


@pytest.mark.parametrize(("deputy", "expected"), DEPUTIES.values(), ids=DEPUTIES)
def test_a_deputy_is_another_known_person_for_a_time(
    deputy: str, expected: list[tuple[str, str]]
) -> None:
    other = "name: wu.bo, display: Wu Bo, department: product"
    document = _document(f"people: [{{{LI}}}, {{{other}}}]\ndeputies: [{deputy}]\n")
    assert check(SCHEMA, document) == (), "the schema cannot see it"
    found = [(each.rule, format_route(each.place.route)) for each in check_directory(document)]
    assert found == expected
