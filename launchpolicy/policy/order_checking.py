"""What can be wrong with the dates that a well-formed policy compares."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.date_routes import date_patterns
from launchpolicy.policy.order import (
    EVERY,
    NOW,
    SAME_ITEM,
    duration_of,
    order_of,
    pattern_of,
    written_duration,
)
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text


def check_order(document: Document, kind: Kind) -> Iterator[Finding]:
    """Return everything wrong with the `order` of a policy file about documents of `kind`."""
    data: Any = document.data
    params = data["spec"].get("params", {})
    for number, item in enumerate(data["spec"].get("order", ())):
        order, route = order_of(item), ("spec", "order", number)
        for key in ("earlier", "later"):
            if item[key] != NOW and not _is_known(kind, item[key]):
                yield _no_date(document, (*route, key), item[key], kind)
        if not order.routes:
            yield _same(document, (*route, "later"))
        if _same_item(order.earlier) != _same_item(order.later):
            yield _other_items(document, (*route, "later"))
        if order.within and duration_of(written_duration(order.within, params)) is None:
            yield _no_duration(document, (*route, "within"), order.within)


def _is_known(kind: Kind, route: str) -> bool:
    known, pattern = date_patterns(kind.schema), pattern_of(route)
    if pattern.endswith(EVERY):
        return any(date.startswith(pattern.removesuffix(EVERY)) for date in known)
    return pattern in known


def _same_item(route: str) -> str:
    """Return what stands before `[each]`; "" without."""
    before, same, _ = route.partition(SAME_ITEM)
    return before if same else ""


def _no_date(document: Document, route: Route, written: str, kind: Kind) -> Finding:
    known = date_patterns(kind.schema)
    near = next(iter(difflib.get_close_matches(pattern_of(written), known, n=1)), "")
    return Finding(
        "policy/no-date",
        Text(
            f"`{written}` is not a date of the kind {kind.name}.",
            f"`{written}` 不是文档类型 {kind.name} 中的时间。",
        ),
        document.place(route),
        Text(f"Did you mean `{near}`?", f"是否想写 `{near}`？")
        if near
        else Text(
            "Name a field with the format date-time, with `[]` after each list.",
            "请填写格式为 date-time 的字段，列表之后写 `[]`。",
        ),
    )


def _same(document: Document, route: Route) -> Finding:
    return Finding(
        "policy/no-date",
        Text(
            "Both dates are `now`, so nothing is compared.",
            "两个时间都是 `now`，没有可比较的内容。",
        ),
        document.place(route),
        Text("Name a date of the request.", "请填写申请中的一个时间。"),
    )


def _other_items(document: Document, route: Route) -> Finding:
    return Finding(
        "policy/other-items",
        Text(
            "`[each]` does not stand after the same list in both routes.",
            "两个路径中的 `[each]` 没有跟在同一个列表之后。",
        ),
        document.place(route),
        Text(
            "Begin both routes alike up to `[each]`, or write `[]` in both.",
            "请使两个路径在 `[each]` 之前的部分相同，或都写 `[]`。",
        ),
    )


def _no_duration(document: Document, route: Route, written: str) -> Finding:
    return Finding(
        "policy/no-duration",
        Text(
            f"`{written}` gives no duration.",
            f"`{written}` 不是时长。",
        ),
        document.place(route),
        Text(
            "Write one such as `1440h`, or name a parameter under `params` that holds one.",
            "请填写时长，例如 `1440h`，或引用 `params` 中内容为时长的参数。",
        ),
    )
