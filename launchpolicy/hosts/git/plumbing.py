"""Run the git program in one fixed way, whatever environment and settings say (threats G1, G2).

Only fixed options, object ids and, after `--end-of-options`, one name to be resolved ever reach
the command line. Nothing that a repository, a user's configuration or the environment holds can
make these commands run another program, open a connection or write a file. The ledger alone writes
and speaks to others, through `with_network`. One commit is made as its user would make it by hand,
through `as_user`: of an approval, where the approver asks for it.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from launchpolicy.hosts.child_process import run_to_its_end
from launchpolicy.hosts.git import problems
from launchpolicy.hosts.platform import programs_named, wait_until_readable
from launchpolicy.vocabulary.named_tuple import NamedTuple

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_SETTINGS = {
    "core.bigFileThreshold": "1m",  # git streams larger blobs instead of loading them
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.quotePath": "false",
    "core.warnAmbiguousRefs": "true",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",
}

_ENVIRONMENT = {
    # Unlike `protocol.allow`, this also outweighs `protocol.ext.allow=always` of a repository.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


_PATIENCE = 300.0
"""Seconds without an answer after which git hangs: a file system or a program that does not answer
is not waited for until the job ends."""

_PATIENCE_WITH_OTHERS = 1800.0
"""The same for a command that speaks to another repository."""

_BUFFER = 1 << 16


class GitAnswer(NamedTuple):
    """The outcome of a finished git command: exit code, standard output, standard error."""

    code: int
    output: bytes
    complaint: str


class Git(NamedTuple):
    """The git program for one repository: where it is, where it runs, with which environment."""

    program: str
    folder: Path
    environment: Mapping[str, str]
    options: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = tuple(_SETTINGS.items())
    patience: float | None = _PATIENCE

    def run(
        self, *arguments: str, index: Path | None = None, stdin: bytes | None = None
    ) -> GitAnswer:
        """Run one command to its end; return its exit code and output.

        Args:
            arguments: the command and its arguments.
            index: another index file than the repository's own.
            stdin: its standard input; None for an empty one.

        Raises:
            UndecidedError: it cannot be started, or does not end.
        """
        variables = {} if index is None else {"GIT_INDEX_FILE": str(index)}
        try:
            done = run_to_its_end(
                self._argv(arguments),
                {**self.environment, **variables},
                folder=self.folder,
                given=stdin,
                seconds=self.patience,
            )
        except OSError as error:
            raise problems.git_failed(arguments[0], error.errno, str(error)) from error
        except subprocess.TimeoutExpired as error:
            raise problems.git_hangs(arguments[0], error.timeout) from error
        return GitAnswer(
            done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip()
        )

    def demand(
        self, *arguments: str, index: Path | None = None, stdin: bytes | None = None
    ) -> bytes:
        """Return the output of a command that has no reason to fail.

        Raises:
            UndecidedError: it failed all the same.
        """
        answer = self.run(*arguments, index=index, stdin=stdin)
        if answer.code != 0:
            raise problems.git_failed(arguments[0], answer.code, answer.complaint)
        return answer.output

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command that answers questions until its input is closed.

        Reading its output raises an `UndecidedError` where nothing comes for too long.
        """
        try:
            process = subprocess.Popen(  # noqa: S603 (no shell; see the module's first paragraph)
                self._argv(arguments),
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise problems.git_failed(arguments[0], error.errno, str(error)) from error
        output = cast("io.BufferedReader", process.stdout).detach()
        pipe = _PatientPipe(output, arguments[0], self.patience)
        process.stdout = io.BufferedReader(pipe, _BUFFER)
        return process

    def inside(self, folder: Path, attributes: str | None) -> Git:
        """Return the same program in a folder below, with another file of the user's attributes."""
        more_options = () if attributes is None else ("-c", f"core.attributesFile={attributes}")
        return self._replace(folder=folder, options=(*self.options, *more_options))

    def _argv(self, arguments: tuple[str, ...]) -> list[str]:
        settings = (part for name, value in self.settings for part in ("-c", f"{name}={value}"))
        return [self.program, "--no-pager", *settings, *self.options, *arguments]


class _PatientPipe(io.RawIOBase):
    """The output of a git command, which is not waited for without end."""

    def __init__(self, pipe: io.RawIOBase, command: str, patience: float | None) -> None:
        super().__init__()
        self._pipe = pipe
        self._command = command
        self._patience = patience

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._pipe.fileno()

    def readinto(self, buffer: Buffer) -> int:
        """Read into `buffer` what is there; return the number of bytes, 0 at the end.

        Raises:
            UndecidedError: nothing comes.
        """
        if self._patience is not None and not wait_until_readable(self.fileno(), self._patience):
            raise problems.git_hangs(self._command, self._patience)
        return self._pipe.readinto(buffer) or 0

    def close(self) -> None:
        self._pipe.close()
        super().close()


_CONNECTING = r"GIT_(ASKPASS|SSH|SSH_COMMAND|CONFIG_COUNT|CONFIG_KEY_[0-9]+|CONFIG_VALUE_[0-9]+)"
"""What the user's environment says about how to reach another repository: tokens, keys."""

_PROTOCOLS = "file:http:https:ssh"


def with_network(git: Git, environ: Mapping[str, str]) -> Git:
    """Return the same program, allowed to speak to other repositories (fetch and push)."""
    variables = {name: value for name, value in environ.items() if re.fullmatch(_CONNECTING, name)}
    environment = {**git.environment, **variables, "GIT_ALLOW_PROTOCOL": _PROTOCOLS}
    return git._replace(environment=environment, patience=_PATIENCE_WITH_OTHERS)


_OF_USER = (
    r"GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)"
    r"|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_[0-9]+|VALUE_[0-9]+)"
)
"""Who the user is and which settings are theirs; nothing that leads into another repository."""


def as_user(git: Git, environ: Mapping[str, str]) -> Git:
    """Return the same program with its user's settings, identity and hooks, for their commit.

    Paths stay paths: none is read as a pattern. It is waited for: a hook may ask its user.
    """
    variables = {
        name: value
        for name, value in environ.items()
        if not name.startswith("GIT_") or re.fullmatch(_OF_USER, name)
    }
    quiet = {"GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0"}
    return git._replace(environment=variables | quiet, settings=(), patience=None)


def git_in(folder: Path, environ: Mapping[str, str], options: tuple[str, ...] = ()) -> Git:
    """Return the git program, running in `folder`, with an environment of ours.

    Every `GIT_*` variable is dropped: git itself sets some of them for the hooks it runs, and
    they would lead into another repository.

    Raises:
        UndecidedError: there is no git.
    """
    variables = {name: value for name, value in environ.items() if not name.startswith("GIT_")}
    return Git(_program(environ), folder, variables | _ENVIRONMENT, options)


def _is_program(file: Path) -> bool:
    try:
        return file.is_file() and os.access(file, os.X_OK)
    except OSError:  # a folder on the PATH that may not be entered, or no possible name
        return False


def _program(environ: Mapping[str, str]) -> str:
    """Return the git program on the PATH; relative folders could mean the launch repository."""
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        for name in programs_named("git"):
            program = Path(folder, name)
            if program.is_absolute() and _is_program(program):
                return str(program)
    raise problems.git_missing()
