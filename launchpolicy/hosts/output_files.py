"""Write reports into files: each whole, or not there at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from launchpolicy.hosts.run_files import is_input
from launchpolicy.hosts.write_errors import ANOTHER_FILE, explain_write_errors, not_writable
from launchpolicy.vocabulary.text import Text


def deliver(pieces: Iterable[str], file: Path) -> None:
    """Write `pieces`, as UTF-8, to `file`, like `deliver_bytes`."""
    deliver_bytes((piece.encode() for piece in pieces), file)


def deliver_bytes(pieces: Iterable[bytes], file: Path) -> None:
    """Write `pieces` to `file`; its readers never meet half a report.

    A file that is there is replaced, with whatever mode new files get.

    Raises:
        UsageError: it cannot be written, or what is there is no ordinary file, or an input.
        OutputError: there is no room for it.
    """
    with explain_write_errors(file, ANOTHER_FILE):
        _refuse_what_is_no_file(file)
        beside = file.with_name(f".launchpolicy-{os.urandom(8).hex()}")
        try:
            with beside.open("xb") as stream:
                stream.writelines(pieces)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def append(text: str, file: Path) -> None:
    """Write `text`, as UTF-8, to the end of `file`, which is made where it is missing.

    Raises:
        UsageError: it cannot be written.
        OutputError: there is no room for it.
    """
    with explain_write_errors(file, ANOTHER_FILE), file.open("ab") as stream:
        stream.write(text.encode())


def _refuse_what_is_no_file(file: Path) -> None:
    """Refuse a device, a link or an input: a rename would put a report in its place."""
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise not_writable(file, _what_it_is(mode), ANOTHER_FILE)
    if is_input(file):
        raise not_writable(file, _INPUT, _ELSEWHERE)


_INPUT = Text(
    "it is an input of launchpolicy, which the report would replace",
    "它是 launchpolicy 的输入文件，会被报告覆盖",
)
_ELSEWHERE = Text("Name another file.", "请指定其他文件。")


def _what_it_is(mode: int) -> Text:
    if stat.S_ISDIR(mode):
        return Text("it is a folder", "它是目录")
    if stat.S_ISLNK(mode):
        return Text("it is a link, not an ordinary file", "它是链接，不是普通文件")
    return Text("it is not an ordinary file", "它不是普通文件")
