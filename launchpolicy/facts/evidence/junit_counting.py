"""The test cases of a JUnit report, counted in every dialect in use (threats E7, E9).

Only a test case that ran and that nothing speaks against is a passed test. What a header says can
make the result worse, never better. The guide on evidence has the table of dialects.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.junit_outcomes import (
    NOT_ENDED,
    CaseOutcome,
    HeaderClaims,
    claims_of,
    further_outcome,
    worse_outcome,
)
from launchpolicy.facts.evidence.junit_statements import (
    failure_of_case,
    failure_of_suite,
    is_about_tests,
)
from launchpolicy.facts.evidence.junit_words import (
    CASE,
    DID_NOT_RUN,
    ERRED,
    FAILED,
    GOOD,
    IDLE,
    MAY_FAIL,
    NO,
    OF_OUTCOME,
    PASSED,
    RAN,
    TODO,
    YES,
    flag,
    is_set,
    kind_of,
    words_of,
)
from launchpolicy.policy.edition import EDITION, FOURTH_EDITION, SIXTH_EDITION
from launchpolicy.vocabulary.placeholders import is_placeholder
from launchpolicy.vocabulary.text import Text

_ANYWAY: Final = "?"
_ATTEMPTS: Final = frozenset({"error", "failure", "flaky"})
_NOT_A_COUNT: Final = NO - {"0"}


class Tally:
    """What the test cases below one element come to.

    `unnamed` ran under a name that says nothing, `failures` are names of tests. `attempts` is how
    often a test failed, also where it failed several times, or passed in the end. `broken_off` are
    those in which the run was broken off. `stamps` are the times above each test that ran, from the
    root of the report down to its own.
    """

    def __init__(self) -> None:
        self.total = self.failed = self.errors = self.skipped = 0
        self.unnamed = self.attempts = self.broken_off = 0
        self.failures: list[str] = []
        self.stamps: set[tuple[str, ...]] = set()

    @property
    def successes(self) -> int:
        """Return how many tests ran and passed."""
        return self.total - self.failed - self.errors - self.skipped

    def add(self, other: Tally) -> None:
        """Add what stands below another element."""
        self.total += other.total
        self.failed += other.failed
        self.errors += other.errors
        self.skipped += other.skipped
        self.unnamed += other.unnamed
        self.attempts += other.attempts
        self.broken_off += other.broken_off
        self.failures += other.failures
        self.stamps |= other.stamps

    def add_failures(self, name: str, failed: int, errors: int) -> None:
        """Add tests under one name, each of which failed or ended with an error."""
        self.total += failed + errors
        self.failed += failed
        self.errors += errors
        self.attempts += failed + errors
        self.failures.append(name)


class HeaderError(Exception):
    """A header whose number is none; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def tally_of(element: Element, above: tuple[str, ...] = (), edition: int = EDITION) -> Tally:
    """Return what all test cases below an element come to, wherever they stand.

    A failure or an error outside of a test case counts as a test that failed.

    Args:
        element: the root of the report, or a part of it.
        above: the times that the elements around it say.
        edition: that of the program as which it is counted (`policy.edition`).

    Raises:
        HeaderError: a header has a number that is none.
    """
    tally = Tally()
    stamps = _with_stamp(element, above)
    for child in element:
        kind = kind_of(child.tag)
        if kind == CASE:
            _add_case(child, tally, stamps, edition)
        elif kind in {"error", "failure"}:
            # A runner writes it beside the test cases, as where a suite did not load.
            is_error = kind == "error"
            tally.add_failures(_name_of(element), int(not is_error), int(is_error))
        elif is_about_tests(child, edition):
            tally.add(tally_of(child, stamps, edition))
    _add_header(element, tally, edition)
    return tally


def _with_stamp(element: Element, above: tuple[str, ...]) -> tuple[str, ...]:
    stamp = element.get("timestamp", "").strip()
    return (*above, stamp) if stamp else above


def _add_case(case: Element, tally: Tally, above: tuple[str, ...], edition: int) -> None:
    parts, inner = _parts(case) if len(case) else ([], [])
    kinds = [kind_of(part.tag) for part in parts]
    if any(_may_fail(part, edition) for part in parts):
        outcome, reason = CaseOutcome("skipped")
    else:
        outcome, reason = _outcome(case, set(kinds))
        if edition > FOURTH_EDITION:
            further = further_outcome(case, parts)
            outcome, reason = worse_outcome(CaseOutcome(outcome, reason), further)
        if edition > SIXTH_EDITION and (name := failure_of_case(case, parts)):
            stated = CaseOutcome("failure", name)
            outcome, reason = worse_outcome(CaseOutcome(outcome, reason), stated)
    stamps = _with_stamp(case, above)
    tally.total += 1
    if outcome == "skipped":
        tally.skipped += 1
    else:
        tally.stamps.add(stamps)
    if not outcome:
        tally.unnamed += is_placeholder(case.get("name", ""))
    elif outcome != "skipped":
        tally.errors += outcome == "error"
        tally.failed += outcome == "failure"
        tally.broken_off += reason == NOT_ENDED
        full = ".".join(filter(None, (case.get("classname", ""), case.get("name", ""))))
        tally.failures.append(
            (identifier(full) or _ANYWAY)
            + (f" ({identifier(reason)})" if reason.strip(NOT_ENDED) else "")
        )
    tally.attempts += sum(kind in _ATTEMPTS for kind in kinds)
    for nested in inner:  # a test in a test: both have to pass
        _add_case(nested, tally, stamps, edition)


