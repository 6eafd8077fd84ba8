"""A request that goes from stage to stage, each a merge of its own, by the program's commands."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from launchpolicy.documents.instants import instant
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.pack_set import PackSet
from tests.cli.launch_repository import LaunchRepository
from tests.examples.answering import Adopter, answered, complaints, parsed, written
from tests.examples.approving import approved_by, directory_of
from tests.examples.catalogue import EXAMPLES, NOW

Data = Any

SKIPPED_TO = {
    "requested": "verified",
    "launched": "closed",
    "verified": "rolled-back",
    "closed": "requested",
    "cancelled": "launched",
    "rolled-back": "verified",
}
"""For each stage one to which no arrow leads from it."""


@dataclass(frozen=True)
class Walk:
    """One request in a launch repository in git, where each commit on main is a merge."""

    repository: LaunchRepository
    name: str

    @property
    def file(self) -> Path:
        return self.repository.folder / "launches" / self.name / "request.yaml"

    @property
    def data(self) -> Data:
        return parsed(self.file.read_text("utf-8"))

    def run(self, *arguments: str) -> str:
        """Run a command of the program that must succeed; return what it says."""
        done = self.repository.run(*arguments)
        assert done.code == 0, (arguments, done.complaint)
        return done.output

    def begin(self, example: Data, evidence: Path) -> None:
        """Ask for the launch of an example with `new`, and answer as the example does."""
        spec = example["spec"]
        product, window = spec["product"], spec["window"]
        options = {
            "--process": spec["process"],
            "--name": self.name,
            "--product": product["name"],
            "--version": product["version"],
            "--change": product["change"],
            "--risk": spec["risk"],
            "--start": window["start"],
            "--end": window["end"],
            "--now": self.opening(example),
        }
        stated = (part for option in options.items() for part in option)
        self.run("new", example["metadata"]["title"]["en"], "--yes", "--no-branch", *stated)
        self.bring(evidence)
        self.answer(example)
        document = f"launches/{self.name}/{spec['acceptance']['document']['path']}"
        self.run("evidence", "add", document, "--at", "spec.acceptance.document")

    def bring(self, evidence: Path) -> None:
        """Put the files of an example's request beside this one."""
        ignored = shutil.ignore_patterns("request.yaml")
        shutil.copytree(evidence, self.file.parent, ignore=ignored, dirs_exist_ok=True)

    def advance(self, stage: str, example: Data) -> None:
        """Move on to `stage`, see that it asks something, and answer as the example does."""
        self.run("advance", f"launches/{self.name}", stage, "--now", NOW)
        assert "TODO" in self.file.read_text("utf-8"), stage
        self.answer(example)

    def answer(self, example: Data) -> None:
        data = answered(self.data, without_mishaps(example))
        if "promotion" in data["status"]:  # one item for each channel, which only names tell apart
            data["status"]["promotion"] = example["status"]["promotion"]
        if "rehearsal" in data["status"]:
            self._record_rehearsal(data)
        self.write(data)

    def _record_rehearsal(self, data: Data) -> None:
        """Give the steps in the record of the rehearsal the names that this request has."""
        evidence = data["status"]["rehearsal"]["evidence"]
        file = self.file.parent / evidence["path"]
        record = copy.deepcopy(parsed(file.read_text("utf-8")))
        names = [step["name"] for step in data["spec"]["steps"]]
        if names == [step["name"] for step in record["spec"]["steps"]]:
            return
        steps = zip(record["spec"]["steps"], names, strict=False)  # the example may have more
        record["spec"]["steps"] = [{**step, "name": name} for step, name in steps]
        file.write_bytes(written(record))
        evidence["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()

    def write(self, data: Data) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(written(data))

    def merge(self, now: str = NOW) -> None:
        """Commit; everybody approves; the check of the change passes without a complaint."""
        stage = self.data["status"]["stage"]
        people = directory_of(self.repository).people
        addresses = {person.name: person.emails[0] for person in people}
        requester = addresses[self.data["spec"]["people"]["requester"]]
        self.repository.environment["GIT_AUTHOR_EMAIL"] = requester
        self.repository.commit(stage)
        everybody = [person.name for person in people]
        record = approved_by(self.repository, everybody, instant(now))
        since = ("--base", "HEAD~1", "--approvals", str(record))
        finished = self.repository.check(*since, "--format", "json", now=now)
        report = json.loads(finished.output)
        findings = [
            (result["policy"], finding["place"], finding["message"]["en"])
            for request in report["requests"]
            for result in request["results"]
            for finding in result["findings"]
        ]
        assert findings == [], (stage, findings)
        assert report["exitCode"] == 0, finished.output
        assert [request["stage"] for request in report["requests"]] == [stage]
        self._cannot_skip(stage)

    def _cannot_skip(self, stage: str) -> None:
        """See that no change leads to a stage which does not come next."""
        merged = self.data
        wanted = copy.deepcopy(merged)
        wanted["status"]["stage"] = SKIPPED_TO[stage]
        process = merged["spec"]["process"]
        place = Adopter(self.repository.folder, process, _rules(process))
        judgement = place.judged(place.submitted(self.name, wanted, merged))
        assert ("stage-follows-the-arrows", "status.stage") in complaints(judgement), stage

    @staticmethod
    def opening(example: Data) -> str:
        """The hour before an example's window, when its launch is asked for at the latest."""
        return (instant(example["spec"]["window"]["start"]) - timedelta(hours=1)).isoformat()


@cache
def _rules(process: str) -> PackSet:
    return load_rules(WorkTreeSnapshot(EXAMPLES / process))


def without_mishaps(example: Data) -> Data:
    """The answers of an example as if all had worked: what failed or was missed asks for more."""
    smooth = copy.deepcopy(example)
    for step in smooth["status"].get("execution", {}).get("steps", ()):
        step["result"] = "done"
    for metric in smooth["status"].get("results", {}).get("metrics", ()):
        metric |= {"measured": metric["target"], "result": "met"}
    confirmation = example["spec"].get("infrastructure", {}).get("confirmation")
    if confirmation is not None:  # who has not written it in the request is asked for it later
        smooth["status"].setdefault("confirmation", confirmation)
    prepared = example["spec"].get("foresight", {}).get("preparations", ())
    if prepared and smooth["status"]["stage"] != "cancelled":
        done = [{"name": p["name"], "by": p["owner"], "doneAt": p["due"]} for p in prepared]
        smooth["status"].setdefault("tasks", done)
    return smooth


def further_attempt(process: str, walk: Walk) -> Data:
    """What the example of a further attempt says was solved, its evidence put beside `walk`."""
    for file in sorted(EXAMPLES.glob(f"{process}/launches/*/request.yaml")):
        attempt = parsed(file.read_text("utf-8"))["spec"].get("attempt")
        if attempt is not None:
            shown = (file.parent / attempt["evidence"]["path"]).read_bytes()
            ours = shown.replace(file.parent.name.encode(), walk.name.encode())
            put = walk.file.parent / attempt["evidence"]["path"]
            put.parent.mkdir(parents=True)
            put.write_bytes(ours)
            evidence = {**attempt["evidence"], "sha256": hashlib.sha256(ours).hexdigest()}
            return {key: attempt[key] for key in ("cause", "fix")} | {"evidence": evidence}
    message = f"no further attempt in {process}"
    raise AssertionError(message)
