from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from launchpolicy.hosts.file_names import checked_name
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.trees import TreeDifferences, TreeNode, changes
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import FileChange, SnapshotEntry

Git = Callable[..., str]
REQUEST = "launches/LR-1/request.yaml"
BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
SOME_NAMES = ("a", "a.b", "a-b", "a b", "上线", "\n", '"q"', "-x", "$(x)", "é", "e\u0301", "A")


def _tree(git: Git, folder: Path, *items: tuple[str, str, str]) -> str:
    """Writes a tree as it stands, well-formed or not."""
    git(folder, "hash-object", "-w", "--stdin")
    data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in items)
    return git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=data)


def _random_files(chance: random.Random) -> dict[str, str]:
    """Files at random paths; none of them is also a folder."""
    files: dict[str, str] = {}
    for _ in range(30):
        path = "/".join(chance.choice(SOME_NAMES) for _ in range(chance.randint(1, 4)))
        is_taken = any(f"{path}/".startswith(f"{each}/") for each in files)
        if not is_taken and not any(each.startswith(f"{path}/") for each in files):
            files[path] = chance.choice("xyz")
    return files


def _commit_exactly(
    git: Git, commit: Callable[..., str], folder: Path, files: Mapping[str, str]
) -> str:
    git(folder, "rm", "-rq", "--ignore-unmatch", ".")
    return commit(folder, files)


