"""The story that `make demo` tells: a launch request is blocked, mended, and passes.

Everything is real: a git repository in a temporary folder, the installed `launchpolicy` command,
and its exit codes. The clock is set with --now, so that the request's window lies ahead whenever
this runs. The folder stays, so that you can go on in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "product-launch"
REQUEST = "launches/LR-2026-0042/request.yaml"
NOW = "2026-11-25T10:00:00+08:00"
LEFT_OUT = (
    "    - {name: monitoring,",
    "    - name: uploads",
    "    impact:\n      summary: {en: Orders",
    "      - {by: zhou.kai, role: rd-lead",
    "      - {name: performance, target",
)
"""What the first try forgets: each is cut out with everything indented below it."""


def main() -> int:
    """Tells the story; exit code 1 if it does not go as told."""
    folder = Path(tempfile.mkdtemp(prefix="launchpolicy-demo-"))
    say("1. A launch repository", f"in {folder}: a configuration on the branch main.")
    shutil.copy(EXAMPLE / ".launchpolicy.yaml", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Adopt launchpolicy")

    say("2. A launch request on a branch", "written in a hurry: it lacks five things.")
    good = (EXAMPLE / REQUEST).read_text("utf-8")
    git(folder, "switch", "--quiet", "--create", "launch/LR-2026-0042")
    shutil.copytree((EXAMPLE / REQUEST).parent, (folder / REQUEST).parent)
    write(folder, without(good, LEFT_OUT))
    commit(folder, "Request the launch of checkout 3.2")
    blocked = check(folder)

    say("3. The requester mends it", "in a second commit.")
    write(folder, good)
    commit(folder, "Complete the request")
    git(folder, "diff", "--stat", "HEAD~1", show=True)
    passed = check(folder)

    say("4. The first try once more", "as a colleague sees it who reads Chinese.")
    check(folder, "--lang", "zh", head="HEAD~1")
    say(
        "Where to look next",
        f"cd {folder}\n"
        f"  {command()} check --now {NOW}        # the work tree\n"
        f"  {command()} policy show rollback-impact-assessed\n"
        "  README.md, policies/launch/README.md, examples/openstack-releases/README.md",
    )
    return 0 if (blocked, passed) == (1, 0) else 1


def check(folder: Path, *options: str, head: str = "HEAD") -> int:
    """Runs the check of a pull request from `head` into main; shows it, gives its exit code."""
    arguments = ["check", "--base", "main", "--head", head, "--now", NOW, *options]
    print(f"$ launchpolicy {' '.join(arguments)}", flush=True)
    code = subprocess.run([command(), *arguments], cwd=folder, check=False).returncode
    print(f"(exit code {code})", flush=True)
    return code


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


def write(folder: Path, text: str) -> None:
    request = folder / REQUEST
    request.parent.mkdir(parents=True, exist_ok=True)
    request.write_text(text, "utf-8")


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def git(folder: Path, *arguments: str, show: bool = False) -> None:
    """Runs git as a person of the demo, untouched by the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = ["-c", "user.name=Li Wei", "-c", "user.email=li.wei@example.com"]
    environment = {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    if show:
        print(f"$ git {' '.join(arguments)}", flush=True)
    subprocess.run(["git", *settings, *arguments], cwd=folder, env=environment, check=True)


def say(title: str, text: str) -> None:
    print(f"\n== {title}\n{text}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
