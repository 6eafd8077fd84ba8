"""The tools that are measured: how each is installed, called, and asked what it objects to.

Every tool has an environment of its own, installed as its users install it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.generate import as_json
from tests.bench.rules import JSON_SCHEMA, SPECTRAL_RULES

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache/bench"


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, ready to run.

    `argv` is the command that precedes the paths when it is timed, with the output its users see.
    `machine` is added to get JSON, and `objected` reads from that which files it objects to.
    """

    name: str
    version: str
    checks: str
    argv: list[str]
    machine: list[str]
    objected: Callable[[str], set[str]]

    def flagged(self, folder: Path, paths: Sequence[str]) -> set[str]:
        """The paths, as given, that the tool finds something wrong with."""
        ended = subprocess.run(
            [*self.argv, *self.machine, *paths], cwd=folder, check=False, capture_output=True
        )
        if ended.returncode > 1 and not ended.stdout:
            raise RuntimeError(self.name + " failed: " + ended.stderr.decode()[-2000:])
        objected = self.objected(ended.stdout.decode())
        return {os.path.relpath(folder / path, folder) for path in objected}


def launchpolicy() -> Tool:
    """This work tree as a wheel, not as an editable install, which starts slower."""
    python = _environment("launchpolicy")
    _pip(python, str(ROOT))
    program = python.with_name("launchpolicy")
    return Tool(
        name="launchpolicy",
        version=_output(str(program), "--version").split()[-1],
        checks="the whole schema of the kind, then the five policies (CEL)",
        argv=[str(python), str(program), "check"],
        machine=["--format", "json"],
        objected=lambda text: {
            judgement["path"]
            for judgement in json.loads(text)["requests"]
            if judgement["verdict"] != "pass"
        },
    )


def check_jsonschema(schema: Path | None = None) -> Tool:
    """check-jsonschema with the five rules, or with the schema given."""
    python = _environment("check-jsonschema")
    _pip(python, "check-jsonschema")
    program = python.with_name("check-jsonschema")
    return Tool(
        name="check-jsonschema",
        version=_output(str(program), "--version").split()[-1],
        checks="the five rules as one JSON Schema, nothing else",
        argv=[
            *(str(python), str(program)),
            *("--schemafile", str(schema or _kept("five-rules.schema.json", JSON_SCHEMA))),
        ],
        machine=["--output-format", "json"],
        objected=lambda text: {
            error["filename"]
            for kind in ("errors", "parse_errors")
            for error in json.loads(text).get(kind, [])
        },
    )


def spectral(rules: dict[str, object] | None = None) -> Tool | None:
    """Spectral with the five rules, or with the rules given; None on a machine without Node.js."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    folder = CACHE / "spectral"
    program = folder / "node_modules/.bin/spectral"
    if not program.exists():
        say("installing Spectral")
        package = "@stoplight/spectral-cli"
        quiet = ["--silent", "--no-audit", "--no-fund"]
        subprocess.run([npm, "install", "--prefix", str(folder), *quiet, package], check=True)
    name = "rules.spectral.json" if rules else "five-rules.spectral.json"
    return Tool(
        name="Spectral",
        version=_output(node, str(program), "--version").strip(),
        checks="the five rules as a ruleset, nothing else",
        argv=[node, str(program), "lint", "--ruleset", str(_kept(name, rules or SPECTRAL_RULES))],
        machine=["--format", "json"],
        objected=lambda text: {problem["source"] for problem in _first_json(text)},
    )


def say(what: str) -> None:
    """Tells the person who waits what is going on."""
    sys.stderr.write(f"==> {what}\n")
    sys.stderr.flush()


def _environment(name: str) -> Path:
    """The interpreter of a tool's virtual environment, made when it is missing."""
    folder = CACHE / name
    python = folder / "bin/python"
    if not python.exists():
        say(f"making an environment for {name}")
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return python


def _pip(python: Path, *arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([str(python), "-m", "pip", "install", *quiet, *arguments], check=True)


def _output(*argv: str) -> str:
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout


def _kept(name: str, data: dict[str, object]) -> Path:
    path = CACHE / name
    path.write_text(as_json(data), encoding="utf-8")
    return path


def _first_json(text: str) -> Any:
    """The JSON that an output begins with: Spectral adds a sentence where it found nothing."""
    data, _ = json.JSONDecoder().raw_decode(text.lstrip())
    return data
