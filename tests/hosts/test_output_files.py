"""A report in a file is whole or not there, and never in place of something else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpolicy.hosts.output_files import deliver
from launchpolicy.vocabulary.errors import UsageError


def test_the_pieces_are_written_as_utf8(tmp_path: Path) -> None:
    deliver(["上线\n", "申请\n"], tmp_path / "report")
    assert (tmp_path / "report").read_bytes() == "上线\n申请\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_an_old_report_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("an old and longer one")
    deliver(["new"], tmp_path / "report")
    assert (tmp_path / "report").read_text() == "new"


def test_a_report_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise RuntimeError

    (tmp_path / "report").write_text("old")
    with pytest.raises(RuntimeError):
        deliver(broken(), tmp_path / "report")
    assert (tmp_path / "report").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_a_report_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    deliver(["x"], tmp_path / "report")
    assert (tmp_path / "report").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_is_not_followed_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "report").symlink_to("precious")
    with pytest.raises(UsageError, match="not an ordinary file"):
        deliver(["x"], tmp_path / "report")
    assert (tmp_path / "precious").read_text() == "mine"
    assert (tmp_path / "report").is_symlink()


def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report")
    with pytest.raises(UsageError, match="not an ordinary file"):
        deliver(["x"], tmp_path / "report")
    assert (tmp_path / "report").is_fifo()


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("nowhere/report", id="no such folder"),
        pytest.param("file/report", id="a file for a folder"),
        pytest.param("x" * 300, id="a name too long"),
        pytest.param(".", id="a folder"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, file: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as caught:
        deliver(["x"], tmp_path / file)
    assert str(tmp_path / file) in caught.value.problem.en
    assert str(tmp_path / file) in caught.value.problem.zh
    assert caught.value.exit_code == 2
