"""A launch that is not over, as its request stands on a branch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.facts.launch_windows import Interval, window_of
from launchpolicy.requests.kinds import STAGE, text_at, value_at
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text, text_of

FINAL_STAGES: Final = frozenset({"closed", "cancelled"})
"""The stages after which nothing is expected of a request any more."""


RECORDED_STAGES: Final = frozenset({"launched", "rolled-back"})
"""The stages at which a request records the night of its launch."""


class OpenLaunch(NamedTuple):
    """A launch that is not over.

    `branch` is the branch that proposes this version, "" where it is merged; `commit` is the
    commit that holds it. `window` is None where the request names none that can be read.
    """

    name: str
    path: str
    branch: str
    commit: str
    stage: str
    process: str
    product: str
    window: Interval | None
    version: RequestVersion
    data: Data
    earlier: tuple[str, ...] = ()
    """Of a proposal the branches that it goes on from, with the same plan; in order."""

    @property
    def is_merged(self) -> bool:
        """Return whether this version stands on the protected branch."""
        return not self.branch

    @property
    def title(self) -> Text:
        """Return the title of the request; its name where it has none."""
        return readable_text(value_at(self.data, ("metadata", "title")), self.name)


def has_same_plan(one: OpenLaunch, other: OpenLaunch) -> bool:
    """Return whether two versions of one request differ in nothing but their status."""
    plans = [value_at(launch.data, ("spec",)) for launch in (one, other)]
    return one.path == other.path and plans[0] == plans[1]


def records_of(merged: OpenLaunch, launches: Sequence[OpenLaunch]) -> list[OpenLaunch]:
    """Return the proposals that record the night of a merged launch, and change nothing else."""
    return [
        one
        for one in launches
        if one.branch
        and one.stage in RECORDED_STAGES
        and one.stage != merged.stage
        and has_same_plan(one, merged)
    ]


class UnreadableRequest(NamedTuple):
    """A file in the place of a request that cannot be read: nobody can say what it asks for."""

    path: str
    branch: str
    problem: Text


def open_launch(document: Document, version: RequestVersion, place: tuple[str, str]) -> OpenLaunch:
    """Return the launch of a request; `place` is its branch ("" if merged) and its commit."""
    data: Data = document.data
    branch, commit = place
    return OpenLaunch(
        name=text_at(data, ("metadata", "name")) or version.path,
        path=version.path,
        branch=branch,
        commit=commit,
        stage=text_at(data, STAGE),
        process=text_at(data, ("spec", "process")),
        product=text_at(data, ("spec", "product", "name")),
        window=window_of(data),
        version=version,
        data=data,
    )


def readable_text(value: object, otherwise: str = "") -> Text:
    """Return the text in both languages of a value; `otherwise` where it has another shape.

    What is listed may be malformed: no schema has been held against it.
    """
    if isinstance(value, dict):
        lines = [line for key in ("en", "zh") if isinstance(line := value.get(key), str) and line]
        if len(lines) < len([key for key in ("en", "zh") if value.get(key)]) or not lines:
            return Text(otherwise, otherwise)
        return text_of(value)
    return Text(value, value) if isinstance(value, str) else Text(otherwise, otherwise)
