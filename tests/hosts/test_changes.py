from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from launchpolicy.hosts.git.changes import Changes, changed_files, staged_files
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import FileChange

Git = Callable[..., str]
Write = Callable[[Path, Mapping[str, str | bytes | None]], None]
REQUEST = "launches/LR-1/request.yaml"
OTHER = "launches/LR-2/request.yaml"
LONG = "".join(f"line {number}\n" for number in range(30))


@pytest.fixture
def branched(folder: Path, git: Git, commit: Callable[..., str]) -> Path:
    """Two requests on main; the branch `change`, checked out, has nothing of its own yet."""
    commit(folder, {OTHER: "title: other\n"})
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


@pytest.fixture
def opened(branched: Path) -> Iterator[Repository]:
    with open_repository(branched) as repository:
        yield repository


def _changes(repository: Repository, base: str = "main", head: str = "change") -> Changes:
    return changed_files(repository, resolve(repository, base), resolve(repository, head))


def _written(repository: Repository, change: FileChange) -> tuple[str, str | None, str | None]:
    sides = [
        None if entry is None else (repository.objects.read([entry.blob], 1000)[0].data or b"")
        for entry in (change.old, change.new)
    ]
    old, new = (None if side is None else side.decode() for side in sides)
    return change.path, old, new


def _on_main(git: Git, commit: Callable[..., str], folder: Path, files: Mapping[str, str]) -> None:
    git(folder, "checkout", "--quiet", "main")
    commit(folder, files)
    git(folder, "checkout", "--quiet", "change")


def test_created_updated_and_deleted(
    branched: Path, opened: Repository, commit: Callable[..., str]
) -> None:
    commit(branched, {"launches/LR-3/request.yaml": "title: new\n", REQUEST: "title: second\n"})
    commit(branched, {OTHER: None})
    found = _changes(opened)
    assert [_written(opened, change) for change in found.files] == [
        (REQUEST, "title: first\n", "title: second\n"),
        (OTHER, "title: other\n", None),
        ("launches/LR-3/request.yaml", None, "title: new\n"),
    ]
    assert found.stale == frozenset()


def test_no_change_at_all(opened: Repository) -> None:
    assert _changes(opened)[:2] == ((), frozenset())