def _as_git_compares(git: Git, folder: Path, old: str, new: str) -> list[FileChange]:
    raw = git(folder, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", old, new)
    fields = os.fsencode(raw).split(b"\0")[:-1]
    found = []
    for header, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, new_mode, old_oid, new_oid, _ = header.decode()[1:].split(" ")
        before = None if old_mode == "000000" else checked_name(path, old_mode, old_oid)
        after = None if new_mode == "000000" else checked_name(path, new_mode, new_oid)
        found.append(FileChange(path.decode(), before, after))
    return found


def _compare(repository: Repository, old: str, new: str) -> TreeDifferences:
    trees = repository.trees
    return trees.compare(trees.of_commit(old), trees.of_commit(new))


@pytest.mark.parametrize("seed", range(6))
def test_two_trees_differ_as_git_says(
    empty: Path, git: Git, commit: Callable[..., str], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 (repeatable on purpose)
    commits = [_commit_exactly(git, commit, empty, _random_files(chance)) for _ in range(2)]
    expected = _as_git_compares(git, empty, *commits)
    with open_repository(empty) as opened:
        assert list(changes(_compare(opened, *commits))) == expected
    assert expected


def test_equal_trees_do_not_differ_and_are_not_even_read(repository: Repository) -> None:
    assert repository.trees.compare("0" * 40, "0" * 40) == {}


def test_a_file_that_became_a_folder(empty: Path, commit: Callable[..., str]) -> None:
    old = commit(empty, {"launches": "a file\n", "other": ""})
    new = commit(empty, {"launches": None, "launches.yaml": "", "other": ""})
    new = commit(empty, {"launches/a": "in a folder\n"})
    with open_repository(empty) as opened:
        found = _compare(opened, old, new)
    assert {path: [side is not None for side in each] for path, each in found.items()} == {
        b"launches": [True, False],
        b"launches/a": [False, True],
        b"launches.yaml": [False, True],
    }


def test_a_changed_mode_is_a_difference(folder: Path, git: Git, commit: Callable[..., str]) -> None:
    old = git(folder, "rev-parse", "HEAD")
    (folder / REQUEST).chmod(0o755)
    new = commit(folder, {})
    with open_repository(folder) as opened:
        found = _compare(opened, old, new)
    (difference,) = found.values()
    assert [node and node.mode for node in difference] == ["100644", "100755"]


def test_a_name_that_is_not_utf_8_is_a_change_that_cannot_be_read(
    folder: Path, git: Git, commit: Callable[..., str]
) -> None:
    old = git(folder, "rev-parse", "HEAD")
    new = commit(folder, {os.fsdecode(b"launches/caf\xe9.yaml"): "x", "launches/caf\\xe9.yaml": ""})
    with open_repository(folder) as opened:
        found = changes(_compare(opened, old, new))
    path = "launches/caf\\xe9.yaml"
    assert found == (
        FileChange(path, None, SnapshotEntry(path, "100644", BLOB)),
        FileChange(path, None, SnapshotEntry(path, "000000", "")),
    )


@pytest.mark.parametrize(
    ("written", "shown"), [("100664", "100644"), ("100775", "100755"), ("100600", "100644")]
)
def test_modes_of_old_are_shown_as_git_shows_them(
    folder: Path, git: Git, repository: Repository, written: str, shown: str
) -> None:
    tree = _tree(git, folder, (written, "a", BLOB))
    assert git(folder, "ls-tree", tree).startswith(shown)
    assert repository.trees.find(tree, ["a"]) == TreeNode(shown, BLOB)


@pytest.mark.parametrize(
    "items",
    [
        [("100644", "a", BLOB), ("120000", "a", BLOB)],
        [("100644", "a/b", BLOB)],
        [("100644", "", BLOB)],
        [("40000", ".", BLOB)],
        [("40000", "..", BLOB)],
        [("40000", ".git", BLOB)],
        [("9", "a", BLOB)],
        [("", "a", BLOB)],
        [("100644", "a", BLOB[:-2])],
    ],
    ids=["twice", "slash", "empty", "dot", "up", "git", "mode", "no mode", "short id"],
)
def test_a_tree_that_git_would_not_write_is_undecided(
    folder: Path, git: Git, repository: Repository, items: list[tuple[str, str, str]]
) -> None:
    tree = _tree(git, folder, *items)
    with pytest.raises(UndecidedError, match=tree):
        repository.trees.find(tree, ["a"])
    with pytest.raises(UndecidedError, match=tree):
        repository.trees.compare(None, tree)


def test_a_blob_in_the_place_of_a_tree_is_undecided(
    folder: Path, git: Git, repository: Repository
) -> None:
    tree = _tree(git, folder, ("40000", "launches", BLOB))
    with pytest.raises(UndecidedError, match=BLOB):
        repository.trees.find(tree, ["launches", "a"])
    with pytest.raises(UndecidedError, match=BLOB):
        repository.trees.compare(None, tree)


def test_a_tree_in_the_place_of_a_commit_is_undecided(repository: Repository, git: Git) -> None:
    tree = git(repository.git.folder, "rev-parse", "HEAD^{tree}")
    with pytest.raises(UndecidedError, match=tree):
        repository.trees.of_commit(tree)


def test_a_blob_that_looks_like_a_commit_is_undecided(repository: Repository, git: Git) -> None:
    forged = f"tree {repository.empty_tree}\n".encode()
    blob = git(repository.git.folder, "hash-object", "-w", "--stdin", stdin=forged)
    with pytest.raises(UndecidedError, match=blob):
        repository.trees.of_commit(blob)


def test_a_tree_that_holds_itself_many_times_over_is_undecided(
    folder: Path, git: Git, repository: Repository
) -> None:
    bomb = _tree(git, folder, ("100644", "request.yaml", BLOB))
    for _ in range(12):
        bomb = _tree(git, folder, *(("40000", letter * 200, bomb) for letter in "abcdefghij"))
    with pytest.raises(UndecidedError, match="too many or too deeply"):
        repository.trees.compare(None, bomb)


def test_a_tree_without_a_bottom_is_undecided(
    folder: Path, git: Git, repository: Repository
) -> None:
    deep = _tree(git, folder, ("100644", "request.yaml", BLOB))
    for _ in range(130):
        deep = _tree(git, folder, ("40000", "d", deep))
    with pytest.raises(UndecidedError, match="too many or too deeply"):
        repository.trees.compare(None, deep)


def test_a_tree_object_over_the_limit_is_undecided(
    folder: Path, git: Git, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launchpolicy.hosts.git.trees._MAX_TREE", 100)
    tree = _tree(git, folder, *(("100644", f"{number}", BLOB) for number in range(10)))
    with pytest.raises(UndecidedError, match="too many or too deeply"):
        repository.trees.find(tree, ["1"])


def test_an_empty_tree_holds_nothing(repository: Repository, git: Git) -> None:
    tree = _tree(git, repository.git.folder)
    assert tree == repository.empty_tree
    assert repository.trees.find(tree, ["a"]) is None
    assert repository.trees.compare(None, tree) == {}
