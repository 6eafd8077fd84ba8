"""The set `examples`: the reports of every example, of its broken variants and of its stages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.agreement import program
from tests.agreement.digests import Item
from tests.agreement.workspace import DATE, Extent, Repository, Workspace
from tests.examples.catalogue import EXAMPLES

FORMATS = {
    "json": "en",
    "sarif": "en",
    "junit": "en zh",
    "gitlab": "en zh",
    "github": "en zh",
    "markdown": "en zh",
    "text": "en zh",
}
"""The formats, each with the languages in which it is compared. JSON and SARIF hold both."""

_STAGES = ("requested", "launched", "verified", "closed")


def items(workspace: Workspace, extent: Extent) -> Iterator[Item]:
    """Yield every report; a sample has some of the variants of some of the examples."""
    number = 0
    for example in sorted(path.parent for path in EXAMPLES.glob("*/.launchpolicy.yaml")):
        for name in _variants(example):
            if extent.takes(number):
                repository = workspace.repository(f"{example.name}-{number}", example)
                for part, content in _reports(repository, name):
                    format_ = part.rpartition(" ")[2].partition(".")[0]
                    yield Item(f"{example.name}: {format_}", f"{name} {part}", content)
            number += 1


def _variants(example: Path) -> Iterator[str]:
    yield from ("work tree", "work tree without git", "first commit")
    yield from (f"broken/{file.name}" for file in sorted(example.glob("broken/*.patch")))
    if list(example.glob("launches/*/request.yaml")):
        yield from (f"stage {stage}" for stage in _STAGES)


def _reports(repository: Repository, name: str) -> Iterator[tuple[str, bytes]]:
    example = repository.folder
    match name.partition(" "):
        case ("work", _, "tree"):
            yield from repository.reports(FORMATS, "--verbose")
        case ("work", _, _):
            repository.git("rev-parse")
            (example / ".git").rename(repository.workspace.folder / f"{example.name}.git")
            yield from repository.reports(FORMATS)
        case ("first", _, _):
            repository.git("switch", "--quiet", "--orphan", "empty")
            base = repository.commit("Begin")
            yield from repository.reports(FORMATS, f"--base={base}", "--head=main")
        case ("stage", _, stage):
            yield from _at_stage(repository, stage)
        case _:
            patch = EXAMPLES / example.name.rpartition("-")[0] / name
            repository.git("apply", "--index", str(patch))
            yield from repository.reports(FORMATS, "--staged")


def _at_stage(repository: Repository, stage: str) -> Iterator[tuple[str, bytes]]:
    """The reports of a request that reaches `stage`: with approvals of everybody, of nobody."""
    path, closed = _closed_request(repository)
    before = _STAGES[: _STAGES.index(stage)]
    repository.git("rm", "--quiet", path)
    for each in (*before[-1:], stage):
        base = repository.commit(f"before {each}")
        text = json.dumps(_as_of(closed, each), ensure_ascii=False, indent=2)
        repository.write(path, text.encode())
    repository.commit(stage)
    opens = datetime.fromisoformat(closed["spec"]["window"]["start"])
    now = (opens - timedelta(hours=1)).isoformat() if stage == "requested" else DATE
    record = repository.workspace.folder / "approvals.json"
    record.write_text(json.dumps(_approvals(repository, now)), "utf-8")
    commits = (f"--base={base}", f"--now={now}")
    for part, content in repository.reports(FORMATS, *commits):
        yield f"not approved {part}", content
    for part, content in repository.reports(FORMATS, *commits, f"--approvals={record}"):
        yield f"approved {part}", content


def _closed_request(repository: Repository) -> tuple[str, Any]:
    for file in sorted(repository.folder.glob("launches/*/request.yaml")):
        data = program.data_of(file.name, file.read_bytes())
        if data["status"]["stage"] == "closed":
            return file.relative_to(repository.folder).as_posix(), data
    raise LookupError(repository.folder.name)


def _as_of(closed: Any, stage: str) -> Any:
    """The request as it stood at `stage`: the same plan, and what was recorded until then."""
    if stage == "closed":
        return closed
    launched = ("checksBefore", "readiness", "suspension", "backups", "execution")
    verified = (*launched, "checksAfter", "problems", "newBackups", "systemLog")
    kept = {"requested": (), "launched": launched, "verified": verified}[stage]
    status = {key: value for key, value in closed["status"].items() if key in kept}
    return {**closed, "status": {"stage": stage, **status}}


def _approvals(repository: Repository, at: str) -> Any:
    """A record in which every person of the directory approves HEAD."""
    commit = repository.git("rev-parse", "HEAD").decode().strip()
    people = program.data_of("people.yaml", (repository.folder / "people.yaml").read_bytes())
    reviews = [
        {
            "account": {"host": "email", "key": person["emails"][0], "shown": person["name"]},
            "state": "approved",
            "at": at,
            "where": f"review by {person['name']}",
            "commit": commit,
        }
        for person in people["people"]
    ]
    spec = {"source": "recorded", "reviews": reviews, "participants": {}}
    return {"apiVersion": "launchpolicy/v1", "kind": "ApprovalRecord", "spec": spec}
