"""A document of a title, headings and fillers says nothing."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.document import read
from launchpolicy.policy.edition import EDITION, TENTH_EDITION

TITLES_ONLY = (
    "验收报告",
    "验收报告\n\n（本页无正文）",
    "上线评审会议纪要\n\n2026-11-24",
    "测试测试测试测试",
    "文件内容",
    "Hello world",
    "# 验收报告\n\n见测试报告。\n",
    "# 上线文档\n\n1. 概述\n2. 安装\n3. 配置\n4. 联系人\n",
    "目录\n1 引言\n2 范围\n3 定义",
    "User acceptance report\n\nThe end",
    "Launch plan\n\n1. Introduction\n2. Scope\n3. Contacts\n",
)
SHORT = (
    "同意验收。王芳 2026-11-24",
    "Payments 3.2 accepted by Wang Fang on 2026-11-24.",
    "# 验收报告\n\n产品：支付 3.2\n验收人：王芳、周凯\n结论：通过\n",
    "# 上线文档\n\n环境：生产 A 区 4 台\n安装：解压到 /opt/pay\n",
    "# 用例\n\n1. 登录成功\n2. 登录失败\n3. 退款\n",
    "# 培训签到\n\n张三\n李四\n王五\n",
    "# 数据转换计划\n\n先转客户，再转订单，最后核对。\n",
    "Manual\n\nOpen the app, choose the order, press Refund.",
)


def _says_something(text: str, edition: int = EDITION) -> bool:
    return isinstance(read("page.md", text.encode(), {}, edition), EvidenceContents)


@pytest.mark.parametrize("text", TITLES_ONLY)
def test_a_document_of_titles_and_headings_says_nothing(text: str) -> None:
    assert not _says_something(text)


@pytest.mark.parametrize("text", SHORT)
def test_a_short_document_below_its_title_says_something(text: str) -> None:
    assert _says_something(text)


def test_a_title_that_landed_under_an_earlier_edition_is_judged_as_then() -> None:
    assert _says_something("验收报告", TENTH_EDITION)
