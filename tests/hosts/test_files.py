from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from launchpolicy.hosts import platform
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import Snapshot, SnapshotEntry

Write = Callable[[Path, Mapping[str, str | bytes | None]], None]
REQUEST = "launches/LR-1/request.yaml"


@pytest.fixture
def root(tmp_path: Path, write: Write) -> Path:
    """A launch folder that is in no git repository."""
    write(tmp_path / "root", {REQUEST: "title: first\n", "launches/LR-1/a/b/c.txt": "c"})
    return tmp_path / "root"


@pytest.fixture
def snapshot(root: Path) -> Snapshot:
    return WorkTreeSnapshot(root)


def _regular(path: str) -> SnapshotEntry:
    return SnapshotEntry(path, "100644", "")


def test_a_folder_without_git_is_a_snapshot(snapshot: Snapshot) -> None:
    assert list(snapshot.entries()) == [_regular("launches/LR-1/a/b/c.txt"), _regular(REQUEST)]
    assert snapshot.entry(REQUEST) == _regular(REQUEST)
    assert [blob.data for blob in snapshot.read(snapshot.entries(), 100)] == [
        b"c",
        b"title: first\n",
    ]


def test_a_folder_that_is_not_there_has_no_files(snapshot: Snapshot) -> None:
    assert list(snapshot.entries("absent")) == []
    assert snapshot.entry("absent") is None
    assert snapshot.entry("absent/too.yaml") is None
    assert snapshot.entry("x" * 300) is None


def test_a_root_that_is_not_there_is_undecided(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match="cannot be read"):
        list(WorkTreeSnapshot(tmp_path / "absent").entries())
    with pytest.raises(UndecidedError, match="cannot be read"):
        WorkTreeSnapshot(tmp_path / "absent").entry(REQUEST)


def test_git_folders_are_never_listed(root: Path, snapshot: Snapshot, write: Write) -> None:
    write(root, {".git/config": "[core]", "launches/.gitignore": "x"})
    assert [entry.path for entry in snapshot.entries()] == [
        "launches/.gitignore",
        "launches/LR-1/a/b/c.txt",
        REQUEST,
    ]
    assert snapshot.entry(".git/config") is None


def test_a_repository_inside_is_an_entry_of_its_own(
    root: Path, snapshot: Snapshot, write: Write
) -> None:
    write(root, {"launches/LR-1/a/.git": "gitdir: elsewhere"})
    submodule = SnapshotEntry("launches/LR-1/a", "160000", "")
    assert list(snapshot.entries()) == [submodule, _regular(REQUEST)]
    assert snapshot.entry("launches/LR-1/a") == submodule
    assert list(snapshot.entries("launches/LR-1/a")) == [submodule]
    assert list(snapshot.entries("launches/LR-1/a/b")) == []
    assert snapshot.entry("launches/LR-1/a/b/c.txt") is None


def test_e2_fifo_and_socket_are_listed_and_never_opened(
    root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root / "launches" / "LR-2"
    folder.mkdir()
    os.mkfifo(folder / "request.yaml")
    monkeypatch.chdir(folder)  # the path of a socket may be no longer than a hundred bytes
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket")
        found = list(snapshot.entries("launches/LR-2"))
    assert found == [
        SnapshotEntry("launches/LR-2/request.yaml", "000000", ""),
        SnapshotEntry("launches/LR-2/socket", "000000", ""),
    ]
    assert snapshot.entry("launches/LR-2/request.yaml") == found[0]
    with pytest.raises(ValueError, match="not a regular file"):
        list(snapshot.read(found, 100))


def test_e2_links_that_loop_or_lead_nowhere_are_only_listed(root: Path, snapshot: Snapshot) -> None:
    (root / "launches/loop").symlink_to("../launches")
    (root / "launches/nowhere").symlink_to("/absent")
    (root / "launches/itself").symlink_to("itself")
    modes = {entry.path: entry.mode for entry in snapshot.entries("launches")}
    assert [path for path, mode in modes.items() if mode == "120000"] == [
        "launches/itself",
        "launches/loop",
        "launches/nowhere",
    ]
    assert snapshot.entry("launches/loop/LR-1/request.yaml") is None
    assert list(snapshot.entries("launches/loop/LR-1")) == []


@pytest.mark.parametrize("becomes", ["link", "fifo", "folder", "nothing", "linked folder"])
def test_e2_a_file_that_became_something_else_after_it_was_listed(
    root: Path, snapshot: Snapshot, tmp_path: Path, becomes: str
) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "request.yaml").write_text("secret\n")
    (entry,) = snapshot.entries(REQUEST)
    file = root / REQUEST
    file.unlink()
    if becomes == "link":
        file.symlink_to(tmp_path / "secret" / "request.yaml")
    elif becomes == "fifo":
        os.mkfifo(file)
    elif becomes == "folder":
        file.mkdir()
    elif becomes == "linked folder":
        file.parent.rename(tmp_path / "moved")
        file.parent.symlink_to(tmp_path / "secret")
    with pytest.raises(UndecidedError, match=REQUEST) as caught:
        list(snapshot.read([entry], 100))
    assert "run again" in caught.value.remedy.en


