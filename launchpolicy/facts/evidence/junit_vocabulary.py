"""One list of words for how a test ended, wherever a report has them (threat E9, edition 5).

A word means the same as a status, as the name of an element, of an attribute, of a counter in a
header and of a property, in the singular or plural, in camelCase, with hyphens or run together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal

from launchpolicy.facts.evidence.junit_words import (
    DID_NOT_RUN,
    ERRED,
    FAILED,
    GOOD,
    IDLE,
    NO,
    PASSED,
    RAN,
    VERDICTS,
    YES,
)

Sense = Literal["", "verdict", "good", "ran", "ended", "exit", "idle", "failure", "error"]
"""What a name is about; "" is none of these."""

_BAD: Final = (
    *("abort", "cancelled", "canceled", "cancellation", "interrupted", "interruption", "killed"),
    *("terminated", "blocked", "incomplete", "undefined", "unexpectedsuccess", "unexpectedpass"),
    *("xpass", "xpassed", "unfinished", "unresolved", "unstable", "unknown", "invalid", "rejected"),
    *("crash", "exception", "panic", "panicked", "notpassed", "notok", "nok", "ko", "bad", "hung"),
    *("fault", "violation", "mismatch", "assertionfailure", "failing", "unpassed", "bailout"),
    *("bailedout", "truncated", "失败数", "错误数"),
    *("stopped", "unexpectedsuccesses", "unexpectedpasses", "失败", "未通过", "不通过", "错误"),
    *("异常", "中断", "中止", "取消", "阻塞"),
)
_IDLE: Final = (
    *("notstarted", "unexecuted", "didnotrun", "neverrun", "unrun", "nottested", "expectedfailure"),
    *("notran", "dryrun", "跳过", "未执行", "未运行", "忽略", "待执行"),
)
_WAITING: Final = frozenset({"queued", "scheduled"})
"""Idle as a status; as the name of an attribute they say when, or how long."""

_GOOD_IN_CHINESE: Final = frozenset({"通过", "已通过", "成功", "合格", "正常", "是"})
_NO_IN_CHINESE: Final = ("否", "无", "没有", "零")
_SENSES: Final[dict[str, Sense]] = {
    **dict.fromkeys((*IDLE, *DID_NOT_RUN, *_IDLE), "idle"),
    **dict.fromkeys((*FAILED, *_BAD), "failure"),
    **dict.fromkeys((*ERRED, "errors"), "error"),
    **dict.fromkeys(("complete", "completed", "finished", "done"), "ended"),
    **dict.fromkeys((*PASSED, "passing"), "good"),
    **dict.fromkeys(RAN, "ran"),
    **dict.fromkeys(("exitcode", "exitstatus", "returncode", "retcode", "errorcode"), "exit"),
    **dict.fromkeys(("signal", "exitsignal"), "exit"),
    **dict.fromkeys((*VERDICTS, "状态", "结果"), "verdict"),
}
_LONGEST: Final = 60
_BEFORE: Final = (
    *("", "is", "was", "has", "did", "num", "numof", "number", "numberof", "nb", "nbof", "total"),
    *("count", "countof", "overall", "final", "special", "all"),
)
_OF_WHAT: Final = (
    *("", "test", "tests", "suite", "testsuite", "run", "testrun", "execution", "testexecution"),
    *("case", "testcase", "cases", "testcases"),
)
_COUNTED: Final = (
    *("", "test", "tests", "case", "cases", "testcases", "count", "number", "total"),
    *("testcount", "testscount", "casecount", "testcasecount"),
)
_REASONS: Final = ("reason", "message", "text", "type", "details")
"""What stands before and behind a word in the names of counters and flags: `numFailedTests`."""

_TICKS: Final = str.maketrans("", "", "✓✔✅☑🟢\ufe0f")
_BETWEEN: Final = str.maketrans("", "", "-_./:,;!()[]'\"")
_ABSENT: Final = frozenset(
    {"", *NO, *_NO_IN_CHINESE, "none", "null", "nil", "undefined", "n/a", "na", "-", "off", "[]"}
)
_ZERO: Final = re.compile(r"[+-]?0*[.,]?0*\s*%?")
_NUMBER: Final = re.compile(r"\+?(?P<number>\d{1,12}(?:[.,]\d{1,12})?)")


@lru_cache(1024)
def sense_of(name: str) -> Sense:
    """Return what the name of an element, an attribute or a property is about."""
    word = "".join(filter(str.isalnum, name.rpartition("}")[2].lower()))
    sense = _SENSES.get(word, "")
    if sense or not word or len(word) > _LONGEST:
        return sense
    for start in _cut(word, _BEFORE, str.removeprefix):
        for inner in _cut(start, _OF_WHAT, str.removeprefix):
            if sense := _in_singular(inner):
                return sense
            for core in _cut(inner, _COUNTED, str.removesuffix):
                if (sense := _in_singular(core)) not in {"", "verdict", "exit"}:
                    return sense
            for core in _cut(inner, _REASONS, str.removesuffix):
                if (sense := _in_singular(core)) in {"idle", "failure", "error"}:
                    return sense
    return ""


def _cut(word: str, parts: tuple[str, ...], cut: Callable[[str, str], str]) -> list[str]:
    """Return a word without each of the parts that it has on one side."""
    return [rest for part in parts if (rest := cut(word, part)) and (rest != word or not part)]


def _in_singular(word: str) -> Sense:
    """Return the sense of a word, also in the plural; a status is one only in the singular."""
    if sense := _SENSES.get(word, ""):
        return sense
    for end in ("s", "es"):
        sense = _SENSES.get(word.removesuffix(end), "")
        if sense not in {"", "verdict"}:
            return sense
    return ""


@lru_cache(1024)
def sense_of_status(written: str) -> Sense:
    """Return `good`, `idle` or `failure` for the value of a status, "" where it is left empty.

    What no runner in use has for a success is a failure: also a sign, and a word with a character
    in it that does not show.
    """
    spaceless = "".join(written.lower().split())
    if not spaceless:
        return ""
    word = spaceless.translate(_BETWEEN).translate(_TICKS)
    if not word:
        return "good" if spaceless.translate(_TICKS) == "" else "failure"
    if word in GOOD or word in _GOOD_IN_CHINESE:
        return "good"
    return "idle" if word in _WAITING or _SENSES.get(word) == "idle" else "failure"


def is_bad_word(written: str) -> bool:
    """Return whether a text is a word for a failure, which many texts are not."""
    return sense_of(written) in {"failure", "error"} and sense_of_status(written) == "failure"


def is_idle_word(written: str) -> bool:
    """Return whether a text is a word for what did not run."""
    return sense_of_status(written) == "idle"


def says_yes(written: str) -> bool:
    """Return whether a flag is set: to `true`, a number, a reason, anything but a no."""
    value = written.strip().lower()
    return value not in _ABSENT and _ZERO.fullmatch(value) is None


def is_good_word(written: str) -> bool:
    """Return whether a text is a word, or a sign, for success."""
    return written.strip() != "" and sense_of_status(written) == "good"


def affirms(written: str) -> bool:
    """Return whether a flag of success is set: to a yes, a word of success or a number."""
    value = written.strip().lower()
    number = _NUMBER.match(value)
    if number is not None:
        return float(number["number"].replace(",", ".")) > 0
    return value in YES or sense_of_status(value) == "good"


def denies(written: str) -> bool:
    """Return whether a flag says that something was not done: a no, none, or a word for that."""
    value = written.strip().lower()
    if not value or is_good_word(value):
        return False
    has_letters = any(map(str.isalnum, value))
    return not says_yes(value) or not has_letters or is_bad_word(value) or is_idle_word(value)


def count_of(written: str) -> int | None:
    """Return the number that a counter states, None where it states none; at most a million."""
    value = written.strip()
    if not value.isascii() or not value.isdigit():
        return None
    return min(int(value.lstrip("0")[:12] or "0"), 1_000_000)
