"""The hooks of this repository, installed and run by the real pre-commit in a launch repository."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.cli.launch_repository import (
    EXAMPLE,
    NOW,
    PROJECT,
    REQUEST,
    LaunchRepository,
    clean_environment,
)
from tests.cli.own_pack import PACK, POLICY
from tests.github.published import publish

pytestmark = pytest.mark.index

BREAK = ("    watcher: qian.na\n", "")
RETITLE = ("Checkout 3.2", "Checkout 3.2 again")
MANIFEST = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Committed:
    """How `git commit` ended, and everything that it showed."""

    code: int
    shown: str


@dataclass(frozen=True)
class Hooked:
    """A launch repository in which `pre-commit install` was run."""

    author: LaunchRepository

    def commit(self, *arguments: str) -> Committed:
        self.author.git("add", "--all")
        name = ["-c", "user.name=Li Wei", "-c", "user.email=li.wei@example.com"]
        done = subprocess.run(
            ["git", *name, "commit", "--message", "change", *arguments],
            cwd=self.author.folder,
            env=self.author.environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
        )
        return Committed(done.returncode, done.stdout)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This project as a git repository of its own, with what is not committed yet; its commit."""
    folder = publish(tmp_path_factory.mktemp("source"))
    project = LaunchRepository(folder, clean_environment(folder.parent))
    project.git("init", "--quiet", "--initial-branch=main")
    return folder, project.commit("as it stands")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def hooked(tmp_path: Path, source: tuple[Path, str], cache: Path) -> Hooked:
    """The example, committed, with every hook of this project installed."""
    return _installed(tmp_path, source, cache, ".")


@pytest.fixture
def monorepo(tmp_path: Path, source: tuple[Path, str], cache: Path) -> Hooked:
    """The same where the launch repository is the folder `ops` of the git repository."""
    return _installed(tmp_path, source, cache, "ops")


def _installed(tmp_path: Path, source: tuple[Path, str], cache: Path, place: str) -> Hooked:
    folder = tmp_path / "clone"
    shutil.copytree(EXAMPLE, folder / place, ignore=shutil.ignore_patterns("broken"))
    home = tmp_path / "home"
    home.mkdir()
    environment = {**clean_environment(home), "PRE_COMMIT_HOME": str(cache)}
    author = LaunchRepository(folder, environment)
    where = [] if place == "." else ["--directory", place]
    checks = {"id": "launchpolicy-check", "args": ["--now", NOW, *where]}
    others = [{"id": hook["id"], "args": where} for hook in MANIFEST if hook["id"] != checks["id"]]
    repo = {"repo": source[0].as_uri(), "rev": source[1], "hooks": [checks, *others]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [repo]}), "utf-8")
    author.git("init", "--quiet", "--initial-branch=main")
    author.commit("adopt launchpolicy")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )
    return Hooked(author)


def test_a_good_commit_passes_and_says_which_approvals_are_pending(hooked: Hooked) -> None:
    hooked.author.edit(RETITLE)
    committed = hooked.commit()
    assert committed.code == 0, committed.shown
    assert "pending" in committed.shown
    assert "no policies of its own" not in committed.shown  # only the check is shown at length


def test_a_bad_request_is_stopped_with_the_finding_on_the_terminal(hooked: Hooked) -> None:
    hooked.author.edit(BREAK)
    committed = hooked.commit()
    assert committed.code == 1
    assert f"{REQUEST}:" in committed.shown
    assert "`watcher` is missing here" in committed.shown


def test_o10_a_request_that_is_a_symbolic_link_is_refused(hooked: Hooked) -> None:
    request = hooked.author.request
    request.rename(request.with_name("elsewhere.yaml"))
    request.symlink_to("elsewhere.yaml")
    committed = hooked.commit()
    assert committed.code == 1
    assert REQUEST in committed.shown


def test_o10_a_commit_that_only_removes_is_looked_at_too(hooked: Hooked) -> None:
    """pre-commit counts no deleted files: without `always_run` it would run nothing."""
    shutil.rmtree(hooked.author.request.parent)
    committed = hooked.commit()
    assert "launchpolicy check --staged" in committed.shown
    assert "Skipped" not in committed.shown


def test_o10_no_verify_goes_past_every_hook_which_is_why_the_check_is_the_gate(
    hooked: Hooked,
) -> None:
    hooked.author.edit(BREAK)
    assert hooked.commit("--no-verify").code == 0
    guide = (PROJECT / ".github/guides/pull-requests.md").read_text("utf-8")
    assert "--no-verify" in guide


def test_a_policy_that_does_not_type_check_is_stopped(hooked: Hooked) -> None:
    pack = hooked.author.folder / "policies/own"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK)
    (pack / "watcher-named.yaml").write_text(POLICY.replace("people.watcher)", "people.watchre)"))
    committed = hooked.commit()
    assert committed.code == 1
    assert "policies/own/watcher-named.yaml:7" in committed.shown


def test_a_directory_with_one_account_for_two_people_is_stopped(hooked: Hooked) -> None:
    people = hooked.author.folder / "people.yaml"
    text = people.read_text("utf-8")
    people.write_text(f"{text}\n{text}", "utf-8")  # every key twice
    committed = hooked.commit()
    assert committed.code == 1
    assert "people.yaml:" in committed.shown


def test_a_schema_of_another_version_is_stopped_and_the_remedy_is_named(hooked: Hooked) -> None:
    schemas = hooked.author.folder / "schemas"
    schemas.mkdir()
    copy = schemas / "launch-request.schema.json"
    copy.write_text(hooked.author.run("schema", "LaunchRequest").output, "utf-8")
    assert hooked.commit().code == 0
    copy.write_text(copy.read_text("utf-8").replace('"LaunchRequest"', '"Launch"', 1), "utf-8")
    committed = hooked.commit()
    assert committed.code == 1
    assert (
        "launchpolicy schema LaunchRequest > schemas/launch-request.schema.json" in committed.shown
    )


def test_hooks_of_a_monorepo_take_the_folder_of_the_launch_repository(monorepo: Hooked) -> None:
    author = monorepo.author
    author.edit(RETITLE, path=f"ops/{REQUEST}")
    good = monorepo.commit()
    assert good.code == 0, good.shown
    assert "pending" in good.shown
    author.edit(BREAK, path=f"ops/{REQUEST}")
    bad = monorepo.commit()
    assert bad.code == 1
    assert "`watcher` is missing here" in bad.shown


def test_a_commit_beside_the_launch_repository_says_one_line(monorepo: Hooked) -> None:
    (monorepo.author.folder / "README").write_text("changed", "utf-8")
    committed = monorepo.commit()
    assert committed.code == 0, committed.shown
    check = committed.shown.partition("launchpolicy check --staged")[2]
    said = check.partition("launchpolicy policy test")[0].splitlines()[1:]
    assert [line for line in said if line and not line.startswith("- ")] == [
        "○ Nothing was judged: no request (launches/*/request.yaml, waivers/*.yaml) is changed."
    ]


def test_hooks_need_nothing_but_the_core() -> None:
    assert all("additional_dependencies" not in hook for hook in MANIFEST)


def test_every_hook_runs_always_and_looks_for_itself() -> None:
    for hook in MANIFEST:
        assert hook["always_run"] is True
        assert hook["pass_filenames"] is False
        assert not {"files", "types", "types_or", "exclude", "stages"} & set(hook)
