"""Find the launch that a person means: by name, or by name and number where names come back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from launchpolicy.ledger.launches import Launch
from launchpolicy.operations.ledger.branch.launches_by_name import launches_by_name
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_NUMBERED = re.compile(r"(.+)@#?([0-9]{1,15})", re.DOTALL)


def launches_named(state: LedgerState, name: str) -> Sequence[Launch]:
    """Return the launches called so, the one that is meant first: the last that began.

    `NAME@12` is the launch of that name which began with entry 12, and no other.

    Raises:
        UsageError: there is none.
        MalformedLedgerError: the ledger is damaged.
    """
    match = _NUMBERED.fullmatch(name)
    names = {name, match[1] if match is not None else name}
    launches = launches_by_name(state, names, uses_kept_index=True)
    called_so = launches.with_name(name)
    if not called_so and match is not None:
        number = int(match[2])
        same_name = launches.with_name(match[1])
        called_so = tuple(launch for launch in same_name if launch.number == number)
    if called_so:
        return called_so
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
