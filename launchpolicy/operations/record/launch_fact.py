"""One fact of the night of a launch, and how the commit that records it carries it.

The commit holds the fact as data, so that it can be applied again to a newer file: when another
person was faster, the fact is put into their version, and not merged as text.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from launchpolicy.vocabulary.place import Data, Route

TRAILER = "Launchpolicy-Fact: "
_LONGEST = 64 * 1024


class LaunchFact(NamedTuple):
    """What happened at a launch, as `status` records it.

    `route` leads to an object, or to a list with an entry called `name`; `values` are put there.
    `replaces` says that a later result takes the place of an earlier one (a check that is made
    again). `stage` is the stage that the request reaches with it. `recorder` is the person who
    recorded it, "" where git's identity is nobody's in the directory.
    """

    identifier: str
    route: Route
    name: str
    values: Mapping[str, Data]
    stage: str
    recorder: str
    replaces: bool = False
    forced: bool = False
    """Whether it is recorded although a policy refuses it (`--anyway`)."""
    overrides: tuple[str, ...] = ()
    """The ids of what refused it: policies, and rules of `record` itself (`record/…`)."""

    @property
    def at(self) -> str:
        """Return when it happened, as it is written; "" where the values have no time."""
        for key in ("at", "takenAt", "startedAt", "finishedAt", "decidedAt"):
            if isinstance(self.values.get(key), str):
                return str(self.values[key])
        return ""


def new_identifier() -> str:
    """Return an identifier that no other fact has."""
    return secrets.token_hex(8)


def fact_line(fact: LaunchFact) -> str:
    """Return the line of a commit message that carries the fact."""
    data = {key: value for key, value in fact._asdict().items() if key != "overrides" or value}
    line = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return f"{TRAILER}{line}"


def fact_in(message: str) -> LaunchFact | None:
    """Return the fact that a commit message carries; None where it carries none."""
    lines = [line for line in message.splitlines() if line.startswith(TRAILER)]
    if len(lines) != 1 or len(lines[0]) > _LONGEST:
        return None
    try:
        data = json.loads(lines[0].removeprefix(TRAILER))
        lists = {"route": tuple(data["route"]), "overrides": tuple(data.get("overrides", ()))}
        fact = LaunchFact(**{**data, **lists})
    except (ValueError, TypeError, KeyError):
        return None
    return fact if _is_sound(fact) else None


def _is_sound(fact: LaunchFact) -> bool:
    """Return whether a fact that was read from a commit writes below `status` and nothing else."""
    texts = (fact.identifier, fact.name, fact.stage, fact.recorder)
    return (
        all(isinstance(text, str) for text in (*texts, *fact.route, *fact.overrides))
        and len(fact.route) > 1
        and fact.route[0] == "status"
        and isinstance(fact.values, dict)
    )
