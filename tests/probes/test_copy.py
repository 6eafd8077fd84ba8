"""The probes are those that were handed over: only routes may lead elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.probes.editing import plain_data
from tests.shared_data import shared_file

FOLDER = Path(__file__).parent
_ROUTES = ("path", "copy")


def _without_routes(probe: Any) -> Any:
    """The probe, with nothing where an edit says a route of the request."""
    if isinstance(probe, list):
        return [_without_routes(each) for each in probe]
    if not isinstance(probe, dict):
        return probe
    return {
        key: [{k: v for k, v in edit.items() if k not in _ROUTES} for edit in value]
        if key == "edits"
        else _without_routes(value)
        for key, value in probe.items()
    }


@pytest.mark.shared
def test_every_probe_is_kept() -> None:
    theirs = {file.name for file in shared_file("probes").glob("*.yaml")}

    assert {file.name for file in FOLDER.glob("*.yaml")} == theirs


@pytest.mark.shared
def test_only_routes_differ() -> None:
    for file in sorted(shared_file("probes").glob("*.yaml")):
        theirs, ours = (
            _without_routes(plain_data(file)),
            _without_routes(plain_data(FOLDER / file.name)),
        )
        assert ours == theirs, file.name
