"""Complete ids and requests for a shell.

An error is no completion: whatever is wrong with the repository is said by the command itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import click
from click.shell_completion import CompletionItem

from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.vocabulary.errors import LaunchpolicyError

_STOPPED = (LaunchpolicyError, OSError, ValueError)


def policy_ids(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the shipped policies and of the repository's own, with their titles."""
    # Loaded here on purpose, as everywhere below: a completion loads what it needs.
    from launchpolicy.operations.rules.known_policies import known_policies  # noqa: PLC0415

    try:
        policies = known_policies().by_id
    except _STOPPED:
        return []
    return [
        CompletionItem(policy_id, help=policies[policy_id].text.title.en)
        for policy_id in sorted(policies)
        if policy_id.startswith(incomplete)
    ]


def paper_kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of papers, with their titles."""
    from launchpolicy.papers.registry import PAPERS  # noqa: PLC0415

    return [
        CompletionItem(name, help=paper.title.en)
        for name, paper in PAPERS.items()
        if name.startswith(incomplete)
    ]


def schema_kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the kinds that `launchpolicy schema` prints."""
    from launchpolicy.hosts import shipped_files  # noqa: PLC0415

    return _beginning_with(incomplete, shipped_files.schema_kinds())


def requests(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the folders of requests in the work tree, as paths from here; else any path."""
    from launchpolicy.hosts.files import WorkTreeSnapshot  # noqa: PLC0415
    from launchpolicy.hosts.launch_root import require_launch_root  # noqa: PLC0415
    from launchpolicy.operations.rules.load import load_rules  # noqa: PLC0415
    from launchpolicy.operations.submissions.read import request_entries  # noqa: PLC0415

    here = Path.cwd()
    try:
        root = require_launch_root(here)
        snapshot = WorkTreeSnapshot(root)
        entries = list(request_entries(snapshot, load_rules(snapshot)))
        start = here.resolve().relative_to(root.resolve()).as_posix()
    except _STOPPED:
        return [CompletionItem(incomplete, type="file")]
    completions = _beginning_with(
        incomplete, dict.fromkeys(_from(start, entry.path) for entry in entries)
    )
    return completions or [CompletionItem(incomplete, type="file")]


def _from(start: str, path: str) -> str:
    """Return the path of a request from the folder `start`, both from the root."""
    request = PurePosixPath(path)
    shown_path = request.parent if request.name == REQUEST_FILE else request
    if start == ".":
        return str(shown_path)
    if shown_path.is_relative_to(start):
        return str(shown_path.relative_to(start))
    return str(PurePosixPath(*[".."] * len(PurePosixPath(start).parts)) / shown_path)


def _beginning_with(incomplete: str, values: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(value) for value in values if value.startswith(incomplete)]
