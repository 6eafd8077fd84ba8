"""The tree of an earlier commit with an environment of its own, to be measured beside this one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.bench.peers import CACHE, ROOT, Tool, launchpolicy, say

BEFORE = "launchpolicy before"


class UnknownCommitError(Exception):
    """This clone does not hold the commit, so there is nothing to compare with."""


def launchpolicy_before(commit: str) -> Tool:
    """Return launchpolicy as it was at a commit, installed from its own tree and its own lock.

    Raises:
        UnknownCommitError: this clone does not hold the commit.
    """
    full_id = _commit_id(commit)
    tree = CACHE / f"tree-{full_id}"
    if not tree.exists():
        say(f"unpacking the tree of {full_id[:12]}")
        _unpack(full_id, tree)
    tool = launchpolicy(tree, f"before-{full_id[:12]}")
    return Tool(
        name=BEFORE,
        version=f"{tool.version}, commit {full_id[:12]}",
        checks=tool.checks,
        argv=tool.argv,
        machine=tool.machine,
        objected=tool.objected,
        tree=tree,
    )


def _commit_id(commit: str) -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode != 0:
        message = f"this clone has no commit {commit}"
        raise UnknownCommitError(message)
    return ended.stdout.strip()


def _unpack(commit: str, tree: Path) -> None:
    """Write the files of a commit into a folder: whole, or not at all."""
    fresh, archive = tree.with_name(f"{tree.name}-fresh"), tree.with_name(f"{tree.name}.tar")
    shutil.rmtree(fresh, ignore_errors=True)
    tree.parent.mkdir(parents=True, exist_ok=True)
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", "--output", str(archive), commit]
    subprocess.run(command, check=True)
    shutil.unpack_archive(archive, fresh)
    archive.unlink()
    fresh.rename(tree)
