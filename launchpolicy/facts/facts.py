"""The facts about one request, as plain data in the shapes that expressions rely on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.policy.fact_shapes import FACTS, empty_fact
from launchpolicy.vocabulary.named_tuple import NamedTuple

Fact = Mapping[str, Any]


class Facts(NamedTuple):
    """What was found out about a request, each fact the CEL variable of its name."""

    evidence: Fact
    calendar: Fact
    launches: Fact
    people: Fact
    waiver: Fact
    configuration: Fact
    texts: Fact
    display: Fact
    pull_request: Fact

    def as_data(self) -> dict[str, Fact]:
        """Return the CEL variables."""
        return {
            "evidence": self.evidence,
            "calendar": self.calendar,
            "launches": self.launches,
            "people": self.people,
            "waiver": self.waiver,
            "configuration": self.configuration,
            "texts": self.texts,
            "display": self.display,
            "pullRequest": self.pull_request,
        }


def facts_of(by_name: Mapping[str, Fact]) -> Facts:
    """Return the facts with these CEL variables; there must be all of them."""
    others = {name: fact for name, fact in by_name.items() if name != "pullRequest"}
    return Facts(**others, pull_request=by_name["pullRequest"])


NO_FACTS = facts_of({name: empty_fact(shape) for name, shape in FACTS.items()})
"""Nothing found out: no calendar, no directory, no other request, and no evidence read."""
