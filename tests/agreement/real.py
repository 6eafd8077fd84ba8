"""The sets `real` and `altered`: reports on real files that nobody here wrote."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from tests.agreement.digests import Item
from tests.agreement.workspace import Extent, Repository, Workspace
from tests.examples.catalogue import EXAMPLES
from tests.shared_data import shared_file

OPENSTACK = EXAMPLES / "openstack-releases"
_NOW = "--now=2026-08-21T12:00:00Z"
_CHECK = ("check", _NOW, "--format=json", "--lang=en")


def real_files() -> dict[str, bytes]:
    """Return the bytes of every real file by its path from the top of its repository."""
    files: dict[str, bytes] = {}
    with tarfile.open(shared_file("realworld") / "openstack-deliverables.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)  # None for a folder
            if file is not None and PurePosixPath(member.name).match("deliverables/*/*.yaml"):
                files[PurePosixPath(member.name).as_posix()] = file.read()
    return dict(sorted(files.items()))


def real(workspace: Workspace, extent: Extent) -> Iterator[Item]:
    """Yield the report of every real file: as a new file, and unchanged in the work tree."""
    repository = workspace.repository("real", OPENSTACK)
    base = repository.git("rev-parse", "HEAD").decode().strip()
    for number, (path, source) in enumerate(real_files().items()):
        if extent.takes(number):
            repository.write(path, source)
    repository.commit("Every real file")
    yield from _lines(repository, "new", f"--base={base}")
    yield from _lines(repository, "unchanged")


def _lines(repository: Repository, situation: str, *arguments: str) -> Iterator[Item]:
    """Yield the lines of a JSON report: one for each request, grouped by series."""
    done = repository.run(*_CHECK, *arguments)
    head, _, requests = done.content.partition(b'"requests": [')
    yield Item(f"{situation}: head", "head", head)
    for each in requests.splitlines():
        line = each.rstrip(b",")
        if not line.startswith(b"    {"):
            yield Item(f"{situation}: head", f"line {line.decode()}", line)
            continue
        path = json.loads(line)["path"]
        yield Item(f"{situation}: {path.split('/')[1]}", path, line)


def altered(workspace: Workspace, extent: Extent) -> Iterator[Item]:
    """Yield the report of every altered file, with the version before it where there is one.

    Several cases alter the same file, so they are judged in rounds: no file twice in a round.
    """
    for number, cases in enumerate(_rounds(extent)):
        repository = workspace.repository(f"altered-{number}", OPENSTACK)
        for case in cases.values():
            if case["old_text"] is not None:
                repository.write(case["source_path"], case["old_text"].encode())
        repository.commit("The versions before")
        for case in cases.values():
            repository.write(case["source_path"], case["file_text"].encode())
        report = list(_lines(repository, "altered"))
        yield Item("altered: head", f"round {number}", b"".join(each.content for each in report))
        lines = {item.name: item.content for item in report}
        for path, case in cases.items():
            yield Item(case["alteration"], case["id"], lines[path])


def _rounds(extent: Extent) -> list[dict[str, Mapping[str, Any]]]:
    """The cases by path, in as few rounds as the most altered file needs."""
    rounds: list[dict[str, Mapping[str, Any]]] = []
    seen: Counter[str] = Counter()
    archive = shared_file("realworld") / "openstack-cases.jsonl.gz"
    with gzip.open(archive, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if not extent.takes(number):
                continue
            case = json.loads(line)
            path = case["source_path"]
            if seen[path] == len(rounds):
                rounds.append({})
            rounds[seen[path]][path] = case
            seen[path] += 1
    return rounds
