"""The user's cache: what a commit could have written is not believed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launchpolicy.hosts import user_cache

ROOT = Path(__file__).parents[2]


def _repository(tmp_path: Path, mark: str) -> Path:
    folder = tmp_path / "repository"
    (folder / "launches").mkdir(parents=True)
    if mark == ".git":
        (folder / mark).mkdir()
    else:
        (folder / mark).touch()
    return folder


@pytest.mark.parametrize("mark", [".git", ".launchpolicy.yaml"])
@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "HOME"])
@pytest.mark.parametrize("start", ["", "launches"])
def test_a_cache_that_a_commit_could_have_written_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str, variable: str, start: str
) -> None:
    folder = _repository(tmp_path, mark)
    cache = folder / ".cache"
    forged = cache / "launchpolicy" / "holidays" / "forged"
    forged.parent.mkdir(parents=True)
    forged.write_bytes(b"no holiday at all")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv(variable, str(cache if variable == "XDG_CACHE_HOME" else folder))
    monkeypatch.chdir(folder / start)
    assert user_cache.read("holidays", "forged") is None
    assert not user_cache.exists("holidays", "forged")
    user_cache.write("holidays", "new", b"x")
    assert not (forged.parent / "new").exists()


def test_a_link_out_of_the_repository_and_back_is_no_way_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _repository(tmp_path, ".git")
    (folder / "cache" / "launchpolicy" / "holidays").mkdir(parents=True)
    (folder / "cache" / "launchpolicy" / "holidays" / "forged").write_bytes(b"x")
    (tmp_path / "elsewhere").symlink_to(folder / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.chdir(folder)
    assert user_cache.read("holidays", "forged") is None


def test_a_cache_beside_the_repository_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(_repository(tmp_path, ".git"))
    user_cache.write("holidays", "kept", b"x")
    assert user_cache.read("holidays", "kept") == b"x"
    assert user_cache.exists("holidays", "kept")


FULL_DISK = """\
import resource, sys
from launchpolicy.hosts import user_cache
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
user_cache.write("holidays", "kept", b"x" * int(sys.argv[1]))
"""


def _write_on_a_full_disk(tmp_path: Path, size: int) -> list[str]:
    # Coverage would write its own data, too, which the limit does not let it.
    unmeasured = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    environment = {**unmeasured, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(size)],
        cwd=_repository(tmp_path, ".git"),
        env={**environment, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    folder = tmp_path / "cache" / "launchpolicy" / "holidays"
    return [path.name for path in folder.iterdir()]


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX")
def test_a_full_disk_is_no_error_and_nothing_is_left_behind(tmp_path: Path) -> None:
    assert _write_on_a_full_disk(tmp_path, 5_000) == []


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX")
def test_what_fits_on_a_full_disk_is_kept(tmp_path: Path) -> None:
    assert _write_on_a_full_disk(tmp_path, 50) == ["kept"]


def test_what_a_folder_is_in_the_way_of_is_not_kept_nor_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(_repository(tmp_path, ".git"))
    folder = tmp_path / "cache" / "launchpolicy" / "holidays"
    (folder / "kept" / "inside").mkdir(parents=True)
    user_cache.write("holidays", "kept", b"x")
    assert [path.name for path in folder.iterdir()] == ["kept"]
