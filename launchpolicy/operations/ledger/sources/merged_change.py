"""Find what landed with one merge: the requests and the rules, and what approvals of them bind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.trees import TreeDifferences, changes
from launchpolicy.hosts.subfolder import below, changes_seen_from
from launchpolicy.operations.approvals.bound_document import BoundDocument
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.approvals.versions import names_at, version_at_commit
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.approval_documents import requests_beside
from launchpolicy.operations.submissions.rule_files import (
    RULES_KIND,
    further_rules,
    rules_digest_at,
)
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.snapshot import Snapshot


@dataclass(frozen=True)
class MergedChange:
    """What a merge made of the branch: its commit `parent` before, its commit `last` after."""

    place: LedgerLocation
    parent: str | None
    last: str

    @cached_property
    def requests(self) -> tuple[tuple[str, Kind, str], ...]:
        """Return name, kind and path of every request that differs, or whose folder does."""
        if self._rules is None:
            return ()
        prefix = self.place.prefix
        paths = {path.decode("utf-8", "replace").removeprefix(prefix) for path in self._differences}
        return tuple(self._requests_at(paths, self._rules))

    @cached_property
    def documents(self) -> tuple[tuple[str, BoundDocument], ...]:
        """Return each request by its name, with what approvals of it are held against."""
        documents = []
        for name, kind, path in self.requests:
            digest = version_at_commit(self.snapshot, kind, path, self.last, name).digest
            document = self._bound_document(kind, path, digest, document=name)
            if document is not None:
                documents.append((name, document))
        return tuple(documents)

    @cached_property
    def rules_document(self) -> BoundDocument | None:
        """Return what approvals of the rules are held against; None where none judged."""
        digest = rules_digest_at(self.snapshot, self.last, self.further_rules)
        return self._bound_document(RULES_KIND, FILE, digest, further=self.further_rules)

    @cached_property
    def further_rules(self) -> tuple[str, ...]:
        """Return what landed and is a rule besides those of the configuration before."""
        if self.parent is None or self._rules is None:
            return ()
        landed = changes_seen_from(changes(self._differences), self.place.prefix)
        sides = self.snapshot(self.parent), self.snapshot(self.last)
        return tuple(further_rules(landed, self._rules, *sides))

    def snapshot(self, commit: str) -> Snapshot:
        """Return the launch repository at a commit."""
        return below(CommitSnapshot(self.place.repository, commit), self.place.prefix)

    @cached_property
    def _rules(self) -> PackSet | None:
        """Return the rules before the merge; without usable ones nothing judges or counts."""
        if self.parent is None:
            return None
        try:
            return load_rules(self.snapshot(self.parent))
        except LaunchpolicyError:
            return None

    @cached_property
    def _differences(self) -> TreeDifferences:
        if self.parent is None:
            return {}
        trees = self.place.repository.trees
        return trees.compare(trees.of_commit(self.parent), trees.of_commit(self.last))

    def _requests_at(self, paths: set[str], rules: PackSet) -> Iterator[tuple[str, Kind, str]]:
        after = self.snapshot(self.last)
        for path in sorted(_requests(paths, rules, after)):
            kind = rules.kind_of(path)
            if kind is not None:
                for name in names_at(after, kind, path):
                    yield name, kind, path

    def _bound_document(
        self,
        kind: Kind,
        path: str,
        digest: str,
        *,
        further: tuple[str, ...] = (),
        document: str = "",
    ) -> BoundDocument | None:
        if self.parent is None or self._rules is None:
            return None
        history = SigningHistory(self.place.repository, self.parent, self.place.prefix)
        configuration = self._rules.configuration
        return BoundDocument(history, configuration, kind, path, digest, further, document)


def _requests(paths: set[str], rules: PackSet, after: Snapshot) -> set[str]:
    """Return the requests at these paths, and those in whose folders one of them is."""
    requests = {path for path in paths if rules.kind_of(path) is not None}
    beside = {request for path in paths for request in requests_beside(path, rules)}
    return requests | {request for request in beside if after.entry(request) is not None}
