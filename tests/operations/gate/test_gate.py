"""Whether a launch may start: the honest night, and what must never pass as one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from launchpolicy.facts.deployed_content import ContentIdentity
from tests.operations.gate.night import (
    COMMIT,
    Night,
    unmet,
)

DEPLOYED = (ContentIdentity("checkout-service", "commit", COMMIT),)


def test_an_approved_and_prepared_launch_may_start_in_its_window(night: Night) -> None:
    result = night.ask(deployed=DEPLOYED)
    assert not unmet(result), [one for one in result.conditions if one.state != "met"]
    assert (result.exit_code, str(result.verdict)) == (0, "pass")
