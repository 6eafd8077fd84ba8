"""What holds for every test: suites that can be left out, judging hypotheses, looking for garbage.

Hypotheses are judged by what they find, never by how fast (load).
"""

from __future__ import annotations

import functools
import gc
import ssl
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from launchpolicy.__main__ import OBJECTS_BETWEEN_COLLECTIONS
from tests.extent import examples_of
from tests.processes.program import end_servers, prepare_servers

pytest_plugins = ["tests.suites", "tests.unmeasured"]

settings.register_profile(
    "here",
    deadline=None,
    max_examples=examples_of(100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("here")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the program, and never in what was loaded and collected.

    By now pytest-cov has begun, in the workers as well.
    """
    prepare_servers()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """End the servers before pytest-cov, in a wrapper around this one, reads their data."""
    try:
        return (yield)
    finally:
        end_servers()


@pytest.fixture(autouse=True, scope="session")
def _certificates_read_once() -> Generator[None]:
    """Read the certificates of the system once; each client of a test would read them again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield
