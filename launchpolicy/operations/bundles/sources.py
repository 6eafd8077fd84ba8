"""Open where a bundle comes from: a git repository, a folder, or an archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.archives import SUFFIXES, read_archive
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.foreign import foreign_commit
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.memory_snapshot import MemorySnapshot
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text


class BundleSource(NamedTuple):
    """The files of a source; `commit` of a git repository, `archive` its SHA-256, else ""."""

    snapshot: Snapshot
    commit: str = ""
    archive: str = ""


@contextmanager
def open_source(source: str, ref: str, top: Path) -> Iterator[BundleSource]:
    """Yield the files of a source.

    Args:
        source: an address, or a path, from `top` if it is relative.
        ref: a branch, a tag or a commit id of a git repository; "" for its HEAD.
        top: the folder of the launch repository.

    Raises:
        UsageError: there is nothing that can be read, or `ref` has no meaning there.
        UndecidedError: git cannot reach it.
    """
    path = top / source
    is_local = "://" not in source and path.exists()
    if not is_local and ":" not in source:
        raise _no_source(path)
    if is_local and path.is_file() and path.name.lower().endswith(SUFFIXES):
        _require_no_ref(ref, source)
        archive = read_archive(path)
        yield BundleSource(MemorySnapshot(path.name, archive.files), archive=archive.digest)
    elif is_local and path.is_dir() and not _is_repository(path):
        _require_no_ref(ref, source)
        yield BundleSource(WorkTreeSnapshot(path))
    else:
        address = str(path.resolve()) if is_local else source
        with foreign_commit(address, ref) as foreign:
            yield BundleSource(CommitSnapshot(foreign.repository, foreign.commit), foreign.commit)


def _is_repository(folder: Path) -> bool:
    is_bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    return is_bare or (folder / ".git").exists()


def _no_source(path: Path) -> UsageError:
    return UsageError(
        Text(f"{path} does not exist.", f"{path} 不存在。"),
        Text(
            "Give a folder, an archive, or an address with https, ssh or file.",
            "请给出目录、归档文件，或 https、ssh、file 地址。",
        ),
    )


def _require_no_ref(ref: str, source: str) -> None:
    if ref:
        raise UsageError(
            Text(
                f"{source} is no git repository, so it has no {ref}.",
                f"{source} 不是 git 仓库，没有 {ref}。",
            ),
            Text("Leave the ref out.", "请不要指定 ref。"),
        )
