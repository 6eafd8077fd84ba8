"""What the facts of requests are found with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from launchpolicy.engine.submission import RequestVersion
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.named_tuple import NamedTuple

if TYPE_CHECKING:  # loaded only where a policy asks for what they know
    from launchpolicy.operations.rules.people_and_calendar import PeopleAndCalendar
    from launchpolicy.operations.submissions.compared_base import ComparedBase


class Neighbours(Protocol):
    """A source that knows the other requests."""

    def fact(self, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
        """Return the fact `launches` of a request of `kind`."""


class FactInputs(NamedTuple):
    """What a caller keeps from one call to the next, and how the facts are found.

    Where `base` is None, only requests are changed. `jobs` is the number of processes; None is one
    per core that this process may use.
    """

    people_and_calendar: PeopleAndCalendar | None = None
    neighbours: Neighbours | None = None
    base: ComparedBase | None = None
    jobs: int | None = None
