"""Which unit issues a paper (落款): never a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.papers.paper import Issuer
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text


def issuer_name(
    issuer: Issuer,
    data: Any,  # noqa: ANN401 (plain data)
    names: Names,
    departments: Mapping[str, str],
) -> Text | None:
    """Return the name of the unit; None where nobody can say which it is.

    Args:
        issuer: what the registry says.
        data: the request.
        names: what people call departments and roles.
        departments: person → department.
    """
    if issuer.role:
        title = names.name_of("roles", issuer.role)
        return Text(title.en[:1].upper() + title.en[1:], title.zh)
    for route in issuer.people:
        person = value_at(data, route)
        department = departments.get(person) if isinstance(person, str) else None
        if department is not None:
            return names.name_of("departments", department)
    return issuer.unit
