"""Define the options that choose launches, for every command that lists or exports them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions
from launchpolicy.ledger.launches import LaunchState
from launchpolicy.ledger.query import Query
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.views.periods import period_of

_OPTIONS = (
    click.option("--product", default="", help=say("Of this product.", "产品。")),
    click.option("--person", default="", help=say("With this person in any role.", "参与人员。")),
    click.option("--team", default="", help=say("Of this team.", "团队（标签 team）。")),
    click.option("--month", default="", help=say("In this month (2026-11).", "月份（2026-11）。")),
    click.option(
        "--since",
        metavar="WHEN",
        help=say(
            "With something that happened on or after this day or instant.",
            "自该日期或时间点起有动态的。",
        ),
    ),
    click.option(
        "--until",
        metavar="WHEN",
        help=say(
            "With something that happened up to this day, or before this instant.",
            "截至该日期（含当日）或该时间点之前有动态的。",
        ),
    ),
    click.option("--stage", default="", help=say("At this stage.", "阶段。")),
    click.option("--process", default="", help=say("Of this process.", "流程。")),
    click.option("--kind", default="", help=say("Of this kind of document.", "文档类型。")),
    click.option(
        "--standing",
        "--outcome",
        "standing",
        type=ChoiceType([str(state) for state in LaunchState]),
        help=say("Standing so.", "状态。"),
    ),
    click.option("--bypassed", is_flag=True, help=say("Only bypassed ones.", "仅绕过流程的。")),
    click.option(
        "--approved-later",
        is_flag=True,
        help=say(
            "Only those that were approved after they were merged without approval.",
            "仅未经批准合入、事后补批的。",
        ),
    ),
    click.option("--waived", is_flag=True, help=say("Only those with a waiver.", "仅使用豁免的。")),
    click.option("--emergency", is_flag=True, help=say("Only emergencies.", "仅紧急上线。")),
)


class LaunchFilter(NamedTuple):
    """What the options ask for; the days of a period are known once the ledger is open."""

    since: str | None
    until: str | None
    standing: str | None
    fields: dict[str, Any]

    def query(self, place: LedgerLocation) -> Query:
        """Return what is asked for.

        Raises:
            UsageError: an end of the period cannot be read.
        """
        since, until = period_of(place, self.since, self.until)
        standing = LaunchState(self.standing) if self.standing is not None else None
        return Query(since=since, until=until, standing=standing, **self.fields)


_FIELDS = tuple(
    name for name in Query.__dataclass_fields__ if name not in {"since", "until", "standing"}
)


def filter_options(function: Callable[..., int]) -> Callable[..., int]:
    """Return a command with the options that choose launches, as its second argument."""

    @functools.wraps(function)
    def command(
        options: LedgerOptions,
        *,
        since: str | None,
        until: str | None,
        standing: str | None,
        **others: Any,  # noqa: ANN401 (the other filters, and whatever else the command asks for)
    ) -> int:
        fields = {name: others.pop(name) for name in _FIELDS}
        return function(options, LaunchFilter(since, until, standing, fields), **others)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command
