"""The Python tools that are measured: how each is installed, called, and asked for its verdict.

Every tool has an environment of its own, compiled before anything is timed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.conditions import (
    clean_environment,
    compile_everything,
    output_of,
    require_binary,
)
from tests.bench.generate import as_json

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache/bench"
OURS = "launchpolicy"


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, ready to run.

    `argv` is the command that precedes the paths when it is timed, with the output its users see;
    `flag` stands before each path. `machine` is added to get an output for programs, and
    `objected` reads from that (standard output, standard error) which files it objects to.
    """

    name: str
    version: str
    checks: str
    argv: list[str]
    machine: list[str]
    objected: Callable[[str, str], set[str]]
    flag: str = ""
    tree: Path | None = None
    """The project's tree that a version of launchpolicy was installed from."""

    def command(self, paths: Sequence[str]) -> list[str]:
        """Return the command that checks files, as it is timed."""
        return self._command([], paths)

    def flagged(self, folder: Path, paths: Sequence[str]) -> set[str]:
        """Return the paths, as given, that the tool finds something wrong with.

        Raises:
            RuntimeError: the tool failed before it judged them.
        """
        ended = subprocess.run(
            self._command(self.machine, paths),
            cwd=folder,
            check=False,
            capture_output=True,
            env=clean_environment(),
        )
        output, errors = ended.stdout.decode(), ended.stderr.decode()
        if ended.returncode > 1 and not output:
            raise RuntimeError(self.name + " failed: " + errors[-2000:])
        objected = self.objected(output, errors)
        return {os.path.relpath(folder / path, folder) for path in objected}

    def _command(self, options: Sequence[str], paths: Sequence[str]) -> list[str]:
        flag = [self.flag] if self.flag else []
        return [*self.argv, *options, *(word for path in paths for word in (*flag, path))]


def launchpolicy(tree: Path = ROOT, name: str = OURS) -> Tool:
    """Return launchpolicy as a wheel of a tree, not an editable install, which starts slower.

    Its libraries are those of the tree's own lock.

    Args:
        tree: The tree of this repository that is installed.
        name: How the tool is called in the tables, and its environment.
    """
    python = environment(name)
    lock = tree / ".ci/action.txt"
    _pip_once(python, lock, "--require-hashes", "--requirement", str(lock))
    itself = ("--no-index", "--no-deps", "--no-build-isolation", "--force-reinstall")
    _pip(python, *itself, str(tree))
    compile_everything(python)
    program = python.with_name("launchpolicy")
    return Tool(
        name=name,
        version=output_of(str(python), str(program), "--version").split()[-1],
        checks="the whole schema of the kind, then the five policies (CEL)",
        argv=[str(python), str(program), "check"],
        machine=["--format", "json"],
        objected=lambda output, _: {
            judgement["path"]
            for judgement in json.loads(output)["requests"]
            if judgement["verdict"] != "pass"
        },
    )


def check_jsonschema(schema: Path, checks: str) -> Tool:
    """Return check-jsonschema with a schema, in the version of the tests' lock.

    Args:
        schema: The file of the schema.
        checks: What it checks, in words.
    """
    python = environment("check-jsonschema")
    lock = ROOT / ".ci/test.txt"
    versions = CACHE / "versions.txt"
    pins = re.findall(r"^\S+==\S+", lock.read_text("utf-8"), re.MULTILINE)
    versions.write_text("\n".join(pins), "utf-8")
    _pip_once(python, lock, "--constraint", str(versions), "check-jsonschema")
    compile_everything(python)
    program = python.with_name("check-jsonschema")
    return Tool(
        name="check-jsonschema",
        version=output_of(str(python), str(program), "--version").split()[-1],
        checks=checks,
        argv=[str(python), str(program), "--schemafile", str(schema)],
        machine=["--output-format", "json"],
        objected=lambda output, _: {
            error["filename"]
            for kind in ("errors", "parse_errors")
            for error in json.loads(output).get(kind, [])
        },
    )


def say(what: str) -> None:
    """Print what goes on, for the person who waits."""
    sys.stderr.write(f"==> {what}\n")
    sys.stderr.flush()


def environment(name: str) -> Path:
    """Return the interpreter of a tool's virtual environment, made when it is missing."""
    folder = CACHE / name
    python = folder / "bin/python"
    if not python.exists():
        say(f"making an environment for {name}")
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return require_binary(python)


def kept_file(name: str, data: dict[str, object]) -> Path:
    """Write data as JSON beside the tools; return the file."""
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / name
    path.write_text(as_json(data), encoding="utf-8")
    return path


def _pip_once(python: Path, lock: Path, *arguments: str) -> None:
    """Install what a lock pins, unless that was done before from a lock of the same bytes."""
    stamp = python.parents[1] / ".installed"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        _pip(python, *arguments)
        shutil.copyfile(lock, stamp)


def _pip(python: Path, *arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([str(python), "-m", "pip", "install", *quiet, *arguments], check=True)
