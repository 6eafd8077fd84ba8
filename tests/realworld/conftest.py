"""The real files, unpacked into a temporary folder, and the example that judges them."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from launchpolicy.engine.submission import Submission, submission_of
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.pack_set import PackSet
from tests.shared_data import shared_file

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / "examples" / "openstack-releases"

Deliverables = Mapping[str, bytes]
"""The bytes of every real file by its path from the top of its repository."""


@pytest.fixture(scope="session")
def realworld() -> Path:
    return shared_file("realworld")


@pytest.fixture(scope="session")
def deliverables(realworld: Path) -> Deliverables:
    found: dict[str, bytes] = {}
    with tarfile.open(realworld / "openstack-deliverables.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)  # None for a folder
            if file is not None and PurePosixPath(member.name).match("deliverables/*/*.yaml"):
                found[PurePosixPath(member.name).as_posix()] = file.read()
    return dict(sorted(found.items()))


@pytest.fixture(scope="session")
def cases(realworld: Path) -> list[dict[str, Any]]:
    with gzip.open(realworld / "openstack-cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def reference(realworld: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((realworld / "openstack-reference.json").read_bytes())
    return facts


@pytest.fixture(scope="session")
def rules() -> PackSet:
    return load_rules(WorkTreeSnapshot(EXAMPLE))


@pytest.fixture(scope="session")
def moment() -> datetime:
    return datetime(2026, 8, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def submissions(deliverables: Deliverables) -> list[Submission]:
    return list(_submitted(deliverables))


def _submitted(deliverables: Deliverables) -> Iterator[Submission]:
    for path, source in deliverables.items():
        yield submission_of("Deliverable", path, source)
