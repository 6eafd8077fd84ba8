"""The duties of all open launches, the most urgent first."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import NamedTuple

from launchpolicy.engine.launches.duties import OpenDuty
from launchpolicy.engine.launches.open_launch import OpenLaunch, UnreadableRequest
from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text


class LaunchDuty(NamedTuple):
    """A duty, and the launch that it is for. `proposed_on` is a branch that would settle it."""

    launch: OpenLaunch
    duty: OpenDuty
    proposed_on: str = ""

    @property
    def latest(self) -> datetime | None:
        """Return the latest moment; of what must precede the launch, the begin of its window."""
        window = self.launch.window
        if self.duty.by is None and self.duty.stage == "launched" and window is not None:
            return window.start
        return self.duty.by


class DueList(NamedTuple):
    """The duties of all open launches, the most urgent first.

    `branch` is the protected branch, `repository` what the configuration calls the launch
    repository, `zone` that of its calendar (None: times as they are written). `is_whole` is False
    where something could not be seen or judged; `notes` say what.
    """

    now: datetime
    branch: str
    repository: str
    names: Names
    directory: Directory | None
    zone: tzinfo | None
    duties: tuple[LaunchDuty, ...]
    unreadable: tuple[UnreadableRequest, ...]
    notes: tuple[Text, ...]
    is_whole: bool

    @property
    def verdict(self) -> Verdict:
        """Return a pass only if all was seen, all is readable, and nothing is left to do."""
        if not self.is_whole:
            return Verdict.UNDECIDED
        if self.unreadable:
            return Verdict.REJECTED
        return Verdict.BLOCKED if self.duties else Verdict.PASS

    def is_overdue(self, one: LaunchDuty) -> bool:
        """Return whether the latest moment of a duty has passed."""
        return one.duty.by is not None and one.duty.by < self.now
