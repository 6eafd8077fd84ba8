"""A company whose people sign: the example on two branches, with real SSH keys."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.cli.launch_repository import REQUEST, LaunchRepository

FOLDER = str(Path(REQUEST).parent)
LEADS = ("wang.fang", "zhou.kai")


class Company:
    """The example on two branches, with a real key for each of its people who approves."""

    def __init__(self, repository: LaunchRepository, keys: Path) -> None:
        self.repository = repository
        self.keys = keys

    def key(self, name: str) -> Path:
        file = self.keys / name
        if not file.exists():
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file)],
                check=True,
            )
        return file

    def public(self, name: str) -> str:
        return Path(f"{self.key(name)}.pub").read_text("utf-8").strip()

    def register(self, *names: str) -> None:
        """Writes the public keys of people into the directory."""
        for name in names:
            address = f"emails: [{name}@example.com]"
            self.repository.edit(
                (address, f"{address}, keys: [{json.dumps(self.public(name))}]"), path="people.yaml"
            )

    def approve(self, name: str, *arguments: str, key: str = "") -> str:
        """Approves, and commits the approval as that person."""
        finished = self.repository.run(
            *("approve", FOLDER, "--yes", "--key", str(self.key(key or name))),
            *("--now", "2026-11-25T09:00:00+08:00", *arguments),
        )
        assert finished.code == 0, finished.complaint
        self.repository.commit(f"approval of {name}")
        return f"{FOLDER}/approvals/{name}.yaml"

    def leadership_owns_the_rules(self) -> None:
        """From now on company leadership (xu.bo) approves changes of the rules; on a branch."""
        repository = self.repository
        repository.git("switch", "--quiet", "main")
        repository.edit(
            ("[company-leadership, technology-department]", "[company-leadership]"),
            path=".launchpolicy.yaml",
        )
        repository.commit("who owns the rules")
        repository.git("switch", "--quiet", "--create", "rules")

    def leads(self) -> dict[str, Any]:
        """What became of the quorum of both leads in the pull request."""
        finished = self.repository.check("--base", "main", "--format", "json")
        request = json.loads(finished.output)["requests"][0]
        found: dict[str, Any] = next(
            result for result in request["results"] if result["policy"] == "both-leads-approve"
        )
        return found

    def reasons(self) -> list[str]:
        return [story["reason"]["en"] for story in self.leads()["stories"]]
