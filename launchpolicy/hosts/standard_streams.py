r"""Standard output and standard error that never turn a verdict into another one.

Three things go wrong outside of the program, and each has its own answer:

| what | answer |
| --- | --- |
| the encoding lacks a character | a stand-in from `_STAND_INS`, else its escape: `\u4e0a` |
| the reader has gone (`| head -c1`, `>&-`) | the rest is discarded; the exit code stays |
| the device is full or broken | `OutputError`, once, with exit code 3 |
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from launchpolicy.hosts.platform import reader_has_gone, writes_to_a_console_by_itself
from launchpolicy.hosts.run_files import forget_files, names_of_writes
from launchpolicy.vocabulary.errors import OutputError
from launchpolicy.vocabulary.text import Text

_STREAMS = {1: Text("standard output", "标准输出"), 2: Text("standard error", "标准错误输出")}
_HANDLER = "launchpolicy.stand-in"
_ASCII = "launchpolicy-ascii"
_STAND_INS = {
    "✓": "+",
    "✗": "x",
    "…": "...",
    "→": "->",
    "│": "|",
    "─": "-",
    "·": "*",
    "•": "*",
    "–": "-",
    "—": "--",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "，": ",",
    "。": ".",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "、": ",",
}


def prepare_standard_streams() -> None:
    """Put safe streams in place of `sys.stdout` and `sys.stderr`, before anything prints.

    A stream without a file descriptor of its own (a test's buffer) is left alone.
    """
    forget_files()
    _occupy_closed_descriptors()
    codecs.register_error(_HANDLER, stand_in)
    sys.stdout = _safe(sys.stdout, 1)
    sys.stderr = _safe(sys.stderr, 2)
    if sys.stdin is None:  # closed at start
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 (lives as long as we)


def finish_standard_streams() -> None:
    """Write what is still buffered.

    Raises:
        OutputError: it cannot be written.
    """
    sys.stdout.flush()
    sys.stderr.flush()


def write_utf8(pieces: Iterable[str]) -> None:
    """Write data for programs (JSON, XML) to standard output, always in UTF-8."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a test's own stream
        sys.stdout.writelines(pieces)
    else:
        buffer.writelines(piece.encode(errors="backslashreplace") for piece in pieces)


def stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return what is written for characters that an encoding lacks (PEP 293)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_stand_in_of, lacking)), error.end


def _stand_in_of(character: str) -> str:
    replacement = _STAND_INS.get(character)
    return replacement or character.encode("ascii", "backslashreplace").decode("ascii")


class _DiscardingDescriptor(io.RawIOBase):
    """A file descriptor that discards what its reader does not want any more."""

    def __init__(self, number: int, name: Text, *, is_open: bool) -> None:
        super().__init__()
        self._number = number
        self._name = name
        self._is_open = is_open

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return self._is_open and os.isatty(self._number)

    def write(self, data: Any, /) -> int:  # noqa: ANN401 (any buffer of bytes)
        if not self._is_open:
            return len(data)
        try:
            return os.write(self._number, data)
        except OSError as error:
            self._is_open = False
            if reader_has_gone(error):
                return len(data)
            raise _unwritable(self._name, error) from error


def _safe(stream: TextIO | None, number: int) -> TextIO:
    if stream is not None and not _has_descriptor(stream, number):
        return stream
    if stream is not None and writes_to_a_console_by_itself(stream):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)
        return stream
    encoding = stream.encoding if stream is not None else "utf-8"
    if codecs.lookup(encoding).name == "ascii":
        # click takes a stream that calls itself ASCII for a mistake, and writes UTF-8 to it.
        codecs.register(_ascii_by_another_name)
        encoding = _ASCII
    descriptor = _DiscardingDescriptor(number, _STREAMS[number], is_open=stream is not None)
    if stream is not None:
        stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(descriptor),
        encoding=encoding,
        errors=_HANDLER,
        line_buffering=number != 1 or descriptor.isatty(),
    )


def _has_descriptor(stream: TextIO, number: int) -> bool:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return stream.fileno() == number
    return False


def _ascii_by_another_name(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != _ASCII:
        return None
    plain = codecs.lookup("ascii")
    return codecs.CodecInfo(
        plain.encode,
        plain.decode,
        streamreader=plain.streamreader,
        streamwriter=plain.streamwriter,
        incrementalencoder=plain.incrementalencoder,
        incrementaldecoder=plain.incrementaldecoder,
        name=_ASCII,
    )


def _occupy_closed_descriptors() -> None:
    """Keep a file that is opened from becoming standard output, if that was closed (`>&-`)."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.close(descriptor)


def _unwritable(name: Text, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    problem = Text(f"Cannot write to {name.en}: {reason}.", f"无法写入{name.zh}：{reason}。")
    names = names_of_writes()
    if names is None:
        return OutputError(problem, _RUN_AGAIN)
    return OutputError(
        problem,
        Text(
            f"Only the report is not complete. Written, and complete: {names.en}."
            " Do not run the command again.",
            f"仅报告不完整。已完整写入：{names.zh}。请勿重新运行该命令。",
        ),
    )


_RUN_AGAIN = Text(
    "The report is not complete. Check where the output goes, then run the command again.",
    "报告不完整。请检查输出的去向，然后重新运行该命令。",
)
