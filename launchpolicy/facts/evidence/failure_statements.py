"""Whether a name and its value say that a run failed, in whatever report (threat E9, edition 7).

A report can say so beside its tests: as a count of failed assertions, a rate, a flag, or a
conclusion in words, in English or Chinese. Limits, settings and links say nothing.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, Literal

from launchpolicy.facts.evidence.failure_phrases import concludes_failure, is_word_of_failure
from launchpolicy.facts.evidence.junit_vocabulary import count_of
from launchpolicy.facts.evidence.junit_words import NO, YES
from launchpolicy.vocabulary.late_pattern import LatePattern

Subject = Literal["", "failures", "success", "verdict", "note"]
"""What a name is about: failures, as a count or a flag; success; a conclusion; a remark."""

_FAILURES: Final = frozenset(
    {
        *("failed", "failure", "failures", "fail", "fails", "failing", "error", "errors"),
        *("errored", "broken", "crash", "crashes", "crashed", "aborted", "timeouts"),
        *("unsuccessful", "unpassed", "segfault", "segfaults", "rejected"),
    }
)
_SUCCESSES: Final = frozenset(
    {
        *("passed", "pass", "passes", "passing", "success", "successes", "successful"),
        *("succeeded", "accepted", "approved", "ok", "green"),
    }
)
_COUNTED: Final = frozenset(
    {
        *("test", "tests", "case", "cases", "testcase", "testcases", "suite", "suites", "run"),
        *("runs", "total", "number", "num", "nb", "of", "count", "counts", "rate", "ratio"),
        *("percent", "percentage", "pct", "overall", "final", "was", "is", "has", "all", "sum"),
    }
)
_PARTS: Final = frozenset(
    {
        *("assertion", "assertions", "step", "steps", "check", "checks", "expectation"),
        *("expectations", "scenario", "scenarios", "spec", "specs", "feature", "features"),
        *("iteration", "iterations", "request", "requests", "example", "examples", "subtest"),
        *("subtests", "verification", "verifications", "validation", "validations", "hook"),
        *("hooks", "fixture", "fixtures", "setup", "teardown", "soft", "hard", "uncaught"),
        *("unhandled", "unexpected", "fatal", "any", "sample", "samples"),
    }
)
_VERDICTS: Final = frozenset(
    {
        *("result", "results", "status", "outcome", "verdict", "conclusion", "state", "gate"),
        *("summary", "overall", "decision", "evaluation", "judgement", "judgment", "signoff"),
        *("assessment", "grade"),
    }
)
_OF_A_VERDICT: Final = frozenset({"code", "text", "word", "value", "string", "label"})
_QUALIFIERS: Final = _COUNTED | {
    *("build", "ci", "job", "pipeline", "stage", "quality", "execution", "session", "global"),
    *("jenkins", "gitlab", "report", "the", "acceptance", "regression", "smoke"),
    *("functional", "performance", "integration", "system", "review", "uat", "qa", "sign"),
    *("verification", "validation", "policy", "scan", "check", "attestation"),
}
_NOTES: Final = frozenset({"comment", "comments", "note", "notes", "remark", "remarks"})
_LONGEST: Final = 60
_CAMEL: Final = LatePattern(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD: Final = LatePattern(r"[a-z]+")
_IDEOGRAPH: Final = LatePattern(r"[\u4e00-\u9fff]")
_NUMBER: Final = LatePattern(r"\+?(\d{1,12}(?:[.,]\d{1,12})?)\s*(?:%|[项个条例次])?")

_CHINESE_VERDICT: Final = LatePattern(
    r"(?!预期|期望|预计|上次|上轮|首轮|首次|初测|前次|历史|原)"
    r".{0,12}(?:结论|结果|状态|判定|评定|评价|总评|总结|意见|結論|結果|狀態|状態)"
)
_CHINESE_FLAG: Final = LatePattern(
    r"(?:是否)?(?:已|测试|验收|评审)?(?:通过|合格|成功|达标)|.{0,6}是否(?:通过|合格|成功|达标)"
    r"|(?:通过|合格|成功)(?:用例|测试)?(?:数量?|总数|个数|率)"
)
_CHINESE_COUNT: Final = LatePattern(
    r"(?:总|累计)?(?:用例|测试|断言|步骤|检查|场景)?(?:是否)?(?:失败|未通过|不通过|错误|不合格)的?"
    r"(?:用例|测试|断言|步骤|检查点?|场景|项目?|条目)?(?:数量|个数|总数|数|率|比例|占比)?"
    r"|异常(?:数量|个数|总数|数)"
)
_CHINESE_NOTES: Final = frozenset({"备注", "说明", "附注", "测试说明", "测试备注"})
_YES_IN_CHINESE: Final = frozenset({"是", "有"})
_NO_IN_CHINESE: Final = frozenset({"否", "不", "未", "没有", "无", "不是"})


def states_failure(name: str, value: str, *, has_successes: bool = True) -> bool:
    """Return whether a value under this name says that what it stands at failed.

    Args:
        name: of an attribute, an element, a property or a key.
        value: as it is written.
        has_successes: whether anything passed there, so that no success at all is a contradiction.
    """
    subject = subject_of(name)
    if not subject:
        return False
    written = unicodedata.normalize("NFKC", value).strip()
    if subject == "verdict":
        return concludes_failure(written)
    if subject == "note":
        return is_word_of_failure(written)
    number = _number_in(written)
    if number is not None:
        return number > 0 if subject == "failures" else has_successes and number <= 0
    if subject == "success":
        return _is_denied(written)
    is_yes = written.lower() in YES or written in _YES_IN_CHINESE
    return is_yes or is_word_of_failure(written)


def _is_denied(written: str) -> bool:
    """Return whether a flag of success is set to a no, or to a word for a failure."""
    return written.lower() in NO or written in _NO_IN_CHINESE or is_word_of_failure(written)


def _number_in(written: str) -> float | None:
    count = count_of(written)
    if count is not None:
        return count
    match = _NUMBER.fullmatch(written)
    return None if match is None else float(match[1].replace(",", "."))


@lru_cache(1024)
def subject_of(name: str) -> Subject:
    """Return what a name is about, by the words of which it is made; "" is something else."""
    plain = unicodedata.normalize("NFKC", name.rpartition("}")[2])
    if len(plain) > _LONGEST:
        return ""
    if _IDEOGRAPH.search(plain):
        return _subject_in_chinese("".join(filter(str.isalnum, plain)))
    words = _WORD.findall(_CAMEL.sub(" ", plain).lower())
    return _subject_of_words(words) if words else ""


def _subject_of_words(words: list[str]) -> Subject:
    every = set(words)
    if every & _FAILURES and every <= _FAILURES | _COUNTED | _PARTS:
        return "failures"
    if every & _SUCCESSES and every <= _SUCCESSES | _COUNTED:
        return "success"
    if len(words) > 1 and words[-1] in _OF_A_VERDICT:
        words = words[:-1]
    if words[-1] in _VERDICTS and set(words[:-1]) <= _QUALIFIERS | _VERDICTS:
        return "verdict"
    is_sign_off = words[-2:] == ["sign", "off"] and set(words[:-2]) <= _QUALIFIERS
    if is_sign_off:
        return "verdict"
    return "note" if len(words) == 1 and words[0] in _NOTES else ""


def _subject_in_chinese(name: str) -> Subject:
    if _CHINESE_COUNT.fullmatch(name):
        return "failures"
    if _CHINESE_FLAG.fullmatch(name):
        return "success"
    if name in _CHINESE_NOTES:
        return "note"
    return "verdict" if _CHINESE_VERDICT.fullmatch(name) else ""


def is_of_a_test(name: str) -> bool:
    """Return whether a name says by itself that it is about a test, not about what is tested."""
    subject = subject_of(name)
    plain = unicodedata.normalize("NFKC", name)
    words = set(_WORD.findall(_CAMEL.sub(" ", plain).lower()))
    if _IDEOGRAPH.search(plain):
        return subject == "verdict" and ("测试" in plain or "结论" in plain or "执行" in plain)
    is_named = bool(words & {"test", "tests", "testcase", "case"})
    return subject == "verdict" and (is_named or bool(words & {"verdict", "conclusion"}))
