"""Say what a change of rules does to each policy: by its text, by requests, by past landings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from launchpolicy.engine.analysis.configuration_differences import configuration_notes
from launchpolicy.engine.analysis.decided_otherwise import (
    Comparison,
    PolicyVersion,
    RequestSample,
    compare_on,
)
from launchpolicy.engine.analysis.decision_changes import OutcomeChange, Replay
from launchpolicy.engine.analysis.policy_differences import (
    Direction,
    PolicyDifference,
    RulesDifference,
    direction_of,
)
from launchpolicy.engine.analysis.text_differences import (
    BoundPolicy,
    bound_policies,
    has_same_outcomes,
    is_same_rule,
    is_stated_in_text,
    reasons_in_text,
)
from launchpolicy.hosts.git.repository import Repository, prefix_of
from launchpolicy.operations.policy_diff.samples import (
    case_samples,
    request_samples,
    with_same_kind,
)
from launchpolicy.operations.policy_diff.sides import RulesSide, reads_other_data, side_of
from launchpolicy.operations.replay.past_landings import ReplayPeriod
from launchpolicy.operations.replay.replay import ReplayOptions, replay
from launchpolicy.policy.policy import Match, Policy
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.text import Text

Name = tuple[str, str]
"""The pack and the id of a policy."""

_NOWHERE = Match((), (), ())


class DiffOptions(NamedTuple):
    """What to compare: two commits, None for the work tree.

    `latest` is the number of past landings to ask about, 0 for none, `jobs` that of processes.
    """

    before: str
    after: str | None
    latest: int
    jobs: int = 0


class _Corpus(NamedTuple):
    """Everything that both versions are asked about."""

    old: RulesSide
    new: RulesSide
    requests: Mapping[str, list[RequestSample]]
    replay: Replay | None
    unread: list[Text]


def compare_rules(
    repository: Repository, root: Path, options: DiffOptions, now: datetime
) -> RulesDifference:
    """Return what a change of rules does to each policy; `now` is the time of present requests.

    Raises:
        UndecidedError: there is no such commit, or the history cannot be read.
        UsageError: there is no configuration.
        MalformedRulesError: the rules of one side are not right.
    """
    prefix = prefix_of(repository.top, root)
    old = side_of(repository, root, prefix, options.before)
    new = side_of(repository, root, prefix, options.after)
    before, after = bound_policies(old.rules), bound_policies(new.rules)
    differing = [
        name
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name) or _reads_other_data(after.get(name), old, new)
    ]
    is_asked = any(
        _is_to_ask(before.get(name), after.get(name))
        or _reads_other_data(after.get(name), old, new)
        for name in differing
    )
    corpus = _Corpus(
        old,
        new,
        request_samples(old, new, now) if is_asked else {},
        _replay(repository, root, options) if is_asked and options.latest else None,
        [],
    )
    policies = [_difference(name, before.get(name), after.get(name), corpus) for name in differing]
    return RulesDifference(
        old.words,
        new.words,
        tuple(sorted(policies, key=lambda item: (_ORDER.index(item.direction), item[:2]))),
        (*configuration_notes(old.rules, new.rules), *dict.fromkeys(corpus.unread)),
        len(corpus.replay.landings) if corpus.replay is not None else None,
    )


_ORDER = tuple(Direction)


def _replay(repository: Repository, root: Path, options: DiffOptions) -> Replay:
    period = ReplayPeriod(latest=options.latest)
    asked = ReplayOptions(options.after, options.before, None, period, jobs=options.jobs)
    return replay(repository, root, asked)


def _reads_other_data(bound: BoundPolicy | None, old: RulesSide, new: RulesSide) -> bool:
    return bound is not None and reads_other_data(bound.policy, old, new)


def _is_to_ask(old: BoundPolicy | None, new: BoundPolicy | None) -> bool:
    """Return whether requests can tell more about a policy than its text."""
    return old is None or new is None or not is_same_rule(old.policy, new.policy)


def _difference(
    name: Name, old: BoundPolicy | None, new: BoundPolicy | None, corpus: _Corpus
) -> PolicyDifference:
    if old is None or new is None:
        return _one_sided(name, old, new, corpus)
    reasons = list(reasons_in_text(old, new))
    directions = {reason.direction for reason in reasons}
    has_other_data = reads_other_data(new.policy, corpus.old, corpus.new)
    if is_same_rule(old.policy, new.policy) and not directions and not has_other_data:
        return PolicyDifference(*name, Direction.WORDS, is_proven=True)
    comparison = _comparison(name, old.policy, new.policy, corpus)
    directions |= {request.direction for request in comparison.requests}
    landings = tuple(_landings(name, corpus.replay))
    directions |= {direction for _, direction in landings}
    return PolicyDifference(
        *name,
        direction_of(frozenset(directions)),
        (*(reason.text for reason in reasons), *([_OTHER_DATA] if has_other_data else [])),
        comparison.requests,
        comparison.tried,
        tuple(landing for landing, _ in landings),
        is_proven=not has_other_data and is_stated_in_text(old.policy, new.policy),
    )


def _one_sided(
    name: Name, old: BoundPolicy | None, new: BoundPolicy | None, corpus: _Corpus
) -> PolicyDifference:
    """Return what became of a policy that only one side has: as if the other applied nowhere."""
    known = old or new
    if known is None:
        message = f"a policy of neither side: {name}"
        raise ValueError(message)
    nowhere = known.policy._replace(match=_NOWHERE)
    pair = (known.policy, nowhere) if new is None else (nowhere, known.policy)
    comparison = _comparison(name, *pair, corpus)
    return PolicyDifference(
        *name,
        Direction.REMOVED if new is None else Direction.ADDED,
        (),
        comparison.requests,
        comparison.tried,
        tuple(landing for landing, _ in _landings(name, corpus.replay)),
        is_proven=True,
    )


def _comparison(name: Name, old: Policy, new: Policy, corpus: _Corpus) -> Comparison:
    if has_same_outcomes(old, new) and not reads_other_data(new, corpus.old, corpus.new):
        return Comparison((), 0)
    samples: list[RequestSample] = []
    for side, policy in ((corpus.old, old), (corpus.new, new)):
        try:
            samples += _cases(side, name, policy, corpus)
        except MalformedRulesError as error:
            corpus.unread.append(_unread(name[1], side, error))
    samples += with_same_kind(corpus.requests, (old, new))
    versions = PolicyVersion(old, corpus.old.rules), PolicyVersion(new, corpus.new.rules)
    return compare_on(*versions, samples)


def _cases(side: RulesSide, name: Name, policy: Policy, corpus: _Corpus) -> list[RequestSample]:
    """Return the cases that one side has for a policy, as documents of the newer kind."""
    kinds = policy.match.kinds
    if not kinds:
        return []
    kind = corpus.new.rules.kinds.get(kinds[0]) or corpus.old.rules.kinds.get(kinds[0])
    return case_samples(side, name[0], policy, kind) if kind is not None else []


def _landings(name: Name, replayed: Replay | None) -> Iterator[tuple[tuple[str, str], Direction]]:
    """Yield the past landings that a policy decides otherwise, and which way."""
    for landing in replayed.landings if replayed is not None else ():
        for decision in landing.decisions:
            for change in decision.changes:
                direction = _direction(change)
                if (change.pack, change.policy) == name and direction is not None:
                    yield (landing.commit, decision.path), direction


def _direction(change: OutcomeChange) -> Direction | None:
    before, after = change.before, change.after
    if before.complains != after.complains:
        return Direction.WEAKENED if before.complains else Direction.TIGHTENED
    if before.stops != after.stops:
        return Direction.WEAKENED if before.stops else Direction.TIGHTENED
    return None


_OTHER_DATA = Text(
    "a data document or a lookup that it reads changed", "其读取的数据文档或关联文档有变更"
)


def _unread(policy: str, side: RulesSide, error: MalformedRulesError) -> Text:
    place = error.findings[0].place
    words = side.words
    return Text(
        f"The cases of {policy} in {words.en} cannot be read ({place}), and were not asked about.",
        f"{words.zh}中 {policy} 的用例无法读取（{place}），未用于比较。",
    )
