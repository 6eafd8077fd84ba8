"""The forked command is the real program: the same bytes, exit codes, streams and signals."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from coverage import CoverageData

from tests.cli.launch_repository import NOW, LaunchRepository
from tests.cli.new_repository import COMMIT, installation_record, new_repository
from tests.extent import share_of
from tests.processes.program import (
    COMMAND,
    PROJECT,
    REAL,
    Finished,
    Pool,
    Server,
    run_real_program,
    startup_of,
)
from tests.processes.server import MEASURED

pytestmark = pytest.mark.slow

CHECK = ("check", "--now", NOW)
COMMANDS = [
    (),
    ("--version",),
    ("chekc",),
    ("check", "--help"),
    ("ledger", "append", "--help"),
    CHECK,
    (*CHECK, "--format", "json"),
    (*CHECK, "--lang", "zh", "--color", "always"),
    (*CHECK, "--base", "nowhere"),
    ("check", "-"),
    ("status", "--now", NOW),
    ("schema", "LaunchRequest"),
    ("policy", "show", "rollback-impact-assessed", "--lang", "zh"),
    ("people", "check"),
    ("ledger", "verify"),
    ("github", "check"),
    ("new", "--yes"),
]
PLACES = {
    "Chinese": {"LANG": "zh_CN.UTF-8"},
    "not UTF-8": {"LC_ALL": "POSIX"},
    "narrow": {"COLUMNS": "40", "FORCE_COLOR": "1"},
    "no home": {"HOME": "/nowhere", "XDG_CACHE_HOME": ""},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "not text": {"LAUNCHPOLICY_DEBUG": "\udcff"},
}
STATE = ("Umask", "SigBlk", "SigIgn", "SigCgt", "Threads", "NoNewPrivs", "Seccomp")
SPY = f"""#!/bin/sh
[ -e "$SPY" ] || {{
    sleep 0.2 # until the caller has unblocked its signals again
    grep -E '^({"|".join(STATE)}):' /proc/$PPID/status
    readlink /proc/$PPID/cwd
    ls -l /proc/$PPID/fd | grep -o '[0-9]* ->.*' | sed 's:pipe.*:pipe:'
    env | grep -v '^SPY=' | sort
}} >"$SPY"
exec "$GIT" "$@"
"""
"""A git that writes down, once, what the process is like that has called it."""


ASKED = """
import collections, json, os
asked = []

class Asked(collections.UserDict):
    def __getitem__(self, name):
        asked.append(name)
        return super().__getitem__(name)
    def get(self, name, default=None):
        asked.append(name)
        return super().get(name, default)
    def __contains__(self, name):
        asked.append(name)
        return super().__contains__(name)

