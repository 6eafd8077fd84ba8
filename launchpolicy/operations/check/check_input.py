"""The options of a check and its input, alike for the work tree, the index and commits."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launchpolicy.engine.submission import Submission
from launchpolicy.operations.submissions.read import RequestFile
from launchpolicy.operations.submissions.request_sources import RequestSources
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where a base is given
    from launchpolicy.facts.approvals.records import ApprovalRecord
    from launchpolicy.operations.check.rule_changes import RuleChange


class CheckOptions(NamedTuple):
    """The options of a check that runs in the folder `start`.

    `collected` is what a source of approvals other than the signed files said. Its approvals count
    only where the configuration names that source, or if it was given `by_hand`.
    """

    start: Path
    paths: tuple[Path, ...] = ()
    staged: bool = False
    base: str | None = None
    head: str = "HEAD"
    collected: ApprovalRecord | None = None
    by_hand: bool = False
    in_parts: bool = False
    """Whether many requests may be left to be read by the processes that judge them."""
    jobs: int | None = None
    """How many processes find facts; None is one per core that this process may use."""
    is_exact: bool = False
    """Whether the base's configuration has to stand in `start` itself, and not further up."""


class CheckInput(NamedTuple):
    """The rules, and every request to judge under them.

    `files` are judged before the submissions; nobody has read them yet, and `sources` is where they
    are. `prefix` is the launch repository's place in the git repository: "" or `folder/`. A pass is
    `good_until` then; None where nothing depends on the time, or it is not known.
    """

    title: Text
    rules: PackSet
    submissions: tuple[Submission, ...]
    now: datetime
    base: str | None = None
    head: str | None = None
    notes: tuple[Text, ...] = ()
    prefix: str = ""
    rule_change: RuleChange | None = None
    files: tuple[RequestFile, ...] = ()
    sources: RequestSources | None = None
    good_until: datetime | None = None

    @property
    def requests(self) -> tuple[RequestFile | Submission, ...]:
        """Return everything to judge, in the order of the report."""
        return (*self.files, *self.submissions)