def _may_fail(part: Element, edition: int) -> bool:
    """Return whether a part of a test says that its failure does not count, nor its success."""
    is_todo = part.get("type") == TODO and kind_of(part.tag) == "skipped"
    return part.get("message") == MAY_FAIL or (is_todo and edition > FOURTH_EDITION)


def _parts(case: Element) -> tuple[list[Element], list[Element]]:
    """Return all elements in a test case but those in further cases, and these cases."""
    parts: list[Element] = []
    inner: list[Element] = []
    for child in case:
        if kind_of(child.tag) == CASE:
            inner.append(child)
            continue
        parts.append(child)
        if len(child):
            further, deeper = _parts(child)
            parts += further
            inner += deeper
    return parts, inner


def _outcome(case: Element, kinds: set[str]) -> tuple[str, str]:
    """Return `error`, `failure`, `skipped` or "" by all that a test case says, the worst first.

    The second is the word that says so, where only a word does.
    """
    if not kinds and OF_OUTCOME.isdisjoint(case.attrib):
        return "", ""
    words = words_of(case)
    # A word that no dialect in use has for a success is none.
    bad = words - GOOD - IDLE
    if "error" in kinds or is_set(case, ("errors", *ERRED)):
        return "error", ""
    if "failure" in kinds or is_set(case, ("failures", *FAILED)):
        return "failure", ""
    if bad or any(flag(case, key) in NO for key in PASSED):
        return "failure", min(bad, default="")
    idle = (
        "skipped" in kinds
        or words & IDLE
        or any(flag(case, key) in NO for key in RAN)
        or any(flag(case, key) in YES for key in DID_NOT_RUN)
    )
    return ("skipped" if idle else ""), ""


def _name_of(suite: Element) -> str:
    return identifier(suite.get("name", "") or suite.get("package", "")) or _ANYWAY


def _add_header(element: Element, tally: Tally, edition: int) -> None:
    """Add what a header says beyond the test cases, where it is worse than they are.

    How many tests there are it need not agree in: pytest counts subtests, Catch2 assertions,
    Surefire attempts, node:test what stands directly in a suite. More tests than cases prove
    nothing, and count nothing.
    """
    failures = max(_number(element, "failures"), *(_count(element, key) for key in FAILED))
    errors = max(_number(element, "errors"), *(_count(element, key) for key in ERRED))
    if not failures and _is_called_failed(element, tally):
        failures = 1
    claims = claims_of(element, tally.successes) if edition > FOURTH_EDITION else HeaderClaims()
    failures, errors = max(failures, claims.failures), max(errors, claims.errors)
    stated = failure_of_suite(element, tally.successes) if edition > SIXTH_EDITION else ""
    failures = max(failures, int(stated != ""))
    hidden = failures + errors - max(tally.attempts, tally.failed + tally.errors)
    if hidden > 0:
        failed = min(hidden, failures)
        name = f"{_name_of(element)} ({stated or 'header'})"
        tally.add_failures(name, failed, hidden - failed)
    unlisted = max(0, _number(element, "tests") - tally.total)
    idle = max(claims.idle, *(_number(element, key) for key in DID_NOT_RUN)) - tally.skipped
    if idle > 0:
        pending = min(idle, unlisted)  # Mocha lists none of them
        tally.total += pending
        tally.skipped += pending
        idle -= pending
    if claims.all_idle or any(flag(element, key) in _NOT_A_COUNT for key in RAN):
        idle = tally.successes
    tally.skipped += min(max(idle, _surplus(element)), tally.successes)


def _is_called_failed(element: Element, tally: Tally) -> bool:
    """Return whether a header has a word that no dialect has for a success, or says no to one."""
    if words_of(element) - GOOD - IDLE:
        return True
    values = {flag(element, key) for key in PASSED}
    return not values.isdisjoint(_NOT_A_COUNT) or ("0" in values and tally.successes > 0)


def _count(element: Element, key: str) -> int:
    """Return how many a header counts under a less usual name; a word but no counts as one."""
    written = flag(element, key)
    if written.isascii() and written.isdigit():
        return min(int(written.lstrip("0")[:12] or "0"), _MOST)
    return int(bool(written) and written not in NO)


def _surplus(suite: Element) -> int:
    """Return how many cases are listed as if they had run, though the header does not count them.

    jest-junit writes what is still to be written (`test.todo`) as a case that took no time.
    """
    cases = [child for child in suite if kind_of(child.tag) == CASE]
    count = len(cases) - _number(suite, "tests") if suite.get("tests") else 0
    timeless = [case for case in cases if not len(case) and case.get("time", "0") == "0"]
    return min(max(0, count), len(timeless))


def _number(element: Element, counter: str) -> int:
    written = (element.get(counter) or "").strip()
    if not written:
        return 0
    if not written.isascii() or not written.isdigit():
        raise HeaderError(
            Text(
                f"Its header has no proper number of {counter}.",
                f"报告头部的 {counter} 不是有效数字。",
            )
        )
    return min(int(written.lstrip("0")[:12] or "0"), _MOST)


_MOST: Final = 1_000_000
