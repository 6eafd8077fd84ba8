"""The path of a request, as the program's README tells it, is the one that a check takes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "launchpolicy" / "README.md").read_text("utf-8")
EXAMPLE = ROOT / "examples" / "product-launch"
NOW = "2026-11-25T10:00:00+08:00"

# Names every function of ours that is called, in order; repeated calls in a row once.
PROBE = """\
import json, sys
calls = []
def note(frame, event, argument):
    module = frame.f_globals.get("__name__", "")
    if event == "call" and module.startswith("launchpolicy."):
        call = module.removeprefix("launchpolicy."), frame.f_code.co_qualname
        if not calls or calls[-1] != call:
            calls.append(call)
from launchpolicy.cli.main import program
sys.setprofile(note)
try:
    program().main(sys.argv[1:], standalone_mode=False)
finally:
    sys.setprofile(None)
    print(json.dumps(calls), file=sys.stderr)
"""


def _hops() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| `([\w/]+)\.py` \| `([\w.]+)` \|", README, re.MULTILINE)
    return [(path.replace("/", "."), function) for path, function in rows]


def _calls(folder: Path) -> list[tuple[str, str]]:
    measured = ("COV_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(measured)}
    command = [sys.executable, "-c", PROBE, "check", "--now", NOW, "launches"]
    ended = subprocess.run(
        command, cwd=folder, env=kept, check=False, capture_output=True, encoding="utf-8"
    )
    calls = json.loads(ended.stderr.splitlines()[-1])
    return [(module, function) for module, function in calls]


def test_a_check_takes_the_hops_of_the_readme_in_their_order(tmp_path: Path) -> None:
    folder = tmp_path / "launches"
    shutil.copytree(EXAMPLE, folder)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    hops, calls = _hops(), iter(_calls(folder))
    assert len(hops) > 15
    missing = [hop for hop in hops if hop not in calls]  # each is looked for after the one before
    assert missing == []
