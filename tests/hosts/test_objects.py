from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.changes import changed_files, staged_files
from launchpolicy.hosts.git.objects import ObjectReader
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.vocabulary.errors import UndecidedError

Git = Callable[..., str]
REQUEST = "launches/LR-1/request.yaml"


def _store(git: Git, folder: Path, content: bytes) -> str:
    return git(folder, "hash-object", "-w", "--stdin", stdin=content)


def _file_of(folder: Path, oid: str) -> Path:
    return folder / ".git" / "objects" / oid[:2] / oid[2:]


def _overwrite(folder: Path, oid: str, stored: bytes) -> None:
    path = _file_of(folder, oid)
    path.chmod(0o644)
    path.write_bytes(stored)


def test_bytes_are_exactly_those_of_the_blob(repository: Repository, git: Git) -> None:
    content = b"\r\n$Id$\0\xff no line break at the end"
    oid = _store(git, repository.git.folder, content)
    assert repository.objects.read([oid], 1000) == [(oid, "blob", len(content), content)]


def test_hundreds_of_objects_come_in_the_order_asked(repository: Repository, git: Git) -> None:
    oids = [_store(git, repository.git.folder, b"%d" % number) for number in range(120)]
    asked = [*oids, *reversed(oids), oids[7], oids[7]]
    assert [each.oid for each in repository.objects.read(asked, 1000)] == asked


def test_large_and_small_objects_asked_for_at_once_do_not_block(
    repository: Repository, git: Git
) -> None:
    sizes = [3_000_000, 10, 700_000, 0, 512 * 1024, 512 * 1024 + 1] * 15
    contents = [b"%03d" % number + b"x" * size for number, size in enumerate(sizes)]
    oids = [_store(git, repository.git.folder, content) for content in contents]
    found = repository.objects.read(oids, 4_000_000)
    assert [each.data for each in found] == contents


def test_more_questions_and_answers_than_pipes_hold_do_not_block(
    repository: Repository, git: Git
) -> None:
    oid = _store(git, repository.git.folder, b"x" * 200)
    assert len(repository.objects.read([oid] * 4000, 1000)) == 4000


def test_an_object_over_the_limit_is_not_loaded(repository: Repository, git: Git) -> None:
    folder = repository.git.folder
    content = b"x" * 20_000_000
    large, small = _store(git, folder, content), _store(git, folder, b"small")
    before, huge, after = repository.objects.read([small, large, small], 1000)
    assert (huge.size, huge.data) == (len(content), None)
    assert before.data == after.data == b"small"


@pytest.mark.parametrize(("limit", "data"), [(5, b"12345"), (4, None), (0, None)])
def test_the_limit_itself_is_within_the_limit(
    repository: Repository, git: Git, limit: int, data: bytes | None
) -> None:
    oid = _store(git, repository.git.folder, b"12345")
    (found,) = repository.objects.read([oid], limit)
    assert (found.size, found.data) == (5, data)


def test_a_missing_object_is_undecided_and_the_next_question_is_answered(
    repository: Repository, git: Git
) -> None:
    oid = _store(git, repository.git.folder, b"here")
    with pytest.raises(UndecidedError, match=r"0{40} is not in this clone") as caught:
        repository.objects.read([oid, "0" * 40, oid], 1000)
    assert "--filter" in caught.value.remedy.en
    assert repository.objects.read([oid], 1000)[0].data == b"here"


@pytest.mark.parametrize("cut", [1, 30, -1], ids=["to a byte", "in the middle", "of the end"])
@pytest.mark.parametrize("limit", [1000, 1_000_000], ids=["over the limit", "within it"])
def test_a_truncated_object_is_undecided(folder: Path, git: Git, cut: int, limit: int) -> None:
    oid = _store(git, folder, b"".join(b"%d" % number for number in range(9000)))
    _overwrite(folder, oid, _file_of(folder, oid).read_bytes()[:cut])
    with open_repository(folder) as opened, pytest.raises(UndecidedError, match=oid):
        opened.objects.read([oid], limit)


def test_an_object_with_the_content_of_another_is_undecided(folder: Path, git: Git) -> None:
    honest, forged = _store(git, folder, b"refused"), _store(git, folder, b"allowed")
    _overwrite(folder, honest, _file_of(folder, forged).read_bytes())
    with open_repository(folder) as opened, pytest.raises(UndecidedError, match="damaged"):
        opened.objects.read([honest], 1000)


def test_g5_a_replace_ref_changes_nothing(folder: Path, git: Git, repository: Repository) -> None:
    original = git(folder, "rev-parse", f"HEAD:{REQUEST}")
    git(folder, "replace", original, _store(git, folder, b"title: replaced\n"))
    assert git(folder, "cat-file", "blob", original) == "title: replaced"
    assert repository.objects.read([original], 1000)[0].data == b"title: first\n"


