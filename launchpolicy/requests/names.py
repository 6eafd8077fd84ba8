"""The names of a launch repository: those of its configuration and of its directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.requests.configuration import Configuration
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.names import NAMED_KINDS, Names
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.process_titles import PROCESS_TITLES
from launchpolicy.vocabulary.role_titles import TITLES
from launchpolicy.vocabulary.text import LANGUAGES, Language, Text, text_of
from launchpolicy.vocabulary.value_names import SHOWN_BY_POLICIES, VALUE_NAMES

STEPS: Final[tuple[Route, ...]] = (("spec", "steps"), ("spec", "rollback", "steps"))
"""Where the steps of a plan are listed."""


def names_of(configuration: Configuration, directory: Directory | None) -> Names:
    """Return the names; where both files name a thing, the directory's name counts."""
    by_kind = {kind: dict(things) for kind, things in configuration.names.items()}
    if directory is not None:
        for kind, things in directory.names.items():
            by_kind[kind] = {**by_kind.get(kind, {}), **things}
        by_kind["people"] = {person.name: person.display for person in directory.people}
    return Names(by_kind)


def with_steps(names: Names, data: Data) -> Names:
    """Return the names with those that the plan of a request gives its steps."""
    return Names({**names.by_kind, "steps": dict(_step_names(data))})


def display_with_steps(display: Mapping[str, Any], data: Data) -> Mapping[str, Any]:
    """Return the variable `display` of a request; all else in it is shared with other requests."""
    steps = dict(_step_names(data))
    if not steps:
        return display
    return {
        language: {
            **display[language],
            "steps": {step: name.in_language(language) for step, name in steps.items()},
        }
        for language in LANGUAGES
    }


def display_fact(names: Names) -> dict[str, Any]:
    """Return the CEL variable `display` without steps: language → kind of thing → id → name.

    Roles and processes that are shipped have their Chinese titles without being named. `values`
    has the names of fixed values: kind of value → value → name.
    """
    roles = {role: names.name_of("roles", role) for role in TITLES}
    processes = {process: names.name_of("processes", process) for process in PROCESS_TITLES}
    by_kind = {
        **names.by_kind,
        "roles": {**roles, **names.by_kind.get("roles", {})},
        "processes": {**processes, **names.by_kind.get("processes", {})},
    }
    return {
        language: {
            **{kind: _in_language(by_kind.get(kind, {}), language) for kind in NAMED_KINDS},
            "values": {
                kind: _in_language(VALUE_NAMES[kind], language) for kind in SHOWN_BY_POLICIES
            },
        }
        for language in LANGUAGES
    }


def _in_language(names: Mapping[str, Text], language: Language) -> dict[str, str]:
    return {identifier: name.in_language(language) for identifier, name in names.items()}


def _step_names(data: Data) -> Iterator[tuple[str, Text]]:
    for route in STEPS:
        steps = value_at(data, route)
        for step in steps if isinstance(steps, list) else ():
            name, display = value_at(step, ("name",)), value_at(step, ("display",))
            if isinstance(name, str) and display and not is_unanswered(display):
                yield name, text_of(display)
