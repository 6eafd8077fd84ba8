"""What a shell offers when a person asks it to complete an id or a request.

An error is no completion: whatever is wrong with the repository is said by the command itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import click
from click.shell_completion import CompletionItem

from launchpolicy.vocabulary.errors import LaunchpolicyError

_STOPPED = (LaunchpolicyError, OSError, ValueError)


def policy_ids(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the shipped policies and of the repository's own, with their titles."""
    # Loaded here on purpose, as everywhere below: a completion loads what it needs.
    from launchpolicy.operations.known_policies import policies_by_id  # noqa: PLC0415

    try:
        found = policies_by_id()
    except _STOPPED:
        return []
    return [
        CompletionItem(each, help=found[each].text.title.en)
        for each in sorted(found)
        if each.startswith(incomplete)
    ]


def schema_kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds that `launchpolicy schema` prints."""
    from launchpolicy.hosts import shipped  # noqa: PLC0415

    return _beginning_with(incomplete, shipped.schema_kinds())


def requests(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The folders of the requests in the work tree, as paths from here; else any path."""
    from launchpolicy.hosts.files import WorkTreeSnapshot  # noqa: PLC0415
    from launchpolicy.hosts.launch_root import require_launch_root  # noqa: PLC0415
    from launchpolicy.operations.rules import load_rules  # noqa: PLC0415
    from launchpolicy.operations.submissions import request_entries  # noqa: PLC0415

    here = Path.cwd()
    try:
        root = require_launch_root(here)
        snapshot = WorkTreeSnapshot(root)
        entries = list(request_entries(snapshot, load_rules(snapshot)))
        start = here.resolve().relative_to(root.resolve()).as_posix()
    except _STOPPED:
        return [CompletionItem(incomplete, type="file")]
    found = _beginning_with(incomplete, dict.fromkeys(_from(start, each.path) for each in entries))
    return found or [CompletionItem(incomplete, type="file")]


def _from(start: str, path: str) -> str:
    """The path of a request from the folder `start`, both from the root."""
    request = PurePosixPath(path)
    named = request.parent if request.name == "request.yaml" else request
    if start == ".":
        return str(named)
    if named.is_relative_to(start):
        return str(named.relative_to(start))
    return str(PurePosixPath(*[".."] * len(PurePosixPath(start).parts)) / named)


def _beginning_with(incomplete: str, values: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(each) for each in values if each.startswith(incomplete)]
