"""The requests among some changes, with their facts; or, of many, only which files they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launchpolicy.engine.submission import Submission
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.facts_read import facts_read
from launchpolicy.operations.submissions.parallel import MANY
from launchpolicy.operations.submissions.read import (
    RequestFile,
    are_independent,
    read_submissions,
    request_files,
)
from launchpolicy.operations.submissions.strays import stray_submissions
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot


class RequestSnapshots(NamedTuple):
    """Where the rules come from (directory, calendar), and both versions of the requests.

    `others` are further files of `new`, which are looked at only to see whether they are strays.
    `base` is what the change is compared with, for policies that ask.
    """

    trusted: Snapshot
    new: Snapshot
    old: Snapshot | None
    others: Sequence[FileChange] = ()
    base: ComparedBase | None = None


class FoundRequests(NamedTuple):
    """Requests that were read, and files that are judged before them and were not read."""

    submissions: list[Submission]
    files: tuple[RequestFile, ...] = ()


def collect_requests(
    changes: Sequence[FileChange],
    rules: PackSet,
    snapshots: RequestSnapshots,
    now: datetime,
    *,
    in_parts: bool = False,
    jobs: int | None = None,
) -> FoundRequests:
    """Return the requests among `changes` with their facts, found by so many processes.

    With `in_parts`, many requests of which no policy asks a fact are left unread.

    Raises:
        MalformedRulesError: the directory or the calendar is not right.
        UndecidedError: a file cannot be read.
    """
    trusted, new, old, others, base = snapshots
    stale = base.stale if base is not None else ()
    files = request_files(changes, rules, new, old, stale)
    strays = list(stray_submissions([*changes, *others], rules, new, trusted))
    kinds = {file.kind for file in files}
    asks_facts = any(facts_read(rules, kind) for kind in kinds)
    may_part = in_parts and not asks_facts and are_independent(files, rules)
    if may_part and len(files) >= MANY:
        return FoundRequests(strays, tuple(files))
    requests = [*read_submissions(files, rules, new, old), *strays]
    if not any(facts_read(rules, kind) for kind in {request.kind for request in requests}):
        return FoundRequests(requests)
    # Loaded here on purpose: kinds of one's own often have policies that ask for no fact.
    from launchpolicy.operations.submissions.fact_inputs import FactInputs  # noqa: PLC0415
    from launchpolicy.operations.submissions.facts import add_facts  # noqa: PLC0415

    inputs = FactInputs(base=base, jobs=jobs)
    return FoundRequests(add_facts(requests, rules, (trusted, new), now, inputs))
