from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.changes import changed_files
from launchpolicy.hosts.git.plumbing import _ENVIRONMENT, git_in
from launchpolicy.hosts.git.repository import Repository, find_top, open_bare, open_repository
from launchpolicy.hosts.git.revisions import head
from launchpolicy.hosts.git.snapshots import CommitSnapshot, IndexSnapshot
from launchpolicy.vocabulary.errors import UndecidedError

Git = Callable[..., str]
REQUEST = "launches/LR-1/request.yaml"


def _first_commit(repository: Repository) -> CommitSnapshot:
    commit = head(repository)
    assert commit is not None
    return CommitSnapshot(repository, commit)


@pytest.mark.parametrize("inside", ["", "launches", "launches/LR-1/acceptance"])
def test_opened_from_any_folder_git_runs_at_the_top(folder: Path, inside: str) -> None:
    with open_repository(folder / inside) as repository:
        assert repository.top == folder
        assert repository.git.folder == folder
        assert _first_commit(repository).entry(REQUEST) is not None


def test_opened_through_a_symbolic_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder / "launches")
    with open_repository(tmp_path / "link") as repository:
        assert repository.top == folder


def test_outside_a_repository_nothing_can_be_decided(tmp_path: Path) -> None:
    assert find_top(tmp_path) is None
    with pytest.raises(UndecidedError, match="not inside a git repository") as caught:
        open_repository(tmp_path)
    assert caught.value.exit_code == 3
    assert "git 仓库" in caught.value.problem.zh


def test_no_git_on_the_path(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match="not on the PATH") as caught:
        open_repository(folder, {"PATH": str(tmp_path)})
    assert "apt-get install git" in caught.value.remedy.en


@pytest.mark.parametrize("path", [".", "", "bin"])
def test_g2_a_git_that_the_repository_brings_along_is_not_run(
    folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in (folder / "git", folder / "bin" / "git"):
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\ntouch PWNED\n")
        program.chmod(0o755)
    monkeypatch.chdir(folder)
    with open_repository(folder, {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}) as opened:
        assert head(opened) is not None
    assert not list(folder.rglob("PWNED"))


def test_a_git_folder_that_is_none_is_not_skipped_for_the_next_one_above(folder: Path) -> None:
    (folder / "launches" / ".git").mkdir()
    with pytest.raises(UndecidedError):
        open_repository(folder / "launches")


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"])
def test_git_variables_of_the_surroundings_lead_nowhere_else(
    folder: Path, tmp_path: Path, git: Git, variable: str
) -> None:
    git(tmp_path, "init", "--quiet", "other")
    with open_repository(folder, {**os.environ, variable: str(tmp_path / "other")}) as opened:
        assert opened.git_dir == folder / ".git"
        assert head(opened) is not None


def test_g2_nested_bare_repository_with_fsmonitor_runs_nothing(folder: Path, git: Git) -> None:
    nested = folder / "launches" / "LR-1" / "acceptance"
    git(nested, "init", "--quiet", "--bare", ".")
    (nested / "config").write_text(
        "[core]\n\tbare = false\n\tworktree = .\n\trepositoryformatversion = 0\n"
        '\tfsmonitor = "touch PWNED #"\n\thooksPath = .\n'
    )
    with open_repository(nested) as opened:
        assert opened.top == folder
        assert list(IndexSnapshot(opened).entries("launches"))
    assert not list(folder.rglob("PWNED"))


def test_g2_hostile_configuration_of_the_repository_itself_runs_nothing(
    folder: Path, git: Git
) -> None:
    hook = folder / ".git" / "hooks" / "post-index-change"
    hook.write_text("#!/bin/sh\ntouch PWNED\n")
    hook.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "core.editor"):
        git(folder, "config", name, "touch PWNED #")
    (folder / REQUEST).write_text("title: second\n")
    with open_repository(folder) as opened:
        snapshot = _first_commit(opened)
        assert [entry.path for entry in IndexSnapshot(opened).entries("policies")]
        assert [entry.path for entry in snapshot.entries("policies")] == ["policies/own/pack.yaml"]
    assert not list(folder.rglob("PWNED"))


