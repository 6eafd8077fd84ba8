"""The words of an explanation."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text

APPLIES = Text("Applies", "是否适用")
CONDITIONS = Text("Conditions", "适用条件")
VARIABLES = Text("Variables", "变量")
CHECKS = Text("Checks", "校验")
ORDERS = Text("Order of dates", "日期先后")
QUORUM = Text("Approvals", "审批")
KIND = Text("kind", "文档类型")
OPERATION = Text("operation", "操作")
STAGE = Text("stage", "阶段")
ONE_OF = Text("(one of {})", "（可为：{}）")
WHOLE = Text("the whole request", "整份申请")
NOT_EVALUATED = Text("not evaluated", "未求值")
NO_ANSWER = Text("no answer", "无结果")
NO_DATES = Text("there are no dates to compare", "没有可比较的日期")
EMPTY_LIST = Text(
    "the list is empty or missing: nothing can fail", "列表为空或缺失，没有可校验的内容"
)
NOT_THERE = Text("not there", "不存在")


def elements(size: int, failing: int) -> Text:
    """Return how many elements of a list fail."""
    return Text(f"{failing} of {size} fail", f"共 {size} 项，{failing} 项不满足")


def more_elements(more: int) -> Text:
    """Return that elements are left out."""
    return Text(f"and {more} more", f"另有 {more} 项")
