"""Approvals for the examples: a record in which people of the directory approve by e-mail."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from launchpolicy.facts.approvals.record_file import record_data
from launchpolicy.facts.approvals.records import (
    EMAIL,
    Account,
    ApprovalRecord,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.requests.configuration import Paths
from launchpolicy.requests.directory import Directory
from tests.cli.launch_repository import LaunchRepository


def directory_of(repository: LaunchRepository) -> Directory:
    directory = load_directory(WorkTreeSnapshot(repository.folder), Paths())
    assert directory is not None
    return directory


def approved_by(repository: LaunchRepository, persons: Collection[str], at: datetime) -> Path:
    """A record in which these persons approve HEAD."""
    commit = repository.git("rev-parse", "HEAD").strip()
    addresses = {each.name: each.emails[0] for each in directory_of(repository).people}
    reviews = tuple(
        SubmittedReview(
            Account(EMAIL, addresses[person], person),
            ReviewState.APPROVED,
            at,
            f"review by {person}",
            commit=commit,
        )
        for person in persons
    )
    file = repository.folder.parent / "approvals.json"
    file.write_text(json.dumps(record_data(ApprovalRecord("recorded", reviews))), "utf-8")
    return file
