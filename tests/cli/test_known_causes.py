"""What the system refuses is no defect of launchpolicy, and says what ran out."""

from __future__ import annotations

import errno
import os

import pytest

from launchpolicy.cli import main
from launchpolicy.cli.known_causes import known_cause

SHORTAGES = [
    (MemoryError(), "Memory ran out."),
    (ImportError("libstdc++.so.6: failed to map segment"), "failed to map segment"),
    (OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)), "memory, processes or open files"),
    (BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)), "refuses more"),
    (OSError(errno.EMFILE, os.strerror(errno.EMFILE)), "refuses more"),
    (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.txt"), "full or cannot be written: a.txt"),
    (OSError(errno.EROFS, os.strerror(errno.EROFS), "a.txt"), "full or cannot be written: a.txt"),
    (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "a"), "does not allow it: a: Perm"),
    (RuntimeError("can't start new thread"), "can't start new thread"),
    (SystemError("error return without exception set"), "without giving a reason"),
    (SystemError("<built-in f> returned NULL without setting an exception"), "without giving"),
]


@pytest.mark.parametrize(("error", "words"), SHORTAGES)
def test_a_shortage_is_undecided_and_no_defect(
    error: Exception,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def short() -> None:
        raise error

    monkeypatch.setattr(main, "program", short)
    assert main._run() == 3
    told = capsys.readouterr().err
    assert words in told
    assert "defect" not in told


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("x"),
        OSError(errno.EIO, "x"),
        RuntimeError("x"),
        SystemError("x"),
        ValueError("x"),
    ],
)
def test_what_is_no_shortage_has_another_message(error: Exception) -> None:
    assert known_cause(error) is None


def test_memory_that_is_too_small_even_for_the_message_leaves_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def short(*_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(main, "program", short)
    monkeypatch.setattr(main, "_report", short)
    assert main._run() == 3
    assert capfd.readouterr().err == "launchpolicy: Memory ran out.\n"


def test_a_text_that_is_not_utf_8_is_refused_and_no_defect() -> None:
    error = UnicodeEncodeError("utf-8", "title \udcff", 6, 7, "surrogates not allowed")
    cause = known_cause(error)
    assert cause is not None
    assert cause.exit_code == 2
    assert "'title \\udcff'" in cause.problem.en
