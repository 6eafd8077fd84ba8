"""What counts as a text, and what only stands in the place of one."""

from __future__ import annotations

import pytest

from launchpolicy.facts.marked_places import marked_texts
from launchpolicy.facts.placeholders import kind_of_placeholder, placeholders
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.edition import (
    EDITION,
    FOURTH_EDITION,
    NINTH_EDITION,
    SEVENTH_EDITION,
    TENTH_EDITION,
)

SAY_SOMETHING = (
    "pg_restore",
    "重启",
    "表很小",
    "回退",
    "HTTP 200 OK",
    "okay 1.2",
    "可以回退到上一版本",
    "没有问题的订单数为 36",
    "vault-b/orders",
    "Run smoke tests.",
    "同意",
    "no data is stored",
    "无需备份：产品没有数据库",
    "待确认订单数为 0",
    "None of the tables changes.",
    "5xx",
    "\u043e\u0442\u043a\u0430\u0442",
    "5xx > 1 % for {window}",
    "errors < 5 and > 3",
    "p95 < 300ms",
    "test suite of checkout",
    "Replace ${VERSION} in the manifest",
    "\u03b1 = 0.05",
    "to be announced by the product office after the last channel is updated",
    "see ticket OPS-1182",
    "see the specification, section 3.2",
    "见需求文档第 3.2 节",
    "见《掌上结算需求规格说明书》",
    "查看文件",
    "file",
    "文档",
)


@pytest.mark.parametrize("text", SAY_SOMETHING)
def test_a_short_text_that_says_something_is_a_text(text: str) -> None:
    assert kind_of_placeholder(text) == ""


@pytest.mark.parametrize(
    "text",
    ["", " ", "。", "...", "——", "、、", "\u2800", "\u3164", "\u115f\uffa0", "\u200b", "\ufe0f",
     "\u00ad", "\U000e0041", "👍", "?!", "\u0301"],
)  # fmt: skip
def test_what_is_shown_as_nothing_is_blank(text: str) -> None:
    assert kind_of_placeholder(text) == "blank"
    assert kind_of_placeholder(text, is_relied=False) == "blank"


@pytest.mark.parametrize(
    "text",
    ["TBD", "tbd.", "T.B.D.", "ＴＢＤ",
     "T\u200bB\u200bD", "To be done", "to follow", "待定", "待 定",
     "【待补充】",
     "后补", "同上", "见上", "略", "TBD, later", "待定。后续补充", "TBD (next week)",
     "待定，下周补", "Same as above.", "unknown", "不详", "看情况", "会后答复。", "It depends."],
)  # fmt: skip
def test_a_text_that_is_put_off_is_no_text(text: str) -> None:
    assert kind_of_placeholder(text) == "later"
    assert kind_of_placeholder(text, is_relied=False) == "later"


@pytest.mark.parametrize(
    "text",
    ["x", "X.", "xxxx", "x x x", "1", "1111", "无", "无。", "暂无", "n/a", "N. A.", "none", "None.",
     "not applicable", "不适用", "-x-", "啊啊啊", "哈哈", "ababab", "asdf",
     "无/无", "a b c", "没有理由"],
)  # fmt: skip
def test_a_word_for_nothing_is_no_reason(text: str) -> None:
    assert kind_of_placeholder(text) == "nothing"
    assert kind_of_placeholder(text, is_relied=False) == ""


@pytest.mark.parametrize(
    "text",
    ["OK", "ok.", "O.K.", "fine", "Fine!", "All good.", "no problem", "LGTM 👍", "yes, OK", "可以",
     "没问题", "没有问题。", "好的，可以", "ＯＫ", "OK，没问题", "done"],
)  # fmt: skip
def test_bare_assent_is_no_conclusion_and_no_reason(text: str) -> None:
    assert kind_of_placeholder(text) == "nothing"
    assert kind_of_placeholder(text, is_relied=False) == ""


@pytest.mark.parametrize("text", ["同上", "见附件", "详见附件。", "See attachment.", "as above"])
def test_a_reference_to_elsewhere_is_no_conclusion_and_no_reason(text: str) -> None:
    assert kind_of_placeholder(text) == "later"


@pytest.mark.parametrize(
    "text",
    ["\u0422BD", "T\u0412D", "\u03a4\u0392D", "\u1d1b\u0299\u1d05", "\u0422\u041eD\u041e: later",
     "t\u043edo", "None yet.", "Lorem ipsum 1.", "Lorem ipsum dolor sit amet, consetetur.",
     "{{ summary }}", "{{ trigger }} 5", "${x}", "${SUMMARY} 10 %", "<fill in>",
     "<Your summary>: 3", "{summary}", "{% summary %}", "[[ summary ]]", "$(summary)"],
)  # fmt: skip
def test_a_placeholder_in_look_alike_letters_or_of_a_template_is_no_text(text: str) -> None:
    assert kind_of_placeholder(text) == "later"
    assert kind_of_placeholder(text, is_relied=False) == "later"


@pytest.mark.parametrize(
    "text", ["test", "Test.", "t\u0435st", "\u043ek", "\u039f\u039a", "n\u043ene"]
)
def test_a_word_for_nothing_in_look_alike_letters_is_no_reason(text: str) -> None:
    assert kind_of_placeholder(text) == "nothing"
    assert kind_of_placeholder(text, is_relied=False) == ""


