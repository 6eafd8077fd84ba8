"""The formats of what the cases of policies see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from launchpolicy.engine.analysis.placed_coverage import PlacedCoverage
from launchpolicy.vocabulary.text import Language

Render = Callable[[Sequence[PlacedCoverage], Language], str]


def _text() -> Render:
    from launchpolicy.reporters.policy_coverage.text import as_text  # noqa: PLC0415 (on demand)

    return as_text


def _html() -> Render:
    from launchpolicy.reporters.policy_coverage.page import as_html  # noqa: PLC0415 (on demand)

    return as_html


def _json() -> Render:
    from launchpolicy.reporters.policy_coverage.json_v1 import as_json  # noqa: PLC0415 (on demand)

    return as_json


def _lcov() -> Render:
    from launchpolicy.reporters.policy_coverage.lcov import as_lcov  # noqa: PLC0415 (on demand)

    return as_lcov


COVERAGE_FORMATS: dict[str, Callable[[], Render]] = {
    "text": _text,
    "html": _html,
    "json": _json,
    "lcov": _lcov,
}
"""What imports the function that renders each format: only the chosen one is loaded."""
