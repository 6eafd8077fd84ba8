from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.revisions import head, resolve
from launchpolicy.vocabulary.errors import UndecidedError

Git = Callable[..., str]
REQUEST = "launches/LR-1/request.yaml"


@pytest.fixture
def cloned(folder: Path, git: Git, tmp_path: Path) -> Iterator[Repository]:
    """A clone whose remote has a branch `release/2026` that the clone does not have itself."""
    git(folder, "branch", "release/2026")
    git(tmp_path, "clone", "--quiet", str(folder), "clone")
    with open_repository(tmp_path / "clone") as opened:
        yield opened


def _refused(repository: Repository, name: str) -> UndecidedError:
    with pytest.raises(UndecidedError) as caught:
        resolve(repository, name)
    assert caught.value.exit_code == 3
    assert caught.value.problem.zh
    assert caught.value.remedy.zh
    return caught.value


@pytest.mark.parametrize(
    "name", ["main", "refs/heads/main", "HEAD", "v1", "HEAD^{}", "main~0", "@", "上线"]
)
def test_names_of_one_commit(folder: Path, git: Git, repository: Repository, name: str) -> None:
    git(folder, "tag", "-a", "v1", "-m", "annotated")
    git(folder, "branch", "上线")
    expected = git(folder, "rev-parse", "main")
    assert resolve(repository, name) == expected
    assert resolve(repository, expected) == expected
    assert resolve(repository, expected[:12]) == expected


@pytest.mark.parametrize("branch", ["-x", "--output=PWNED", "--upload-pack=touch PWNED"])
def test_g1_a_branch_that_looks_like_an_option_is_a_name(
    folder: Path, git: Git, repository: Repository, branch: str
) -> None:
    commit = git(folder, "rev-parse", "main")
    (folder / ".git" / "refs" / "heads" / branch).write_text(f"{commit}\n")
    if " " not in branch:  # git itself does not take a name with a space
        assert resolve(repository, branch) == commit
    _refused(repository, branch + "=no")
    assert not list(folder.rglob("PWNED*"))


@pytest.mark.parametrize(
    "name",
    [
        "--output=PWNED",
        "-x",
        "--",
        "--all",
        "",
        " ",
        "main\nHEAD",
        "main\0",
        "^main",
        "main..HEAD",
        "main...HEAD",
        "main^!",
        "main main",
        ":/first",
        ":/|",
        f"HEAD:{REQUEST}",
        "main:",
        "\udce9",
        "x" * 5000,
        "HEAD^{tree}",
        "@{u}",
    ],
)
def test_g1_what_names_no_commit_is_undecided(repository: Repository, name: str) -> None:
    refused = _refused(repository, name)
    assert refused.problem.en.startswith("There is no commit ")
    assert len(refused.problem.en) < 200
    assert repository.top is not None
    assert not list(repository.top.rglob("PWNED*"))


@pytest.mark.parametrize("prefix", ["refs/tags/", "refs/heads/"])
def test_a_tag_cannot_take_the_place_of_the_base_branch(
    cloned: Repository, git: Git, prefix: str
) -> None:
    weaker = git(cloned.git.folder, "commit-tree", cloned.empty_tree, "-m", "no policies")
    git(cloned.git.folder, "update-ref", f"{prefix}origin/main", weaker)
    refused = _refused(cloned, "origin/main")
    assert "ambiguous" in refused.problem.en
    assert "refs/remotes/origin/main" in refused.remedy.en
    assert resolve(cloned, "refs/remotes/origin/main") != weaker


def test_neither_head_nor_an_id_can_be_taken_by_a_ref(
    folder: Path, git: Git, repository: Repository
) -> None:
    commit = git(folder, "rev-parse", "main")
    other = git(folder, "commit-tree", repository.empty_tree, "-m", "no policies")
    for name in ("HEAD", commit):
        git(folder, "update-ref", f"refs/tags/{name}", other)
        assert resolve(repository, name) == commit
    assert head(repository) == commit


def test_a_shortened_id_of_two_objects_is_ambiguous(
    folder: Path, git: Git, repository: Repository
) -> None:
    commit = git(folder, "rev-parse", "main")
    git(folder, "branch", commit[:7])
    assert "ambiguous" in _refused(repository, commit[:7]).problem.en


