from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.revisions import head
from launchpolicy.hosts.git.snapshots import CommitSnapshot, IndexSnapshot
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.snapshot import Snapshot, SnapshotEntry

Git = Callable[..., str]
Write = Callable[[Path, Mapping[str, str | bytes | None]], None]
REQUEST = "launches/LR-1/request.yaml"
ODD_NAMES = [
    "launches/-x/--output=y.yaml",
    "launches/two\nlines.yaml",
    'launches/"quoted".yaml',
    "launches/$(touch PWNED).yaml",
    "launches/上线申请/验收报告.pdf",
    "launches/a b\t.yaml",
    "launches/*.yaml",
    "launches/:(top)x.yaml",
    "launches/back\\slash.yaml",
]


def _at_head(repository: Repository) -> CommitSnapshot:
    commit = head(repository)
    assert commit is not None
    return CommitSnapshot(repository, commit)


def _snapshots(repository: Repository) -> list[Snapshot]:
    """The same files in all three forms; this line is the proof that they keep the protocol."""
    assert repository.top is not None
    found: list[Snapshot] = [_at_head(repository), IndexSnapshot(repository)]
    found.append(WorkTreeSnapshot(repository.top))
    return found


def _content(snapshot: Snapshot, path: str, limit: int = 10_000) -> bytes | None:
    entry = snapshot.entry(path)
    assert entry is not None
    (blob,) = snapshot.read([entry], limit)
    assert blob.entry == entry
    return blob.data


def test_all_snapshots_say_the_same(repository: Repository) -> None:
    for snapshot in _snapshots(repository):
        assert [entry.path for entry in snapshot.entries("launches/LR-1")] == [
            "launches/LR-1/acceptance/acceptance.txt",
            REQUEST,
        ]
        assert len(list(snapshot.entries())) == 4
        assert _content(snapshot, REQUEST) == b"title: first\n"
        assert snapshot.entry("launches") is None
        assert snapshot.entry("") is None
        assert snapshot.entry("launches/LR-1/request.yaml/more") is None
        assert list(snapshot.entries("launches/LR")) == []
        assert [entry.path for entry in snapshot.entries(REQUEST)] == [REQUEST]


def test_a_label_says_what_was_read(repository: Repository) -> None:
    assert [snapshot.label for snapshot in _snapshots(repository)] == [
        head(repository),
        "index",
        "work tree",
    ]


def test_all_snapshots_have_the_order_of_paths(empty: Path, commit: Callable[..., str]) -> None:
    paths = ["a-b", "a.yaml", "a/b", "a/b.yaml", "a0", "A", "上线", "\U0001f680", "\uffee"]
    commit(empty, dict.fromkeys(paths, "x"))
    with open_repository(empty) as opened:
        for snapshot in _snapshots(opened):
            assert [entry.path for entry in snapshot.entries()] == sorted(paths)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", ".git/config", "launches//LR-1", "."])
def test_e1_no_path_leads_out_of_a_snapshot(repository: Repository, path: str) -> None:
    for snapshot in _snapshots(repository):
        assert snapshot.entry(path) is None
        with pytest.raises(UsageError):
            list(snapshot.entries(path))


def test_g6_odd_names_are_kept_to_the_letter(empty: Path, commit: Callable[..., str]) -> None:
    commit(empty, {name: name for name in ODD_NAMES})
    with open_repository(empty) as opened:
        for snapshot in _snapshots(opened):
            entries = list(snapshot.entries("launches"))
            assert {entry.path for entry in entries} == set(ODD_NAMES)
            assert {blob.data for blob in snapshot.read(entries, 1000)} == {
                name.encode() for name in ODD_NAMES
            }
            assert all(snapshot.entry(name) is not None for name in ODD_NAMES)
    assert not list(empty.rglob("PWNED"))


def test_g6_names_that_are_not_utf_8_are_listed_as_unreadable(
    empty: Path, commit: Callable[..., str]
) -> None:
    odd = os.fsdecode(b"launches/caf\xe9/request.yaml")
    commit(empty, {odd: "x", "launches/caf\\xe9/request.yaml": "y", "launches/b": ""})
    with open_repository(empty) as opened:
        for snapshot in _snapshots(opened):
            assert sorted((entry.path, entry.mode) for entry in snapshot.entries("launches")) == [
                ("launches/b", "100644"),
                ("launches/caf\\xe9/request.yaml", "000000"),
                ("launches/caf\\xe9/request.yaml", "100644"),
            ]
            assert _content(snapshot, "launches/caf\\xe9/request.yaml") == b"y"
            assert snapshot.entry(odd) is None