os.environ = Asked(os.environ)
from tests.processes.server import preload
modules = preload()
assert len(modules) > 200, modules
print(json.dumps(sorted(set(asked))))
"""
"""Imports what a server imports, and prints the variables that are looked at meanwhile."""

HARMLESS = {
    "HOME",
    "PYDANTIC_DISABLE_PLUGINS",
    "PY_SAX_PARSER",
    "SPHINX_BUILD",
    "TZ",
}  # HOME: for sysconfig's own variables only; TZ: read again by the child
TIMEOUT = 60

Servers = Callable[[Mapping[str, str]], Server]


@pytest.fixture(scope="module")
def server_for() -> Iterator[Servers]:
    """The server whose children are like a program with a given environment."""
    servers: dict[object, Server] = {}

    def find(environment: Mapping[str, str]) -> Server:
        startup = startup_of(environment)
        if startup not in servers:
            servers[startup] = Server(dict(startup))
        return servers[startup]

    yield find
    for server in servers.values():
        server.end()


@pytest.fixture
def unmeasured(repository: LaunchRepository) -> dict[str, str]:
    """The environment of a process that keeps no files open for the sake of coverage."""
    measured = ("COV_", "COVERAGE_")
    kept = repository.environment.items()
    return {name: value for name, value in kept if not name.startswith(measured)}


def outcome(done: Finished) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", share_of(COMMANDS, 3), ids=" ".join)
def test_a_command_writes_the_same_bytes(
    repository: LaunchRepository, server_for: Servers, command: tuple[str, ...]
) -> None:
    environment = repository.environment
    expected = run_real_program(command, cwd=repository.folder, env=environment)
    server = server_for(environment)
    for _ in range(2):  # the first one leaves nothing behind for the second one
        done = server.run(command, repository.folder, environment, TIMEOUT)
        assert outcome(done) == outcome(expected)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", [CHECK, ("nope",)], ids=" ".join)
def test_an_environment_has_the_same_effect(
    repository: LaunchRepository, server_for: Servers, place: str, command: tuple[str, ...]
) -> None:
    environment = {**repository.environment, **PLACES[place]}
    expected = run_real_program(command, cwd=repository.folder, env=environment)
    done = server_for(environment).run(command, repository.folder, environment, TIMEOUT)
    assert outcome(done) == outcome(expected)


@pytest.mark.parametrize("output", ["closed pipe", "full device", "terminal"])
def test_what_the_output_is_has_the_same_effect(
    repository: LaunchRepository, server_for: Servers, output: str
) -> None:
    environment = {**repository.environment, "TERM": "xterm"}

    def real(streams: list[int]) -> int:
        nothing, written, complaint = streams
        return subprocess.run(
            [*COMMAND, *CHECK],
            cwd=repository.folder,
            env=environment,
            stdin=nothing,
            stdout=written,
            stderr=complaint,
            check=False,
        ).returncode

    def forked(streams: list[int]) -> int:
        server = server_for(environment)
        server.start(CHECK, repository.folder, environment, streams)
        return server.wait()

    assert ended(forked, output) == ended(real, output)


def ended(run: Callable[[list[int]], int], output: str) -> tuple[int, bytes, bytes]:
    """The exit code of a command with this output, the output itself and the complaint."""
    reader = 0
    if output == "terminal":
        reader, writer = pty.openpty()
    elif output == "full device":
        writer = os.open("/dev/full", os.O_WRONLY)
    else:
        closed, writer = os.pipe()
        os.close(closed)
    with tempfile.TemporaryFile() as complaint, Path(os.devnull).open("rb") as nothing:
        code = run([nothing.fileno(), writer, complaint.fileno()])
        complaint.seek(0)
        written = os.read(reader, 1 << 16) if reader else b""
        for descriptor in filter(None, (reader, writer)):
            os.close(descriptor)
        return code, written, complaint.read()


def test_the_process_has_the_same_folder_files_signals_and_environment(
    repository: LaunchRepository,
    server_for: Servers,
    unmeasured: dict[str, str],
    tmp_path: Path,
) -> None:
    (tmp_path / "git").write_text(SPY, "utf-8")
    (tmp_path / "git").chmod(0o755)
    environment = {
        **unmeasured,
        "PATH": f"{tmp_path}{os.pathsep}{unmeasured['PATH']}",
        "GIT": str(shutil.which("git")),
        "SPY": str(tmp_path / "seen"),
    }
    server = server_for(environment)
    seen = []
    for runs_forked in (False, True):
        if runs_forked:
            done = server.run(CHECK, repository.folder, environment, TIMEOUT)
        else:
            done = run_real_program(CHECK, cwd=repository.folder, env=environment)
        assert done.returncode == 0
        seen.append((tmp_path / "seen").read_text("utf-8"))
        (tmp_path / "seen").unlink()
    assert seen[0].splitlines() == seen[1].splitlines()
    assert len(seen[0].splitlines()) > len(STATE) + len(unmeasured)


def test_a_command_that_a_signal_ends_has_the_code_of_the_signal(
    repository: LaunchRepository, server_for: Servers, tmp_path: Path
) -> None:
    (tmp_path / "git").write_text('#!/bin/sh\nkill -s "$SIGNAL" "$PPID"\nsleep 5\n', "utf-8")
    (tmp_path / "git").chmod(0o755)
    for signal in ("KILL", "INT", "TERM", "PIPE"):
        environment = {
            **repository.environment,
            "PATH": f"{tmp_path}{os.pathsep}{repository.environment['PATH']}",
            "SIGNAL": signal,
        }
        expected = run_real_program(CHECK, cwd=repository.folder, env=environment)
        done = server_for(environment).run(CHECK, repository.folder, environment, TIMEOUT)
        assert outcome(done) == outcome(expected)


def test_a_command_that_takes_too_long_is_killed(
    repository: LaunchRepository, server_for: Servers, tmp_path: Path
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 3\n", "utf-8")
    (tmp_path / "git").chmod(0o755)
    environment = {
        **repository.environment,
        "PATH": f"{tmp_path}{os.pathsep}{repository.environment['PATH']}",
    }
    server = server_for(environment)
    with pytest.raises(subprocess.TimeoutExpired):
        server.run(CHECK, repository.folder, environment, 0.5)
    assert server.run(("--version",), repository.folder, environment, TIMEOUT).returncode == 0


def test_what_is_imported_beforehand_asks_for_no_variable() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    asked = dict.fromkeys(json.loads(done.stdout), "")
    assert asked.keys() - dict(startup_of(asked)).keys() <= HARMLESS
    assert done.stderr == ""


def test_a_folder_with_a_record_of_an_installation_is_searched(
    server_for: Servers, tmp_path: Path
) -> None:
    commit = {"vcs": "git", "commit_id": COMMIT}
    source = {"url": "https://github.com/acme-tools/launchpolicy", "vcs_info": commit}
    new = new_repository(tmp_path)
    environment = {**new.environment, "PYTHONPATH": str(installation_record(tmp_path, source))}
    done = server_for(environment).run(("init", "--yes"), new.folder, environment, TIMEOUT)
    assert done.returncode == 0, done
    assert COMMIT in new.read(".pre-commit-config.yaml")


@pytest.mark.parametrize(
    ("environment", "variable"),
    [({"PYTHONIOENCODING": "gbk"}, ""), ({"LD_LIBRARY_PATH": "/nowhere"}, ""), ({}, REAL)],
    ids=["another Python", "other libraries", "asked for"],
)
def test_the_real_program_runs_where_a_fork_would_differ(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], variable: str
) -> None:
    if variable:
        monkeypatch.setenv(variable, "1")
    pool = Pool()
    environment = {**os.environ, **environment}
    assert [pool.server_for(environment) for _ in range(5)] == [None] * 5


def test_a_module_beside_the_requests_is_imported_as_by_the_real_program(
    repository: LaunchRepository,
) -> None:
    (repository.folder / "click.py").write_text("raise SystemExit(77)\n", "utf-8")
    assert {repository.run("--version").code for _ in range(5)} == {77}


def test_what_a_command_covers_is_written_and_what_is_only_imported_is_not(
    repository: LaunchRepository, unmeasured: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "covered"
    measured = {**unmeasured, MEASURED: "as in pyproject.toml"}
    startup = {**dict(startup_of(unmeasured)), "COVERAGE_FILE": str(file)}
    server = Server(startup, measures=True)
    assert server.run(("--version",), repository.folder, measured, TIMEOUT).returncode == 0
    assert server.run(("schema", "Policy"), repository.folder, unmeasured, TIMEOUT).returncode == 0
    server.end()
    (written,) = tmp_path.glob("covered.*")
    data = CoverageData(str(written))
    data.read()
    covered = {Path(name).relative_to(PROJECT / "launchpolicy") for name in data.measured_files()}
    assert {Path("cli/main.py"), Path("cli/language.py")} <= covered
    assert Path("cli/schema.py") not in covered  # what is not measured ran it
    assert len(covered) < 20
    main = PROJECT / "launchpolicy/cli/main.py"
    lines = main.read_text("utf-8").splitlines()
    assert lines.index("        speak(sys.argv[1:])") + 1 in (data.lines(str(main)) or ())
