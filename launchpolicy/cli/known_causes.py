"""Causes of an unexpected exception that are no defect of launchpolicy.

The system may refuse memory, threads, processes or open files to any program. And a text may come
from outside (an argument, a file name) that is not UTF-8.
"""

from __future__ import annotations

import errno
import re

from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text

_SCARCE = frozenset({errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
_NO_THREAD = "can't start new thread"
"""What Python says, with no class of its own for it (CPython, Modules/_threadmodule.c)."""

_NO_REASON = re.compile("without (exception set|setting an exception)")
"""What Python says of C code that fails and gives no reason, as some does where memory runs out
(CPython, Python/errors.c and Objects/call.c)."""


def known_cause(error: Exception) -> LaunchpolicyError | None:
    """Return an error that says what ran out or is no text; None for any other cause."""
    if isinstance(error, OSError | RuntimeError):
        return _known_refusal(error)
    match error:
        case MemoryError():
            return UndecidedError(Text("Memory ran out.", "内存不足。"), _MORE_MEMORY)
        case ImportError() if not isinstance(error, ModuleNotFoundError):
            return _library_not_loaded(error)
        case SystemError() if _NO_REASON.search(str(error)):
            return _failure_without_reason()
        case UnicodeEncodeError():
            return _not_text(error)
    return None


def _known_refusal(error: OSError | RuntimeError) -> UndecidedError | None:
    if isinstance(error, OSError) and error.errno in _SCARCE:
        return _refusal_of(error.strerror or str(error))
    if isinstance(error, OSError) and error.errno in _FULL:
        return _of_file(
            error, Text("A disk is full or cannot be written", "磁盘已满或无法写入"), _ROOM
        )
    if isinstance(error, PermissionError):
        return _of_file(error, Text("The system does not allow it", "系统不允许该操作"), _RIGHTS)
    return _refusal_of(str(error)) if _NO_THREAD in str(error) else None


def _of_file(error: OSError, what: Text, remedy: Text) -> UndecidedError:
    parts = (error.filename, error.strerror or str(error))
    reason = ": ".join(str(part) for part in parts if part is not None)
    return UndecidedError(Text(f"{what.en}: {reason}.", f"{what.zh}：{reason}。"), remedy)


def _failure_without_reason() -> UndecidedError:
    return UndecidedError(
        Text(
            "Memory ran out, or a library failed without giving a reason.",
            "内存不足，或程序库未说明原因而失败。",
        ),
        _MORE_MEMORY,
    )


def _library_not_loaded(error: ImportError) -> UndecidedError:
    return UndecidedError(
        Text(
            f"A library that launchpolicy needs cannot be loaded: {error}",
            f"launchpolicy 所需的程序库无法加载：{error}",
        ),
        Text(
            "Allow more memory. If that does not help, install launchpolicy again.",
            "请放宽内存限制；若仍失败，请重新安装 launchpolicy。",
        ),
    )


def _not_text(error: UnicodeEncodeError) -> UsageError:
    excerpt = ascii(error.object[max(error.start - 20, 0) : error.end + 20])
    return UsageError(
        Text(
            f"A text that was given is not UTF-8: {excerpt}.", f"输入的文本不是 UTF-8：{excerpt}。"
        ),
        Text(
            "Write it again: in a file, an argument or a file name.",
            "请重新输入（文件内容、命令行参数或文件名）。",
        ),
    )


def _refusal_of(reason: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The system refuses more memory, processes or open files: {reason}.",
            f"系统拒绝提供更多内存、进程或打开的文件：{reason}。",
        ),
        _MORE_MEMORY,
    )


_MORE_MEMORY = Text(
    "Raise the limits of this process, or do less at once: fewer files, --jobs 1.",
    "请放宽该进程的限制，或减少单次工作量：减少文件数，或使用 --jobs 1。",
)
_ROOM = Text("Make room on that disk, then run the command again.", "请清理磁盘空间后重新运行。")
_RIGHTS = Text(
    "Check the permissions of that file or folder, then run the command again.",
    "请检查该文件或目录的权限，然后重新运行。",
)
