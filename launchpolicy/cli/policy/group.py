"""`launchpolicy policy`: write, explain and test policies."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {
    "blind-spots": "launchpolicy.cli.policy.blind_spots",
    "clauses": "launchpolicy.cli.policy.clauses",
    "diff": "launchpolicy.cli.policy.diff",
    "explain": "launchpolicy.cli.policy.explain",
    "mutate": "launchpolicy.cli.policy.mutate",
    "new": "launchpolicy.cli.policy.new",
    "obligations": "launchpolicy.cli.policy.obligations",
    "replay": "launchpolicy.cli.policy.replay",
    "show": "launchpolicy.cli.policy.show",
    "test": "launchpolicy.cli.policy.test",
}


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    help=say("Write, explain and test policies.", "新建、查看与测试策略。"),
)
def command() -> None:
    """Group the commands about policies; the group itself does nothing."""
