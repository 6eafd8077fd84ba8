"""One request at one moment, with what all of its papers share found out once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launchpolicy.engine.submission import Submission
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.operations.paper.paper_facts import enclosures_of, submission_of
from launchpolicy.operations.paper.paper_request import PaperRequest, read_paper_request
from launchpolicy.operations.paper.signers import signature_rows
from launchpolicy.papers.signature_rows import SignatureRow
from launchpolicy.papers.template_context import Enclosure
from launchpolicy.requests.names import names_of, with_steps
from launchpolicy.vocabulary.names import Names


@dataclass(frozen=True)
class PaperSource:
    """A request that was read, of which papers are made at the moment `now`."""

    request: PaperRequest
    now: datetime

    @functools.cached_property
    def submission(self) -> Submission:
        """Return the request with its facts.

        Raises:
            LaunchpolicyError: a file cannot be read.
        """
        return submission_of(self.request, self.now)

    @functools.cached_property
    def signers(self) -> tuple[SignatureRow, ...]:
        """Return the rows of those who sign.

        Raises:
            LaunchpolicyError: the approvals cannot be read.
        """
        return signature_rows(self.request, self.submission, self.now)

    @functools.cached_property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """Return the files to which the request refers."""
        return enclosures_of(self.request, self.submission)

    @functools.cached_property
    def names(self) -> Names:
        """Return what people call things here."""
        names = names_of(self.request.rules.configuration, self.request.directory)
        return with_steps(names, self.request.document.data)


def read_paper_source(
    request: Path, now: datetime, record: ApprovalRecord | None = None
) -> PaperSource:
    """Return the request at `request`, a file or its folder, for making papers at `now`.

    Raises:
        UsageError: there is no such request.
        MalformedRulesError: the request or the rules are not right.
    """
    return PaperSource(read_paper_request(request, record), now)
