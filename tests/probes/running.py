"""Run probes: edit an example as its probe says, check it, and say how that ended."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.probes.editing import CannotSetUpError, plain_data
from tests.probes.repository import ProbeRepository

FOLDER = Path(__file__).parent
OWN = FOLDER / "own"
"""Probes of the same form that were not handed over."""

NOT_YET = FOLDER / "not-yet.txt"
"""The names of graded probes that do not end as wanted yet, one a line; the list only shrinks."""

_STATES = {0: "pass", 1: "blocked", 2: "malformed"}

Probe = Mapping[str, Any]


def probes() -> dict[str, Probe]:
    """Every probe by its name."""
    files = sorted([*FOLDER.glob("*.yaml"), *OWN.glob("*.yaml")], key=lambda file: file.name)
    return {file.stem: plain_data(file) for file in files}


def is_graded(probe: Probe) -> bool:
    """Whether its end counts."""
    return bool(probe.get("graded", True))


def not_yet() -> frozenset[str]:
    """The probes that do not end as wanted yet."""
    return frozenset(NOT_YET.read_text("utf-8").split())


def end_of(probe: Probe) -> str:
    """How a probe ends: `pass`, `blocked`, `malformed`, or `other: …`, which nobody wants.

    Alternatives are other ways to say the same. One that passes is enough for `pass`; for
    `blocked` each that is not malformed must be.
    """
    ways = [probe.get("edits", []), *(each["edits"] for each in probe.get("alternatives", []))]
    ends = [_attempt(probe, way) for way in ways]
    if probe["want"] == "pass":
        return "pass" if "pass" in ends else ends[0]
    judged = [end for end in ends if end in {"pass", "blocked"}] or ends
    return next((end for end in judged if end != probe["want"]), judged[0])


def _attempt(probe: Probe, edits: Any) -> str:
    folder = Path(tempfile.mkdtemp(prefix="probe-"))
    try:
        return _judge(ProbeRepository(probe, folder), probe, edits)
    except CannotSetUpError as error:
        return f"other: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _judge(repository: ProbeRepository, probe: Probe, edits: Any) -> str:
    situation = probe.get("situation") or {"kind": "worktree"}
    with_base = situation.get("kind", "worktree") == "base"
    before = situation.get("before", {"request": "absent"} if with_base else None) or {}
    base = _commit_before(repository, before)
    start = _start(repository, before)
    repository.edit(edits, probe.get("files", []), start)
    for path in situation.get("removed", []):
        repository.remove(path)
    if not with_base:
        paths = situation.get("paths", [str(Path(repository.request).parent)])
        return _state(repository, *paths)
    record = repository.approvals(situation, repository.commit())
    after = situation.get("after")
    if after:
        repository.edit(after.get("edits", []), after.get("files", []))
        repository.commit()
    return _state(repository, "--base", base, "--approvals", str(record))


def _commit_before(repository: ProbeRepository, before: Mapping[str, Any]) -> str:
    """Commit what was there before the change that is judged; return that commit."""
    if before.get("edits") or before.get("files"):
        repository.edit(before.get("edits", []), before.get("files", []))
    if before.get("request") == "absent":
        repository.remove(repository.request)
        if before.get("folder") == "absent":
            repository.remove(str(Path(repository.request).parent))
    return repository.commit()


def _start(repository: ProbeRepository, before: Mapping[str, Any]) -> Any:
    """Write what the change starts from: the shipped request, or with `keep` what was before."""
    if repository.shipped is not None:
        repository.write(repository.shipped)
    if not before.get("keep"):
        return repository.shipped
    if before.get("request") != "absent":
        repository.git("checkout", "--quiet", "--", repository.request)
    return None


def _state(repository: ProbeRepository, *arguments: str) -> str:
    finished = repository.check(*arguments)
    other = f"other: exit {finished.returncode}: {finished.stderr.strip()[:300]}"
    return _STATES.get(finished.returncode, other)
