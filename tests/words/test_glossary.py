"""Chinese texts use the words of the glossary, the punctuation of Chinese, and no ids as words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.words.chinese_texts import ChineseText, chinese_texts, without_code
from tests.words.glossary import IDS, PUNCTUATION, TERMS

NO_PROSE = (
    # Patterns that find placeholders, headings and figures in what people write.
    "launchpolicy/facts/decision_stances.py",
    "launchpolicy/facts/evidence/",
    "launchpolicy/facts/everyday_",
    "launchpolicy/facts/excuses.py",
    "launchpolicy/facts/further_",
    "launchpolicy/facts/general_words.py",
    "launchpolicy/facts/generic_words.py",
    "launchpolicy/facts/paper_origin.py",
    "launchpolicy/facts/remark_doubts.py",
    "launchpolicy/facts/stance",
    "launchpolicy/vocabulary/placeholder_words.py",
)


@pytest.fixture(scope="module")
def texts() -> Sequence[ChineseText]:
    return tuple(chinese_texts())


def _complaints(texts: Iterator[ChineseText]) -> list[str]:
    complaints: list[str] = []
    for place, text in texts:
        for pattern, instead in TERMS:
            complaints += [f"{place}: {hit[0]} → {instead}" for hit in pattern.finditer(text)]
        complaints += [f"{place}: {hit[0]} stands as a word" for hit in IDS.finditer(text)]
        for problem, pattern in PUNCTUATION:
            complaints += [
                f"{place}: {problem}: {_around(text, hit.start())}"
                for hit in pattern.finditer(text)
            ]
    return complaints


def _around(text: str, at: int) -> str:
    return text[max(0, at - 12) : at + 12].replace("\n", " ")


def test_chinese_texts_use_the_words_of_the_glossary(texts: Sequence[ChineseText]) -> None:
    complaints = _complaints(text for text in texts if not text.place.startswith(NO_PROSE))
    assert complaints[:50] == []


def test_every_source_of_texts_is_read(texts: Sequence[ChineseText]) -> None:
    kinds = (
        "policies/",
        "schemas/",
        "launchpolicy/cli/",
        "launchpolicy/papers/templates/",
        ".github/guides/",
        "README.zh-CN.md",
    )
    counts = {kind: sum(text.place.startswith(kind) for text in texts) for kind in kinds}
    assert {kind: count for kind, count in counts.items() if count < 10} == {}


@pytest.mark.parametrize(
    "text",
    [
        "切换前通知受影响部门。",
        "阶段 requested 的申请",
        "退出码:0 通过",
        "5分钟",
        "缺少GitHub 账号",
        "引用： `spec`",
        "是否想写 `spec`?",
        "由 product-lead 审批",
    ],
)
def test_a_text_that_breaks_a_rule_is_found(text: str) -> None:
    assert _complaints(iter([ChineseText("a text", without_code(text))])) != []


@pytest.mark.parametrize(
    "text",
    [
        "请切换到该分支。",
        "已通知暂停业务的影响部门。",
        "阶段为已申请（`requested`）。",
        "2026年11月3日 22:00—23:30",
        "例如 5 分钟",
    ],
)
def test_a_text_that_keeps_the_rules_is_let_pass(text: str) -> None:
    assert _complaints(iter([ChineseText("a text", without_code(text))])) == []
