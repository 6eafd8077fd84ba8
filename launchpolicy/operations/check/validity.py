"""Until when a pass holds although nobody changes anything: verdicts rest on the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from launchpolicy.documents.instants import parse_instant
from launchpolicy.engine.submission import Submission, data_of
from launchpolicy.operations.submissions.facts_read import is_read_by
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.calendar import Calendar
from launchpolicy.requests.kinds import value_at

_LONGEST = timedelta(hours=24)
"""How long a verdict holds at most that policies reach by comparing with the time itself."""

_EDGES = (("spec", "window", "start"), ("spec", "window", "end"), ("spec", "expires"))


def end_of_validity(
    rules: PackSet, submissions: Sequence[Submission], calendar: Calendar | None, now: datetime
) -> datetime | None:
    """Return the next moment at which the verdict on some submission may become another.

    That is the next edge of a window, a freeze, an expiry or a deputy's time; 24 hours at most
    where a policy reads the time. None where nothing depends on it.
    """
    if not submissions:
        return None
    edges = {edge for edge in _edges(rules, submissions, calendar) if edge > now}
    if any(_depends_on_time(policy, submissions) for policy in rules.policies):
        edges.add(now + _LONGEST)
    return min(edges, default=None)


def _depends_on_time(policy: Policy, submissions: Sequence[Submission]) -> bool:
    kinds = {submission.kind for submission in submissions}
    if kinds.isdisjoint(policy.match.kinds):
        return False
    return any(is_read_by(policy, variable) for variable in ("now", "calendar"))


def _edges(
    rules: PackSet, submissions: Sequence[Submission], calendar: Calendar | None
) -> Iterator[datetime]:
    for submission in submissions:
        yield from _edges_of_request(submission)
        if submission.approvals is None:
            continue
        reviews = (opinion.review for opinion in submission.approvals.opinions)
        yield from (review.expires for review in reviews if review.expires is not None)
        roster = submission.approvals.roster
        for deputy in roster.deputies if roster is not None else ():
            yield from (deputy.start, deputy.end)
    for freeze in calendar.freezes if calendar is not None else ():
        yield from (freeze.start, freeze.end)
    yield from (waiver.expires for waiver in rules.waivers)
    for policy in rules.policies:
        if policy.effective_from is not None:
            yield policy.effective_from


def _edges_of_request(submission: Submission) -> Iterator[datetime]:
    data = data_of(submission.new)
    for route in _EDGES:
        written = value_at(data, route)
        edge = parse_instant(written) if isinstance(written, str) else None
        if edge is not None:
            yield edge
