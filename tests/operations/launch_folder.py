"""Launch repositories in a folder, whose policies ask for some facts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.generate import request

CONFIGURATION = {
    "apiVersion": "launchpolicy/v1",
    "kind": "Configuration",
    "language": "en",
    "processes": {"bench": ["bench"]},
}


def launch_folder(folder: Path, expressions: Iterable[str], numbers: Iterable[int]) -> Path:
    """Return `folder` with requests of these numbers, and one policy for each expression."""
    policies = {f"policy-{number}": each for number, each in enumerate(expressions, 1)}
    put(folder / ".launchpolicy.yaml", json.dumps(CONFIGURATION))
    put(folder / "policies/bench/pack.yaml", json.dumps(_pack(list(policies))))
    for name, expression in policies.items():
        put(folder / f"policies/bench/{name}.yaml", json.dumps(_policy(name, expression)))
    for number in numbers:
        put(request_file(folder, number), alike(number))
    return folder


def request_file(folder: Path, number: int) -> Path:
    return folder / f"launches/LR-2026-{number:05d}/request.yaml"


def alike(number: int) -> str:
    """Return a request of the one product, in one window with all the others."""
    day = f"2026-12-{1 + number % 28:02d}"
    return request(number).replace(day, "2026-12-01")


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def commit(folder: Path) -> None:
    """Commit everything; the first time, make the folder a git repository."""
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Change"]):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def _resource(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": name, "title": {"en": name, "zh": name}}
    return {"apiVersion": "launchpolicy/v1", "kind": kind, "metadata": metadata, "spec": spec}


def _pack(names: list[str]) -> dict[str, Any]:
    bindings = [{"policy": name, "action": "deny"} for name in names]
    return _resource("Pack", "bench", {"version": 1, "bindings": bindings})


def _policy(name: str, expression: str) -> dict[str, Any]:
    text = {"en": "It does not hold.", "zh": "不满足。"}
    validation = {"expression": expression, "at": "spec", "message": text}
    match = {"kinds": ["LaunchRequest"]}
    return _resource("Policy", name, {"match": match, "validations": [validation], "fix": text})
