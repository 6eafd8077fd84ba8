"""What holds for every test: the suites that can be left out, and how hypotheses are judged.

They are judged by what they find, never by how fast (load).
"""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from tests.processes.program import end_servers

pytest_plugins = ["tests.suites", "tests.unmeasured"]

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """End the servers before pytest-cov, in a wrapper around this one, reads their data."""
    try:
        return (yield)
    finally:
        end_servers()
