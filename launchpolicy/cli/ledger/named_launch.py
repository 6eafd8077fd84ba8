"""Find the launch that a person means: by name, or by name and number where names come back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from launchpolicy.ledger.launches import Launch, Launches
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_NUMBERED = re.compile(r"(.+)@#?([0-9]{1,15})", re.DOTALL)


def launches_named(launches: Launches, name: str) -> Sequence[Launch]:
    """Return the launches called so, the one that is meant first: the last that began.

    `NAME@12` is the launch of that name which began with entry 12, and no other.

    Raises:
        UsageError: there is none.
    """
    called_so = launches.with_name(name)
    if called_so:
        return called_so
    match = _NUMBERED.fullmatch(name)
    if match is not None:
        number = int(match[2])
        one = [launch for launch in launches.with_name(match[1]) if launch.number == number]
        if one:
            return one
    raise UsageError(
        Text(f"The ledger knows no launch {name}.", f"上线日志中没有 {name}。"),
        Text("List them with: launchpolicy ledger query", "请用 launchpolicy ledger query 列出。"),
    )


def other_launches(launches: Sequence[Launch]) -> Text | None:
    """Return how to see the other launches of a name; None where there are none."""
    others = [f"{launch.name}@{launch.number}" for launch in launches[1:]]
    if not others:
        return None
    return Text(
        f"The name was used before. See also: {', '.join(others)}",
        f"该名称此前使用过。另见：{'、'.join(others)}",
    )
