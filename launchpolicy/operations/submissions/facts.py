"""The facts about every request of a run: evidence read, calendar, neighbours, people.

Everything comes from git objects or the work tree through one `Snapshot`, the one that holds the
requests themselves, so that evidence is of the same commit (design section 7). What a fact is made
of is decided in the room `facts`; here it is only fetched, and only if some policy asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launchpolicy.engine.submission import Submission
from launchpolicy.operations.submissions.fact_inputs import FactInputs
from launchpolicy.operations.submissions.facts_read import facts_read
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.snapshot import Snapshot


def add_facts(
    submissions: Sequence[Submission],
    rules: PackSet,
    snapshots: tuple[Snapshot, Snapshot],
    now: datetime,
    inputs: FactInputs | None = None,
) -> list[Submission]:
    """Return the submissions with their facts.

    Args:
        submissions: the requests of a run.
        rules: the pack set that will judge them.
        snapshots: where the rules come from (directory, calendar), and where the requests are.
        now: the one time of the run.
        inputs: what need not be read again.

    Raises:
        MalformedRulesError: the directory or the calendar is not right.
        UndecidedError: a file cannot be read.
    """
    if not any(facts_read(rules, kind) for kind in {request.kind for request in submissions}):
        return list(submissions)
    # Loaded here on purpose: policies often ask for none.
    from launchpolicy.operations.submissions.finding_facts import find_facts  # noqa: PLC0415

    return find_facts(submissions, rules, snapshots, now, inputs or FactInputs())
