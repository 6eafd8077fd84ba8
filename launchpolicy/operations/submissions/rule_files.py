"""Which files are rules: what an approval of the rules is of, and what new rules would take in.

Rules are the configuration, the directory of people, the calendar, the packs of the repository's
own, the schemas of its kinds, data documents with their schemas, and bundles with their lock.
Waivers are requests of their own. Further rules are what decides which rules judge: configurations
further down, what runs in CI and judges or can publish the check (`ci_rules`), the owners of files,
and links where a folder of rules has to be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.engine.rule_changes import KIND, NAME
from launchpolicy.facts.approvals.digest import approval_digest
from launchpolicy.hosts.forges.registry import OWNERS
from launchpolicy.hosts.subfolder import entry_seen_from, path_from_top
from launchpolicy.operations.rules.ci_rules import CiRules, ci_rules_between
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.operations.submissions.read import request_entries
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.bundles import LOCK
from launchpolicy.requests.configuration import FILE, Configuration
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.globs import matches_any
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, FileChange, Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text

RULES_KIND = Kind(KIND, FilePatterns((FILE,)), Schema({}), "", "")
"""What approvals of the rules are about, as if the configuration were a document of a kind."""


def touches_rules(changes: Sequence[FileChange], configuration: Configuration) -> bool:
    """Return whether one of the files is a rule of the repository with this configuration."""
    return any(is_rule(change.path, configuration) for change in changes)


def changed_rules(
    changes: Sequence[FileChange], rules: PackSet, old: Snapshot | None, new: Snapshot
) -> list[FileChange]:
    """Return the changes of rules and of further rules, by the configuration of the base.

    Raises:
        UndecidedError: a file cannot be read.
    """
    further = frozenset(further_rules(changes, rules, old, new))
    return [
        change
        for change in changes
        if is_rule(change.path, rules.configuration) or change.path in further
    ]


def further_rules(
    changes: Sequence[FileChange], rules: PackSet, old: Snapshot | None, new: Snapshot
) -> Iterator[str]:
    """Yield the paths of changed files that are rules besides those of the configuration.

    `changes` are all of the git repository, as `changes_seen_from` returns them.

    Raises:
        UndecidedError: a file cannot be read.
    """
    if rules.edition == FIRST_EDITION:
        return
    configuration = rules.configuration
    ci_rules: CiRules | None = None
    for change in changes:
        path, from_top = change.path, path_from_top(change.path)
        if is_rule(path, configuration):
            continue
        is_configuration = path.endswith(f"/{FILE}") and not matches_any(configuration.ignore, path)
        is_outside = path != from_top
        if not is_outside and (is_configuration or _leads_to_rules(change, configuration)):
            yield path
        elif configuration.also_rules is not None:
            if matches_any(configuration.also_rules, from_top):
                yield path
        elif from_top in OWNERS:
            yield path
        else:
            ci_rules = ci_rules or ci_rules_between(old, new)
            if ci_rules.covers(change):
                yield path


def _leads_to_rules(change: FileChange, configuration: Configuration) -> bool:
    """Return whether a link or a submodule stands where a folder of rules is, or would be."""
    if change.new is None or change.new.mode in REGULAR_MODES:
        return False
    files = (*_single_files(configuration), *(f"{f}/" for f in configuration.rule_folders))
    return any(file.startswith(f"{change.path}/") for file in files)


def is_rule(path: str, configuration: Configuration) -> bool:
    """Return whether the file at a path is a rule."""
    folders = tuple(f"{folder}/" for folder in configuration.rule_folders)
    return path in _single_files(configuration) or path.startswith(folders)


def rules_digest(snapshot: Snapshot, further: Collection[str] = ()) -> str:
    """Return the approval digest of the rules in a snapshot: each rule file, by path and content.

    `further` are the paths of further rules that the change to approve touches. Where the others
    stand is what the snapshot's own configuration says: these are the rules that would hold after
    the merge.

    Raises:
        LaunchpolicyError: its configuration cannot be used.
    """
    _, configuration = load_configuration(snapshot)
    entries = _rule_files(snapshot, configuration)
    files = {entry.path: f"{entry.mode} {entry.blob}" for entry in entries}
    for path in further:
        further_entry = entry_seen_from(snapshot, path)
        files[path] = "" if further_entry is None else f"{further_entry.mode} {further_entry.blob}"
    return approval_digest(KIND, NAME, {"spec": files}, {})


def rule_paths(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the files and folders of the rules in a snapshot; without usable ones, the first."""
    try:
        _, configuration = load_configuration(snapshot)
    except LaunchpolicyError:
        return (FILE,)
    return (*_single_files(configuration), *configuration.rule_folders)


def rules_digest_at(
    snapshot_of: Callable[[str], Snapshot], commit: str, further: Collection[str] = ()
) -> str:
    """Return the digest of the rules at a commit; "" where this clone has no such rules."""
    try:
        return rules_digest(snapshot_of(commit), further)
    except LaunchpolicyError:
        return ""


def unjudged_files(
    snapshots: tuple[Snapshot, Snapshot], rules: PackSet, proposed: PackSet
) -> Iterator[Finding]:
    """Return a finding for each file that only the proposed rules read, and that nobody judged.

    Otherwise a change that moves a folder could bring its own waiver, or a request that is
    launched already. A file that is only moved is fine, and so is one that was there before its
    kind.

    Args:
        snapshots: base and head.
        rules: those of the base.
        proposed: those of the head.
    """
    old, new = snapshots
    if {k.name: k.files for k in rules.kinds.values()} == {
        k.name: k.files for k in proposed.kinds.values()
    }:
        return
    judged = {(_kind_of(rules, entry), entry.blob) for entry in request_entries(old, rules)}
    for entry in request_entries(new, proposed):
        kind = _kind_of(proposed, entry)
        if kind == _kind_of(rules, entry) or (kind, entry.blob) in judged:
            continue
        before = old.entry(entry.path)
        if kind in rules.kinds or before is None or before.blob != entry.blob:
            yield _unjudged_finding(entry.path, kind)


def _kind_of(rules: PackSet, entry: SnapshotEntry) -> str:
    kind = rules.kind_of(entry.path)
    return kind.name if kind is not None else ""


def _single_files(configuration: Configuration) -> list[str]:
    paths = configuration.paths
    schemas = (kind.schema for kind in configuration.kinds)
    data = (path for item in configuration.data for path in (item.file, item.schema) if path)
    lock = (LOCK,) if configuration.bundles else ()
    return list(dict.fromkeys((FILE, paths.people, paths.calendar, *schemas, *data, *lock)))


def _rule_files(snapshot: Snapshot, configuration: Configuration) -> Iterator[SnapshotEntry]:
    for path in _single_files(configuration):
        entry = snapshot.entry(path)
        if entry is not None:
            yield entry
    for folder in configuration.rule_folders:
        yield from snapshot.entries(folder)


def _unjudged_finding(path: str, kind: str) -> Finding:
    return Finding(
        "rules/unjudged",
        Text(
            f"The proposed configuration reads {path} as a {kind}, and by the base's rules nobody "
            "has judged it.",
            f"拟议配置会把 {path} 当作 {kind} 读取，而按基准规则从未有人对其作过判定。",
        ),
        Place(path, START),
        Text(
            "Merge the configuration first, and propose the file in a change of its own.",
            "请先合并配置，再单独提交该文件。",
        ),
    )
