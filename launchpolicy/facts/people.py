"""The CEL variable `people`: who there is, and who holds which role."""

from __future__ import annotations

from typing import Any

from launchpolicy.requests.directory import Directory

HEADS = "department-head"
"""The role whose holders, per department, are the heads."""


def people_fact(directory: Directory | None) -> dict[str, Any]:
    """Return the variable; `known` is false where the launch repository has no directory.

    `roles` has every role: of one that is held per department, the holders of all departments.
    `heads` (department → persons) are the holders of `department-head`. `named` and
    `customer` are for `people_named` and `customer_fact` to fill in: they are about one request.
    """
    if directory is None:
        return {
            "known": False,
            "names": [],
            "roles": {},
            "heads": {},
            "department": {},
            "named": [],
            "customer": {"departments": [], "persons": []},
        }
    roles = {role: list(holders) for role, holders in directory.roles.items()}
    for role, held in directory.departmental.items():
        everybody = (holder for holders in held.values() for holder in holders)
        roles[role] = list(dict.fromkeys(everybody))
    heads = directory.departmental.get(HEADS, {})
    return {
        "known": True,
        "names": [person.name for person in directory.people],
        "roles": roles,
        "heads": {department: list(holders) for department, holders in heads.items()},
        "department": {person.name: person.department for person in directory.people},
        "named": [],
        "customer": {"departments": [], "persons": []},
    }
