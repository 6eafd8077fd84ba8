"""Which change voided an approval: the difference between what was approved and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.facts.approvals.digest import approved_part, beside_spec
from launchpolicy.facts.change import change_between
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Text

_MOST = 4

Approved = tuple[Any, Mapping[str, str]]
"""The data of a version, and the digests of its evidence by path."""


def changed_since(then: Approved, now: Approved) -> Text:
    """Return the approved values that differ, a few of them in full."""
    before, after = ({**beside_spec(data), "spec": approved_part(data)} for data, _ in (then, now))
    changes = [
        f"{format_route(edit.route)} ({edit.old or '-'} → {edit.new or '-'})"
        for edit in change_between(before, after).edits
    ]
    was, is_now = then[1], now[1]
    changes += [path for path in {**was, **is_now} if was.get(path) != is_now.get(path)]
    shown = changes[:_MOST]
    more = len(changes) - len(shown)
    rest = Text(f" and {more} more", f" 等另外 {more} 处") if more else Text("", "")
    if not changes:
        return Text("its name", "名称")
    return Text(", ".join(shown) + rest.en, "、".join(shown) + rest.zh)
