"""The test cases of a JUnit report, counted in every dialect in use (threats E7, E9).

Only a test case that ran and that nothing speaks against is a passed test. What a header says can
make the result worse, never better. The guide on evidence has the table of dialects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.xml import local_name
from launchpolicy.vocabulary.placeholders import is_placeholder
from launchpolicy.vocabulary.text import Text

_CASE: Final = "testcase"
_ERRORS: Final = frozenset({"error", "rerunerror"})
_FAILURES: Final = frozenset({"failure", "rerunfailure", "warning"})
"""PHPUnit's `warning` ends its run with an exit code of failure."""

_ATTEMPTS: Final = _ERRORS | _FAILURES | {"flakyfailure", "flakyerror"}
_MAY_FAIL: Final = "TEST_CASE tagged with !mayfail"
"""Catch2's reason of a `skipped`; the failure beside it does not fail its run."""

_NOT_RUN: Final = frozenset({"skipped", "disabled", "ignored", "notrun"})
_VERDICTS: Final = ("status", "result", "outcome", "state")
_GOOD: Final = frozenset(
    {
        *("", "run", "completed", "passed", "pass", "success", "successful", "succeeded", "ok"),
        *("done", "executed", "finished", "fixed", "flaky", "true"),
    }
)
_BAD: Final = frozenset({"failed", "fail", "failure", "error", "errored", "aborted", "timedout"})
_IDLE: Final = frozenset(
    {
        *("skipped", "skip", "notrun", "disabled", "suppressed", "ignored", "ignore", "pending"),
        *("todo", "inconclusive", "filtered", "notrunnable", "notexecuted", "xfail", "xfailed"),
        *("inapplicable", "untested", "notapplicable", "excluded", "deselected", "assumption"),
    }
)
_RAN: Final = ("executed", "run", "enabled", "ran")
_DID_NOT_RUN: Final = ("skipped", "disabled", "ignored", "notrun", "pending")
_NO: Final = frozenset({"false", "no", "0", "n"})
_YES: Final = frozenset({"true", "yes", "1", "y"})
_ANYWAY: Final = "?"


@dataclass
class Tally:
    """What the test cases below one element come to.

    `unnamed` ran under a name that says nothing, `failures` are names of tests. `attempts` is how
    often a test failed, also where it failed several times, or passed in the end.
    """

    total: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    unnamed: int = 0
    attempts: int = 0
    failures: list[str] = field(default_factory=list)

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
        self.failures += other.failures


class HeaderError(Exception):
    """A header whose number is none; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def tally_of(element: Element) -> Tally:
    """Return what all test cases below an element come to, wherever they stand.

    A failure or an error outside of a test case counts as a test that failed.

    Raises:
        HeaderError: a header has a number that is none.
    """
    tally = Tally()
    for child in element:
        name = local_name(child).lower()
        if name == _CASE:
            tally.add(_case(child))
        elif name in _ERRORS | _FAILURES:
            tally.add(_stray(element, is_error=name in _ERRORS))
        else:
            tally.add(tally_of(child))
    _add_header(element, tally)
    return tally


def _case(case: Element) -> Tally:
    parts, inner = _parts(case)
    kinds = {local_name(part).lower() for part in parts}
    may_fail = any(part.get("message") == _MAY_FAIL for part in parts)
    outcome, reason = ("skipped", "") if may_fail else _outcome(case, kinds)
    full = ".".join(filter(None, (case.get("classname", ""), case.get("name", ""))))
    name = (identifier(full) or _ANYWAY) + (f" ({identifier(reason)})" if reason else "")
    tally = Tally(
        1,
        failed=int(outcome == "failure"),
        errors=int(outcome == "error"),
        skipped=int(outcome == "skipped"),
        unnamed=int(not outcome and is_placeholder(case.get("name", ""))),
        attempts=sum(local_name(part).lower() in _ATTEMPTS for part in parts),
        failures=[name] if outcome in {"error", "failure"} else [],
    )
    for nested in inner:  # a test in a test: both have to pass
        tally.add(_case(nested))
    return tally


def _parts(case: Element) -> tuple[list[Element], list[Element]]:
    """Return all elements in a test case but those in further cases, and these cases."""
    parts: list[Element] = []
    inner: list[Element] = []
    for child in case:
        if local_name(child).lower() == _CASE:
            inner.append(child)
        else:
            further, deeper = _parts(child)
            parts += [child, *further]
            inner += deeper
    return parts, inner


def _outcome(case: Element, kinds: set[str]) -> tuple[str, str]:
    """Return `error`, `failure`, `skipped` or "" by all that a test case says, the worst first.

    The second is the word that says so, where only a word does.
    """
    words = _words(case)
    # A word that no dialect in use has for a success is none.
    bad = words - _GOOD - _IDLE
    if kinds & _ERRORS or _has_count(case, "errors"):
        return "error", ""
    if kinds & _FAILURES or _has_count(case, "failures"):
        return "failure", ""
    if bad or _flag(case, "success") in _NO:
        return "failure", min(bad, default="")
    idle = (
        kinds & _NOT_RUN
        or words & _IDLE
        or any(_flag(case, key) in _NO for key in _RAN)
        or any(_flag(case, key) in _YES for key in _DID_NOT_RUN)
    )
    return ("skipped" if idle else ""), ""


def _words(element: Element) -> set[str]:
    """Return the words for an outcome in the attributes of an element, letters and digits only."""
    return {"".join(filter(str.isalnum, element.get(key, "").lower())) for key in _VERDICTS}


def _flag(case: Element, key: str) -> str:
    return case.get(key, "").strip().lower()


def _has_count(case: Element, key: str) -> bool:
    return case.get(key, "").strip() not in {"", "0"}


def _stray(suite: Element, *, is_error: bool) -> Tally:
    """Return an error that a runner wrote beside the test cases, as where a suite did not load."""
    name = identifier(suite.get("name", "")) or _ANYWAY
    return Tally(1, int(not is_error), int(is_error), attempts=1, failures=[name])


def _add_header(element: Element, tally: Tally) -> None:
    """Add what a header says beyond the test cases, where it is worse than they are.

    How many tests there are it need not agree in: pytest counts subtests, Catch2 assertions,
    Surefire attempts, node:test what stands directly in a suite. More tests than cases prove
    nothing, and count nothing.
    """
    failures, errors = _number(element, "failures"), _number(element, "errors")
    if not failures and (_words(element) & _BAD or _flag(element, "success") in _NO):
        failures = 1
    hidden = failures + errors - max(tally.attempts, tally.failed + tally.errors)
    if hidden > 0:
        failed = min(hidden, failures)
        name = f"{identifier(element.get('name', '')) or _ANYWAY} (header)"
        tally.add(Tally(hidden, failed, hidden - failed, attempts=hidden, failures=[name]))
    unlisted = max(0, _number(element, "tests") - tally.total)
    idle = max(_number(element, key) for key in _DID_NOT_RUN) - tally.skipped
    if idle > 0:
        tally.add(Tally(min(idle, unlisted), skipped=min(idle, unlisted)))  # Mocha lists no pending
        idle -= min(idle, unlisted)
    tally.skipped += min(max(idle, _surplus(element)), tally.successes)


def _surplus(suite: Element) -> int:
    """Return how many cases are listed as if they had run, though the header does not count them.

    jest-junit writes what is still to be written (`test.todo`) as a case that took no time.
    """
    cases = [child for child in suite if local_name(child).lower() == _CASE]
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
    return min(int(written[:12]), _MOST)


_MOST: Final = 1_000_000
