"""Hold reviews of a forge against what the commit that was reviewed changed.

A commit has every file of the repository, also those that the pull request left as they were. So a
review counts only for what its commit changed, in place of what the base has still: otherwise one
of a page beside the launches would approve an old plan, or an old directory, that is brought back
after it (threat N7). Signed approvals say by themselves what they replace.
"""

from __future__ import annotations

from dataclasses import replace

from launchpolicy.facts.approvals.records import ReviewState, SubmittedReview
from launchpolicy.facts.approvals.signed_approval import NO_VERSION_REPLACED
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.changes import common_ancestors
from launchpolicy.operations.approvals.bound_document import BoundDocument
from launchpolicy.requests.kinds import RULES
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text


def bound_review(
    review: SubmittedReview, digest: str, document: BoundDocument, proposed: Snapshot
) -> SubmittedReview:
    """Return the review, void where it approves what its commit did not propose.

    Args:
        review: one of a commit, or bound in another way.
        digest: the approval digest of what its commit has, "" where that is not known.
        document: what is approved, in the base and as it is proposed.
        proposed: the proposal.

    Raises:
        UndecidedError: git cannot read the history.
    """
    is_approval = review.state is ReviewState.APPROVED and review.void is None
    if not is_approval or not review.commit or digest != document.digest or not digest:
        return review
    reason = _reason_not_proposed(review.commit, document, proposed)
    return review if reason is None else replace(review, void=reason)


def _reason_not_proposed(commit: str, document: BoundDocument, proposed: Snapshot) -> Text | None:
    """Return why a reviewed commit did not propose the same change; None where it did."""
    history, binding = document.history, document.binding
    ancestors = common_ancestors(history.repository, history.base, commit)
    if not ancestors:
        return _OTHER_BASE
    for before in ancestors:
        if (document.digest_at(before) or NO_VERSION_REPLACED) != binding.replaces:
            return _OTHER_BASE
        if not is_ancestor(history.repository, binding.since, before):
            return _LEFT_AND_BACK
        if _is_touched_later(commit, before, document, proposed):
            return _NOT_TOUCHED
    return None


def _is_touched_later(
    commit: str, before: str, document: BoundDocument, proposed: Snapshot
) -> bool:
    """Return whether a proposal changes a document's file that the reviewed commit had left alone.

    The rules are many files; of them the digest says it.
    """
    if document.kind.name == RULES:
        return False
    history, path = document.history, document.path
    base, old, reviewed = (
        history.snapshot(one).entry(path) for one in (history.base, before, commit)
    )
    return reviewed == old and proposed.entry(path) not in (base, old)


_AGAIN = Text("another review is needed", "需要重新评审")
_OTHER_BASE = Text(
    f"was given to replace another version than the one in the base: {_AGAIN.en}",
    f"给出时所替换的并非基准中的现有版本：{_AGAIN.zh}",
)
_LEFT_AND_BACK = Text(
    "was given before the base left the version that is replaced, and came back to it: "
    f"{_AGAIN.en}",
    f"给出之后，基准曾离开所替换的版本又恢复：{_AGAIN.zh}",
)
_NOT_TOUCHED = Text(
    f"was given for a commit that did not touch this file: {_AGAIN.en}",
    f"所评审的提交并未改动此文件：{_AGAIN.zh}",
)