def test_a_change_that_was_taken_back_is_none(
    branched: Path, opened: Repository, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    commit(branched, {REQUEST: "title: first\n"})
    assert _changes(opened).files == ()


def test_what_base_changed_elsewhere_is_no_change_of_head(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    _on_main(git, commit, branched, {OTHER: "title: moved on\n", "new.txt": ""})
    found = _changes(opened)
    assert [change.path for change in found.files] == [REQUEST]
    assert found.stale == frozenset()


def test_a_file_that_base_changed_as_well_is_stale_and_its_old_side_is_base(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n", "notes.txt": "x"})
    _on_main(git, commit, branched, {REQUEST: "title: approved\n"})
    found = _changes(opened)
    assert _written(opened, found.files[0]) == (REQUEST, "title: approved\n", "title: second\n")
    assert found.stale == {REQUEST}
    git(branched, "merge", "--quiet", "--strategy", "ours", "main", "-m", "up to date")
    assert _changes(opened).stale == frozenset()


def test_a_file_that_both_added_is_stale(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {"launches/LR-3/request.yaml": "title: mine\n"})
    _on_main(git, commit, branched, {"launches/LR-3/request.yaml": "title: theirs\n"})
    found = _changes(opened)
    assert found.stale == {"launches/LR-3/request.yaml"}
    assert found.files[0].old is not None


def test_the_same_change_on_both_sides_is_none(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    _on_main(git, commit, branched, {REQUEST: "title: second\n"})
    assert _changes(opened)[:2] == ((), frozenset())


@pytest.mark.parametrize("mover", ["base", "head"])
def test_an_edit_cannot_reach_a_request_through_a_file_that_the_other_side_moved(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str], mover: str
) -> None:
    _on_main(git, commit, branched, {"drafts/x.yaml": LONG})
    git(branched, "merge", "--quiet", "--ff-only", "main")
    moved = {"drafts/x.yaml": None, "launches/LR-3/request.yaml": LONG}
    edited = {"drafts/x.yaml": LONG + "unseen: true\n"}
    commit(branched, moved if mover == "head" else edited)
    git(branched, "checkout", "--quiet", "main")
    commit(branched, moved if mover == "base" else edited)
    with pytest.raises(UndecidedError, match=r"drafts/x\.yaml") as caught:
        _changes(opened)
    assert "merge the base into it" in caught.value.remedy.en
    git(branched, "merge", "--quiet", "change", "-m", "merged")
    assert "unseen: true" in (branched / "launches/LR-3/request.yaml").read_text()


def test_deleted_on_both_sides_is_no_change(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {OTHER: None})
    git(branched, "checkout", "--quiet", "main")
    commit(branched, {OTHER: None})
    assert _changes(opened)[:2] == ((), frozenset())


def test_a_merge_commit_as_head_as_in_a_merge_queue(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    _on_main(git, commit, branched, {OTHER: "title: moved on\n"})
    git(branched, "checkout", "--quiet", "--detach", "main")
    git(branched, "merge", "--quiet", "change", "-m", "queue")
    found = _changes(opened, "HEAD^1", "HEAD")
    assert [_written(opened, change) for change in found.files] == [
        (REQUEST, "title: first\n", "title: second\n")
    ]
    assert found.stale == frozenset()


def test_a_change_made_in_the_merge_commit_itself_is_seen(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    _on_main(git, commit, branched, {OTHER: "title: moved on\n"})
    commit(branched, {"notes.txt": ""})
    git(branched, "merge", "--quiet", "--no-commit", "main")
    commit(branched, {REQUEST: "title: evil merge\n"})
    assert [change.path for change in _changes(opened).files] == [REQUEST, "notes.txt"]


def test_a_criss_cross_history_hides_no_change(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: on change\n"})
    git(branched, "branch", "change-1")
    _on_main(git, commit, branched, {OTHER: "title: on main\n"})
    git(branched, "merge", "--quiet", "main", "-m", "one way")
    git(branched, "checkout", "--quiet", "main")
    git(branched, "merge", "--quiet", "change-1", "-m", "the other way")
    git(branched, "checkout", "--quiet", "change")
    commit(branched, {"launches/LR-3/request.yaml": "title: new\n"})
    assert len(git(branched, "merge-base", "--all", "main", "change").split()) == 2
    found = _changes(opened)
    assert [change.path for change in found.files] == ["launches/LR-3/request.yaml"]
    assert found.stale == frozenset()


def test_in_a_criss_cross_history_a_file_on_which_the_ancestors_differ_is_stale(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: on change\n"})
    git(branched, "branch", "change-1")
    _on_main(git, commit, branched, {OTHER: "title: on main\n"})
    git(branched, "merge", "--quiet", "main", "-m", "one way")
    git(branched, "checkout", "--quiet", "main")
    git(branched, "merge", "--quiet", "change-1", "-m", "the other way")
    commit(branched, {REQUEST: "title: first\n"})
    git(branched, "checkout", "--quiet", "change")
    commit(branched, {REQUEST: "title: third\n"})
    assert _changes(opened).stale == {REQUEST}


def test_a_branch_that_was_forced_elsewhere_is_judged_as_it_is_now(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    git(branched, "reset", "--quiet", "--hard", "main")
    commit(branched, {OTHER: "title: forced\n"})
    assert [change.path for change in _changes(opened).files] == [OTHER]


def test_a_base_that_was_forced_back_makes_its_lost_commits_part_of_head(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {"notes.txt": ""})
    git(branched, "branch", "--force", "main", "main^")
    assert [change.path for change in _changes(opened).files] == [OTHER, "notes.txt"]


def test_an_older_head_than_base_changes_nothing(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    _on_main(git, commit, branched, {REQUEST: "title: second\n"})
    assert _changes(opened)[:2] == ((), frozenset())


def test_histories_without_a_common_ancestor_are_undecided(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    git(branched, "checkout", "--quiet", "--orphan", "anew")
    commit(branched, {REQUEST: "title: anew\n"})
    with pytest.raises(UndecidedError, match="no common ancestor"):
        _changes(opened, "main", "anew")


def test_g4_a_shallow_clone_is_undecided_even_where_it_knows_both_commits(
    branched: Path, git: Git, commit: Callable[..., str], tmp_path: Path
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    commit(branched, {REQUEST: "title: third\n"})
    url = f"file://{branched}"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", url, "shallow")
    with open_repository(tmp_path / "shallow") as shallow:
        for base in ("origin/main", "HEAD"):
            with pytest.raises(UndecidedError, match="shallow") as caught:
                _changes(shallow, base, "HEAD")
            assert "fetch-depth: 0" in caught.value.remedy.en
    git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    with open_repository(tmp_path / "shallow") as whole:
        assert [each.path for each in _changes(whole, "origin/main", "HEAD").files] == [REQUEST]


def test_g5_a_replaced_commit_does_not_move_the_merge_base(
    branched: Path, opened: Repository, git: Git, commit: Callable[..., str]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    tree = git(branched, "rev-parse", "change^{tree}")
    forged = git(branched, "commit-tree", tree, "-p", "main", "-m", "nothing changed")
    git(branched, "replace", "main", git(branched, "commit-tree", tree, "-m", "forged base"))
    git(branched, "replace", "change", forged)
    assert [change.path for change in _changes(opened).files] == [REQUEST]


def test_a_lost_commit_in_between_is_undecided(
    branched: Path, opened: Repository, commit: Callable[..., str]
) -> None:
    lost = commit(branched, {REQUEST: "title: second\n"})
    commit(branched, {REQUEST: "title: third\n"})
    (branched / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(UndecidedError):
        _changes(opened)


def test_base_against_head_takes_five_processes(
    branched: Path, commit: Callable[..., str], counted: tuple[dict[str, str], Path]
) -> None:
    commit(branched, {REQUEST: "title: second\n"})
    environ, log = counted
    with open_repository(branched, environ) as repository:
        (change,) = _changes(repository).files
        assert _written(repository, change) == (REQUEST, "title: first\n", "title: second\n")
    assert len(log.read_text().splitlines()) == 5


def test_staged_files(branched: Path, opened: Repository, git: Git, write: Write) -> None:
    write(branched, {REQUEST: "title: staged\n", "launches/LR-3/request.yaml": "title: new\n"})
    git(branched, "add", "--all")
    git(branched, "rm", "--quiet", "--cached", OTHER)
    write(branched, {REQUEST: "title: not staged\n", "untracked": ""})
    assert [_written(opened, change) for change in staged_files(opened)] == [
        (REQUEST, "title: first\n", "title: staged\n"),
        (OTHER, "title: other\n", None),
        ("launches/LR-3/request.yaml", None, "title: new\n"),
    ]


def test_staged_files_before_the_first_commit_are_all_new(
    empty: Path, git: Git, write: Write
) -> None:
    write(empty, {REQUEST: "title: first\n", "a": ""})
    git(empty, "add", "--all")
    with open_repository(empty) as repository:
        found = staged_files(repository)
    assert [(change.path, change.old) for change in found] == [("a", None), (REQUEST, None)]


def test_a_staged_link_is_a_change_of_mode(branched: Path, opened: Repository, git: Git) -> None:
    (branched / REQUEST).unlink()
    (branched / REQUEST).symlink_to("/etc/passwd")
    git(branched, "add", "--all")
    (change,) = staged_files(opened)
    assert change.new is not None
    assert change.new.mode == "120000"


def test_nothing_staged_is_no_change(opened: Repository) -> None:
    assert staged_files(opened) == ()
