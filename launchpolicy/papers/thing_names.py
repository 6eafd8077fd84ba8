"""What people call things that requests name by convention: tests, items of a form, slides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.requests.item_words import ITEM_WORDS
from launchpolicy.vocabulary.text import Text

QUALITY_ITEMS: Final[Mapping[str, Text]] = {
    "requirement": Text("Agrees with the requirement", "需求一致性"),
    "testing": Text("Tested enough", "测试充分性"),
    "pages": Text("Pages", "页面"),
    "channels": Text("Channels", "渠道"),
    "security": Text("Security", "安全"),
    "documents": Text("Documents", "文档"),
}
"""The items of a quality form, in the order of the form."""

TEST_KINDS: Final[Mapping[str, Text]] = {
    "internal": Text("Internal test", "内部测试"),
    "functional": Text("Functional test", "功能测试"),
    "integration": Text("Integration test", "集成测试"),
    "performance": Text("Performance test", "性能测试"),
    "compatibility": Text("Compatibility test", "兼容性测试"),
    "security": Text("Security test", "安全测试"),
    "regression": Text("Regression test", "回归测试"),
    "acceptance": Text("Acceptance test", "验收测试"),
    "unit": Text("Unit test", "单元测试"),
    "data-conversion": Text("Data conversion test", "数据转换测试"),
}
"""Kinds of tests by the names of their reports."""

_THINGS: Final[Mapping[str, Text]] = {
    "slides": Text("slides", "演示文稿"),
    "introduction": Text("introduction of the product", "产品介绍"),
    "demonstration": Text("demonstration", "产品演示"),
    "discussion": Text("discussion", "讨论"),
    "release-plan": Text("release plan", "发布计划"),
    "specification": Text("specification", "需求规格说明书"),
    "report": Text("report", "报告"),
}


def thing_name(name: str) -> Text:
    """Return the word for a thing that a request names by convention; else the name."""
    return _THINGS.get(name) or ITEM_WORDS.get(name) or Text(name, name)


def kind_of_test(name: str) -> Text:
    """Return the word for a kind of test; else its name."""
    return TEST_KINDS.get(name) or thing_name(name)
