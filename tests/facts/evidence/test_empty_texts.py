"""Texts that look filled in and say nothing: comments, templates, questions, sample text."""

from __future__ import annotations

import pytest

from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import docx

EMPTY = {
    "a comment": "# Form\n<!-- Accepted by Wang Fang, in full -->\n",
    "a comment without an end": "# Form\n<!--\nAccepted by Wang Fang\nin full\n",
    "a link target": "# Form\n[//]: # (Accepted by Wang Fang in full)\n",
    "front matter": "---\ntitle: Acceptance of checkout\nauthor: Wang Fang\n---\n",
    "a table of nothing": "# Form\n\n| Item | Result |\n| --- | --- |\n| Pages | |\n| Speed |  |\n",
    "boxes without a tick": "# Form\n\n- [ ] functions are accepted\n- [ ] pages are accepted\n",
    "boxes": "验收单\n□ 功能已验收通过\n☐ 页面已验收通过\n",
    "underlined headings": "Acceptance of checkout\n====\n\nFunctions and pages\n-----\n",
    "headings": "# Acceptance of checkout\n## Functions and pages\n",
    "numbered headings": "一、验收内容\n二、验收过程\n三、验收结论\n四、签字\n",
    "bold headings": "**Acceptance of checkout**\n\n**Functions and pages**\n",
    "put off in each line": "Form\nFunctions: TBD\nPages: to be done\nSpeed: 待定\nEnd: TODO\n",
    "put off in sentences": "Form\nThis will be provided later.\nThe result is to be determined.\n",
    "fields to fill in": "Form\nFunctions: <fill in the result>\nPages: [insert result]\n",
    "fields in Chinese": "验收单\n功能验收结论：（请在此填写结论）\n页面验收结论：【待填写】\n",
    "lines to write on": "Form\nFunctions: ________\nSigned by: ____________\n",
    "things to do": "Form\nTODO: describe the acceptance of functions\nTODO: describe pages\n",
    "questions": "Who accepted the functions?\nWho accepted the pages?\n验收结论是什么？\n",
    "lorem ipsum": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod",
    "emoji": "👍👍👍👍👍👍👍👍\n🎉🎉🎉\n",
    "lines of signs": "-----=====*****!!!!\n" * 5,
    "one letter": "a b a b a b a b a b a b a b\n",
    "keys of a keyboard": "asdf asdf asdf asdf\nqwer qwer\n",
    "one word": "test test test test test test\n",
    "figures": "1 2 3 4 5 6 7 8 9 10 11 12\n",
    "numbers in circles": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫",
    "dates": "2026-11-20\n2026-11-21\n2026年11月22日\n",
    "the number of the request": "LR-2026-0042\nLR-2026-0042\n",
    "the head of a table": "case,expected,result,tester,remarks\n",
    "a table without rows": "case,expected,result,tester\n,,,\n,,,\n",
    "marks alone": "\u0301\u0302\u0345" * 30,
    "an attachment that is not here": "Form\nSee attachment.\n",
    "an attachment in Chinese": "验收单\n详见附件\n",
    "a file name": "acceptance/checkout.pdf\n",
    "an address": "https://example.com/acceptance/42\n",
    "a sample": "This is a test document.\n",
    "a blank page": "This page is intentionally left blank.\n",
    "a blank page in Chinese": "此页故意留白\n",
}

HONEST = [
    "# Plan\n\n- [ ] 22:00 back up orders-db (Zhao Min)\n- [ ] 22:20 deploy 3.2.0\n",
    "# Form\n\n- [x] functions are accepted\n- [ ] pages are accepted\n",
    "case\tresult\nlogin\tpassed\nrefund\tpassed\n",
    "Case\tResult\tBy\nlogin\tpassed\tSun Yu\n",
    "用例编号,步骤,预期,结果\nC-1,登录,成功,通过\n",
    "Who accepts? Wang Fang, product lead.",
    "| Item | Result |\n| --- | --- |\n| Pages | accepted |\n",
    "Accepted.\nWang Fang 2026-11-24",
    "We accept the launch; the performance report will be provided later.",
    "验收结论：通过，待补充性能数据",
    "1. login works\n2. refunds work\n",
    "一、验收内容\n分单支付与部分退款\n二、验收结论\n同意上线\n",
    "The release is approved, see the attached list of cases.",
    "<!-- template 3 -->\n# Form\nAccepted by Wang Fang.\n",
]


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_a_document_without_substance_is_refused_as_text_and_in_word(
    refuses: Refuses, text: str
) -> None:
    assert "says nothing yet" in refuses("document", text.encode(), "a.md")
    paragraphs = (line.replace("<", "&lt;") for line in text.splitlines())
    assert "says nothing yet" in refuses("document", docx(*paragraphs), "a.docx")


@pytest.mark.parametrize("text", HONEST)
def test_a_short_honest_document_passes(reads: Reads, text: str) -> None:
    assert reads("document", text.encode(), "a.md").passed
