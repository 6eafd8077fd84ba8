"""What the check of a passing request must not import: cost is paid when something is explained."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

HEAVY = {
    "git",
    "google.protobuf",
    "jinja2",
    "jsonschema",
    "launchpolicy.requests.launch_request",
    "pydantic",
}
TYPE_CHECK = {"google.protobuf"}
"""What a launch repository's own packs cost the first time: then they are type-checked."""

EXAMPLE = Path(__file__).parents[2] / "examples" / "product-launch"
PROBE = """\
import json, sys
from launchpolicy.cli.main import main
sys.argv = ["launchpolicy", "check", "--now", "2026-11-25T10:00:00+08:00"]
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
CONFIGURATION = """\
apiVersion: launchpolicy/v1
kind: Configuration
language: en
processes: {small: [small]}
"""
PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: small, title: {en: Small, zh: 小}}
spec:
  version: 1
  bindings: [{policy: says-what, action: deny}]
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: says-what, title: {en: Says what, zh: 说明内容}}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - {expression: has(object.spec.summary), at: spec.summary, message: {en: Say., zh: 请写。}}
  fix: {en: Say what., zh: 请说明。}
"""
REQUEST = """\
apiVersion: launchpolicy/v1
kind: LaunchRequest
metadata: {name: LR-1}
spec:
  process: small
  summary: Split payment
status: {stage: requested}
"""
FILES = {
    ".launchpolicy.yaml": CONFIGURATION,
    "policies/small/pack.yaml": PACK,
    "policies/small/says-what.yaml": POLICY,
    "launches/LR-1/request.yaml": REQUEST,
}


class Probed(NamedTuple):
    exit_code: int
    output: str
    modules: set[str]

    def loaded(self, package: str) -> bool:
        return any(name == package or name.startswith(package + ".") for name in self.modules)


@pytest.fixture
def launch_repository(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True)
    return tmp_path


def _probe(folder: Path, cache: Path) -> Probed:
    """Runs a check in an interpreter of its own, without the measurement of coverage in it."""
    measured = ("COV_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(measured)}
    ended = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env={**kept, "XDG_CACHE_HOME": str(cache)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    *_, modules = ended.stderr.splitlines()
    return Probed(ended.returncode, ended.stdout, set(json.loads(modules)))


def test_a_passing_check_imports_nothing_heavy(tmp_path: Path) -> None:
    probed = _probe(EXAMPLE, tmp_path)
    assert probed.exit_code == 0, probed.output
    assert {package for package in HEAVY if probed.loaded(package)} == set()


def test_own_packs_cost_their_type_check_once_and_nothing_else(
    launch_repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    for expected in (TYPE_CHECK, set()):
        probed = _probe(launch_repository, cache)
        assert probed.exit_code == 0, probed.output
        assert {package for package in HEAVY if probed.loaded(package)} == expected


def test_the_probe_sees_what_an_explanation_imports(
    launch_repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    request = launch_repository / "launches/LR-1/request.yaml"
    request.write_text(REQUEST.replace("summary", "sumary"), encoding="utf-8")
    probed = _probe(launch_repository, tmp_path_factory.mktemp("cache"))
    assert probed.exit_code == 2, probed.output
    assert probed.loaded("jsonschema")
