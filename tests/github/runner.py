"""Runs the steps of a composite action as the runner of GitHub Actions does.

The same shell, the same environment files, the expressions that our action uses and no others: an
unknown one, or a `uses:` that is not known here, fails the test instead of becoming empty.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SHELL = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
"""What `shell: bash` stands for; the script is a file behind it."""

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_PATH = re.compile(r"(github|inputs|steps)((?:\.[A-Za-z_][A-Za-z0-9_-]*)+)")
_FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")


@dataclass
class Job:
    """One job with one step, `uses: ACTION`, and what it left behind.

    `github` is the context of that name; its `event` is also the file GITHUB_EVENT_PATH. Steps
    start in `workspace`; `environment` is what the runner itself was started with.
    """

    action: Path
    folder: Path
    workspace: Path
    github: Mapping[str, Any]
    environment: Mapping[str, str]
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    code: int = 0
    paths: list[str] = field(default_factory=list)
    exported: dict[str, str] = field(default_factory=dict)

    @property
    def temporary(self) -> Path:
        return self.folder / "temp"

    def run(self, *, start: str = "") -> Job:
        """Runs every step, or those from `start` on; after one that fails no other is run."""
        definition = yaml.safe_load((self.action / "action.yml").read_text("utf-8"))
        self.temporary.mkdir(parents=True, exist_ok=True)
        event = self.folder / "event.json"
        event.write_text(json.dumps(self.github["event"]), "utf-8")
        context = self._context(definition)
        steps = definition["runs"]["steps"]
        first = [step["id"] for step in steps].index(start) if start else 0
        for step in steps[first:]:
            context["steps"] = {name: {"outputs": given} for name, given in self.outputs.items()}
            self.code = self._step(step, context)
            if self.code:
                break
        return self

    def result(self, name: str) -> str:
        """An output of the action itself."""
        definition = yaml.safe_load((self.action / "action.yml").read_text("utf-8"))
        steps = {each: {"outputs": given} for each, given in self.outputs.items()}
        context = {**self._context(definition), "steps": steps}
        return evaluated(definition["outputs"][name]["value"], context)

    def _context(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """What expressions see; `github.action_path` is missing, as it is for defaults."""
        context: dict[str, Any] = {"github": self.github}
        assert set(self.inputs) <= set(definition["inputs"])
        context["inputs"] = {
            name: self.inputs.get(name, evaluated(str(given.get("default", "")), context))
            for name, given in definition["inputs"].items()
        }
        return context

    def _step(self, step: Mapping[str, Any], context: Mapping[str, Any]) -> int:
        if "uses" in step:
            name, _, commit = step["uses"].partition("@")
            assert name == "actions/setup-python", name
            assert len(commit) == 40
            self.outputs[step["id"]] = {"python-path": sys.executable}
            return 0
        assert step["shell"] == "bash"
        script = self.folder / f"{step['id']}.sh"
        script.write_text(evaluated(step["run"], context), "utf-8")
        files = {name: self.folder / f"{step['id']}.{name}" for name in _FILES}
        for file in files.values():
            file.write_text("")
        given = {name: evaluated(str(text), context) for name, text in step["env"].items()}
        done = subprocess.run(
            [*SHELL, str(script)],
            cwd=self.workspace,
            env={**self._environment(files), **self.exported, **given},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,  # of a loaded machine that installs over a slow network
        )
        self.log += done.stdout
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        self.outputs[step["id"]] = assignments(files["GITHUB_OUTPUT"].read_text("utf-8"))
        self.exported |= assignments(files["GITHUB_ENV"].read_text("utf-8"))
        self.paths += files["GITHUB_PATH"].read_text("utf-8").split()
        return done.returncode

    def _environment(self, files: Mapping[str, Path]) -> dict[str, str]:
        searched = os.pathsep.join([*reversed(self.paths), self.environment["PATH"]])
        return {
            **self.environment,
            "PATH": searched,
            **{name: str(file) for name, file in files.items()},
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_EVENT_NAME": self.github["event_name"],
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_REPOSITORY": self.github["repository"],
            "GITHUB_SERVER_URL": self.github["server_url"],
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
        }


def evaluated(text: str, context: Mapping[str, Any]) -> str:
    """`text` with every expression replaced by its value."""
    return _EXPRESSION.sub(lambda found: _value(found.group(1), context), text)


def _value(expression: str, context: Mapping[str, Any]) -> str:
    """The first alternative of `a || b` that is not empty; what is not there is empty."""
    for alternative in expression.split("||"):
        matched = _PATH.fullmatch(alternative.strip())
        assert matched is not None, expression
        value: Any = context[matched.group(1)]
        for name in matched.group(2)[1:].split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if value:
            return str(value)
    return ""


def assignments(text: str) -> dict[str, str]:
    """What an environment file assigns: `NAME=VALUE`, or a heredoc with a delimiter of its own."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, sign, value = line.partition("=")
        if "<<" in name:
            name, _, delimiter = line.partition("<<")
            value = "\n".join(iter(lines.__next__, delimiter))
        else:
            assert sign, line
        found[name] = value
    return found