def test_g5_a_replaced_object_would_be_noticed_even_if_git_showed_it(
    folder: Path, git: Git, repository: Repository
) -> None:
    original = git(folder, "rev-parse", f"HEAD:{REQUEST}")
    git(folder, "replace", original, _store(git, folder, b"title: replaced\n"))
    environment = dict(repository.git.environment)
    del environment["GIT_NO_REPLACE_OBJECTS"]

    class Gullible:
        def start(self, *arguments: str) -> object:
            return subprocess.Popen(
                ["git", *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )

    reader = ObjectReader(Gullible())  # type: ignore[arg-type]
    with pytest.raises(UndecidedError, match="damaged"):
        reader.read([original], 1000)


def test_git_dying_between_two_questions_is_undecided(repository: Repository, git: Git) -> None:
    oid, other = (_store(git, repository.git.folder, data) for data in (b"here", b"there"))
    repository.objects.read([oid], 1000)
    process = repository.objects._git_process()
    process.kill()
    process.wait()
    with pytest.raises(UndecidedError):
        repository.objects.read([other], 1000)
    assert repository.objects.read([other], 1000)[0].data == b"there"


def test_an_object_is_fetched_once_and_a_lower_limit_still_holds(
    repository: Repository, git: Git
) -> None:
    oid = _store(git, repository.git.folder, b"here")
    first = repository.objects.read([oid], 1000)
    repository.objects.close()
    assert repository.objects.read([oid, oid], 1000) == [*first, *first]
    assert repository.objects._process.take() is None, "git was asked again"
    assert repository.objects.read([oid], 3)[0].data is None
    assert repository.objects.read([oid], 4)[0].data == b"here"


def test_objects_are_forgotten_before_they_take_much_memory(
    repository: Repository, git: Git
) -> None:
    folder = repository.git.folder
    oids = [_store(git, folder, b"%02d" % number * 30_000) for number in range(40)]
    for oid in oids:
        repository.objects.read([oid], 100_000)
    assert sum(kept.size for kept in repository.objects._kept.values()) <= 2 * 1024 * 1024
    assert oids[0] not in repository.objects._kept
    assert oids[-1] in repository.objects._kept


def test_closing_leaves_no_process(folder: Path) -> None:
    with open_repository(folder) as opened:
        assert opened.objects.head() is not None
        process = opened.objects._git_process()
    assert process.returncode is not None
    opened.close()


def test_a_name_without_an_object_is_not_taken_for_one(repository: Repository) -> None:
    with pytest.raises(UndecidedError):
        repository.objects.read([""], 1000)


def test_a_repository_with_sha256_ids(tmp_path: Path, git: Git, commit: Callable[..., str]) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "modern")
    commit(tmp_path / "modern", {REQUEST: "title: first\n"})
    oid = hashlib.sha256(b"blob 13\0title: first\n").hexdigest()
    with open_repository(tmp_path / "modern") as opened:
        assert opened.objects.read([oid], 1000)[0].data == b"title: first\n"


@pytest.fixture
def upstream(folder: Path, git: Git, commit: Callable[..., str]) -> Path:
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(folder, "switch", "--quiet", "--create", "topic")
    commit(folder, {REQUEST: "title: second\n"})
    return folder


def _partial(git: Git, upstream: Path, filter_: str) -> Path:
    clone = upstream.parent / "clone"
    git(
        upstream.parent,
        *("clone", "--quiet", f"--filter={filter_}", "--no-checkout"),
        *(upstream.as_uri(), str(clone)),
    )
    return clone


@pytest.mark.parametrize("filter_", ["blob:none", "tree:0", "blob:limit=3"])
def test_a_partial_clone_is_called_partial_and_the_remedy_works(
    upstream: Path, git: Git, filter_: str
) -> None:
    clone = _partial(git, upstream, filter_)

    def contents() -> list[bytes | None]:
        with open_repository(clone) as repository:
            found = changed_files(
                repository, resolve(repository, "origin/main"), resolve(repository, "origin/topic")
            )
            entries = [change.new for change in found.files if change.new is not None]
            snapshot = CommitSnapshot(repository, resolve(repository, "origin/topic"))
            return [blob.data for blob in snapshot.read(entries, 1000)]

    with pytest.raises(UndecidedError, match="This clone is partial") as caught:
        contents()
    assert "部分克隆" in caught.value.problem.zh
    assert "damaged" not in str(caught.value)
    command = "git fetch --refetch --no-filter"
    assert command in caught.value.remedy.en
    assert command in caught.value.remedy.zh
    git(clone, *command.split()[1:])
    assert contents() == [b"title: second\n"]


def test_the_index_of_a_partial_clone_without_trees_says_so(upstream: Path, git: Git) -> None:
    clone = _partial(git, upstream, "tree:0")
    with open_repository(clone) as repository, pytest.raises(UndecidedError, match="is partial"):
        staged_files(repository)


def test_an_object_that_is_damaged_in_a_partial_clone_is_called_damaged(
    upstream: Path, git: Git
) -> None:
    clone = _partial(git, upstream, "blob:none")
    oid = _store(git, clone, b"something else")
    _overwrite(clone, oid, b"not zlib")
    with open_repository(clone) as repository, pytest.raises(UndecidedError, match="or damaged"):
        repository.objects.read([oid], 1000)


def test_a_missing_object_of_a_whole_clone_is_not_called_partial(repository: Repository) -> None:
    with pytest.raises(UndecidedError, match="incomplete or damaged"):
        repository.objects.read(["a" * 40], 1000)


def test_git_that_answers_missing_in_a_partial_clone_is_understood(
    upstream: Path, git: Git, git_after: Callable[[str], dict[str, str]]
) -> None:
    """As git 2.45 and newer do, which know that they may not fetch."""
    clone = _partial(git, upstream, "blob:none")
    oid = git(upstream, "rev-parse", f"HEAD:{REQUEST}")
    answers = (
        'case "$*" in\n'
        '*"cat-file --batch"*) read oid; echo "$oid missing"; exit 0;;\n'
        '*"cat-file -e"*) echo "warning: lazy fetching disabled; some objects may not be '
        'available" >&2; exit 1;;\nesac'
    )
    with (
        open_repository(clone, git_after(answers)) as repository,
        pytest.raises(UndecidedError, match="is partial"),
    ):
        repository.objects.read([oid], 1000)
