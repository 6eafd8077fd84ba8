"""Do the tools judge alike? Nothing is timed before they do: else times would mean nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from tests.bench.peers import Tool


class DisagreementError(Exception):
    """A tool judges differently from what is known, or from launchpolicy."""


def require_agreement(
    tools: Sequence[Tool], folder: Path, paths: Sequence[str], spoiled: Collection[str]
) -> int:
    """Return how many files are spoiled, if each tool objects to exactly these.

    Args:
        tools: The tools that are going to be measured.
        folder: The repository.
        paths: All files that each tool is given.
        spoiled: Those of them that break one rule.

    Raises:
        DisagreementError: one tool does not; the message names the files.
    """
    for tool in tools:
        flagged = tool.flagged(folder, paths)
        missed, wrong = set(spoiled) - flagged, flagged - set(spoiled)
        if missed or wrong:
            message = f"{tool.name} misses {sorted(missed)} and wrongly objects to {sorted(wrong)}"
            raise DisagreementError(message)
    return len(spoiled)


def require_equal(what: str, ours: object, before: object) -> None:
    """Compare the verdicts of two trees of launchpolicy.

    Raises:
        DisagreementError: they differ; the message shows both.
    """
    if ours != before:
        message = f"{what}: now {ours}, before {before}"
        raise DisagreementError(message)