@pytest.mark.parametrize("without", ["GIT_ALLOW_PROTOCOL", "GIT_NO_LAZY_FETCH", ""])
def test_g2_a_missing_object_is_not_fetched_by_a_command_of_the_repository(
    folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    """Each of two variables suffices: git learnt one of them only in 2024."""
    environment = {name: value for name, value in _ENVIRONMENT.items() if name != without}
    monkeypatch.setattr("launchpolicy.hosts.git.plumbing._ENVIRONMENT", environment)
    blob = git(folder, "rev-parse", f"HEAD:{REQUEST}")
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": "ext::touch PWNED",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
    }.items():
        git(folder, "config", name, value)
    with open_repository(folder) as opened:
        snapshot = _first_commit(opened)
        entry = snapshot.entry(REQUEST)
        assert entry is not None
        with pytest.raises(UndecidedError):
            next(snapshot.read([entry], 1000))
    assert not list(folder.rglob("PWNED"))


def test_g3_dubious_ownership_names_the_exact_remedy(
    folder: Path, other_owner: Callable[[Path], dict[str, str]]
) -> None:
    configured = (Path.home() / ".gitconfig").read_bytes()
    environ = other_owner(folder)
    with pytest.raises(UndecidedError, match="dubious ownership") as caught:
        open_repository(folder, environ)
    command = f"git config --global --add safe.directory '{folder}'"
    assert caught.value.remedy.en.endswith(command)
    assert caught.value.remedy.zh.endswith(command)
    assert (Path.home() / ".gitconfig").read_bytes() == configured


def test_g3_the_remedy_for_dubious_ownership_works(
    folder: Path, other_owner: Callable[[Path], dict[str, str]], git: Git
) -> None:
    environ = other_owner(folder)
    git(folder, "config", "--global", "--add", "safe.directory", str(folder))
    with open_repository(folder, environ) as opened:
        assert head(opened) is not None


@pytest.mark.parametrize("trusted", ["*", "{folder}", "/elsewhere\n\tdirectory = {folder}"])
@pytest.mark.parametrize("where", ["in it", "in a file that it includes"])
def test_g3_a_repository_that_the_system_trusts_is_opened_and_read(
    folder: Path,
    other_owner: Callable[[Path], dict[str, str]],
    tmp_path: Path,
    trusted: str,
    where: str,
) -> None:
    system = tmp_path / "system"
    system.write_text(f"[safe]\n\tdirectory = {trusted.format(folder=folder)}\n")
    if where != "in it":
        (tmp_path / "outer").write_text(f"[include]\n\tpath = {system}\n")
        system = tmp_path / "outer"
    environ = other_owner(folder) | {"GIT_CONFIG_SYSTEM": str(system)}
    del environ["GIT_CONFIG_NOSYSTEM"]
    with open_repository(folder, environ) as opened:
        assert _first_commit(opened).entry(REQUEST) is not None
        assert IndexSnapshot(opened).entry(REQUEST) is not None


def test_g2_a_repository_cannot_call_itself_trusted(
    folder: Path, other_owner: Callable[[Path], dict[str, str]], git: Git, tmp_path: Path
) -> None:
    git(folder, "config", "safe.directory", "*")
    (tmp_path / "empty").write_text("")
    environ = other_owner(folder) | {"GIT_CONFIG_SYSTEM": str(tmp_path / "empty")}
    del environ["GIT_CONFIG_NOSYSTEM"]
    with pytest.raises(UndecidedError, match="dubious ownership"):
        open_repository(folder, environ)


