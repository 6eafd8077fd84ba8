"""Archives from outside: what would leave its folder, fill the memory or be read two ways."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from launchpolicy.hosts.archives import MOST_BYTES, MOST_FILES, read_archive
from launchpolicy.vocabulary.errors import UsageError

Members = list[tuple[str, bytes]]


def tar(path: Path, members: Members, *odd: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix in {".gz", ".tgz"} else "w") as archive:
        for name, data in members:
            information = tarfile.TarInfo(name)
            information.size = len(data)
            archive.addfile(information, io.BytesIO(data))
        for member in odd:
            archive.addfile(member)
    return path


def zipped(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def odd(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.tar", "a.zip"])
def test_the_files_are_seen_from_the_one_folder_that_holds_them(tmp_path: Path, name: str) -> None:
    members = [("rules-1.0/own/pack.yaml", b"one"), ("./rules-1.0/README.md", b"two")]
    make = zipped if name.endswith(".zip") else tar
    archive = read_archive(make(tmp_path / name, members))
    assert archive.files == {"own/pack.yaml": b"one", "README.md": b"two"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "a//b",
        "C:evil",
        "a\\..\\evil",
        ".git/config",
        "a/..",
    ],
)
@pytest.mark.parametrize("suffix", [".tar.gz", ".zip"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str, suffix: str) -> None:
    make = zipped if suffix == ".zip" else tar
    with pytest.raises(UsageError, match="leads out"):
        read_archive(make(tmp_path / f"a{suffix}", [("own/pack.yaml", b"x"), (name, b"x")]))


@pytest.mark.parametrize(
    "member",
    [
        odd("own/link", tarfile.SYMTYPE, "/etc/passwd"),
        odd("own/link", tarfile.LNKTYPE, "own/pack.yaml"),
        odd("own/pipe", tarfile.FIFOTYPE),
        odd("own/device", tarfile.CHRTYPE),
        odd("own/disk", tarfile.BLKTYPE),
    ],
    ids=lambda member: str(member.type),
)
def test_a_link_or_a_device_is_refused(tmp_path: Path, member: tarfile.TarInfo) -> None:
    with pytest.raises(UsageError, match="link or a device"):
        read_archive(tar(tmp_path / "a.tar.gz", [("own/pack.yaml", b"x")], member))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("own/link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UsageError, match="link or a device"):
        read_archive(path)


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar"])
def test_one_name_twice_is_refused(tmp_path: Path, name: str) -> None:
    members = [("own/pack.yaml", b"reviewed"), ("own/pack.yaml", b"used")]
    with pytest.raises(UsageError, match="twice"):
        read_archive(tar(tmp_path / name, members))


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    members = [("own/pack.yaml", bytes(MOST_BYTES + 1))]
    for path in (zipped(tmp_path / "a.zip", members), tar(tmp_path / "a.tar.gz", members)):
        assert path.stat().st_size < MOST_BYTES // 100
        with pytest.raises(UsageError, match="more than"):
            read_archive(path)


def test_a_header_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    header = odd("own/x", tarfile.GNUTYPE_LONGNAME)
    header.size = 4 * MOST_BYTES
    with gzip.open(path, "wb", compresslevel=1) as stream:
        stream.write(header.tobuf(tarfile.GNU_FORMAT))
        for _ in range(4):
            stream.write(b"x" * MOST_BYTES)
    with pytest.raises(UsageError, match="more than"):
        read_archive(path)


def test_more_files_than_a_bundle_may_hold_are_refused(tmp_path: Path) -> None:
    members = [(f"own/{number}.yaml", b"") for number in range(MOST_FILES + 1)]
    with pytest.raises(UsageError, match="more than"):
        read_archive(zipped(tmp_path / "a.zip", members))


@pytest.mark.parametrize("name", ["a.tar.gz", "a.zip", "a.tar"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"\x1f\x8b\x08 nonsense", b"text"])
def test_what_is_no_archive_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UsageError, match="cannot be used"):
        read_archive(path)
