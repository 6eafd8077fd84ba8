"""The dates that a policy compares, as lines of `launchpolicy policy show`."""

from __future__ import annotations

import click

from launchpolicy.policy.order import DateOrder, written_duration
from launchpolicy.policy.policy import Policy
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Language, Text


def order_lines(policy: Policy, language: Language) -> list[str]:
    """Return for each demand its message, if it has one, and the two routes with their limit."""
    lines: list[str] = []
    for order in policy.order:
        between = _between(policy, order).in_language(language)
        routes = click.style(f"{escape(order.earlier)} {between} {escape(order.later)}", dim=True)
        if order.message is None:
            lines.append(f"  • {routes}")
        else:
            message = escape(order.message.in_language(language))
            lines += [f"  • {message}", f"    {routes}"]
    return lines


def _between(policy: Policy, order: DateOrder) -> Text:
    text = Text("before", "早于") if order.is_strict else Text("not after", "不晚于")
    if not order.within:
        return text
    longest = escape(str(written_duration(order.within, policy.params)))
    return Text(f"{text.en}, by at most {longest},", f"{text.zh}（相隔不超过 {longest}）")