def test_e2_a_folder_that_became_a_link_between_two_looks_is_not_followed(
    root: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "launches/LR-2").symlink_to("LR-1")
    monkeypatch.setattr("launchpolicy.hosts.files._mode", lambda *_: "040000")
    with pytest.raises(UndecidedError, match="launches/LR-2"):
        list(snapshot.entries("launches/LR-2"))


@pytest.mark.parametrize(("limit", "data"), [(13, b"title: first\n"), (12, None), (0, None)])
def test_no_more_than_the_limit_is_kept(snapshot: Snapshot, limit: int, data: bytes | None) -> None:
    (blob,) = snapshot.read([_regular(REQUEST)], limit)
    assert (blob.size, blob.data) == (13, data)


def test_a_huge_file_is_not_read(root: Path, snapshot: Snapshot) -> None:
    with (root / REQUEST).open("wb") as file:
        file.truncate(1 << 40)
    (blob,) = snapshot.read([_regular(REQUEST)], 100)
    assert (blob.size, blob.data) == (1 << 40, None)


def test_files_in_many_folders_are_read_in_any_order(
    root: Path, snapshot: Snapshot, write: Write
) -> None:
    paths = [f"launches/LR-{number % 7}/{number % 3}/{number}" for number in range(60)]
    paths += [f"top-{number}" for number in range(3)]
    write(root, {path: path for path in paths})
    for order in (paths, paths[::-1], sorted(paths)):
        blobs = list(snapshot.read(map(_regular, order), 100))
        assert [blob.data for blob in blobs] == [path.encode() for path in order]


def test_folders_without_a_bottom_are_undecided(root: Path, snapshot: Snapshot) -> None:
    deep = root.joinpath("launches", *["d"] * 140)
    deep.mkdir(parents=True)
    with pytest.raises(UndecidedError, match="launches cannot be read"):
        list(snapshot.entries("launches"))


def test_every_folder_that_was_opened_is_closed(snapshot: Snapshot) -> None:
    def count() -> int:
        return len(list(Path("/dev/fd").iterdir()))

    before = count()
    next(iter(snapshot.entries()))
    assert snapshot.entry(REQUEST) is not None
    assert next(iter(snapshot.read(snapshot.entries(), 100))).data is not None
    with pytest.raises(UndecidedError):
        list(snapshot.read([_regular("launches/LR-1/absent")], 100))
    assert snapshot.entry("launches/LR-1/a/b/absent") is None
    assert count() == before


@pytest.mark.parametrize("closed", ["launches", "launches/LR-1", "launches/LR-1/a/b"])
def test_a_folder_that_cannot_be_read_is_named_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    enter = platform._DescriptorFolder.enter
    last = closed.rpartition("/")[2].encode()

    def refuse(folder: platform._DescriptorFolder, name: bytes) -> platform._DescriptorFolder:
        if name == last:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return enter(folder, name)

    monkeypatch.setattr(platform._DescriptorFolder, "enter", refuse)
    message = f"^{closed} cannot be read: Permission denied"
    for look in (
        lambda: list(WorkTreeSnapshot(root).entries()),
        lambda: list(WorkTreeSnapshot(root).entries("launches")),
        lambda: WorkTreeSnapshot(root).entry("launches/LR-1/a/b/c.txt"),
        lambda: list(WorkTreeSnapshot(root).read([_regular("launches/LR-1/a/b/c.txt")], 9)),
    ):
        with pytest.raises(UndecidedError, match=message):
            look()
