"""`launchpolicy schema --verify`: compare the schemas that a repository keeps for editors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from launchpolicy.cli.language import say
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, SnapshotEntry, read_one
from launchpolicy.vocabulary.text import quantity

_MOST = 4 * 1024 * 1024  # bytes; a schema that is laid out widely is larger than any request
_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def verify(start: Path) -> int:
    """Compare every copy in the launch repository above `start`; return 1 when one differs.

    A copy is a file with the name that the schema has in this project, such as
    `launch-request.schema.json` for LaunchRequest, in any folder. How it is laid out is its
    owner's matter: what is compared is the data.

    Raises:
        UsageError: there is no launch repository.
    """
    snapshot = WorkTreeSnapshot(require_launch_root(start))
    copies = list(_copies(snapshot))
    outdated = [(entry, kind) for entry, kind in copies if not _is_current(snapshot, entry, kind)]
    for entry, kind in outdated:
        path = escape(entry.path)
        click.echo(
            say(
                f"{path}: not the schema of {kind} that this version of launchpolicy prints\n"
                f"      → Write it again: launchpolicy schema {kind} > {path}",
                f"{path}：与当前版本 launchpolicy 输出的 {kind} 模式不一致\n"
                f"      → 请重新生成：launchpolicy schema {kind} > {path}",
            ),
            err=True,
        )
    click.echo(_summary(len(copies), len(outdated)))
    return 1 if outdated else 0


def _copies(snapshot: WorkTreeSnapshot) -> Iterator[tuple[SnapshotEntry, str]]:
    kinds = {file_name(kind): kind for kind in shipped_files.schema_kinds()}
    for entry in snapshot.entries():
        kind = kinds.get(entry.path.rpartition("/")[2])
        if kind is not None:
            yield entry, kind


def file_name(kind: str) -> str:
    """Return the file name of a kind: `launch-request.schema.json` for `LaunchRequest`."""
    return f"{_INNER_CAPITAL.sub('-', kind).lower()}.schema.json"


def _is_current(snapshot: WorkTreeSnapshot, entry: SnapshotEntry, kind: str) -> bool:
    """Return whether a copy is current; no regular file, too large or no JSON is not."""
    if entry.mode not in REGULAR_MODES:
        return False
    blob = read_one(snapshot, entry, _MOST)
    try:
        data = json.loads(blob.data or b"")
    except (ValueError, RecursionError):
        return False
    return _canonical(data) == _canonical(shipped_files.schema(kind).data)


def _canonical(data: object) -> str:
    """Return data as text to compare: to Python `true` equals `1`, in text they differ."""
    return json.dumps(data, sort_keys=True)


def _summary(copies: int, outdated: int) -> str:
    if not copies:
        return say(
            "This repository keeps no schemas of launchpolicy, so there is nothing to verify.",
            "该仓库没有保存 launchpolicy 的模式文件，无需核对。",
        )
    return say(
        f"{quantity(copies, 'schema')}: {copies - outdated} up to date, {outdated} not",
        f"{copies} 个模式文件：{copies - outdated} 个为最新，{outdated} 个需要更新",
    )
