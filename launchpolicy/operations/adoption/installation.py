"""Find which commit of launchpolicy is running, by its installation record (PEP 610)."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from launchpolicy.hosts.forges.github.addresses import github_name
from launchpolicy.hosts.git.addresses import without_credentials
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.revisions import head
from launchpolicy.reporters.adoption.setup import Program
from launchpolicy.vocabulary.errors import LaunchpolicyError, UsageError
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_COMMIT = re.compile(r"[0-9a-f]{40}")
_ACTION = re.compile(
    r"(?P<name>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[A-Za-z0-9._-]{1,100})@(?P<commit>[0-9a-fA-F]{40})"
)


def installed_program() -> Program | None:
    """Return the commit that was installed; None where the record names none.

    An editable installation counts where its checkout has no changes and its commit has been
    pushed: nobody else can fetch another one.
    """
    try:
        record = importlib.metadata.distribution("launchpolicy").read_text("direct_url.json")
        data = json.loads(record or "null")
    except (importlib.metadata.PackageNotFoundError, ValueError, OSError):
        return None
    return program_of(data)


def program_of(record: Data) -> Program | None:
    """Return the program of an installation record, whatever that holds."""
    if not isinstance(record, dict) or not isinstance(record.get("url"), str):
        return None
    vcs = record.get("vcs_info")
    if isinstance(vcs, dict) and vcs.get("vcs") == "git":
        return _program(record["url"], str(vcs.get("commit_id", "")))
    folder = record.get("dir_info")
    if isinstance(folder, dict) and folder.get("editable") is True:
        parts = urlsplit(record["url"])
        return _checkout(Path(unquote(parts.path))) if parts.scheme == "file" else None
    return None


def named_program(text: str) -> Program:
    """Return the program that `--action OWNER/REPO@COMMIT` names.

    Raises:
        UsageError: it is no repository with a full commit id.
    """
    match = _ACTION.fullmatch(text)
    commit = match["commit"].lower() if match else ""
    if match is None or set(commit) == {"0"} or match["name"].endswith(("/.", "/..")):
        raise UsageError(
            Text(
                f"--action {text!r} names no commit of a repository.",
                f"--action {text!r} 没有指明某个仓库的提交。",
            ),
            Text(
                "Write OWNER/REPO@COMMIT with the full commit id (40 hexadecimal digits) of a "
                "release of launchpolicy.",
                "请写 OWNER/REPO@COMMIT，其中 COMMIT 为 launchpolicy 某个发布版本的完整提交号"
                "（40 位十六进制）。",
            ),
        )
    return Program(f"https://github.com/{match['name']}", commit, match["name"])


def _program(address: str, commit: str) -> Program | None:
    """Return the program; None for a path of this machine or an odd commit id."""
    if not _COMMIT.fullmatch(commit) or set(commit) == {"0"}:
        return None
    name = github_name(address)
    if name:
        return Program(f"https://github.com/{name}", commit, name)
    clean = without_credentials(address)
    return Program(clean, commit) if clean else None


def _checkout(folder: Path) -> Program | None:
    """Return the commit of a checkout that an editable installation runs from."""
    try:
        with open_repository(folder) as repository:
            commit = head(repository)
            if repository.top != folder.resolve() or commit is None:
                return None
            changes = repository.git.run("status", "--porcelain", "--untracked-files=no")
            branches_with_commit = repository.git.run(
                "for-each-ref", "--count=1", f"--contains={commit}", "refs/remotes/origin"
            )
            address = repository.git.run("remote", "get-url", "origin")
    except LaunchpolicyError:
        return None
    if (
        changes != (0, b"", "")
        or branches_with_commit.code
        or not branches_with_commit.output
        or address.code
    ):
        return None
    return _program(address.output.decode("utf-8", "replace").strip(), commit)
