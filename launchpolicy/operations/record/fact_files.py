"""The file that proves a fact: put beside the request, and committed together with the fact.

The reference in the fact says which file it is, so that a fact that is applied again to a newer
version of the request takes its evidence along.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from launchpolicy.facts.evidence.paths import problem_with
from launchpolicy.facts.evidence.reading import limit_of
from launchpolicy.hosts.file_digest import bytes_of
from launchpolicy.hosts.git.file_commits import FileToCommit
from launchpolicy.operations.record import target_problems
from launchpolicy.operations.record.launch_branch import LaunchBranch
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.vocabulary.snapshot import bytes_at

_FOLDER = "checks"
"""Where a file is put that does not lie in the request's folder already."""


class FactFile(NamedTuple):
    """A file by its path from the request's folder, with its bytes."""

    path: str
    data: bytes


def fact_file(root: Path, request: str, file: Path) -> FactFile:
    """Return the file as it is put beside the request at the path `request` below `root`.

    Raises:
        UsageError: it cannot be read, is too large, or its name cannot be a path of evidence.
    """
    folder = (root / request).parent.resolve()
    resolved = file.resolve()
    is_inside = folder in resolved.parents
    path = resolved.relative_to(folder).as_posix() if is_inside else f"{_FOLDER}/{file.name}"
    problem = problem_with(path)
    if problem is not None:
        raise target_problems.no_evidence_path(file.name, problem)
    most = limit_of("document")
    data = bytes_of(file, most)
    if len(data) > most:
        raise target_problems.too_large(file.name, most)
    return FactFile(path, data)


def reference_to(file: FactFile) -> dict[str, str]:
    """Return the reference that a request writes to a file, with the kind as which it is read."""
    from launchpolicy.operations.evidence_add import recognise  # noqa: PLC0415 (few facts have one)

    kind, _ = recognise(file.path, file.data, None, ())
    return {"path": file.path, "kind": kind, "sha256": hashlib.sha256(file.data).hexdigest()}


def files_to_commit(
    branch: LaunchBranch, commit: str, file: FactFile | None
) -> dict[str, FileToCommit]:
    """Return what is committed beside the request at `commit`; nothing where it is there already.

    Raises:
        UsageError: another file is there under that path.
    """
    if file is None:
        return {}
    there = _bytes_at(branch, commit, file.path)
    if there is not None and there != file.data:
        raise target_problems.other_file(file.path)
    return {} if there is not None else {_whole_path(branch, file.path): FileToCommit(file.data)}


def file_of_commit(branch: LaunchBranch, commit: str, fact: LaunchFact) -> FactFile | None:
    """Return the file that a fact in a commit refers to; None where it refers to none."""
    evidence = fact.values.get("evidence")
    path = evidence.get("path") if isinstance(evidence, Mapping) else None
    if not isinstance(path, str) or problem_with(path) is not None:
        return None
    data = _bytes_at(branch, commit, path)
    return FactFile(path, data) if data is not None else None


def _bytes_at(branch: LaunchBranch, commit: str, path: str) -> bytes | None:
    whole_path = f"{branch.folder}/{path}"
    return bytes_at(branch.snapshot(commit), whole_path, limit_of("document"))


def _whole_path(branch: LaunchBranch, path: str) -> str:
    return f"{branch.prefix}{branch.folder}/{path}"
