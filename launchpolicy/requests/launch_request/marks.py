"""What the schema says about persons and texts beyond their shape: who may stand where.

The marks become the keywords of `requests.schema_marks`. Facts find the marked places of a request
(`facts.people_named`, `facts.placeholders`), and policies judge what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.requests.schema_marks import PEOPLE, PERSON, TEXT

Marks = Mapping[str, Any]

NO_MARKS: Marks = {}
MARKS_OF_DEFINITIONS: Mapping[str, Marks] = {PERSON: {PERSON: {}}, TEXT: {TEXT: "relied"}}
"""What holds of every person and of every text, unless its place says something else."""

FREE: Marks = {TEXT: "free"}
"""A remark: no rule relies on it, so it may say anything."""
STATED: Marks = {TEXT: "stated"}
"""A text that may be short or `none`, but says what it has to say now and not later."""
FIGURE: Marks = {TEXT: "figure"}
"""A text that a rule relies on, and that may be a figure with its unit."""
ANSWER: Marks = {TEXT: "answer"}
"""A text that a rule relies on, and to which "none" is an answer."""

REQUESTER = "spec.people.requester"
EXECUTOR = "spec.people.executor"
MAINTAINER = "spec.people.maintainer"


def person(
    *duties: str, role_key: str = "", department_key: str = "", apart: tuple[str, ...] = ()
) -> Marks:
    """Return the marks of a place for a person.

    Args:
        duties: what the person must be fit for, each of them; the policy `people-hold-their-roles`
            says which roles and departments are, and a duty that it does not know is a role.
        role_key: the key beside it that names a role which the person must hold.
        department_key: the key beside it that names the department which the person belongs to.
        apart: routes of persons of whom this one must be none; one that begins with `.` is beside.
    """
    rule = {
        "duties": list(duties),
        "roleKey": role_key,
        "departmentKey": department_key,
        "apart": list(apart),
    }
    return {PERSON: {key: value for key, value in rule.items() if value}}


def inside(**places: Marks) -> Marks:
    """Return the marks of a section, given those of the places inside it by their keys."""
    return {PEOPLE: {_key(name): marks[PERSON] for name, marks in places.items()}}


def _key(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


EXECUTES = person("executor")
"""The operations lead, who carries a launch out and takes it back."""

REASSESSED = inside(
    assessed_by=person(
        "assessor", apart=("status.rollback.by", "status.rollback.decidedBy", REQUESTER)
    )
)
"""The impact of a rollback, assessed by none of those who want it or carry it out."""
