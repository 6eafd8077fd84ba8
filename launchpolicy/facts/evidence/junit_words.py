"""The words by which dialects of JUnit say how a test ended (threat E9).

What is in none of the tables counts as the worse: an element whose name speaks of a failure is one,
and so is a verdict that no dialect in use has for a success.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

CASE: Final = "testcase"
ERRORS: Final = frozenset({"error", "rerunerror"})
FAILURES: Final = frozenset({"failure", "rerunfailure", "warning"})
"""PHPUnit's `warning` ends its run with an exit code of failure."""

_FLAKY: Final = frozenset({"flakyfailure", "flakyerror"})
_NOT_RUN: Final = frozenset({"skipped", "disabled", "ignored", "notrun", "expectedfailure"})
_OF_FAILURE: Final = (
    *("fail", "error", "crash", "abort", "timeout", "timedout", "exception", "fatal", "broken"),
    "panic",
)
MAY_FAIL: Final = "TEST_CASE tagged with !mayfail"
"""Catch2's reason of a `skipped`; the failure beside it does not fail its run."""

TODO: Final = "todo"
"""The type of node:test's `skipped` for a test that is still to be fixed; its run passes."""

VERDICTS: Final = ("status", "result", "outcome", "state", "verdict", "conclusion")
GOOD: Final = frozenset(
    {
        *("", "run", "completed", "passed", "pass", "success", "successful", "succeeded", "ok"),
        *("done", "executed", "finished", "fixed", "flaky", "true", "complete", "passing"),
    }
)
IDLE: Final = frozenset(
    {
        *("skipped", "skip", "notrun", "disabled", "suppressed", "ignored", "ignore", "pending"),
        *("todo", "inconclusive", "filtered", "notrunnable", "notexecuted", "xfail", "xfailed"),
        *("inapplicable", "untested", "notapplicable", "excluded", "deselected", "assumption"),
    }
)
RAN: Final = ("executed", "run", "enabled", "ran")
DID_NOT_RUN: Final = ("skipped", "disabled", "ignored", "notrun", "pending")
PASSED: Final = ("success", "passed", "succeeded", "successful", "ok", "pass")
FAILED: Final = (
    *("failed", "failure", "fail", "aborted", "crashed", "crashes", "broken", "unsuccessful"),
    *("timeouts", "timedout", "fatal"),
)
ERRED: Final = ("error", "errored", "erred")
NO: Final = frozenset({"false", "no", "0", "n"})
YES: Final = frozenset({"true", "yes", "1", "y"})

OF_OUTCOME: Final = frozenset(
    {*VERDICTS, *RAN, *DID_NOT_RUN, *PASSED, *FAILED, *ERRED, "failures", "errors"}
)
"""The attributes of a test case that can say how it ended."""

_MEANINGFUL_BESIDES_NAME: Final = OF_OUTCOME | {"tests", "timestamp"}
_MEANINGFUL: Final = _MEANINGFUL_BESIDES_NAME | {"name"}


@lru_cache(256)
def kind_of(tag: str) -> str:
    """Return what an element is: `testcase`, `error`, `failure`, `flaky`, `skipped`, or ""."""
    name = tag.rpartition("}")[2].lower()
    plain = "".join(filter(str.isalnum, name))
    if plain in _NOT_RUN:
        return "skipped"
    if plain in _FLAKY:
        return "flaky"
    if name == CASE:
        return CASE
    if plain in ERRORS:
        return "error"
    is_failure = plain in FAILURES or any(part in plain for part in _OF_FAILURE)
    return "failure" if is_failure else ""


def rename_attributes(root: Element) -> str:
    """Give every attribute that can be part of a verdict its usual name, in small letters.

    Returns:
        the name of an attribute that an element has twice, in other letters or another namespace,
        so that readers would disagree; "" where there is none.
    """
    usual: dict[str, str] = {}
    for element in root.iter():
        for key in tuple(element.attrib):
            name = usual.get(key)
            if name is None:
                local = key.rpartition("}")[2].lower()
                name = usual[key] = local if local in _MEANINGFUL else key
            if name == key:
                continue
            if name in element.attrib:
                return name
            element.attrib[name] = element.attrib.pop(key)
    return ""


def says_nothing(element: Element) -> bool:
    """Return whether an element has no part, and no attribute of a header or of a test."""
    return not len(element) and _MEANINGFUL_BESIDES_NAME.isdisjoint(element.attrib)


def words_of(element: Element) -> set[str]:
    """Return the words for an outcome in the attributes of an element, letters and digits only."""
    return {
        "".join(filter(str.isalnum, written.lower()))
        for key in VERDICTS
        if (written := element.get(key))
    }


def flag(element: Element, key: str) -> str:
    """Return the value of an attribute, in small letters."""
    return element.get(key, "").strip().lower()


def is_set(element: Element, keys: tuple[str, ...]) -> bool:
    """Return whether any of the attributes says more than no: `true`, a number, a reason."""
    return any(flag(element, key) not in {"", *NO} for key in keys)