@pytest.mark.parametrize(
    "text",
    ["See document", "see the document.", "Please see docs", "see requirements", "See our PRD",
     "Refer to the design specification", "as in the main document", "See ticket", "见文档",
     "详见文档。", "请见 相关文档", "具体见需求文档", "参见产品需求规格说明书", "见 PRD",
     "详见 Wiki", "见需求"],
)  # fmt: skip
def test_a_reference_to_a_document_without_a_name_is_no_text(text: str) -> None:
    assert kind_of_placeholder(text) == "later"
    assert kind_of_placeholder(text, is_relied=False) == "later"
    assert kind_of_placeholder(text, counts_references=False) == ""


def test_what_landed_under_the_fourth_edition_may_refer_to_a_document() -> None:
    schema = shipped_files.schema("LaunchRequest").data
    data = {"spec": {"summary": "See document"}}

    at = [blank["at"] for blank in placeholders(data, marked_texts(schema, data, None))]
    assert at == ["spec.summary"]
    assert placeholders(data, marked_texts(schema, data, None), edition=FOURTH_EDITION) == []


UNDER_WAY = (
    *("Under investigation.", "It is still in progress", "Being written", "Is being drafted"),
    *("To be decided by the team.", "Will be announced separately."),
    *("The acceptance is in preparation", "数据收集中", "原因仍在排查中。", "报告编写中"),
    *("上线时间另行通知。", "计划另行通知"),
)
DONE = (
    *("Data are collected in the audit log.", "To be decided by the lead before 20:00."),
    *("In progress since May, done by June.", "回滚中断", "另行通知客服后开放"),
    *("准备中午前完成", "收集中心日志"),
)


@pytest.mark.parametrize("text", UNDER_WAY)
def test_what_is_still_being_made_or_told_later_is_no_text(text: str) -> None:
    """What landed under an earlier edition is judged as it was then."""
    data = {"spec": {"summary": text}}

    assert _places(data) == ["spec.summary"]
    assert _places(data, NINTH_EDITION) == []


@pytest.mark.parametrize("text", DONE)
def test_what_is_made_or_when_it_is_decided_is_a_text(text: str) -> None:
    assert _places({"spec": {"summary": text}}) == []


EVERYDAY = (
    *("如题", "见标题。", "马上补", "先占个位", "详见邮件", "See mail.", "此处填写", "unclear"),
    *("示例", "测试数据", "随便写的", "你好", "知道了", "都行", "XX系统", "some text", "Example"),
    *("Hello, world!", "title", "blank"),
)
NAMED = (
    *("To-do list", "后补发票功能", "示例商城 2.0", "样例数据导入工具", "Sample orders"),
    *("Blank page fixed", "Hello screen", "测试数据脱敏", "升级", "支付"),
)


@pytest.mark.parametrize("text", EVERYDAY)
def test_a_word_that_only_fills_the_place_is_no_text_since_edition_11(text: str) -> None:
    data = {"spec": {"summary": text}}

    assert _places(data) == ["spec.summary"]
    assert _places(data, TENTH_EDITION) == []


@pytest.mark.parametrize("text", NAMED)
def test_the_name_of_a_thing_may_begin_like_a_placeholder(text: str) -> None:
    assert _places({"spec": {"summary": text}}) == []


def test_the_configuration_adds_words() -> None:
    assert kind_of_placeholder("见邮件") == ""
    assert kind_of_placeholder("见邮件。", frozenset({"见邮件"})) == "later"


EXPECTED = "spec.steps[0].expected"
FIGURES = ["2 %", "> 1 %", "≥ 99.9 %", "3 人", "约 3 人", "4/4", "0 条", "2 台", "> 1", "5％"]
NO_FIGURES = ["x", "1", "11", "1 x", "x/x", "/", "%", "人", "> x", "无", "4/x", "a 1"]


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_with_its_unit_is_a_text_where_a_figure_is_the_answer(text: str) -> None:
    """What landed under an earlier edition is judged as it was then."""
    data = {"spec": {"summary": text, "steps": [{"name": "a", "expected": text}]}}
    assert _places(data) == ["spec.summary"]
    assert _places(data, SEVENTH_EDITION) == ["spec.summary", EXPECTED]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_only_looks_like_a_figure_says_nothing(text: str) -> None:
    assert _places({"spec": {"steps": [{"name": "a", "expected": text}]}}) == [EXPECTED]


@pytest.mark.parametrize("text", ["None", "none.", "无", "没有", "不需要", "0"])
def test_none_is_an_answer_to_what_had_to_be_fixed(text: str) -> None:
    data = {"status": {"operation": {"fixes": text, "monitors": text}}}
    assert _places(data) == ["status.operation.monitors"]
    assert "status.operation.fixes" in _places(data, SEVENTH_EDITION)


@pytest.mark.parametrize("text", ["x", "待定", "TBD", "暂无", "ok", "...", "n/a"])
def test_not_every_word_is_an_answer_to_what_had_to_be_fixed(text: str) -> None:
    assert _places({"status": {"operation": {"fixes": text}}}) == ["status.operation.fixes"]


@pytest.mark.parametrize(("text", "is_text"), {"Q&A": True, "q & a": True, "x&y": False}.items())
def test_questions_and_answers_are_a_topic(text: str, is_text: bool) -> None:  # noqa: FBT001
    data = {"spec": {"meeting": {"agenda": [{"name": "a", "topic": text}]}}}
    assert (_places(data) == []) is is_text


def _places(data: object, edition: int = EDITION) -> list[str]:
    schema = shipped_files.schema("LaunchRequest").data
    return [
        blank["at"]
        for blank in placeholders(data, marked_texts(schema, data, None), edition=edition)
    ]
