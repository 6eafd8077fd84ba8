"""A launch repository of small documents of an own kind, with one landing for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.cli.launch_repository import LaunchRepository, clean_environment

CONFIGURATION = """\
apiVersion: launchpolicy/v1
kind: Configuration
processes: {}
approvals: {source: signed, rules: anybody}
kinds:
  - {name: Thing, files: 'things/*.yaml', schema: schemas/thing.json, id: path.stem, packs: [own]}
"""
SCHEMA = """\
{"type": "object", "additionalProperties": false, "required": ["size"],
 "properties": {"size": {"type": "integer"}, "owner": {"type": "string"}}}
"""
PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: is-small, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: is-small, title: It is small}
spec:
  match: {kinds: [Thing]}
  params: {most: 8}
  validations:
    - expression: object.size <= params.most
      at: size
      message: It is too large.
  fix: Make it smaller.
"""
CASES = """\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {name: is-small}
spec:
  object: cases/thing.yaml
  cases:
    - {name: small, expect: passed}
    - {name: most, set: {size: 8}, expect: passed}
    - {name: large, set: {size: 9}, expect: failed}
"""
POLICY_FILE = "policies/own/is-small.yaml"
FILES = {
    ".launchpolicy.yaml": CONFIGURATION,
    "schemas/thing.json": SCHEMA,
    "policies/own/pack.yaml": PACK,
    POLICY_FILE: POLICY,
    "policies/own/is-small.test.yaml": CASES,
    "policies/own/cases/thing.yaml": "size: 1\n",
}
_START = 1_764_036_000  # 2025-11-25T02:00:00Z
_DAY = 86_400


def thing_repository(folder: Path, sizes: Sequence[int], home: Path) -> LaunchRepository:
    """Make a repository on main: the rules, and then a thing of each size, a day apart."""
    repository = LaunchRepository(folder, clean_environment(home))
    folder.mkdir()
    home.mkdir(exist_ok=True)
    repository.git("init", "--quiet", "--initial-branch=main")
    for path, text in FILES.items():
        write(repository, path, text)
    land(repository, 0)
    for number, size in enumerate(sizes, start=1):
        write(repository, f"things/t{number}.yaml", f"size: {size}\n")
        land(repository, number)
    return repository


def write(repository: LaunchRepository, path: str, text: str) -> None:
    """Write a file of the work tree."""
    file = repository.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def land(repository: LaunchRepository, day: int) -> str:
    """Commit the work tree as so many days after the beginning; return the commit."""
    moment = f"{_START + day * _DAY} +0000"
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    return LaunchRepository(repository.folder, {**repository.environment, **dated}).commit()


def stricter(repository: LaunchRepository, most: int) -> None:
    """Allow only so much in the policy of the work tree."""
    repository.edit(("most: 8", f"most: {most}"), path=POLICY_FILE)
