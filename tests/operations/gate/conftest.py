"""Nights to start from; each is made once, and a test gets a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.company import LEADS
from tests.operations.gate.night import Night, begin, copied


@pytest.fixture(scope="session")
def _approved(tmp_path_factory: pytest.TempPathFactory) -> Night:
    return begin(tmp_path_factory.mktemp("approved"), approvers=(*LEADS, "zhao.min"))


@pytest.fixture(scope="session")
def _recorded(tmp_path_factory: pytest.TempPathFactory, _approved: Night) -> Night:
    night = copied(_approved, tmp_path_factory.mktemp("recorded"))
    night.record()
    return night


@pytest.fixture
def approved(_approved: Night, tmp_path: Path) -> Night:
    """An approved launch of which nothing is recorded yet."""
    return copied(_approved, tmp_path)


@pytest.fixture
def night(_recorded: Night, tmp_path: Path) -> Night:
    """An approved launch whose preparation is recorded on a branch: it may start."""
    return copied(_recorded, tmp_path)
