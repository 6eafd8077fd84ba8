"""Files appear whole or not at all, and nothing that is there is lost."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from launchpolicy.hosts import whole_files
from launchpolicy.hosts.holidays import _public_holidays, is_known_country
from launchpolicy.vocabulary.errors import UndecidedError, UsageError


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    whole_files.write_new(tmp_path, "a/b/c.yaml", "x: 李\n")
    assert (tmp_path / "a/b/c.yaml").read_bytes() == "x: 李\n".encode()
    assert [each.name for each in (tmp_path / "a/b").iterdir()] == ["c.yaml"]


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    whole_files.write_new(tmp_path, "c.yaml", "x\n")
    assert [each.name for each in tmp_path.iterdir()] == ["c.yaml"]
    with pytest.raises(UsageError):
        whole_files.write_new(tmp_path, "c.yaml", "y\n")
    assert (tmp_path / "c.yaml").read_text() == "x\n"


def test_a_file_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("theirs\n")
    with pytest.raises(UsageError) as raised:
        whole_files.write_new(tmp_path, "c.yaml", "ours\n")
    assert "c.yaml" in raised.value.problem.en
    assert (tmp_path / "c.yaml").read_text() == "theirs\n"
    assert [each.name for each in tmp_path.iterdir()] == ["c.yaml"]


def test_a_link_to_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").symlink_to(tmp_path / "target")
    with pytest.raises(UsageError):
        whole_files.write_new(tmp_path, "c.yaml", "x\n")
    assert not (tmp_path / "target").exists()


def test_a_file_that_is_extended_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("x\n")
    file.chmod(0o640)
    whole_files.replace(tmp_path, "c.yaml", b"x\ny\n")
    assert file.read_bytes() == b"x\ny\n"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * (1024 * 1024 + 1))
    for path in ("large", "n" * 300):
        with pytest.raises(UsageError):
            whole_files.content(tmp_path, path)


def test_a_country_is_known_by_the_library_of_holidays_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert is_known_country("CN")
    assert not is_known_country("XX")
    assert not is_known_country("")
    assert not is_known_country("C N")
    _public_holidays.cache_clear()
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(UndecidedError):
        is_known_country("CN")
    assert not is_known_country("")
    _public_holidays.cache_clear()