def test_g3_trust_that_the_user_takes_back_from_the_system_stays_taken_back(
    folder: Path, other_owner: Callable[[Path], dict[str, str]], git: Git, tmp_path: Path
) -> None:
    (tmp_path / "system").write_text("[safe]\n\tdirectory = *\n")
    git(folder, "config", "--global", "safe.directory", "")
    environ = other_owner(folder) | {"GIT_CONFIG_SYSTEM": str(tmp_path / "system")}
    with pytest.raises(UndecidedError, match="dubious ownership"):
        open_repository(folder, environ)  # the system's configuration is switched off
    del environ["GIT_CONFIG_NOSYSTEM"]
    with pytest.raises(UndecidedError, match="dubious ownership"):
        open_repository(folder, environ)


def test_g2_nothing_else_of_the_systems_configuration_is_used(
    folder: Path, other_owner: Callable[[Path], dict[str, str]], tmp_path: Path
) -> None:
    trap = tmp_path / "ran"
    (tmp_path / "system").write_text(
        f"[safe]\n\tdirectory = *\n[core]\n\tfsmonitor = touch {trap}\n"
        f'[filter "x"]\n\tclean = touch {trap}\n[diff]\n\texternal = touch {trap}\n'
    )
    environ = other_owner(folder) | {"GIT_CONFIG_SYSTEM": str(tmp_path / "system")}
    del environ["GIT_CONFIG_NOSYSTEM"]
    with open_repository(folder, environ) as opened:
        assert opened.git.run("config", "--get", "core.fsmonitor").output == b"false\n"
        assert opened.git.run("config", "--get", "diff.external").output == b""
        assert IndexSnapshot(opened).entry(REQUEST) is not None
    assert not trap.exists()


def test_g5_grafts_are_refused(folder: Path) -> None:
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "grafts").write_text("")
    with pytest.raises(UndecidedError, match="grafts") as caught:
        open_repository(folder)
    assert caught.value.remedy.en == "Delete that file."


def test_g5_grafts_are_seen_from_a_linked_worktree(folder: Path, git: Git) -> None:
    git(folder, "worktree", "add", "--quiet", "../linked")
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "grafts").write_text("")
    with pytest.raises(UndecidedError, match="grafts"):
        open_repository(folder.parent / "linked")


def test_a_linked_worktree_has_its_own_head_and_index(
    folder: Path, git: Git, commit: Callable[..., str]
) -> None:
    git(folder, "worktree", "add", "--quiet", "../linked")
    linked = folder.parent / "linked"
    newer = commit(linked, {"launches/LR-2/request.yaml": "title: linked\n"})
    with open_repository(linked / "launches") as opened:
        assert opened.top == linked
        assert opened.common_dir == folder / ".git"
        assert head(opened) == newer
        assert IndexSnapshot(opened).entry("launches/LR-2/request.yaml") is not None