def test_an_id_that_is_no_commit_is_undecided(
    folder: Path, git: Git, repository: Repository
) -> None:
    blob = git(folder, "rev-parse", f"HEAD:{REQUEST}")
    assert blob in _refused(repository, blob).problem.en


def test_a_branch_of_the_remote_is_suggested(cloned: Repository) -> None:
    assert _refused(cloned, "release/2026").remedy.en == "Did you mean origin/release/2026?"


@pytest.mark.parametrize("name", ["mian", "mai", "main2"])
def test_a_misspelt_branch_is_suggested(repository: Repository, name: str) -> None:
    remedy = _refused(repository, name).remedy
    assert remedy.en == "Did you mean main?"
    assert remedy.zh == "是否想写 main？"


def test_a_missing_commit_of_a_clone_is_to_be_fetched(cloned: Repository) -> None:
    assert _refused(cloned, "f" * 40).remedy.en == f"Fetch it: git fetch origin {'f' * 40}"


def test_a_missing_branch_of_a_remote_is_to_be_fetched(cloned: Repository) -> None:
    assert _refused(cloned, "origin/unseen-2").remedy.en == "Fetch it: git fetch origin unseen-2"


def test_without_a_remote_the_branches_are_named(repository: Repository) -> None:
    assert _refused(repository, "f" * 40).remedy.en.endswith("It has: main")


def test_of_many_branches_some_are_named_and_the_rest_is_not_hidden(
    folder: Path, git: Git, repository: Repository
) -> None:
    for number in range(6):
        git(folder, "branch", f"a-{number}")
    listed = "It has: a-0, a-1, a-2, a-3, a-4, …"
    assert _refused(repository, "f" * 40).remedy.en.endswith(listed)


def test_g4_in_a_shallow_clone_the_remedy_is_the_whole_history(
    folder: Path, git: Git, commit: Callable[..., str], tmp_path: Path
) -> None:
    older = git(folder, "rev-parse", "main")
    commit(folder, {REQUEST: "title: second\n"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "shallow")
    with open_repository(tmp_path / "shallow") as opened:
        assert opened.is_shallow
        remedy = _refused(opened, older).remedy
    assert "git fetch --unshallow" in remedy.en
    assert "fetch-depth: 0" in remedy.zh


def test_head_before_the_first_commit(empty: Path) -> None:
    with open_repository(empty) as opened:
        assert head(opened) is None
        assert _refused(opened, "HEAD").remedy.en == "Make the first commit, or fetch one."


def test_head_on_a_branch_begun_anew(folder: Path, git: Git) -> None:
    git(folder, "checkout", "--quiet", "--orphan", "anew")
    with open_repository(folder) as opened:
        assert head(opened) is None


@pytest.mark.parametrize("stored", ["garbage\n", "f" * 40 + "\n", ""])
@pytest.mark.parametrize("name", ["HEAD", "refs/heads/main"])
def test_a_damaged_head_is_not_taken_for_no_commit_yet(
    folder: Path, repository: Repository, name: str, stored: str
) -> None:
    (folder / ".git" / name).write_text(stored)
    with pytest.raises(UndecidedError):
        head(repository)


def test_head_on_a_commit_that_is_lost_is_not_taken_for_no_commit_yet(
    folder: Path, git: Git, repository: Repository
) -> None:
    commit = git(folder, "rev-parse", "main")
    (folder / ".git" / "objects" / commit[:2] / commit[2:]).unlink()
    with pytest.raises(UndecidedError, match="HEAD"):
        head(repository)
    (folder / ".git" / "HEAD").write_text(commit)
    with pytest.raises(UndecidedError, match="HEAD"):
        head(repository)


def test_explaining_survives_a_repository_that_cannot_be_read(
    folder: Path, git: Git, repository: Repository
) -> None:
    git(folder, "pack-refs", "--all")
    with (folder / ".git" / "packed-refs").open("ab") as refs:
        refs.write(b"caf\xe9 not a ref\n")
    assert "git fsck" in _refused(repository, "absent").remedy.en


def test_explaining_is_not_loaded_while_nothing_is_wrong(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from launchpolicy.hosts.git import changes, repository, revisions, snapshots;"
        "opened = repository.open_repository(Path(sys.argv[1]));"
        "revisions.resolve(opened, 'main'); opened.close();"
        "print([name for name in ('git', 'pydantic', 'click') if name in sys.modules])"
    )
    done = subprocess.run(
        ["python3", "-c", code, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
