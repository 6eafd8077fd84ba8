"""What holds for every test: the suites that can be left out, and how hypotheses are judged.

They are judged by what they find, never by how fast (load).
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.processes.program import end_servers

pytest_plugins = ["tests.suites"]

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """End the servers while this process still counts: they write what they have covered."""
    end_servers()
