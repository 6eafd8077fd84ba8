"""The shape of a request, derived by running the policies that will judge it.

Values that a person must give are `TODO`. A person who alone holds the role that is asked for is
named at once, unless a policy refuses that person there.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from launchpolicy.documents.open_questions import MARK, is_unanswered, note_of
from launchpolicy.engine.drafts.growth import GrownRequest, GrowthRules
from launchpolicy.engine.evaluation import UnmetValidation
from launchpolicy.requests.blank import (
    changed_at,
    scalars,
    set_value,
)
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A request with `TODO` where a person must answer.

    `candidates` are the persons who hold the role that is asked for at an open place. `removed` are
    the places of what was there and must not be.
    """

    data: Data
    candidates: Mapping[Route, tuple[str, ...]]
    removed: tuple[Route, ...] = ()

    @property
    def open_routes(self) -> tuple[Route, ...]:
        """Return the places where an answer is missing, in document order."""
        return tuple(route for route, value in scalars(self.data) if is_unanswered(value))


def skeleton(start: Data, rules: GrowthRules, old: Data | None = None) -> Skeleton:
    """Return the skeleton that grows from `start`, which already names its process and stage.

    Args:
        start: what is known; its values stay, except for persons whom a policy refuses there.
        rules: the policies and what they are run with.
        old: the version before, None for a new request.
    """
    growth = GrownRequest(rules, copy.deepcopy(start), old)
    growth.prune()
    growth.grow()
    if old is None:
        growth.look_ahead()
    growth.drop_answered_questions()
    return _Persons(growth).with_persons()


def refusals(
    data: Data, rules: GrowthRules, old: Data | None, route: Route
) -> list[UnmetValidation]:
    """Return the validations that complain of the value at `route`."""
    growth = GrownRequest(rules, data, old)
    return [unmet for _, unmet in growth.complaints(data) if unmet.place.full_route == route]


class GrowthTrial(NamedTuple):
    """What growing does: the numbers of the first policy's unmet validations, and the data."""

    unmet_before: frozenset[int]
    unmet_after: frozenset[int]
    data: Data


def trial(data: Data, rules: GrowthRules, old: Data | None) -> GrowthTrial:
    """Return what becomes of `data` if the one policy of `rules` puts in what it misses."""
    growth = GrownRequest(rules, copy.deepcopy(data), old)
    before = growth.unmet_numbers()
    growth.grow()
    return GrowthTrial(before, growth.unmet_numbers(), growth.data)


class _Persons:
    """Persons in place of the roles that a grown request asks for."""

    def __init__(self, growth: GrownRequest) -> None:
        self.growth = growth

    def with_persons(self) -> Skeleton:
        """Return the skeleton with persons in place of roles wherever no policy refuses them."""
        refused: set[tuple[Route, str]] = set()
        while True:
            hints, chosen = self._hints(), self._persons(refused)
            data = copy.deepcopy(self.growth.data)
            for route, value in {**dict.fromkeys(hints, MARK), **chosen}.items():
                set_value(data, route, value)
            again = self._refusals(data, chosen)
            if not again:
                return Skeleton(data, self._candidates(data, hints), tuple(self.growth.removed))
            refused |= again
            self._ask_for(route for route, _ in again)

    def _hints(self) -> dict[Route, str]:
        """Return the role that each open question for a person names; "" for none."""
        return {
            route: note_of(value)
            for route, value in scalars(self.growth.data)
            if is_unanswered(value) and self._is_person(route)
        }

    def _persons(self, refused: Collection[tuple[Route, str]]) -> dict[Route, str]:
        """Return who is given, or alone holds the role, except those who were refused."""
        roles = self.growth.rules.people.get("roles", {})
        given = {
            route: value
            for route, value in scalars(self.growth.data)
            if isinstance(value, str) and not is_unanswered(value) and self._is_person(route)
        }
        hints = self._hints()
        alone = {route: roles[role][0] for route, role in hints.items() if _is_held(roles, role)}
        persons = {**given, **alone}
        return {
            route: person for route, person in persons.items() if (route, person) not in refused
        }

    def _refusals(self, data: Data, chosen: Mapping[Route, str]) -> set[tuple[Route, str]]:
        """Return those of the `chosen` persons of whom a policy complains."""
        places = [
            unmet.place for _, unmet in self.growth.complaints(data) if not unmet.place.missing
        ]
        routes = {place.route for place in places} & chosen.keys()
        return {(route, chosen[route]) for route in routes if self.growth.rules.may_change(route)}

    def _ask_for(self, routes: Iterable[Route]) -> None:
        """Put a question in place of a person, and let the policies say again what is missing."""
        for route in routes:
            if not is_unanswered(value_at(self.growth.data, route)):
                self.growth.data = changed_at(self.growth.data, route, MARK)
        self.growth.grow_again()

    def _candidates(self, data: Data, hints: Mapping[Route, str]) -> dict[Route, tuple[str, ...]]:
        roles = self.growth.rules.people.get("roles", {})
        return {
            route: tuple(roles[role])
            for route, role in hints.items()
            if roles.get(role) and is_unanswered(value_at(data, route))
        }

    def _is_person(self, route: Route) -> bool:
        outline = self.growth.outline.at(route)
        return outline is not None and outline.definition == "person"


def _is_held(roles: Mapping[str, list[str]], role: str) -> bool:
    """Return whether exactly one person holds a role."""
    return len(roles.get(role, ())) == 1
