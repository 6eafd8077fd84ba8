"""A git repository made for one probe, as a lazy or an honest requester would leave it."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.cli.launch_repository import PROJECT, clean_environment
from tests.probes.editing import CannotSetUpError, Edit, apply_edits, plain_data, references
from tests.processes.program import Finished, run_program

EXAMPLES = PROJECT / "examples"
NOW = "2026-11-25T10:00:00+08:00"
_IGNORED = shutil.ignore_patterns("broken", ".git")


class ProbeRepository:
    """A copy of one example below `folder`, with the history that a probe asks for."""

    def __init__(self, probe: Mapping[str, Any], folder: Path) -> None:
        self.request: str = probe["request"]
        self.now: str = probe.get("now", NOW)
        self.outside = folder
        self.folder = (folder / "repository").resolve()
        shutil.copytree(EXAMPLES / probe["example"], self.folder, ignore=_IGNORED)
        (folder / "home").mkdir()
        self.environment = clean_environment(folder / "home")
        self.file = self.folder / self.request
        self.shipped = plain_data(self.file) if self.file.is_file() else None
        people = (self.shipped or {}).get("spec", {}).get("people", {})
        committer = probe.get("situation", {}).get("committer")
        self.committer = committer or people.get("requester") or "li.wei"
        self.commits = 0
        self.git("init", "--quiet", "--initial-branch=main", "--template=")

    def git(self, *arguments: str) -> str:
        """Run git as the committer, six hours before now and ten minutes later each time."""
        earlier = timedelta(hours=-6, minutes=10 * self.commits)
        moment = (datetime.fromisoformat(self.now) + earlier).isoformat()
        person = (f"user.name={self.committer}", f"user.email={self.committer}@example.com")
        settings = (*person, "gc.auto=0", "core.fsync=none")
        done = subprocess.run(
            ["git", *(part for each in settings for part in ("-c", each)), *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**self.environment, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
        )
        if done.returncode:
            message = f"git {arguments[0]}: {done.stderr.strip()[:200]}"
            raise CannotSetUpError(message)
        return done.stdout.strip()

    def commit(self) -> str:
        """Commit everything; return the commit."""
        self.commits += 1
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", f"commit {self.commits}")
        return self.git("rev-parse", "HEAD")

    def write(self, data: Any) -> None:
        """Write the request."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(_quoted(data), "utf-8")

    def remove(self, path: str) -> None:
        """Remove a file or a folder."""
        target = self.folder / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def edit(
        self, edits: Sequence[Edit], files: Sequence[Mapping[str, Any]], start: Any = None
    ) -> None:
        """Edit the request, from `start` or as it stands, and other YAML files."""
        standing = plain_data(self.file) if self.file.is_file() else None
        data = copy.deepcopy(start if start is not None else standing)
        for each in files:
            if not each.get("late"):
                self._put(data, each)
        others: dict[str, Any] = {}
        for each in edits:
            name = each.get("file")
            if name is not None:
                others.setdefault(name, plain_data(self.folder / name))
                apply_edits(others[name], [each], others[name])
            elif data is None:
                message = "there is no request to edit"
                raise CannotSetUpError(message)
            else:
                apply_edits(data, [each], standing if standing is not None else data)
        for name, content in others.items():
            (self.folder / name).write_text(_quoted(content), "utf-8")
        if data is not None:
            self._add_digests(data)
            self.write(data)

    def approvals(self, situation: Mapping[str, Any], commit: str) -> Path:
        """Record who approved `commit`; return the file, outside of the repository."""
        people = plain_data(self.folder / "people.yaml")["people"]
        mails = {each["name"]: each["emails"][0] for each in people if each.get("emails")}
        named = situation.get("approvals", [])
        if named == "everybody":
            named = list(mails)
        elif isinstance(named, dict):
            named = [person for person in mails if person not in named["everybodyBut"]]

        def account(person: str) -> dict[str, str]:
            return {"host": "email", "key": mails.get(person, person), "shown": person}

        at = situation.get("approvedAt", self.now)
        reviews = [
            {
                "account": account(person),
                "state": "approved",
                "at": at,
                "where": f"review by {person}",
                "commit": commit,
            }
            for person in named
        ]
        spec: dict[str, Any] = {"source": "recorded", "reviews": reviews}
        participants = situation.get("participants")
        if participants is not None:
            spec["participants"] = {
                part: [account(person) for person in participants.get(part, [])]
                for part in ("openers", "pushers", "authors", "committers")
            }
        file = self.outside / "approvals.json"
        record = {"apiVersion": "launchpolicy/v1", "kind": "ApprovalRecord", "spec": spec}
        file.write_text(json.dumps(record), "utf-8")
        return file

    def check(self, *arguments: str) -> Finished:
        """Run the program."""
        options = ("--format", "json", "--jobs", "1", "--now", self.now, "--lang", "en")
        command = ("check", *arguments, *options)
        return run_program(command, cwd=self.folder, env=self.environment)

    def _put(self, data: Any, item: Mapping[str, Any]) -> None:
        """Write or delete a file; what refers to it gets its digest, unless told not to."""
        target = self._path(item["path"], in_root=bool(item.get("root")))
        if item.get("delete"):
            target.unlink()
            return
        content = self._content(item)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        if not item.get("root") and not item.get("keepDigest"):
            for reference in references(data):
                if reference["path"] == item["path"]:
                    reference["sha256"] = hashlib.sha256(content).hexdigest()

    def _content(self, item: Mapping[str, Any]) -> bytes:
        if "base64" in item:
            content = base64.b64decode(item["base64"])
        elif "copyOf" in item:
            content = self._path(item["copyOf"], in_root=True).read_bytes()
        else:
            content = item["text"].encode()
        for old, new in item.get("replace", {}).items():
            if old.encode() not in content:
                message = f"{item['path']}: {old!r} is not in it"
                raise CannotSetUpError(message)
            content = content.replace(old.encode(), new.encode())
        return content + str(item.get("appendText", "")).encode()

    def _add_digests(self, data: Any) -> None:
        for reference in references(data):
            if reference["sha256"] == "auto":
                target = self._path(reference["path"], in_root=False)
                if not target.is_file():
                    message = f"sha256: auto, but no file {reference['path']}"
                    raise CannotSetUpError(message)
                reference["sha256"] = hashlib.sha256(target.read_bytes()).hexdigest()

    def _path(self, name: str, *, in_root: bool) -> Path:
        target = ((self.folder if in_root else self.file.parent) / name).resolve()
        if self.folder not in target.parents:
            message = f"{name} leads out of the repository"
            raise CannotSetUpError(message)
        return target


def _quoted(data: Any) -> str:
    """As JSON, which is YAML in which every string is quoted."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
