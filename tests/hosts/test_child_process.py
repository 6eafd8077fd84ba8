"""Another program, run to its end: as `subprocess.run` does it, and never without end."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.hosts.child_process import run_to_its_end

ENVIRONMENT = {"PATH": os.environ["PATH"], "MARK": "kept"}
PROGRAMS = {
    "silent": "pass",
    "both streams": "import sys; print('out'); print('err', file=sys.stderr)",
    "much on both": (
        "import sys\n"
        "for _ in range(300): sys.stdout.write('o' * 1000); sys.stderr.write('e' * 1000)"
    ),
    "much on one": "import sys; sys.stderr.write('e' * 300_000); print('out')",
    "an exit code": "import sys; sys.exit(7)",
    "a signal": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "its input is empty": "import sys; print(repr(sys.stdin.read()))",
    "its folder": "import os; print(os.getcwd())",
    "its variables": "import os; print(os.environ['MARK'], 'HOME' in os.environ)",
    "closed streams": "import os, time; os.close(1); os.close(2); time.sleep(0.2); os._exit(5)",
}


def _python(program: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", program]


@pytest.fixture(params=["with pidfd_open", "a kernel without it", "a Python without it"])
def _system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> int:
        raise PermissionError

    if request.param == "a kernel without it":
        monkeypatch.setattr(os, "pidfd_open", refuse)
    elif request.param == "a Python without it":
        monkeypatch.delattr(os, "pidfd_open")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started; one with an exit code has ended, and was waited for."""
    processes: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return processes


@pytest.mark.usefixtures("_system")
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_is_run_as_the_library_runs_it(program: str, tmp_path: Path) -> None:
    ours = run_to_its_end(_python(program), ENVIRONMENT, folder=tmp_path, seconds=60)
    library = subprocess.run(
        _python(program),
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert ours.returncode == library.returncode
    assert ours.stdout == library.stdout
    assert ours.stderr == library.stderr


@pytest.mark.usefixtures("_system")
@pytest.mark.parametrize("seconds", [None, 60.0])
def test_a_program_gets_what_it_is_given(seconds: float | None) -> None:
    done = run_to_its_end(
        _python("import sys; print(len(sys.stdin.read()))"),
        ENVIRONMENT,
        given=b"x" * 200_000,
        seconds=seconds,
    )
    assert done.stdout == b"200000\n"


@pytest.mark.usefixtures("_system")
@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "import time; print('begun', flush=True); time.sleep(60)",
        "import os, time; os.close(1); os.close(2); time.sleep(60)",
        "while True: print('again', flush=True)",
    ],
    ids=["silent", "after a line", "after it has closed its streams", "it writes without end"],
)
def test_a_program_that_does_not_end_is_killed(
    program: str, started: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(subprocess.TimeoutExpired) as caught:
        run_to_its_end(_python(program), ENVIRONMENT, seconds=0.5)
    assert caught.value.timeout == pytest.approx(0.5, abs=0.1)
    assert [process.returncode for process in started] == [-signal.SIGKILL]


def test_a_program_without_a_limit_is_waited_for() -> None:
    done = run_to_its_end(_python("import time; time.sleep(0.3); print(1)"), ENVIRONMENT)
    assert (done.returncode, done.stdout) == (0, b"1\n")


def test_a_program_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run_to_its_end([str(tmp_path / "absent")], ENVIRONMENT, seconds=60)


def test_an_interrupt_leaves_no_program_behind(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    class Interrupted:
        def register(self, *_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(select, "poll", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_to_its_end(_python("import time; time.sleep(60)"), ENVIRONMENT, seconds=60)
    assert [process.returncode for process in started] == [-signal.SIGKILL]
