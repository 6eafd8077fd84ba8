"""Which files of launchpolicy run for a check of one request, in the order in which they begin."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from tests.cli.launch_repository import NOW, REQUEST, clean_environment

EXAMPLES = Path(__file__).parents[2] / "examples"

# Each line is written at once, so that a program that leaves without teardown loses none. The
# marks stand where a function first returns a value of the class.
PROBE = """\
import os, sys
log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
marks = {"PolicyResult": b"first result", "Judgement": b"verdict"}
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] == "launchpolicy":
            os.write(log, name.encode() + b"\\n")
def profile(frame, event, value):
    if event == "return" and type(value).__name__ in marks:
        os.write(log, b"-- " + marks.pop(type(value).__name__) + b"\\n")
        if not marks:
            sys.setprofile(None)
sys.meta_path.insert(0, Finder)
sys.setprofile(profile)
sys.argv[0] = "launchpolicy"
from launchpolicy.cli.main import main
main()
"""


class RunningFiles(NamedTuple):
    """The modules that run for one check, in order.

    `before_first_result` and `before_verdict` are how many of them run before the first policy
    has a result, and before the request has its verdict; the rest write the report.
    `before_verdict_with_code` leaves out files that hold nothing but a docstring.
    """

    what: str
    modules: tuple[str, ...]
    before_first_result: int
    before_verdict: int
    before_verdict_with_code: int


def files_that_run(with_code: Collection[str]) -> list[RunningFiles]:
    """Return the files for a launch request, and for a document of a repository's own kind.

    `with_code` are the modules that hold more than a docstring.
    """
    with tempfile.TemporaryDirectory() as folder:
        launch = _logged(_launch_repository(Path(folder) / "launch"), REQUEST)
        own = _logged(*_own_kind(Path(folder) / "own"))
    return [parse("a LaunchRequest", launch, with_code), parse("an own kind", own, with_code)]


def _launch_repository(folder: Path) -> Path:
    shutil.copytree(EXAMPLES / "product-launch", folder / "repository")
    return _committed(folder)


def _own_kind(folder: Path) -> tuple[Path, str]:
    """The example of an own kind, with the deliverable from which its cases start."""
    repository = folder / "repository"
    shutil.copytree(EXAMPLES / "openstack-releases", repository)
    path = "deliverables/gazpacho/invented.yaml"
    (repository / path).parent.mkdir(parents=True)
    shutil.copy(repository / "policies/openstack/cases/deliverable.yaml", repository / path)
    return _committed(folder), path


def _committed(folder: Path) -> Path:
    (folder / "home").mkdir()
    identity = ["-c", "user.name=Li Wei", "-c", "user.email=li.wei@example.com"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(
            ["git", *identity, *arguments],
            cwd=folder / "repository",
            env=clean_environment(folder / "home"),
            check=True,
        )
    return folder / "repository"


def _logged(repository: Path, path: str) -> str:
    """The log of the second of two checks: the first compiles what later ones remember."""
    log = repository.parent / "log"
    for program in (["-m", "launchpolicy"], ["-c", PROBE, str(log)]):
        done = subprocess.run(
            [sys.executable, *program, "check", "--now", NOW, path],
            cwd=repository,
            env=clean_environment(repository.parent / "home"),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            message = f"the check of {path} fails:\n{done.stdout}{done.stderr}"
            raise RuntimeError(message)
    return log.read_text("utf-8")


def parse(what: str, log: str, with_code: Collection[str]) -> RunningFiles:
    """Read what the probe wrote: one module a line, and two marks.

    Raises:
        ValueError: a mark is missing, because its class has another name now.
    """
    lines = list(dict.fromkeys(log.splitlines()))
    result, verdict = lines.index("-- first result"), lines.index("-- verdict")
    modules = [line for line in lines if not line.startswith("-- ")]
    count = len(set(modules[: verdict - 1]) & set(with_code))
    return RunningFiles(what, tuple(modules), result, verdict - 1, count)
