"""Compare how two sets of rules decide the same request: which policies differ, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from launchpolicy.vocabulary.finding import Action, Judgement, Outcome, PolicyResult, Verdict, worst
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text

NOT_READ = "not-read"
"""In place of a verdict: these rules do not read the file as a request, so nobody judges it."""

_COMPLAINTS = frozenset({Outcome.FAILED, Outcome.PENDING, Outcome.ERROR, Outcome.WAIVED})
_STOPS = frozenset({str(Verdict.BLOCKED), str(Verdict.REJECTED), str(Verdict.UNDECIDED)})


class PolicyOutcome(NamedTuple):
    """What came of one policy: outcome and action, both "" where it is not among the rules."""

    outcome: str = ""
    action: str = ""

    @property
    def complains(self) -> bool:
        """Return whether it says that something is wrong, whatever comes of that."""
        return self.outcome in _COMPLAINTS

    @property
    def stops(self) -> bool:
        """Return whether it alone keeps a request from going ahead."""
        is_denied = self.action == Action.DENY and self.outcome != Outcome.WAIVED
        return self.complains and (is_denied or self.outcome == Outcome.ERROR)


class OutcomeChange(NamedTuple):
    """A policy that two sets of rules come to another outcome by, for one request.

    `place` and `message` are those of its first complaint, of the side that complains; None where
    neither says a place. A refusal of the file itself stands as a policy of its rule's id.
    """

    policy: str
    pack: str
    before: PolicyOutcome
    after: PolicyOutcome
    place: Place | None = None
    message: Text | None = None


class DecisionChange(NamedTuple):
    """One request as two sets of rules decide it.

    `before` and `after` are verdicts, or `NOT_READ`. `changes` are the policies that differ; with
    equal verdicts there may be some, with different verdicts there may be none (a process that is
    not configured any more).
    """

    kind: str
    name: str
    path: str
    before: str
    after: str
    changes: tuple[OutcomeChange, ...] = ()

    @property
    def is_otherwise(self) -> bool:
        """Return whether the verdicts differ."""
        return self.before != self.after

    @property
    def is_blocked_now(self) -> bool:
        """Return whether it could go ahead before, and cannot after."""
        return self.before not in _STOPS and self.after in _STOPS

    @property
    def is_let_pass(self) -> bool:
        """Return whether it could not go ahead before, and can after, or is not judged any more."""
        is_judged_no_more = self.after == NOT_READ and self.before != NOT_READ
        return is_judged_no_more or (self.before in _STOPS and self.after not in _STOPS)


class ReplayedLanding(NamedTuple):
    """One landing judged twice, `at` the time when it landed.

    `requests` counts those that were compared, `decisions` holds those that differ somehow, and
    `verdicts` what the first set of rules says of each path. `problem` is set, as problem and
    remedy, where it could not be judged: then nothing is known.
    """

    commit: str
    at: datetime
    requests: int
    decisions: tuple[DecisionChange, ...] = ()
    verdicts: Mapping[str, str] = {}
    problem: tuple[Text, Text] | None = None


class RecordedOtherwise(NamedTuple):
    """A request of which the ledger records another verdict than its own rules come to now."""

    commit: str
    path: str
    recorded: str
    judged: str


class Replay(NamedTuple):
    """What a replay found.

    `before` and `after` say which rules were compared, `history` what was walked. `landings` are in
    the order in which they landed, every one that was to be judged. `contradictions` are where the
    ledger says otherwise than the rules of the time. `is_recorded` says whether there is a ledger;
    `unrecorded` counts landings after its last entry.
    """

    before: Text
    after: Text
    history: Text
    landings: tuple[ReplayedLanding, ...]
    contradictions: tuple[RecordedOtherwise, ...] = ()
    is_recorded: bool = True
    unrecorded: int = 0

    @property
    def problems(self) -> tuple[ReplayedLanding, ...]:
        """Return the landings that could not be judged."""
        return tuple(landing for landing in self.landings if landing.problem is not None)

    @property
    def otherwise(self) -> tuple[ReplayedLanding, ...]:
        """Return the landings of which a request is decided otherwise."""
        return tuple(
            landing
            for landing in self.landings
            if any(decision.is_otherwise for decision in landing.decisions)
        )

    @property
    def blocked_count(self) -> int:
        """Return how many landings could go ahead before and cannot after."""
        return sum(
            any(decision.is_blocked_now for decision in landing.decisions)
            for landing in self.landings
        )

    @property
    def passed_count(self) -> int:
        """Return how many landings could not go ahead before and can after."""
        return sum(
            any(decision.is_let_pass for decision in landing.decisions) for landing in self.landings
        )

    @property
    def is_decided(self) -> bool:
        """Return whether every landing could be judged, as the ledger records it."""
        return not self.problems and not self.contradictions


def compare_judgements(
    before: Sequence[Judgement], after: Sequence[Judgement]
) -> Iterator[DecisionChange]:
    """Yield how two sets of rules decide the requests of one landing, path by path."""
    old, new = _by_path(before), _by_path(after)
    for path in sorted({*old, *new}):
        yield _compare(old.get(path, ()), new.get(path, ()))


def differs(decision: DecisionChange) -> bool:
    """Return whether anything differs: the verdict, or what came of a policy."""
    return decision.is_otherwise or bool(decision.changes)


def _compare(before: Sequence[Judgement], after: Sequence[Judgement]) -> DecisionChange:
    first = (*after, *before)[0]
    old, new = _outcomes(before), _outcomes(after)
    changes = (
        _change(policy, old.get(policy), new.get(policy)) for policy in dict.fromkeys((*old, *new))
    )
    return DecisionChange(
        first.kind,
        first.name,
        first.path,
        _verdict(before),
        _verdict(after),
        tuple(change for change in changes if _is_worth_saying(change)),
    )


def _by_path(judgements: Sequence[Judgement]) -> dict[str, tuple[Judgement, ...]]:
    """Return judgements by path; a file may be a request and look like one of another kind."""
    by_path: dict[str, tuple[Judgement, ...]] = {}
    for judgement in judgements:
        by_path[judgement.path] = (*by_path.get(judgement.path, ()), judgement)
    return by_path


def _verdict(judgements: Sequence[Judgement]) -> str:
    return str(worst([item.verdict for item in judgements])) if judgements else NOT_READ


def _outcomes(judgements: Sequence[Judgement]) -> Mapping[str, PolicyResult]:
    """Return what came of each policy; a refusal as a policy that denies."""
    results: dict[str, PolicyResult] = {}
    for judgement in judgements:
        for finding in judgement.refusals:
            results[finding.rule] = PolicyResult(
                finding.rule, "", Action.DENY, Outcome.FAILED, None, (finding,)
            )
        results |= {result.policy: result for result in judgement.results}
    return results


def _change(policy: str, old: PolicyResult | None, new: PolicyResult | None) -> OutcomeChange:
    before, after = _outcome_of(old), _outcome_of(new)
    speaker = new if after.complains else old
    finding = speaker.findings[0] if speaker is not None and speaker.findings else None
    named = new or old
    return OutcomeChange(
        policy,
        named.pack if named is not None else "",
        before,
        after,
        finding.place if finding is not None else None,
        finding.message if finding is not None else None,
    )


def _outcome_of(result: PolicyResult | None) -> PolicyOutcome:
    if result is None:
        return PolicyOutcome()
    return PolicyOutcome(str(result.outcome), str(result.action))


def _is_worth_saying(change: OutcomeChange) -> bool:
    """Return whether a policy differs: what it says, or what comes of its complaint.

    One that has come or gone and has nothing to say about a request is no difference for it.
    """
    before, after = change.before, change.after
    if before.outcome != after.outcome:
        return bool({before.outcome, after.outcome} - {"", Outcome.NOT_APPLICABLE}) and (
            before.complains or after.complains or bool(before.outcome and after.outcome)
        )
    return before.complains and before.action != after.action
