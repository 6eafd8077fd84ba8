"""What a command of the night loads: it is typed on a phone's terminal, one after the other."""

from __future__ import annotations

import subprocess
import sys

NOT_NEEDED = (
    "launchpolicy.engine.drafts.skeleton",
    "launchpolicy.engine.drafts.growth",
    "launchpolicy.policy.templates",
    "launchpolicy.operations.evidence_add",
    "decimal",
)


def test_a_fact_is_recorded_without_what_only_new_requests_need() -> None:
    script = (
        "import sys\n"
        "before = set(sys.modules)  # what measures coverage is loaded already\n"
        "import launchpolicy.cli.record.check, launchpolicy.cli.record.step\n"
        f"print([name for name in {NOT_NEEDED!r} if name in set(sys.modules) - before])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"
