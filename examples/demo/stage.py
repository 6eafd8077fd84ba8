"""The stage of the demo: one launch repository in a temporary folder, its people and their keys.

Everything is real: git, the installed `launchpolicy`, SSH keys made for the occasion. The clock is
set with --now, so that the window of the request lies ahead whenever this runs. Nothing of the
user's reaches it: no git settings or hooks, no home, no agent, no colour or width of theirs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from examples.demo.telling import INDENT, WIDTH, Cut, Teller
from launchpolicy.vocabulary.text import Text

EXAMPLE = Path(__file__).parent.parent / "product-launch"
NAME = "LR-2026-0042"
FOLDER = f"launches/{NAME}"
REQUEST = f"{FOLDER}/request.yaml"
BRANCH = f"launch/{NAME}"
NOW = "2026-11-25T10:00:00+08:00"
ORIGIN = "acme.example/launches"
REQUESTER = "li.wei"
APPROVERS = ("wang.fang", "zhou.kai", "zhao.min", "he.lin", "xu.bo", "chen.jie")

_NOT_OURS = re.compile(
    r"(GIT_|LC_|LAUNCHPOLICY_|SSH_|GPG_|GITHUB_|XDG_|CLICOLOR).*"
    r"|LANG|LANGUAGE|HOME|TZ|CI|COLUMNS|LINES|NO_COLOR|FORCE_COLOR"
    r"|PYTHON(IOENCODING|WARNINGS|OPTIMIZE|INSPECT|STARTUP|UTF8)"
)


class WrongTurnError(Exception):
    """A step of the story did not go as expected."""

    def __init__(self, command: str, expected: Text, got: Text, output: str) -> None:
        super().__init__(command)
        self.command = command
        self.expected = expected
        self.got = got
        self.output = output


class Stage:
    """The repository and what is done in it; every step that goes wrong raises WrongTurnError."""

    def __init__(self, home: Path, teller: Teller) -> None:
        self.home = home
        self.teller = teller
        self.folder = home / "launches-of-acme"
        self.keys = home / "keys"
        self.secret = ""
        self.verifier = ""
        self.key = home

    def adopt(self) -> None:
        """Adopts launchpolicy on main: the configuration, the calendar, people with their keys."""
        self.folder.mkdir()
        self.keys.mkdir()
        for name in (".launchpolicy.yaml", "calendar.yaml", "people.yaml"):
            shutil.copy(EXAMPLE / name, self.folder)
        self.edit(".launchpolicy.yaml", "source: github", "source: signed")
        self.secret, self.verifier = self._ledger_key()
        configuration = self.folder / ".launchpolicy.yaml"
        ledger = f"ledger: {{key: {json.dumps(self.verifier)}}}\n"
        configuration.write_text(configuration.read_text("utf-8") + ledger, "utf-8")
        for name in APPROVERS:
            address = f"emails: [{name}@example.com]"
            self.edit(
                "people.yaml", address, f"{address}, keys: [{json.dumps(self._key_of(name))}]"
            )
        self.git("init", "--quiet", "--template=", "--initial-branch=main")
        self.commit("Adopt launchpolicy")

    def run(
        self, *arguments: str, code: int = 0, says: Sequence[str] = (), cut: Cut | None = None
    ) -> None:
        """Runs launchpolicy, shows the command and its answer.

        Raises:
            WrongTurnError: another exit code than `code`, or an answer without all of `says`.
        """
        shown = "launchpolicy " + " ".join(map(self._short, arguments))
        self.teller.command(shown)
        output = self.quietly(*arguments, code=code, says=says)
        self.teller.output(output.replace(str(self.home), "~"), cut)

    def quietly(self, *arguments: str, code: int = 0, says: Sequence[str] = ()) -> str:
        """The same without showing it; gives the answer."""
        command = [sys.executable, "-m", "launchpolicy.cli.main", *arguments]
        return self._done(command, f"launchpolicy {' '.join(arguments)}", code, says)

    def check(self, *, code: int, says: Sequence[str] = (), cut: Cut | None = None) -> None:
        """The check of the pull request into main."""
        self.run("check", "--base", "main", "--now", NOW, code=code, says=says, cut=cut)

    def approve(self, name: str, cut: Cut | None = None, *, show: bool = True) -> None:
        """Signs as that person and commits the signature to the branch."""
        self.become(name)
        arguments = ("approve", FOLDER, "--commit", "--yes", "--now", NOW)
        says = (f"Approve {NAME} as",)
        if show:
            self.run(*arguments, says=says, cut=cut)
        else:
            self.quietly(*arguments, says=says)

    def request(self, *, left_out: Sequence[str] = (), without_file: str = "") -> None:
        """Writes the request into the work tree, without some of its parts."""
        shutil.rmtree(self.folder / FOLDER, ignore_errors=True)
        shutil.copytree(EXAMPLE / FOLDER, self.folder / FOLDER)
        text = (EXAMPLE / REQUEST).read_text("utf-8")
        (self.folder / REQUEST).write_text(_without(text, left_out), "utf-8")
        if without_file:
            (self.folder / FOLDER / without_file).unlink()

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces a piece of a file once.

        Raises:
            WrongTurnError: it is not there.
        """
        text = (self.folder / path).read_text("utf-8")
        if old not in text:
            expected = Text(f"{path} holds {old!r}", f"{path} 中有 {old!r}")
            command = f"edit {path}"
            raise WrongTurnError(command, expected, Text("it does not", "没有"), text)
        (self.folder / path).write_text(text.replace(old, new, 1), "utf-8")

    def become(self, name: str) -> None:
        """From now on that person commits and signs."""
        self.key = self.keys / name
        self.git("config", "user.name", name)
        self.git("config", "user.email", f"{name}@example.com")

    def commit(self, message: str, name: str = REQUESTER) -> None:
        self.become(name)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def git(self, *arguments: str, show: bool = False) -> str:
        """Runs git in the repository; gives its output."""
        command = ["git", "--no-pager", *arguments]
        if show:
            self.teller.command(f"git {' '.join(arguments)}")
        output = self._done(command, f"git {' '.join(arguments)}")
        if show:
            self.teller.output(output)
        return output

    def _done(
        self, command: Sequence[str], shown: str, code: int = 0, says: Sequence[str] = ()
    ) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != code:
            expected, got = (Text(f"exit code {c}", f"退出码 {c}") for c in (code, done.returncode))
            raise WrongTurnError(shown, expected, got, done.stdout)
        for piece in says:
            if piece not in done.stdout:
                expected = Text(f"an answer that says {piece!r}", f"输出中包含 {piece!r}")
                raise WrongTurnError(shown, expected, Text("another one", "没有"), done.stdout)
        return done.stdout

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not _NOT_OURS.fullmatch(name)}
        return {
            **kept,
            "HOME": str(self.home),
            "LANG": "zh_CN.UTF-8" if self.teller.language == "zh" else "C.UTF-8",
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "COLUMNS": str(WIDTH - len(INDENT)),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": NOW,  # what is merged is judged again at the time of the merge
            "GIT_COMMITTER_DATE": NOW,
            "LAUNCHPOLICY_KEY": str(self.key),
            "LAUNCHPOLICY_LEDGER_KEY": self.secret,
        }

    def _short(self, argument: str) -> str:
        return argument.replace(str(self.home), "~")

    def _ledger_key(self) -> tuple[str, str]:
        """The key that signs the ledger, and its public half."""
        file = self.keys / "ledger"
        said = self.quietly("ledger", "keygen", ORIGIN, str(file))
        public = next(line for line in said.splitlines() if line.startswith(ORIGIN))
        return file.read_text("utf-8").strip(), public

    def _key_of(self, name: str) -> str:
        """Makes a key for a person; gives its public line."""
        file = self.keys / name
        self._done(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file)],
            f"ssh-keygen -f {file}",
        )
        return file.with_name(f"{name}.pub").read_text("utf-8").strip()


def _without(text: str, starts: Sequence[str]) -> str:
    """`text` without the lines that begin so, and without what is indented below them."""
    for start in starts:
        at = text.index(start)
        lines = text[at:].splitlines(keepends=True)
        indent = len(lines[0]) - len(lines[0].lstrip())
        kept = 1
        while kept < len(lines) and len(lines[kept]) - len(lines[kept].lstrip()) > indent:
            kept += 1
        text = text[:at] + "".join(lines[kept:])
    return text
