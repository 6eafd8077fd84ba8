"""The story that `make demo` tells: a request is blocked, fixed, approved, merged, and recorded.

Everything is real: a git repository in a temporary folder, the installed `launchpolicy` command,
SSH keys made for the occasion, and the exit codes. The clock is set with --now, so that the
request's window lies ahead whenever this runs. The folder stays, so that you can go on in it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "product-launch"
REQUEST = "launches/LR-2026-0042/request.yaml"
BRANCH = "launch/LR-2026-0042"
NOW = "2026-11-25T10:00:00+08:00"
APPROVERS = ("wang.fang", "zhou.kai", "he.lin")
LEFT_OUT = (
    "    - {name: monitoring,",
    "    impact:\n      summary: {en: Orders",
)
"""What the first try forgets: each is cut out with everything indented below it."""


def main() -> int:
    """Tells the story; exit code 1 if it does not go as told, 2 if it cannot be told here."""
    if shutil.which("ssh-keygen") is None:
        print("The story signs with SSH keys: install OpenSSH (apt-get install openssh-client).")
        return 2
    story = Story(Path(tempfile.mkdtemp(prefix="launchpolicy-demo-")))
    codes = [
        story.in_a_hurry(),
        story.fixed(),
        story.wrong_role(),
        story.approved(),
        story.window_moved(),
        story.approved_again(),
    ]
    story.merged()
    codes += [story.entered(), story.proved(), story.tampered(), story.shown()]
    return 0 if codes == [1, 1, 1, 0, 1, 0, 0, 0, 1, 0] else 1


class Story:
    """One launch repository and what happens in it."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "launches-of-acme"
        self.keys = home / "keys"
        self.folder.mkdir()
        self.keys.mkdir()
        say(
            "1. A launch repository",
            f"in {self.folder}:\n"
            "the configuration, the calendar, and the people with their roles and public keys.",
        )
        for name in (".launchpolicy.yaml", "calendar.yaml", "people.yaml"):
            shutil.copy(EXAMPLE / name, self.folder)
        self.edit(".launchpolicy.yaml", "{source: github}", "{source: signed}")
        self.verifier = self.ledger_key()
        configuration = self.folder / ".launchpolicy.yaml"
        configuration.write_text(
            f"{configuration.read_text('utf-8')}ledger: {{key: {json.dumps(self.verifier)}}}\n",
            "utf-8",
        )
        for name in APPROVERS:
            address = f"emails: [{name}@example.com]"
            self.edit("people.yaml", address, f"{address}, keys: [{json.dumps(self.key_of(name))}]")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("Adopt launchpolicy")
        self.run("people", "check")

    def in_a_hurry(self) -> int:
        say("2. A launch request on a branch", "written in a hurry: a test report is missing, too.")
        self.git("switch", "--quiet", "--create", BRANCH)
        shutil.copytree((EXAMPLE / REQUEST).parent, (self.folder / REQUEST).parent)
        good = (EXAMPLE / REQUEST).read_text("utf-8")
        (self.folder / REQUEST).write_text(without(good, LEFT_OUT), "utf-8")
        (self.folder / REQUEST).with_name("tests").joinpath("functional.xml").unlink()
        self.commit("Request the launch of checkout 3.2")
        return self.check()

    def fixed(self) -> int:
        say("3. The requester fixes it", "in a second commit. Now only two approvals are missing.")
        shutil.rmtree((self.folder / REQUEST).parent)
        shutil.copytree((EXAMPLE / REQUEST).parent, (self.folder / REQUEST).parent)
        self.commit("Complete the request")
        return self.check()

    def wrong_role(self) -> int:
        say("4. Two people approve", "but only one of them in a role that is asked for.")
        self.approve("wang.fang")
        self.approve("he.lin")
        code = self.check()
        say("5. What is left to do", "as a colleague sees it who reads Chinese.")
        self.run("status", "launches/LR-2026-0042", "--base", "main", "--now", NOW, "--lang", "zh")
        return code

    def approved(self) -> int:
        say("6. The right person approves", "and the check turns green.")
        self.approve("zhou.kai")
        return self.check()

    def window_moved(self) -> int:
        say("7. The window is moved", "after the approvals. They were given for another plan.")
        self.edit(REQUEST, "start: 2026-12-01T22:00:00", "start: 2026-12-01T22:15:00")
        self.commit("Start a quarter of an hour later")
        return self.check()

    def approved_again(self) -> int:
        say("8. Both approve what is asked now", "and the branch is merged.")
        self.approve("wang.fang")
        self.approve("zhou.kai")
        return self.check()

    def merged(self) -> None:
        self.git("switch", "--quiet", "main")
        self.git(
            "merge", "--quiet", "--no-ff", "--message", "Launch checkout 3.2", BRANCH, show=True
        )
        self.git("log", "--oneline", "--first-parent", show=True)

    def entered(self) -> int:
        say("9. The merge is recorded", "in the ledger, on a branch of its own, signed.")
        code = self.run("ledger", "append", "--now", NOW)
        return code or self.run("ledger", "verify")

    def proved(self) -> int:
        say("10. A receipt", "that anybody can check offline, with the ledger's public key alone.")
        receipt = str(self.keys.parent / "LR-2026-0042.tlog-proof")
        code = self.run("ledger", "prove", "LR-2026-0042", "--output", receipt)
        return code or self.run("ledger", "check-proof", receipt, "--key", self.verifier)

    def tampered(self) -> int:
        say("11. Someone changes one byte", "of an entry. (In a copy of the repository.)")
        copy = self.keys.parent / "tampered"
        subprocess.run(["git", "clone", "--quiet", str(self.folder), str(copy)], check=True)
        self.folder, real = copy, self.folder
        self.git("fetch", "--quiet", "origin", "launch-ledger-heads:launch-ledger-heads")
        self.git("switch", "--quiet", "launch-ledger")
        entries = next((copy / "tile" / "entries").rglob("2"))
        entries.write_bytes(entries.read_bytes().replace(b"he.lin", b"he.liu"))
        self.commit("Nobody will notice")
        self.git("switch", "--quiet", "main")
        code = self.run("ledger", "verify")
        self.folder = real
        return code

    def shown(self) -> int:
        say(
            "12. The ledger as a site",
            "without server and network: search, charts, calendar, proofs.",
        )
        site = self.keys.parent / "site"
        code = self.run("ledger", "render", str(site), "--view", "html")
        print(f"open {site / 'index.html'}", flush=True)
        say(
            "Where to look next",
            f"cd {self.folder}\n"
            f"  {command()} check --now {NOW}        # the work tree\n"
            f"  {command()} policy show both-leads-approve\n"
            "  README.md, .github/guides/pull-requests.md, .github/guides/ledger.md",
        )
        return code

    def approve(self, name: str) -> None:
        """Approves as that person, and commits the approval."""
        key = str(self.keys / name)
        self.run("approve", "launches/LR-2026-0042", "--yes", "--key", key, "--now", NOW)
        self.commit(f"Approval of {name}", name)

    def check(self) -> int:
        """Runs the check of a pull request into main; shows it, gives its exit code."""
        code = self.run("check", "--base", "main", "--now", NOW)
        print(f"(exit code {code})", flush=True)
        return code

    def run(self, *arguments: str) -> int:
        print(f"$ launchpolicy {' '.join(arguments)}", flush=True)
        environment = {**os.environ, "LAUNCHPOLICY_LEDGER_KEY": self.secret}
        return subprocess.run(
            [command(), *arguments], cwd=self.folder, env=environment, check=False
        ).returncode

    def ledger_key(self) -> str:
        """Makes the key that signs the ledger; gives its public half."""
        file = self.keys / "ledger"
        made = subprocess.run(
            [command(), "ledger", "keygen", "acme.example/launches", str(file)],
            check=True,
            capture_output=True,
            text=True,
        )
        self.secret = file.read_text("utf-8").strip()
        return made.stdout.strip()

    def key_of(self, name: str) -> str:
        """Makes a key for a person; gives its public line."""
        file = self.keys / name
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file)], check=True
        )
        return file.with_name(f"{name}.pub").read_text("utf-8").strip()

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text("utf-8")
        if old not in text:
            message = f"{path} does not hold {old!r} any more; the story has to be told anew"
            raise ValueError(message)
        (self.folder / path).write_text(text.replace(old, new, 1), "utf-8")

    def commit(self, message: str, name: str = "li.wei") -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, name=name)

    def git(self, *arguments: str, name: str = "li.wei", show: bool = False) -> None:
        """Runs git as a person of the demo, untouched by the user's own settings."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        settings = ["-c", f"user.name={name}", "-c", f"user.email={name}@example.com"]
        environment = {
            **kept,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": NOW,  # what is merged is judged again at the time of the merge
            "GIT_COMMITTER_DATE": NOW,
        }
        if show:
            print(f"$ git {' '.join(arguments)}", flush=True)
        subprocess.run(
            ["git", "--no-pager", *settings, *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
        )


def command() -> str:
    """The launchpolicy command beside the interpreter that runs this."""
    return str(Path(sys.executable).parent / "launchpolicy")


def without(text: str, starts: tuple[str, ...]) -> str:
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


def say(title: str, text: str) -> None:
    print(f"\n== {title}\n{text}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
