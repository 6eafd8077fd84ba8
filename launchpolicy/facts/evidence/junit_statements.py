"""What a suite or a test case states of its own outcome (threat E9, edition 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.failure_statements import is_of_a_test, states_failure
from launchpolicy.facts.evidence.junit_outcomes import says_something
from launchpolicy.facts.evidence.junit_vocabulary import sense_of
from launchpolicy.facts.evidence.junit_words import CASE, says_nothing
from launchpolicy.facts.evidence.xml import local_name
from launchpolicy.policy.edition import FOURTH_EDITION, SIXTH_EDITION

_PROPERTY: Final = "property"
_PROPERTIES: Final = "properties"
_SUITES: Final = frozenset({"testsuite", "testsuites"})
_COUNTS: Final = frozenset({"failure", "error", "idle"})
_LONGEST: Final = 400
"""What is longer is printed output, not a statement."""


def failure_of_suite(suite: Element, successes: int) -> str:
    """Return the name under which a suite states that it failed; "" where it does not.

    It may stand in an attribute, in a property, or in an element of its own.

    Args:
        suite: the element of the suite, or another around tests.
        successes: how many tests below it passed.
    """
    if _name(suite) in {_PROPERTY, _PROPERTIES}:  # what they say is said by what holds them
        return ""
    # What an attribute counts, `junit_outcomes` compares with the tests.
    flags = ((name, value) for name, value in suite.items() if sense_of(name) not in _COUNTS)
    return _first_failure((*flags, *_statements_in(suite)), has_successes=successes > 0)


def failure_of_case(case: Element, parts: Sequence[Element]) -> str:
    """Return the name under which a test case states that it failed; "" where it does not.

    A property counts where its name is about the test: tests record what they like.

    Args:
        case: the test case.
        parts: all elements in it but those of further cases.
    """
    recorded = (
        statement
        for part in parts
        if _name(part) == _PROPERTY
        for statement in _of_property(part)
        if is_of_a_test(statement[0])
    )
    return _first_failure((*case.attrib.items(), *recorded), has_successes=True)


def is_about_tests(element: Element, edition: int) -> bool:
    """Return whether an element that is no test case says anything of tests.

    Of an element without parts, its attributes do. `edition` is that of the program as which it is
    read (`policy.edition`).
    """
    return (
        not says_nothing(element)
        or (edition > FOURTH_EDITION and says_something(element))
        or (edition > SIXTH_EDITION and failure_of_suite(element, 0) != "")
    )


def _first_failure(statements: Iterable[tuple[str, str]], *, has_successes: bool) -> str:
    return next(
        (
            identifier(name)
            for name, value in statements
            if states_failure(name, value, has_successes=has_successes)
        ),
        "",
    )


def _statements_in(element: Element) -> Iterator[tuple[str, str]]:
    """Yield name and value of what stands in an element, but not in suites or cases below it."""
    for part in element:
        name = _name(part)
        if name in _SUITES or name == CASE:
            continue
        if name == _PROPERTY:
            yield from _of_property(part)
        elif len(part):
            yield from _statements_in(part)
        elif _is_short(part.text):
            yield local_name(part), (part.text or "").strip()


def _of_property(part: Element) -> Iterator[tuple[str, str]]:
    """Yield what a property says: its value, and its text, which some readers take instead."""
    attributes = {key.rpartition("}")[2].lower(): value for key, value in part.attrib.items()}
    name = attributes.get("name") or attributes.get("key") or ""
    for value in (attributes.get("value"), part.text):
        if _is_short(value):
            yield name, (value or "").strip()


def _is_short(text: str | None) -> bool:
    return bool(text) and len(text or "") <= _LONGEST


def _name(element: Element) -> str:
    return local_name(element).lower()