def test_a_linked_worktree_whose_repository_was_moved_says_so(
    folder: Path, git: Git, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    git(folder, "worktree", "add", "--quiet", "--detach", str(linked))
    moved = folder.rename(tmp_path / "moved")
    with pytest.raises(UndecidedError) as caught:
        open_repository(linked)
    assert "is a linked worktree or a submodule, and its repository is not there" in (
        caught.value.problem.en
    )
    assert f"git worktree repair {linked}" in caught.value.remedy.en
    git(moved, "worktree", "repair", str(linked))
    with open_repository(linked) as opened:
        assert opened.top == linked


def test_a_bare_repository_that_was_named(folder: Path, git: Git) -> None:
    git(folder, "clone", "--quiet", "--bare", ".", "../bare.git")
    with open_bare(folder.parent / "bare.git") as opened:
        assert opened.top is None
        assert _first_commit(opened).entry(REQUEST) is not None


def test_a_bare_repository_is_not_discovered(folder: Path, git: Git) -> None:
    git(folder, "clone", "--quiet", "--bare", ".", "../bare.git")
    with pytest.raises(UndecidedError):
        open_repository(folder.parent / "bare.git")


@pytest.mark.parametrize("inside", ["", ".git", "launches", "absent"])
def test_what_is_no_bare_repository_is_refused_as_one(folder: Path, inside: str) -> None:
    with pytest.raises(UndecidedError, match="not a bare git repository"):
        open_bare(folder / inside)


def test_a_repository_that_claims_another_work_tree(folder: Path, git: Git, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    git(folder, "config", "core.worktree", str(tmp_path / "elsewhere"))
    with pytest.raises(UndecidedError, match="work tree is"):
        open_repository(folder)


def test_a_damaged_configuration_is_quoted(folder: Path) -> None:
    (folder / ".git" / "config").write_text("[core\n")
    with pytest.raises(UndecidedError, match="bad config line 1"):
        open_repository(folder)


def test_a_line_break_in_the_path_of_the_repository(tmp_path: Path, git: Git) -> None:
    odd = tmp_path / "two\nlines"
    odd.mkdir()
    git(odd, "init", "--quiet")
    with pytest.raises(UndecidedError, match="makes no sense") as caught:
        open_repository(odd)
    assert "no line break" in caught.value.remedy.en


def test_a_failing_command_is_undecided_and_quotes_git(repository: Repository) -> None:
    with pytest.raises(UndecidedError, match="could not get object info"):
        repository.git.demand("cat-file", "-t", "0" * 40)


def test_the_environment_of_git_is_ours_whatever_the_surroundings_say(folder: Path) -> None:
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": "/home/somebody",
        "LC_ALL": "zh_CN.UTF-8",
        "GIT_EXTERNAL_DIFF": "touch PWNED",
        "GIT_CONFIG_COUNT": "1",
        "GIT_TERMINAL_PROMPT": "1",
        "GIT_ALLOW_PROTOCOL": "ext",
    }
    assert git_in(folder, surroundings).environment == {
        "PATH": os.environ["PATH"],
        "HOME": "/home/somebody",
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }


def _ask_everything(folder: Path, environ: dict[str, str]) -> None:
    with open_repository(folder, environ) as opened:
        commit = head(opened)
        assert commit is not None
        assert IndexSnapshot(opened).entry(REQUEST) is not None
        changed_files(opened, commit, commit)


def test_every_question_is_answered_by_a_sound_git(folder: Path) -> None:
    _ask_everything(folder, dict(os.environ))


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("rev-parse", ""),
        ("rev-parse", r"false\nsha1\nfalse\n"),
        ("rev-parse", r"false\nmd5\nfalse\n/a\n/b\n/c\n"),
        ("cat-file", ""),
        ("cat-file", r"one two three four\n"),
        ("diff-index", r"not separated"),
        ("diff-index", r":100644 100644 1 2 M\0"),
        ("diff-index", r":100644 M\0path\0"),
        ("diff-index", r":100644 100644 1 2 X\0path\0"),
        ("diff-index", r":\0377\0path\0"),
        ("merge-base", ""),
        ("merge-base", r"HEAD\n"),
    ],
)
def test_output_of_git_that_makes_no_sense_is_undecided(
    folder: Path, git_after: Callable[[str], dict[str, str]], command: str, output: str
) -> None:
    environ = git_after(f"case $* in *{command}*) printf '{output}'; exit 0;; esac")
    with pytest.raises(UndecidedError):
        _ask_everything(folder, environ)


def test_a_folder_that_is_gone_is_undecided(folder: Path) -> None:
    git = git_in(folder / "absent", os.environ)
    with pytest.raises(UndecidedError, match="No such file"):
        git.run("version")
    with pytest.raises(UndecidedError, match="No such file"):
        git.start("version")


def test_one_request_and_its_old_version_take_two_processes(
    folder: Path, counted: tuple[dict[str, str], Path]
) -> None:
    environ, log = counted
    with open_repository(folder, environ) as opened:
        snapshot = _first_commit(opened)
        entry = snapshot.entry(REQUEST)
        assert entry is not None
        assert next(snapshot.read([entry], 1000)).data == b"title: first\n"
    assert len(log.read_text().splitlines()) == 2
