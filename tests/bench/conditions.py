"""The conditions of a fair measurement: real programs, compiled code, a clean environment."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_LEFT_OUT = ("PYTHON", "COV_CORE_", "COVERAGE_", "NODE_", "LAUNCHPOLICY_")


def clean_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return an environment without the variables that change how an interpreter starts.

    PYTHONDONTWRITEBYTECODE is the worst of them: with it every start compiles each module again.
    What installs a tool needs the network, and so the whole environment, not this one.
    """
    return {name: value for name, value in environment.items() if not name.startswith(_LEFT_OUT)}


def compile_everything(python: Path) -> None:
    """Compile all libraries of an interpreter's environment, so that no timed run does it.

    Libraries may ship modules of other Python versions, which do not compile and are not loaded.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    libraries = output_of(str(python), "-c", code).strip()
    subprocess.run(
        [str(python), "-m", "compileall", "-qq", libraries],
        check=False,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
    )


def require_binary(program: Path) -> Path:
    """Return `program`, which must be an executable and not the script of a version manager.

    Raises:
        RuntimeError: it is a script; its own start would be counted with every run.
    """
    with program.resolve().open("rb") as file:
        if file.read(2) == b"#!":
            message = f"{program} is a script that starts another program: name the program itself"
            raise RuntimeError(message)
    return program


def load_average() -> float:
    """Return how many processes wanted a processor, on average over the last minute."""
    return os.getloadavg()[0]


def output_of(*argv: str) -> str:
    """Return what a program prints; it runs in the clean environment.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    return subprocess.run(
        argv, check=True, capture_output=True, text=True, env=clean_environment()
    ).stdout
