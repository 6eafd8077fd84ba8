"""A policy that would take gigabytes: undecided, in bounded memory, and it says what to do."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.launch_repository import NOW, LaunchRepository
from tests.cli.own_pack import PACK, POLICY

BOMB = "object.metadata.name.replace('', 'xxxxxxxxxx'){}.size() == 0"


MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "launchpolicy", *sys.argv[1:]])
print(f"\\npeak: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}")
sys.exit(done.returncode)
"""
"""A small process between: what is started inherits the peak of the one that starts it."""


@pytest.fixture
def bombed(repository: LaunchRepository) -> LaunchRepository:
    """A repository with a policy of its own that makes ten times as much, nine times over."""
    repository.edit(("[launch]        #", "[launch, own]   #"), path=".launchpolicy.yaml")
    folder = repository.folder / "policies" / "own"
    folder.mkdir(parents=True)
    bomb = BOMB.format(".replace('x', 'xxxxxxxxxx')" * 9)
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    policy = POLICY.replace("has(object.spec.people.watcher)", json.dumps(bomb))
    (folder / "watcher-named.yaml").write_text(policy, "utf-8")
    return repository


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "it takes more than 64 MiB of memory"), ("zh", "所需内存超过 64 MiB")],
)
def test_a_policy_that_takes_all_memory_leaves_the_request_undecided(
    bombed: LaunchRepository, language: str, words: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "check", "--now", NOW, "--lang", language],
        check=False,
        cwd=bombed.folder,
        env={**bombed.environment, "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 3
    output, _, peak = done.stdout.rpartition("\npeak: ")
    assert words in output
    assert int(peak) >> 10 < 300
