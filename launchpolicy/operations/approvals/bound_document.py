"""The document that approvals are of, and what they are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from launchpolicy.facts.approvals.signed_approval import ApprovalBinding
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.policy.order import duration_of
from launchpolicy.requests.configuration import LONGEST_APPROVAL, Configuration
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import Kind


@dataclass(frozen=True)
class BoundDocument:
    """What signed files about the document of a kind at `path` are held against.

    `history` is the base, and what is proposed on it; `configuration` is that of the base. `digest`
    is the approval digest of the version proposed, `further` are further rules that it touches.
    `document` is its id in a file of many.
    """

    history: SigningHistory
    configuration: Configuration
    kind: Kind
    path: str
    digest: str
    further: tuple[str, ...] = ()
    document: str = ""

    @cached_property
    def binding(self) -> ApprovalBinding:
        """Return what an approval has to be bound to; git is asked only where there is one.

        Raises:
            UndecidedError: git cannot read the history.
        """
        return self.history.binding(
            self.configuration, self.kind, self.path, self.further, self.document
        )

    def digest_at(self, commit: str) -> str:
        """Return the approval digest of what a commit has of the document, "" for nothing.

        Raises:
            UndecidedError: git cannot read the commit.
        """
        return self.history.digest_at(commit, self.kind, self.path, self.further, self.document)

    @property
    def longest(self) -> timedelta:
        """Return how long a signed approval counts at most."""
        longest = duration_of(self.configuration.longest_approval)
        return longest or duration_of(LONGEST_APPROVAL) or timedelta()


class SigningContext(NamedTuple):
    """What signed files are verified with: the directory of keys, the time, and their document.

    `document` is None where the history is not known.
    """

    directory: Directory
    now: datetime
    document: BoundDocument | None = None
