"""Find the changed files that only withdraw an approval or object: nobody need approve them.

Their owner signed them, and they can only stop something. So they land by themselves: the document
beside them is not judged because of them, and may not exist yet. Every other change is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from launchpolicy.facts.approvals.records import ReviewState
from launchpolicy.operations.approvals.bound_document import BoundDocument, SigningContext
from launchpolicy.operations.approvals.signed_files import approval_place
from launchpolicy.operations.approvals.signed_reviews import decision_review
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.submissions.approval_documents import (
    documents_of_approval,
    is_approval_of_rules,
)
from launchpolicy.operations.submissions.rule_files import RULES_KIND
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE, SIGNED
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot

_MOST = 20
"""Decisions that are verified for one change; further ones are judged like any approval file."""
_NO_TIME = datetime.min.replace(tzinfo=UTC)
"""Stands for the time of files that cannot be read, which are of no interest here."""
_STOPS = (ReviewState.DISMISSED, ReviewState.CHANGES_REQUESTED)


def without_stopping_decisions(
    changes: Sequence[FileChange],
    rules: PackSet,
    proposed: Snapshot,
    history: SigningHistory | None,
    directory_at_base: Callable[[], Directory | None],
) -> list[FileChange]:
    """Return the changes without the files that only withdraw an approval or object.

    Args:
        changes: those of the launch repository.
        rules: the pack set of the base.
        proposed: the proposal.
        history: that of the base; where it is not known, every change stays.
        directory_at_base: reads whose keys count; asked only where there is a file to verify.

    Raises:
        MalformedRulesError: the directory is not right.
        UndecidedError: a signature cannot be verified, or a file not be read.
    """
    candidates = [
        (change, places)
        for change in changes
        if change.new is not None and (places := tuple(_places(change.path, rules)))
    ]
    is_first = rules.edition == FIRST_EDITION
    if not candidates or history is None or is_first or rules.configuration.approvals != SIGNED:
        return list(changes)
    directory = directory_at_base()
    if directory is None:
        return list(changes)
    verifier = _DecisionVerifier(rules, directory, history)
    stops: set[str] = set()
    for change, places in candidates:
        if verifier.stops(proposed, change, places):
            stops.add(change.path)
    return [change for change in changes if change.path not in stops]


def _places(path: str, rules: PackSet) -> Iterator[tuple[Kind, str]]:
    """Yield kind and path of each document that an approval file at `path` may be of."""
    if is_approval_of_rules(path, rules):
        yield RULES_KIND, FILE
    if rules.kind_of(path) is None:
        yield from documents_of_approval(path, rules)


class _DecisionVerifier:
    """Verifies decisions, `_MOST` at most."""

    def __init__(self, rules: PackSet, directory: Directory, history: SigningHistory) -> None:
        self._rules = rules
        self._directory = directory
        self._history = history
        self._left = _MOST

    def stops(
        self, proposed: Snapshot, change: FileChange, places: Sequence[tuple[Kind, str]]
    ) -> bool:
        """Return whether a changed file is a valid withdrawal or objection of its owner."""
        for kind, path in places:
            if self._left == 0 or change.new is None:
                return False
            place = approval_place(kind, path, self._rules.edition)
            document = BoundDocument(
                self._history, self._rules.configuration, kind, path, digest=""
            )
            context = SigningContext(self._directory, _NO_TIME, document)
            review = decision_review(proposed, change.new, place, context)
            if review is None:
                continue
            self._left -= 1
            if review.void is None and review.state in _STOPS:
                return True
        return False
