"""Verify the copies of bundles: against their lock, and against their sources again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.bundles.content import content_of
from launchpolicy.operations.bundles.problems import unknown_bundle
from launchpolicy.operations.bundles.sources import open_source
from launchpolicy.operations.rules.bundle_locks import bundle_problems, locked_in
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.policy.bundles import LockedBundle, file_problems
from launchpolicy.requests.bundles import BundleDeclaration
from launchpolicy.requests.configuration import Configuration
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text


class BundleState(NamedTuple):
    """A declared bundle, its entry in the lock (None: not there), and what is wrong with it.

    `moved_to` is the commit that its ref leads to now, where that is another one; else "".
    """

    declaration: BundleDeclaration
    locked: LockedBundle | None
    problems: tuple[Finding, ...]
    moved_to: str = ""


def declared_bundles(start: Path) -> Configuration:
    """Return the configuration above `start`, which declares the bundles.

    Raises:
        UsageError: there is none.
        MalformedRulesError: it is not right.
    """
    _, configuration = load_configuration(work_tree(require_launch_root(start)))
    return configuration


def verify_bundles(
    start: Path, names: Sequence[str] = (), *, with_source: bool = False
) -> tuple[Configuration, tuple[BundleState, ...]]:
    """Return the configuration, and the state of bundles in the work tree (none named: all).

    With `with_source`, each is also copied again from the very commit or archive, and compared.

    Raises:
        UsageError: there is no bundle of a name, or a source is not there any more.
        MalformedRulesError: the configuration or the lock cannot be read.
        UndecidedError: a source cannot be reached.
    """
    top = require_launch_root(start)
    snapshot = work_tree(top)
    _, configuration = load_configuration(snapshot)
    declared = {bundle.name: bundle for bundle in configuration.bundles}
    for name in names:
        if name not in declared:
            raise unknown_bundle(name, list(declared))
    locked = locked_in(snapshot)
    states = []
    for declaration in (declared[name] for name in names or declared):
        entry = locked.get(declaration.name)
        problems = tuple(bundle_problems(snapshot, (declaration,)))
        state = BundleState(declaration, entry, problems)
        states.append(_with_source(state, top) if with_source else state)
    return configuration, tuple(states)


def _with_source(state: BundleState, top: Path) -> BundleState:
    """Return the state, with what differs from the source."""
    declaration, locked = state.declaration, state.locked
    if locked is None:
        return state
    moved_to = ""
    if locked.commit:
        with open_source(declaration.source, declaration.ref, top) as source:
            moved_to = source.commit if source.commit != locked.commit else ""
    with open_source(declaration.source, locked.commit, top) as source:
        if locked.archive and source.archive != locked.archive:
            problems = (*state.problems, _other_archive(locked))
            return state._replace(problems=problems)
        try:
            content = content_of(source.snapshot, declaration.folder, locked.packs)
        except UsageError as error:
            finding = Finding(
                "bundle/source", error.problem, Place(declaration.folder, START), error.remedy
            )
            return state._replace(problems=(*state.problems, finding), moved_to=moved_to)
        digests = {path: sha256(data) for path, data in content.files.items()}
    differences = tuple(_of_source(declaration, locked, digests))
    return state._replace(problems=(*state.problems, *differences), moved_to=moved_to)


def _of_source(
    declaration: BundleDeclaration, locked: LockedBundle, digests: dict[str, str]
) -> Iterator[Finding]:
    for finding in file_problems(declaration.folder, locked, digests):
        yield Finding(
            "bundle/source",
            Text(
                f"{finding.place.path} is not what the source {declaration.source} holds.",
                f"{finding.place.path} 与来源 {declaration.source} 中的内容不一致。",
            ),
            finding.place,
            Text(
                f"See what is right, and run: launchpolicy bundle update {declaration.name}",
                f"请核对，然后运行：launchpolicy bundle update {declaration.name}",
            ),
        )


def _other_archive(locked: LockedBundle) -> Finding:
    return Finding(
        "bundle/source",
        Text(
            f"{locked.source} is another archive than the one that was copied.",
            f"{locked.source} 与复制时的归档文件不是同一个。",
        ),
        Place(locked.source, START),
        Text(
            f"If that is right, run: launchpolicy bundle update {locked.name}",
            f"如无误，请运行：launchpolicy bundle update {locked.name}",
        ),
    )
