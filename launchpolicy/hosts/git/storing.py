"""Convert files of the work tree to the form in which git would store them.

The digest of a file has to be that of the blob that a commit will hold, whatever line ends the work
tree has (`core.autocrlf`, gitattributes(5)). One git process answers for all files of a run. A
clean filter is a program of the person's own choice and is never run: what it would store is
not known, except for Git LFS, which stores a pointer.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import subprocess
import weakref
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from launchpolicy.hosts.child_process import AnsweringProgram
from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.conversion import (
    NAMES,
    NotConvertible,
    form_of,
    is_text_with_crlf,
    stored_form,
)
from launchpolicy.hosts.git.plumbing import Git
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.settings import storing_settings
from launchpolicy.hosts.git.snapshots import IndexSnapshot
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.text import Text

_LARGEST_TEXT = 128 * 1024 * 1024
_PIECE = 64 * 1024
_AHEAD = 4096
"""Bytes of questions that fit into any pipe, so that asking never waits for an answer."""

_LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
_NO_FILTER = {"unspecified", "unset", "set"}


class GitStorage:
    """Converts files below `root` as git would store them; opens the repository when asked."""

    def __init__(
        self,
        root: Path,
        environ: Mapping[str, str] = os.environ,
        repository: Repository | None = None,
    ) -> None:
        self._root = root
        self._environ = environ
        self._repository = repository
        self._settings: dict[str, str] = {}
        self._attributes = AnsweringProgram[_Attributes]()
        self._index: IndexSnapshot | None = None

    def expect(self, paths: Sequence[str], /) -> None:
        """Ask for the attributes of files that will be converted soon, without waiting."""
        self._attributes.program(self._open).expect(paths)

    def __call__(self, path: str, data: bytes, /) -> bytes:
        """Return the bytes that git would store of the file at `path` from the root.

        Raises:
            UndecidedError: a program would have to be run to know, or git gives no answer.
        """
        attributes = self._attributes.program(self._open).of(path)
        program = attributes["filter"]
        if program not in _NO_FILTER and self._is_set_up(program):
            return _filter(path, program, data)
        form = form_of(attributes, self._settings.get("core.autocrlf", "false"))
        if form.is_plain:
            return data
        try:
            return stored_form(data, form, lambda: self._has_crlf_in_index(path))
        except NotConvertible as error:
            raise _not_convertible(path, str(error)) from error

    def _open(self) -> _Attributes:
        repository = self._repository
        if repository is None:
            with open_repository(self._root, self._environ) as repository:
                self._repository = repository
        self._settings = storing_settings(repository.git, self._environ)
        file = self._settings.get("core.attributesfile")
        return _Attributes(repository.git.inside(self._root, file))

    def _is_set_up(self, program: str) -> bool:
        names = (f"filter.{program}.clean", f"filter.{program}.process")
        return any(self._settings.get(name) for name in names)

    def _has_crlf_in_index(self, path: str) -> bool:
        repository = self._repository
        if repository is None or repository.top is None:
            return False
        if self._index is None:
            self._index = IndexSnapshot(repository)
        folder = self._root.resolve().relative_to(repository.top).as_posix()
        entry = self._index.entry(path if folder == "." else f"{folder}/{path}")
        if entry is None or not entry.blob:
            return False
        with repository:
            index_object = repository.objects.read([entry.blob], _LARGEST_TEXT)[0]
        return index_object.data is not None and is_text_with_crlf(index_object.data)


def _filter(path: str, program: str, data: bytes) -> bytes:
    if program != "lfs":
        raise _clean_filter(path, program)
    if not data or data.startswith(b"version https://git-lfs"):
        return data
    return _LFS % (sha256(data).encode(), len(data))


def _clean_filter(path: str, program: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"{path} is stored through the clean filter “{program}” (.gitattributes), a program "
            "that launchpolicy does not run; so what git would store is not known.",
            f"{path} 入库时要经过清理过滤器“{program}”（.gitattributes），"
            "launchpolicy 不运行该程序，因此无法得知 git 将存储的内容。",
        ),
        Text(
            f"Take the file out of the filter: add the line `{path} -filter` to .gitattributes. "
            "Or run git add, then launchpolicy check --staged.",
            f"请让该文件不经过此过滤器：在 .gitattributes 中加入一行 `{path} -filter`；"
            "或先运行 git add，再运行 launchpolicy check --staged。",
        ),
    )


def _not_convertible(path: str, encoding: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"{path} is not in the encoding {encoding} that .gitattributes gives to it "
            "(working-tree-encoding), or that encoding is not known.",
            f"{path} 不是 .gitattributes 为其指定的 {encoding} 编码"
            "（working-tree-encoding），或无法识别该编码。",
        ),
        Text(
            "Save the file in that encoding, or correct .gitattributes.",
            "请按该编码保存文件，或更正 .gitattributes。",
        ),
    )


class _Attributes:
    """The attributes of files, from one `git check-attr` for the whole run.

    Questions may be asked ahead: answers come in their order, and wait until they are wanted.
    """

    def __init__(self, git: Git) -> None:
        self._process = git.start("check-attr", "--stdin", "-z", *NAMES)
        weakref.finalize(self, _end, self._process)
        self._asked: deque[str] = deque()
        self._known: dict[str, dict[str, str]] = {}
        self._unread = b""

    def expect(self, paths: Sequence[str]) -> None:
        """Ask ahead, unless answers are still to be read; and only what fits into any pipe."""
        if self._asked:
            return
        lengths = itertools.accumulate(len(path.encode()) + 1 for path in paths)
        self._ask([path for path, length in zip(paths, lengths, strict=True) if length <= _AHEAD])

    def of(self, path: str) -> dict[str, str]:
        if path not in self._known and path not in self._asked:
            self._ask([path])
        while path not in self._known:
            asked = self._asked.popleft()
            self._known[asked] = self._answer(asked)
        return self._known.pop(path)

    def _ask(self, paths: Sequence[str]) -> None:
        questions = self._process.stdin
        if questions is not None:  # as start() says
            with contextlib.suppress(BrokenPipeError):
                questions.write(b"".join(path.encode() + b"\0" for path in paths))
                questions.flush()
        self._asked.extend(paths)

    def _answer(self, path: str) -> dict[str, str]:
        fields = self._fields(3 * len(NAMES))
        names = [name.decode() for name in fields[1::3]]
        if fields[::3] != [path.encode()] * len(NAMES) or names != [*NAMES]:
            raise problems.not_understood("check-attr")
        return dict(zip(names, map(os.fsdecode, fields[2::3]), strict=True))

    def _fields(self, count: int) -> list[bytes]:
        answers = self._process.stdout
        while answers is not None and self._unread.count(b"\0") < count:
            piece = cast("io.BufferedReader", answers).read1(_PIECE)
            if not piece:
                break
            self._unread += piece
        *fields, self._unread = self._unread.split(b"\0", count)
        return fields


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with contextlib.suppress(BrokenPipeError):
        process.__exit__(None, None, None)
