"""Which unit issues a paper (落款), never a person, and under which number (文号)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from launchpolicy.papers.paper import Issuer
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text


def issuer_name(
    issuer: Issuer,
    data: Data,
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
    for route in issuer.people:
        person = value_at(data, route)
        department = departments.get(person) if isinstance(person, str) else None
        if department is not None:
            return names.name_of("departments", department)
    if issuer.role:
        return names.role_title(issuer.role)
    return issuer.unit


def document_number(pattern: str, name: str, moment: datetime) -> str:
    """Return the document number of a request by the pattern of the configuration; "" for none.

    Args:
        pattern: with `{year}` and `{number}`.
        name: the request's id, whose last digits are its number.
        moment: in whose year it is.
    """
    digits = re.findall(r"[0-9]+", name)
    number = str(int(digits[-1])) if digits else name
    return pattern.replace("{year}", str(moment.year)).replace("{number}", number)
