"""What people call checks, tests and points that requests name by convention of the packs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import VALUE_NAMES

ITEM_WORDS: Final[Mapping[str, Text]] = {
    "backup": Text("backup", "备份"),
    "monitoring": Text("monitoring", "监控"),
    "functional": Text("functional", "功能"),
    "functions": Text("functions", "功能"),
    "visual": Text("pages", "页面"),
    "data": Text("data", "数据"),
    "performance": Text("performance", "性能"),
    "security": Text("security", "安全"),
    "integration": Text("integration", "集成"),
    "compatibility": Text("compatibility", "兼容性"),
    "technical": Text("technical", "技术"),
    "market": Text("market", "市场"),
    "regression": Text("regression", "回归"),
    "servers": Text("servers", "服务器"),
    "database-connection": Text("database connection", "数据库连接"),
    "product-runs": Text("the product runs", "产品运行正常"),
}
"""Names that requests give to checks, tests and points by convention of the packs."""


def item_word(name: str) -> Text:
    """Return the word for the name of a check, a test, a channel or a point to watch, else it.

    Reviews are often named after the role that holds them.
    """
    return ITEM_WORDS.get(name) or VALUE_NAMES["channelKind"].get(name) or role_title(name)
