"""Whether a launch was approved: what a later landing makes good of one without approval.

Merging approves (D2.2) if the verdict passes. A landing without a passing verdict approves nothing,
and a later landing that passes does not always: a policy that demands approvals of a request that
is asked for says nothing of one that is launched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from launchpolicy.ledger.entry import Entry

_ENDS = frozenset({"withdrawn", "cancelled", "rolled-back"})
"""Events that end a launch: they neither approve it nor need its approval."""

_ASKS = frozenset({"approved", "amended", "renamed"})
"""Events that change what is asked for, which only a passing verdict approves."""

_ASKED_FOR = frozenset({"requested", ""})
"""Stages of what is only asked for; a kind of the repository's own has none."""


class LaunchApproval(NamedTuple):
    """Whether what stands is approved, and when it was where that came after its merge."""

    is_approved: bool
    after_the_fact: str | None = None


def approval_of(entries: Iterable[Entry]) -> LaunchApproval:
    """Return whether the version of a launch that stands was approved; `entries` are all of it."""
    progress = _Progress()
    for entry in entries:
        if entry.became not in _ENDS:
            progress.take(entry)
    return LaunchApproval(progress.is_approved, progress.after_the_fact)


@dataclass(slots=True)
class _Progress:
    """The approval of a launch while its entries are read, oldest first.

    `unapproved` are the landings without approval that nothing has made good yet, `counted` the
    policies for which approvals were counted since, `digests` the versions that passed.
    """

    is_approved: bool = False
    after_the_fact: str | None = None
    unapproved: list[Entry] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> None:
        if entry.is_bypassed:
            if not self.is_approved or self._needs_approval(entry):
                self.unapproved.append(entry)
                self.is_approved, self.after_the_fact = False, None
            return
        was_unapproved = bool(self.unapproved)
        self.counted |= {approval.policy for approval in entry.approvals}
        self.unapproved = [
            landing for landing in self.unapproved if not self._makes_good(entry, landing)
        ]
        if self.unapproved:
            return
        if not self.is_approved:
            self.is_approved = True
            self.after_the_fact = entry.at if was_unapproved else None
        self.counted.clear()
        self.digests.add(entry.approval_digest)

    def _needs_approval(self, entry: Entry) -> bool:
        """Return whether a landing without a passing verdict changes what was approved."""
        is_known = bool(entry.approval_digest) and entry.approval_digest in self.digests
        is_pending = any(hurdle.outcome == "pending" for hurdle in entry.hurdles)
        return is_pending or (entry.became in _ASKS and not is_known)

    def _makes_good(self, entry: Entry, landing: Entry) -> bool:
        """Return whether a passing landing approves what an earlier one merged.

        It does if it is asked for again, or still, so that the policies about what is asked for
        judged it whole; if it restores a version that was approved; or if approvals are all that
        was missing, and each policy that missed some has counted some since. That the next change
        passes at a later stage is not enough: policies that compare two versions see that change.
        """
        if entry.became == "approved":
            return True
        if entry.stage == landing.stage and entry.stage in _ASKED_FOR:
            return True
        digest = entry.approval_digest
        if digest and digest in self.digests and digest != landing.approval_digest:
            return True
        unmet = [hurdle for hurdle in landing.hurdles if hurdle.outcome != "fixed"]
        return bool(unmet) and all(
            hurdle.outcome == "pending" and hurdle.policy in self.counted for hurdle in unmet
        )
