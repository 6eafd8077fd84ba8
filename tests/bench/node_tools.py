"""The tools that need Node.js: ajv-cli by a lock, Spectral by its version."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.conditions import output_of, require_binary
from tests.bench.peers import CACHE, Tool, kept_file, say

SPECTRAL = "@stoplight/spectral-cli@6.16.3"
_LOCK = Path(__file__).parent / "npm/ajv"
_QUIET = ("--loglevel=error", "--ignore-scripts", "--no-audit", "--no-fund")


def node_is_there() -> bool:
    """Return whether this machine has Node.js and npm."""
    return bool(shutil.which("node") and shutil.which("npm"))


def ajv(schema: Path, checks: str) -> Tool | None:
    """Return ajv-cli with a schema; None on a machine without Node.js.

    Args:
        schema: The file of the schema (draft 2020-12).
        checks: What it checks, in words.
    """
    if not node_is_there():
        return None
    folder = CACHE / "ajv"
    installed = folder / "package-lock.json"
    if not installed.exists() or installed.read_bytes() != (_LOCK / installed.name).read_bytes():
        say("installing ajv-cli")
        shutil.rmtree(folder, ignore_errors=True)
        fresh = folder.with_name("ajv-fresh")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(_LOCK, fresh)
        _npm("ci", fresh)
        fresh.rename(folder)
    program = folder / "node_modules/.bin/ajv"
    package = json.loads((folder / "node_modules/ajv-cli/package.json").read_text("utf-8"))
    validator = json.loads((folder / "node_modules/ajv/package.json").read_text("utf-8"))
    options = ("--spec=draft2020", "--strict=false", "-c", "ajv-formats")
    return Tool(
        name="ajv-cli",
        version=f"{package['version']} (ajv {validator['version']})",
        checks=checks,
        argv=[_node(), str(program), "validate", *options, "-s", str(schema)],
        machine=["--all-errors", "--errors=no"],
        objected=lambda _, errors: {
            line.removesuffix(" invalid")
            for line in errors.splitlines()
            if line.endswith(" invalid")
        },
        flag="-d",
    )


def spectral(name: str, rules: dict[str, object], checks: str) -> Tool | None:
    """Return Spectral with a ruleset; None on a machine without Node.js.

    Args:
        name: What the ruleset's file is called.
        rules: The ruleset.
        checks: What it checks, in words.
    """
    if not node_is_there():
        return None
    folder = CACHE / SPECTRAL.replace("/", "-")
    program = folder / "node_modules/.bin/spectral"
    if not program.exists():
        say("installing Spectral")
        _npm("install", folder, SPECTRAL)
    return Tool(
        name="Spectral",
        version=output_of(_node(), str(program), "--version").strip(),
        checks=checks,
        argv=[_node(), str(program), "lint", "--ruleset", str(kept_file(name, rules))],
        machine=["--format", "json"],
        objected=lambda output, _: {problem["source"] for problem in _first_json(output)},
    )


def _node() -> str:
    """Return the program Node.js itself, also where a version manager starts it."""
    node = output_of("node", "--print", "process.execPath").strip()
    return str(require_binary(Path(node)))


def _npm(command: str, folder: Path, *packages: str) -> None:
    """Run npm, with the certificates and the package index that the environment names."""
    npm = shutil.which("npm") or "npm"
    subprocess.run([npm, command, *_QUIET, "--prefix", str(folder), *packages], check=True)


def _first_json(text: str) -> Any:
    """Return the JSON that an output begins with: Spectral adds a sentence to an empty list."""
    data, _ = json.JSONDecoder().raw_decode(text.lstrip())
    return data
