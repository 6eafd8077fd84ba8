"""README's own commands, then the guide's: from an empty folder to a launch in the ledger."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.launch_repository import Finished, clean_environment
from tests.examples.answering import answered, examples_at, parsed, written
from tests.examples.catalogue import EXAMPLES, NOW
from tests.extent import share_of
from tests.readme_blocks import run

ROOT = Path(__file__).parents[2]
APPROVERS = ("wang.fang", "zhou.kai", "zhao.min")
KEYED = (*APPROVERS, "xu.bo")
"""Who could be asked: leadership where a rollback loses data for good."""


@dataclass(frozen=True)
class Reader:
    """Someone who follows the pages: a folder, and an environment without settings of ours."""

    folder: Path
    environment: dict[str, str]

    def call(self, *command: str) -> Finished:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, check=False
        )
        return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())

    def git(self, *arguments: str) -> None:
        done = self.call("git", *arguments)
        assert done.code == 0, done.complaint

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def is_someone(self, name: str) -> None:
        self.git("config", "user.name", name)
        self.git("config", "user.email", f"{name}@example.com")

    def check(self) -> Finished:
        return self.call("launchpolicy", "check", "--base", "main", "--now", NOW)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    folder, home = tmp_path / "here", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    clean = clean_environment(home)
    path = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
    dates = {"GIT_AUTHOR_DATE": NOW, "GIT_COMMITTER_DATE": NOW}
    return Reader(folder, {**clean, **dates, "PATH": path})


def name_the_people(reader: Reader, keys: Path) -> None:
    """Fill in people.yaml as the example has it, with a key for each who may be asked."""
    text = (EXAMPLES / "product-launch" / "people.yaml").read_text("utf-8")
    keys.mkdir()
    for name in KEYED:
        made = reader.call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / name))
        assert made.code == 0, made.complaint
        public = (keys / f"{name}.pub").read_text("utf-8").strip()
        address = f"emails: [{name}@example.com]"
        assert address in text
        text = text.replace(address, f'{address}, keys: ["{public}"]')
    (reader.folder / "people.yaml").write_text(text, "utf-8")


def fill_in(request: Path) -> None:
    """Answer every `TODO` as the example does; the evidence is the example's, under our number."""
    example, answers = examples_at("product-launch", "requested")[0]
    ignored = shutil.ignore_patterns("request.yaml", "approvals")
    shutil.copytree(example, request.parent, ignore=ignored, dirs_exist_ok=True)
    filled = written(answered(parsed(request.read_text("utf-8")), answers))
    theirs, ours = example.name.encode(), request.parent.name.encode()
    for file in (file for file in request.parent.glob("*/*") if file.suffix in {".pdf", ".xml"}):
        before = file.read_bytes()
        after = before.replace(theirs, ours)
        file.write_bytes(after)
        old, new = (sha256(data).hexdigest().encode() for data in (before, after))
        filled = filled.replace(old, new)
    request.write_bytes(filled)


@pytest.mark.parametrize("page", share_of(("README.md", "README.zh-CN.md"), 1))
def test_readme_leads_to_a_launch_in_the_ledger(page: str, reader: Reader, tmp_path: Path) -> None:
    run(ROOT / page, reader.folder, reader.environment)  # adopts, asks, and is blocked
    (request,) = reader.folder.glob("launches/*/request.yaml")
    name, branch = request.parent.name, f"launch/{request.parent.name}"
    assert "request/unanswered" in reader.check().output

    reader.git("switch", "--quiet", "main")
    name_the_people(reader, tmp_path / "keys")
    assert reader.call("launchpolicy", "people", "check").code == 0
    reader.commit("Name our people")
    reader.git("switch", "--quiet", branch)
    reader.git("rebase", "--quiet", "main")

    fill_in(request)
    reader.commit("Answer every question")
    waiting = reader.check()
    assert (waiting.code, "only approvals are missing" in waiting.output) == (1, True)

    for approver in APPROVERS:
        reader.is_someone(approver)
        key = str(tmp_path / "keys" / approver)
        options = ("--commit", "--yes", "--key", key, "--now", NOW)
        done = reader.call("launchpolicy", "approve", f"launches/{name}", *options)
        assert done.code == 0, done.complaint
    assert reader.check().code == 0

    reader.is_someone("li.wei")
    reader.git("switch", "--quiet", "main")
    reader.git("merge", "--quiet", "--no-ff", "--no-edit", branch)
    assert reader.call("launchpolicy", "ledger", "append", "--now", NOW).code == 0
    shown = reader.call("launchpolicy", "ledger", "show", name).output
    assert "approved  pass" in shown
    assert all(approver in shown for approver in APPROVERS)
