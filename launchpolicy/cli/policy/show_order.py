"""The dates that a policy compares, as lines of `launchpolicy policy show`."""

from __future__ import annotations

import click

from launchpolicy.policy.order import DateOrder, written_duration
from launchpolicy.policy.policy import Policy
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Language, Text


def order_demands(policy: Policy, language: Language) -> list[str]:
    """Return the two routes, with their limit, of each demand that has no message."""
    return [
        f"  • {_routes(policy, order, language)}" for order in policy.order if order.message is None
    ]


def order_checks(policy: Policy, language: Language) -> list[str]:
    """Return the message, and the two routes with their limit, of each demand that has one."""
    lines: list[str] = []
    for order in policy.order:
        if order.message is not None:
            lines.append(f"  • {escape(order.message.in_language(language))}")
            lines.append(f"    {_routes(policy, order, language)}")
    return lines


def _routes(policy: Policy, order: DateOrder, language: Language) -> str:
    between = _between(policy, order).in_language(language)
    return click.style(f"{escape(order.earlier)} {between} {escape(order.later)}", dim=True)


def _between(policy: Policy, order: DateOrder) -> Text:
    text = Text("before", "早于") if order.is_strict else Text("not after", "不晚于")
    if not order.within:
        return text
    longest = escape(str(written_duration(order.within, policy.params)))
    return Text(f"{text.en}, by at most {longest},", f"{text.zh}（相隔不超过 {longest}）")