def test_g6_twins_by_case_and_by_normal_form_are_both_listed(
    empty: Path, commit: Callable[..., str]
) -> None:
    twins = ["launches/LR-1/a", "launches/lr-1/a", "launches/caf\u00e9", "launches/cafe\u0301"]
    commit(empty, dict.fromkeys(twins, "x"))
    with open_repository(empty) as opened:
        for snapshot in _snapshots(opened):
            assert [entry.path for entry in snapshot.entries("launches")] == sorted(twins)


@pytest.mark.parametrize(
    "attributes",
    ["* text eol=crlf", "* ident", "* filter=evil", "* working-tree-encoding=UTF-16", "* binary"],
)
def test_e5_attributes_change_no_byte(
    folder: Path, git: Git, write: Write, attributes: str
) -> None:
    blob = git(folder, "hash-object", "-w", "--stdin", "--no-filters", stdin=b"$Id$\na\r\nb\n")
    git(folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{REQUEST}")
    git(folder, "commit", "--quiet", "-m", "raw")
    write(folder, {".gitattributes": attributes})
    git(folder, "config", "filter.evil.smudge", "touch PWNED; cat")
    git(folder, "config", "filter.evil.clean", "touch PWNED; cat")
    git(folder, "config", "diff.evil.textconv", "touch PWNED; cat")
    with open_repository(folder) as opened:
        for snapshot in (_at_head(opened), IndexSnapshot(opened)):
            assert _content(snapshot, REQUEST) == b"$Id$\na\r\nb\n"
            assert snapshot.entry(REQUEST) == SnapshotEntry(REQUEST, "100644", blob)
    assert not list(folder.rglob("PWNED"))


def test_e2_a_symbolic_link_is_listed_and_not_followed(
    folder: Path, commit: Callable[..., str]
) -> None:
    (folder / "launches/LR-2").symlink_to("LR-1")
    (folder / "launches/LR-1/secret.yaml").symlink_to("/etc/passwd")
    commit(folder, {})
    with open_repository(folder) as opened:
        for snapshot in _snapshots(opened):
            link = snapshot.entry("launches/LR-1/secret.yaml")
            assert link is not None
            assert link.mode == "120000"
            assert snapshot.entry("launches/LR-2/request.yaml") is None
            assert [entry.mode for entry in snapshot.entries("launches/LR-2")] == ["120000"]
            with pytest.raises(ValueError, match="not a regular file"):
                list(snapshot.read([link], 1000))


def test_e3_a_submodule_is_listed_and_not_entered(
    folder: Path, git: Git, commit: Callable[..., str]
) -> None:
    nested = folder / "launches" / "LR-3"
    nested.mkdir()
    git(nested, "init", "--quiet")
    commit(nested, {"request.yaml": "title: nested\n"})
    git(folder, "-c", "advice.addEmbeddedRepo=false", "add", "launches/LR-3")
    git(folder, "commit", "--quiet", "-m", "submodule")
    with open_repository(folder) as opened:
        for snapshot in _snapshots(opened):
            assert [entry.mode for entry in snapshot.entries("launches/LR-3")] == ["160000"]
            submodule = snapshot.entry("launches/LR-3")
            assert submodule is not None
            assert submodule.mode == "160000"
            assert snapshot.entry("launches/LR-3/request.yaml") is None
            assert "launches/LR-3" in [entry.path for entry in snapshot.entries("launches")]


def test_e3_a_submodule_cannot_be_hidden_from_the_index(
    folder: Path, git: Git, write: Write
) -> None:
    commit = git(folder, "rev-parse", "HEAD")
    settings = '[submodule "x"]\n\tpath = launches/LR-3\n\turl = ./x\n\tignore = all\n'
    write(folder, {".gitmodules": settings})
    git(folder, "config", "diff.ignoreSubmodules", "all")
    git(folder, "config", "submodule.x.ignore", "all")
    git(folder, "add", ".gitmodules")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{commit},launches/LR-3")
    with open_repository(folder) as opened:
        found = IndexSnapshot(opened).entry("launches/LR-3")
    assert found == SnapshotEntry("launches/LR-3", "160000", commit)


def test_an_executable_file_is_regular(folder: Path, commit: Callable[..., str]) -> None:
    (folder / REQUEST).chmod(0o755)
    commit(folder, {})
    with open_repository(folder) as opened:
        assert {each.entry(REQUEST).mode for each in _snapshots(opened)} == {"100755"}  # type: ignore[union-attr]


def test_an_entry_that_is_no_blob_is_undecided(folder: Path, git: Git) -> None:
    tree = git(folder, "rev-parse", "HEAD^{tree}")
    with open_repository(folder) as opened, pytest.raises(UndecidedError, match=tree):
        list(_at_head(opened).read([SnapshotEntry("a", "100644", tree)], 10_000))


def test_only_the_folders_asked_for_are_read(folder: Path, git: Git) -> None:
    for unrelated in ("HEAD:policies", "HEAD:launches/LR-1/acceptance"):
        tree = git(folder, "rev-parse", unrelated)
        (folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    with open_repository(folder) as opened:
        snapshot = _at_head(opened)
        assert _content(snapshot, REQUEST) == b"title: first\n"
        assert snapshot.entry(".launchpolicy.yaml") is not None
        with pytest.raises(UndecidedError, match="not in this clone"):
            list(snapshot.entries("policies"))


def test_another_question_while_blobs_are_read_confuses_nothing(
    empty: Path, commit: Callable[..., str]
) -> None:
    paths = [f"launches/LR-{number:03}/request.yaml" for number in range(150)]
    commit(empty, {path: path for path in paths})
    with open_repository(empty) as opened:
        for snapshot in (_at_head(opened), IndexSnapshot(opened)):
            seen = []
            for blob in snapshot.read(snapshot.entries("launches"), 1000):
                assert _content(snapshot, paths[0]) == paths[0].encode()
                assert next(snapshot.read(snapshot.entries(paths[9]), 99)).size == len(paths[9])
                assert blob.data == blob.entry.path.encode()
                seen.append(blob.entry.path)
            assert seen == paths


def test_a_blob_over_the_limit_has_a_size_and_no_data(
    folder: Path, commit: Callable[..., str]
) -> None:
    commit(folder, {REQUEST: "x" * 1001})
    with open_repository(folder) as opened:
        for snapshot in _snapshots(opened):
            entry = snapshot.entry(REQUEST)
            assert entry is not None
            (blob,) = snapshot.read([entry], 1000)
            assert (blob.size, blob.data) == (1001, None)
            assert _content(snapshot, REQUEST, 1001) == b"x" * 1001


def test_a_detached_head_is_read(folder: Path, git: Git, commit: Callable[..., str]) -> None:
    git(folder, "checkout", "--quiet", "--detach")
    newer = commit(folder, {REQUEST: "title: detached\n"})
    git(folder, "checkout", "--quiet", "main")
    git(folder, "checkout", "--quiet", newer)
    with open_repository(folder) as opened:
        assert _content(_at_head(opened), REQUEST) == b"title: detached\n"


def test_the_index_is_not_the_work_tree(folder: Path, git: Git, write: Write) -> None:
    write(folder, {REQUEST: "title: staged\n"})
    git(folder, "add", REQUEST)
    write(folder, {REQUEST: "title: unstaged\n", "launches/LR-2/request.yaml": "untracked\n"})
    with open_repository(folder) as opened:
        commit, index, work_tree = _snapshots(opened)
        assert _content(commit, REQUEST) == b"title: first\n"
        assert _content(index, REQUEST) == b"title: staged\n"
        assert _content(work_tree, REQUEST) == b"title: unstaged\n"
        assert index.entry("launches/LR-2/request.yaml") is None
        assert work_tree.entry("launches/LR-2/request.yaml") is not None


def test_the_index_before_the_first_commit(empty: Path, git: Git, write: Write) -> None:
    write(empty, {REQUEST: "title: first\n"})
    git(empty, "add", "--all")
    with open_repository(empty) as opened:
        assert head(opened) is None
        assert _content(IndexSnapshot(opened), REQUEST) == b"title: first\n"


def test_an_index_that_was_never_written_is_empty(empty: Path) -> None:
    with open_repository(empty) as opened:
        assert list(IndexSnapshot(opened).entries()) == []


def test_a_file_that_was_only_announced_is_not_in_the_index(
    folder: Path, git: Git, write: Write
) -> None:
    write(folder, {"launches/LR-2/request.yaml": "new\n", "launches/LR-3/request.yaml": ""})
    git(folder, "add", "--intent-to-add", "launches/LR-2/request.yaml")
    git(folder, "add", "launches/LR-3/request.yaml")
    with open_repository(folder) as opened:
        index = IndexSnapshot(opened)
        assert index.entry("launches/LR-2/request.yaml") is None
        assert index.entry("launches/LR-3/request.yaml") is not None


def test_unmerged_files_are_undecided_and_named(
    folder: Path, git: Git, commit: Callable[..., str]
) -> None:
    git(folder, "checkout", "--quiet", "-b", "other")
    commit(folder, {REQUEST: "title: theirs\n"})
    git(folder, "checkout", "--quiet", "main")
    commit(folder, {REQUEST: "title: ours\n"})
    subprocess.run(["git", "merge", "other"], cwd=folder, capture_output=True, check=False)
    with (
        open_repository(folder) as opened,
        pytest.raises(UndecidedError, match="unmerged files: launches/LR-1") as caught,
    ):
        IndexSnapshot(opened).entry(".launchpolicy.yaml")
    assert "git add" in caught.value.remedy.en


def test_a_sparse_index_is_read_whole(folder: Path, git: Git) -> None:
    git(folder, "sparse-checkout", "set", "--cone", "--sparse-index", "policies")
    assert not (folder / "launches").exists()
    with open_repository(folder) as opened:
        assert _content(IndexSnapshot(opened), REQUEST) == b"title: first\n"
        assert [entry.path for entry in IndexSnapshot(opened).entries("launches/LR-1")] == [
            "launches/LR-1/acceptance/acceptance.txt",
            REQUEST,
        ]


def test_a_damaged_index_is_undecided(folder: Path) -> None:
    (folder / ".git" / "index").write_bytes(b"DIRC" + bytes(40))
    with open_repository(folder) as opened, pytest.raises(UndecidedError, match="diff-index"):
        IndexSnapshot(opened).entry(REQUEST)


def test_the_index_that_git_names_to_a_hook_is_the_one_that_is_read(
    folder: Path, write: Write
) -> None:
    report = folder / ".git" / "report"
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib\n"
        "from launchpolicy.hosts.git.repository import open_repository\n"
        "from launchpolicy.hosts.git.snapshots import IndexSnapshot\n"
        "with open_repository(pathlib.Path.cwd()) as opened:\n"
        "    index = IndexSnapshot(opened)\n"
        f"    (blob,) = index.read([index.entry({REQUEST!r})], 1000)\n"
        f"    pathlib.Path({str(report)!r}).write_bytes(blob.data)\n"
    )
    hook.chmod(0o755)
    git = shutil.which("git")
    assert git is not None
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for number, options in enumerate((["--all"], ["--only", REQUEST], ["--include", REQUEST])):
        write(folder, {REQUEST: f"title: {number}\n"})
        subprocess.run([git, "commit", "-m", "x", *options], cwd=folder, env=environ, check=True)
        assert report.read_text() == f"title: {number}\n"


def test_another_index_of_the_repository_is_read_where_one_is_named(
    folder: Path, git: Git, tmp_path: Path
) -> None:
    other = tmp_path / "index"
    shutil.copy(folder / ".git" / "index", other)
    git(folder, "rm", "-rq", "--cached", "launches", GIT_INDEX_FILE=str(other))
    with open_repository(folder, {**os.environ, "GIT_INDEX_FILE": str(other)}) as opened:
        index = IndexSnapshot(opened)
        assert index.entry(REQUEST) is None
        assert index.entry(".launchpolicy.yaml") is not None


@pytest.mark.parametrize("written", ["absent", ".git/absent.lock", "/absent/index"])
def test_an_index_that_is_not_there_is_not_taken_for_an_empty_one(
    folder: Path, written: str
) -> None:
    with pytest.raises(UndecidedError, match="no index of this repository") as caught:
        open_repository(folder, {**os.environ, "GIT_INDEX_FILE": written})
    assert "unset GIT_INDEX_FILE" in caught.value.remedy.en


def test_the_index_of_another_repository_is_refused(
    folder: Path, tmp_path: Path, git: Git, commit: Callable[..., str]
) -> None:
    git(tmp_path, "init", "--quiet", "other")
    commit(tmp_path / "other", {"a": ""})
    environ = {**os.environ, "GIT_INDEX_FILE": str(tmp_path / "other" / ".git" / "index")}
    with pytest.raises(UndecidedError, match="no index of this repository"):
        open_repository(folder, environ)
