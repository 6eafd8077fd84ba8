"""Requests that nobody would judge: where no kind reads them, or below a link or a submodule.

A changed file is found by its path and by its content, in whatever form it is written (threat N2).
What stands where a folder of requests has to be, and is none, is rejected as a whole (threat N1),
and so are two files beside a request that are one on some systems (threat E16).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.subfolder import is_outside, path_from_top
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.operations.submissions.approval_documents import (
    approvals_without_document,
    folders_around,
)
from launchpolicy.policy.edition import FIFTH_EDITION, FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE
from launchpolicy.requests.globs import matches_any
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot


def stray_submissions(
    changes: Sequence[FileChange], rules: PackSet, new: Snapshot, trusted: Snapshot | None
) -> Iterator[Submission]:
    """Yield changed files that look like a request of a kind, but that no kind would ever read.

    `launches/LR-1/Request.yml` would otherwise be a launch that nobody judges. Outside of the
    launch repository's folder only files that call themselves requests are found. Files below a
    further configuration in `trusted` are left to that configuration.

    Raises:
        UndecidedError: a file cannot be read.
    """
    if rules.edition == FIRST_EDITION:
        from launchpolicy.operations.submissions.stray_files import unread_neighbours  # noqa: PLC0415 (old)

        own = [change for change in changes if not is_outside(change.path)]
        yield from unread_neighbours(own, rules, new)
        return
    yield from approvals_without_document(changes, rules, new)
    yield from _twins(changes, rules, new)
    copies = _new_bundles(changes, rules, new)
    suspects = [
        change
        for change in changes
        if change.new is not None
        and _is_suspect(change.path, rules)
        and not change.path.startswith(copies)
    ]
    if suspects:
        from launchpolicy.operations.submissions.stray_files import strays_among  # noqa: PLC0415 (often none)

        yield from strays_among(suspects, rules, new, trusted)


def _twins(changes: Sequence[FileChange], rules: PackSet, new: Snapshot) -> Iterator[Submission]:
    """Yield changed files beside a request whose names are those of others to some systems."""
    if rules.edition <= FIFTH_EDITION:
        return
    added: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        is_added = change.old is None and change.new is not None
        if is_added and rules.kind_of(change.path) is None:
            for around in folders_around(change.path, rules):
                added.setdefault(around, []).append(change.path)
    if added:
        from launchpolicy.operations.submissions.twin_files import twins_among  # noqa: PLC0415 (often none)

        for (folder, kind), paths in added.items():
            yield from twins_among(folder, kind, paths, rules, new)


def _new_bundles(changes: Sequence[FileChange], rules: PackSet, new: Snapshot) -> tuple[str, ...]:
    """Return the folders of the first bundles, which the same change declares.

    Their cases look like requests. They are rules of what is proposed, so that those who approve
    the declaration approve each of their files.
    """
    is_declared = any(change.path == FILE for change in changes)
    if rules.configuration.bundles or not is_declared:
        return ()
    try:
        _, proposed = load_configuration(new)
    except UndecidedError:
        raise  # git, not the rules
    except LaunchpolicyError:
        return ()
    return tuple(f"{bundle.folder}/" for bundle in proposed.bundles)


def may_be_stray(path: str, rules: PackSet) -> bool:
    """Return whether a file or link at `path` has to be looked at: by its name alone, so cheap."""
    if not _is_suspect(path, rules):
        return False
    from launchpolicy.requests import strays  # noqa: PLC0415 (most files are of a kind)

    kinds = rules.kinds.values()
    return (
        strays.is_worth_reading(path, kinds)
        or any(strays.leads_through(kind, path) for kind in kinds)
        or strays.may_be_alike(path, kinds)
    )


def _is_suspect(path: str, rules: PackSet) -> bool:
    """Return whether a file is none of a kind, no example, and no case of the policies."""
    configuration = rules.configuration
    if is_outside(path):
        return not matches_any(configuration.ignore, path_from_top(path))
    folders = tuple(f"{folder}/" for folder in configuration.rule_folders)
    return (
        rules.kind_of(path) is None
        and not path.startswith(folders)
        and not matches_any(configuration.ignore, path)
    )
