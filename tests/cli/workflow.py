"""A pull request of the example on a stub of GitHub, and runs of the workflow for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.launch_repository import NOW, Finished, LaunchRepository
from tests.hosts.github import said
from tests.hosts.github.stub import Stub

Json = Any

WANG, ZHOU, ZHAO, LI, XU = 583232, 583233, 583234, 583231, 999_001


class Workflow:
    """A pull request of the example, and a run of the workflow for it."""

    def __init__(self, repository: LaunchRepository, stub: Stub, folder: Path) -> None:
        self.repository = repository
        self.stub = stub
        self.folder = folder
        self.folder.mkdir()
        self.pushed()

    def pushed(self) -> str:
        """GitHub learns of the head as it is now."""
        head = self.repository.git("rev-parse", "HEAD")
        pull = self.stub.pulls[7]
        pull.found = {**said.pull(), "headRefOid": head, "baseRefName": "main"}
        pull.found["author"] = said.actor(LI, "liwei-example")
        proposed = self.repository.git("rev-list", "--reverse", "main..HEAD").split()
        pull.commits = [self.commit(oid) for oid in proposed]
        self.stub.pushes = [said.pushed("liwei-example", LI, head)]
        return head

    def commit(self, oid: str, number: int = LI, login: str = "liwei-example") -> Json:
        """A commit of the repository as GitHub knows it."""
        parents = self.repository.git("rev-parse", f"{oid}^@").split()
        return said.commit(
            said.person(f"{login}@example.com", number, login), oid=oid, parents=tuple(parents)
        )

    def reviewed(self, number: int, account: int, login: str, **more: Any) -> None:
        more.setdefault("commit", self.repository.git("rev-parse", "HEAD"))
        self.stub.pulls[7].reviews.append(said.review(number, said.actor(account, login), **more))

    def event(self) -> dict[str, Any]:
        git = self.repository.git
        repo = {"full_name": said.REPOSITORY}
        return {
            "action": "edited",
            "pull_request": {
                "number": 7,
                "base": {"ref": "main", "sha": git("rev-parse", "main"), "repo": repo},
                "head": {"ref": "request", "sha": git("rev-parse", "HEAD"), "repo": repo},
            },
            "sender": {"id": LI, "login": "liwei-example"},
        }

    def run(
        self,
        *arguments: str,
        event: dict[str, Any] | None = None,
        event_name: str = "pull_request_target",
    ) -> Finished:
        self.repository.git("update-ref", "refs/remotes/origin/main", "main")
        (self.folder / "event.json").write_text(
            json.dumps(self.event() if event is None else event), "utf-8"
        )
        return self.repository.run(
            *("github", "--now", NOW, *arguments),
            GITHUB_EVENT_NAME=event_name,
            GITHUB_EVENT_PATH=str(self.folder / "event.json"),
            GITHUB_REPOSITORY=said.REPOSITORY,
            GITHUB_API_URL=self.stub.url,
            GITHUB_TOKEN="ghs_token",  # noqa: S106 (nobody's)
            GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"),
            GITHUB_OUTPUT=str(self.folder / "output"),
        )

    def conclusion(self) -> str:
        """What the check run says in the end; "" while it is under way."""
        bodies = [call.body for call in self.stub.asked("check-run")]
        assert bodies[0]["status"] == "in_progress"
        return next((b["conclusion"] for b in reversed(bodies) if "conclusion" in b), "")

    def shown(self) -> str:
        return str(self.stub.asked("check-run")[-1].body["output"]["summary"])
