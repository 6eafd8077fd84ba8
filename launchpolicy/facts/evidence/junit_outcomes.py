"""What a test case or a suite says of itself beyond the first words (threat E9, edition 5).

It can make an outcome worse, never better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.junit_vocabulary import (
    affirms,
    count_of,
    denies,
    is_bad_word,
    is_good_word,
    is_idle_word,
    says_yes,
    sense_of,
    sense_of_status,
)
from launchpolicy.facts.evidence.junit_words import GOOD, YES, kind_of
from launchpolicy.facts.evidence.xml import local_name
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.placeholders import shows_nothing

NOT_ENDED: Final = "\0"
"""In place of a word: the run was broken off in this test."""

_ORDER: Final = ("error", "failure", "skipped", "")
_DRY_RUN: Final = "dryrun"
"""The property of Ginkgo for a run in which nothing ran."""

_REASONS: Final = ("reason", "message")
_OF_A_REASON: Final = frozenset({"message", "type", "reason"})
_LONGEST_WORD: Final = 40
_SILENT: Final = frozenset(
    {
        *("property", "properties", "systemout", "systemerr", "stdout", "stderr", "output"),
        *("out", "console", "log", "trace", "stacktrace", "attachment", "artifact", "file"),
        *("screenshot", "video", "step", "tag", "label", "category", "categories"),
        *("metadata", "meta", "description", "documentation", "comment", "note", "info"),
        *("message", "detail", "data", "context", "parameter", "argument", "environment"),
        *("link", "url", "location", "source", "requirement", "issue", "testrail"),
        *("testcaseid", "id", "name", "group", "owner", "author", "feature", "measurement"),
        *("metric", "benchmark", "performance", "duration", "time", "assertion", "child"),
        *("children", "testcase", "subtest", "hook", "history", "retry", "retries"),
        *("attempt", "rerun", "flaky", "result", "summary", "annotation", "weblink", "trait"),
        *("image", "expected", "actual", "reason", "warnings", "failures", "errors"),
    }
)
"""Elements that tools write also where they are empty, and that say nothing of the outcome."""


class CaseOutcome(NamedTuple):
    """`error`, `failure`, `skipped` or "", and the word that says so, where only a word does."""

    kind: str
    word: str = ""


class HeaderClaims(NamedTuple):
    """What a header claims: how many failures, errors and tests that did not run.

    `all_idle` is whether it says of everything below it that it did not run.
    """

    failures: int = 0
    errors: int = 0
    idle: int = 0
    all_idle: bool = False


def worse_outcome(one: CaseOutcome, other: CaseOutcome) -> CaseOutcome:
    """Return the worse of two outcomes, the first where they are alike."""
    return min(one, other, key=lambda outcome: _ORDER.index(outcome.kind))


def further_outcome(case: Element, parts: Sequence[Element]) -> CaseOutcome:
    """Return how a test case ended by its attributes, and by the elements in it.

    Args:
        case: the test case.
        parts: all elements in it but those of further cases.
    """
    name = case.get("name")
    has_no_name = name is None and case.get("classname") is None
    is_anonymous = has_no_name or (bool(name) and shows_nothing(name or ""))
    outcome = CaseOutcome("failure", NOT_ENDED) if is_anonymous else CaseOutcome("")
    for key, value in case.attrib.items():
        if (sense := sense_of(key)) and (one := _of_flag(sense, value)).kind:
            outcome = worse_outcome(one, outcome)
    for part in parts:
        if (one := _of_part(part)).kind:
            outcome = worse_outcome(one, outcome)
    if len(case):
        for part in case:
            if _is_unknown_mark(part):
                outcome = worse_outcome(CaseOutcome("failure", local_name(part)), outcome)
    return outcome


def _of_flag(sense: str, value: str) -> CaseOutcome:
    """Return what an attribute says of a test."""
    kind = word = ""
    if sense == "verdict":
        status = sense_of_status(value)
        kind = {"idle": "skipped", "failure": "failure"}.get(status, "")
        word = value if kind == "failure" else ""
    elif sense in {"failure", "error", "idle", "exit"} and _is_set(value):
        kind = {"idle": "skipped", "exit": "failure"}.get(sense, sense)
    elif (sense == "good" and not affirms(value)) or (sense == "ended" and denies(value)):
        kind = "failure"
    elif sense == "ran" and denies(value):
        kind = "skipped"
    return CaseOutcome(kind, word)


def _of_part(part: Element) -> CaseOutcome:
    """Return what an element in a test case says by its name, and by the word in it."""
    sense = sense_of(part.tag)
    text = (part.text or "").strip()[:_LONGEST_WORD]
    if sense in {"failure", "error", "idle"}:
        if text and not says_yes(text):  # <failed>false</failed>
            return CaseOutcome("")
        return CaseOutcome("skipped" if sense == "idle" else sense)
    if sense in {"good", "ran", "ended"} and text and denies(text):
        return CaseOutcome("skipped" if sense == "ran" else "failure")
    if sense == "verdict":
        is_sign = text != "" and not any(map(str.isalnum, text)) and not is_good_word(text)
        bad, idle = is_bad_word(text) or is_sign, is_idle_word(text)
        return CaseOutcome("failure", text) if bad else CaseOutcome("skipped" if idle else "")
    return CaseOutcome("")


def _is_unknown_mark(part: Element) -> bool:
    """Return whether an element is nothing but its name, as `<skip/>` is, and that is not known."""
    if len(part) or (part.text or "").strip() or not part.attrib.keys() <= _OF_A_REASON:
        return False
    name = _plain(local_name(part))
    is_known = kind_of(part.tag) or sense_of(part.tag) or name in GOOD
    return not is_known and _SILENT.isdisjoint({name, name.removesuffix("s")})


def says_something(element: Element) -> bool:
    """Return whether an attribute, or the name of an element, speaks of an outcome."""
    return any(map(sense_of, element.attrib))


def claims_of(element: Element, successes: int) -> HeaderClaims:
    """Return what a suite, or another element around tests, claims of them.

    Its properties count where they speak of a failure of the suite, as Ginkgo's do for a package
    that did not compile. What the tests themselves record as a property is theirs.

    Args:
        element: the suite.
        successes: how many tests below it passed.
    """
    failures = errors = idle = 0
    all_idle = False
    for key, value in element.attrib.items():
        sense = sense_of(key)
        if sense in {"failure", "error", "idle"}:
            count = count_of(value)
            stated = int(says_yes(value)) if count is None else count
            failures = max(failures, stated if sense == "failure" else 0)
            errors = max(errors, stated if sense == "error" else 0)
            idle = max(idle, stated if sense == "idle" else 0)
            all_idle = all_idle or (sense == "idle" and count is None and says_yes(value))
        elif sense == "good" and count_of(value) == 0:
            failures = max(failures, int(successes > 0))
        elif sense:
            kind = _of_flag(sense, value).kind
            failures = max(failures, int(kind == "failure"))
            all_idle = all_idle or (kind == "skipped" and sense != "verdict")
    for name, value in _properties(element):
        failures = max(failures, int(_speaks_of_failure(name, value)))
        all_idle = all_idle or (_plain(name) == _DRY_RUN and says_yes(value))
    for part in element:
        all_idle = all_idle or (not len(part) and sense_of(part.tag) == "idle")
        failures = max(failures, int(not len(part) and sense_of(part.tag) in {"failure", "error"}))
    return HeaderClaims(failures, errors, idle, all_idle)


def _speaks_of_failure(name: str, value: str) -> bool:
    if "." in name:  # of a system, such as `maven.test.failure.ignore`
        return False
    sense = sense_of(name)
    if sense in {"failure", "error", "exit"}:
        is_prose = count_of(value) is None and value.lower() not in YES
        if is_prose and not _plain(name).endswith(_REASONS):  # a link, a setting, a note
            return is_bad_word(value)
        return _is_set(value)
    return (sense == "verdict" and is_bad_word(value)) or (
        sense in {"good", "ended"} and denies(value)
    )


def _is_set(value: str) -> bool:
    """Return whether a flag of something bad is set: to a yes, and to no word of success."""
    return says_yes(value) and (value.strip().lower() in YES or not is_good_word(value))


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def _properties(element: Element) -> Iterator[tuple[str, str]]:
    for group in element:
        if local_name(group) == "properties":
            for part in group:
                yield part.get("name", ""), part.get("value", part.text or "").strip()
