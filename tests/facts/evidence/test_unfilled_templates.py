"""Templates that nobody has filled in are no document; real short forms are one (threat E10)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.wording import says_something
from launchpolicy.policy.edition import FOURTH_EDITION, SEVENTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import docx

TEMPLATES = [
    "[Name of product] accepted by [name] on [date]",
    "[PRODUCT NAME] was accepted accepted by [NAME], [ROLE]",
    "<product name> was accepted by <name> on <date>",
    "Product <name of the product> has been accepted in full by <name>",
    "{{product}} was accepted by {{accepted_by}} on {{date}}",
    "${product} accepted by ${name} on ${date}",
    "{product} was accepted without open points by {name}",
    "%PRODUCT% was accepted by %NAME% on %DATE%",
    "«product» was accepted by «name» without open points",
    "$product was accepted by $name on $date",
    "<% product %> was accepted in full by <% name %>",
    "XXX was accepted by XXX on XX/XX/XXXX",
    "Checkout was accepted on DD/MM/YYYY by xxx",
    "The product was accepted on yyyy-mm-dd",
    "________ was accepted in full by ________ on ________",
    "此处填写验收结论，由产品负责人签字确认后提交",
    "请在此处填写内容，包括验收人、验收日期与结论",
    "（待补充）验收结论见后续邮件，签字版随后补上",
    "XX系统已由XX于XX年XX月XX日验收通过",
    "某某系统已由某某验收通过，同意上线",
    "【产品名称】已由【验收人】于【日期】验收通过",
    "<产品名称>已由<验收人>验收通过，同意上线",
    "本系统已于　　年　月　日验收通过，同意上线",
    "请简述验收情况，并由两位负责人签字确认",
    "Insert the name of the approver here",
    "Insert text here. Insert the name of the approver here.",
    "Click or tap here to enter text.",
    "Click or tap to enter a date. Choose an item.",
    "单击或点击此处输入文字。",
    "Acceptance form\nProduct: [name]\nAccepted by: [name]\nDate: [date]\nResult: [result]",
    "验收单\n产品：【产品名称】\n验收人：（姓名）\n结论：（请填写结论）\n",
    "同上。详见附件，附件稍后另行提供",
    "Name: ________  Date: ________  Result: ________",
    "Accepted by......: \nDate......: \nResult......: ________",
    "验收人……：\n结论......：\n日期......：______",
]

REAL = [
    "功能验收通过\n王芳 2026-11-24",
    "功能与页面验收均已通过，性能报告随后补充",
    "功能验收通过\n验收人：王芳　日期：2026-11-24",
    "验收结论：通过　验收人：王芳　日期：2026-11-24",
    "☑ 功能验收通过　☐ 不通过\n验收人：王芳　日期：2026-11-24",
    "验收结论：☑通过 □不通过\n验收人：王芳\n日期：2026-11-24",
    "Functional acceptance passed\nName: Wang Fang  Date: 2026-11-24",
    "Functional acceptance passed\nBy: Wang Fang",
    "Acceptance form\nConclusion: accepted\nAccepted by: Wang Fang   Signature: ________",
    "验收单\n结论：功能与页面均已通过\n验收人：王芳　签字：＿＿＿＿＿＿\n",
    "The acceptance of checkout 3.2 [see list] passed; accepted by Wang Fang [product lead].",
    "[INFO] 3 tests passed in total\n[WARNING] disk is 70 % full",
    "Checkout was accepted in full.\n<wang.fang@example.com>",
    "<details><summary>Functions</summary>All functions are accepted.</details>",
    "List<String> works as before; accepted by both leads.",
    "We accept the launch. Name of the second reviewer: [name]",
    "功能验收通过（请归档），同意上线",
    "Enter the voucher and pay: the order is split, as expected.",
    "Select two items, refund one: one refund is booked.",
    "《上线操作流程》第三条的验收已全部完成，同意上线。",
    "See [the list](cases.md): all functions are accepted by both leads.",
    "于2026年11月24日验收通过，同意上线",
    "The price of $ 20 and the 100% discount are shown; accepted.",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_that_nobody_has_filled_in_is_no_document(refuses: Refuses, text: str) -> None:
    assert "nobody has filled in" in refuses("document", text.encode(), "a.txt")
    paragraphs = (line.replace("<", "&lt;") for line in text.splitlines())
    assert "nobody has filled in" in refuses("document", docx(*paragraphs), "a.docx")


@pytest.mark.parametrize("text", REAL)
def test_a_short_form_that_was_filled_in_is_a_document(reads: Reads, text: str) -> None:
    assert reads("document", text.encode(), "a.md").passed


@pytest.mark.parametrize("title", ["功能验收通过单", "Accepted functions form", "验收合格标准"])
def test_a_title_that_names_a_conclusion_alone_is_no_document(refuses: Refuses, title: str) -> None:
    refuses("document", f"{title}\n验收人：　日期：\n".encode(), "a.md")


def test_templates_and_forms_are_judged_as_then_for_the_edition_before() -> None:
    assert says_something(TEMPLATES[0], FOURTH_EDITION)
    assert not says_something(REAL[0], FOURTH_EDITION)


K6 = """
     checks.........................: 100.00% ✓ 24000 ✗ 0
     http_req_duration..............: avg=120ms min=20ms med=118ms max=402ms p(95)=240ms
     http_req_failed................: 0.00%  ✓ 0     ✗ 24000
     http_reqs......................: 24000  400/s
     vus............................: 200
"""


def test_dots_from_a_label_to_its_value_are_no_open_field(reads: Reads) -> None:
    """A load test prints its figures so; earlier editions took every line for an open field."""
    assert reads("document", K6.encode(), "a.txt").passed
    assert not says_something(K6, SEVENTH_EDITION)
