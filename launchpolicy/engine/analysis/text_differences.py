"""What the text of two versions of a policy tells about how they differ, without any request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from launchpolicy.engine.analysis.policy_differences import DirectedReason, Direction
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Action
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import VALUE_NAMES

_Expressions = frozenset[tuple[str, str]]
"""Expressions, each with its name, or with the list that it is asked of each element of."""


class BoundPolicy(NamedTuple):
    """A policy of a pack set, and where it judges: kinds and processes."""

    policy: Policy
    scopes: frozenset[str]


def bound_policies(rules: PackSet) -> dict[tuple[str, str], BoundPolicy]:
    """Return every policy of a pack set, by pack and id."""
    return {
        (name, policy.id): BoundPolicy(policy, frozenset(_scopes(rules, name, policy)))
        for name, pack in rules.packs.items()
        for policy in pack.policies
    }


def is_same_rule(old: Policy, new: Policy) -> bool:
    """Return whether two versions of a policy decide the same: only words differ, if anything."""
    return _decisive(old) == _decisive(new)


def has_same_outcomes(old: Policy, new: Policy) -> bool:
    """Return whether two versions come to the same outcome for every request."""
    return _deciding_outcome(old) == _deciding_outcome(new)


def is_stated_in_text(old: Policy, new: Policy) -> bool:
    """Return whether `reasons_in_text` is all that a change does.

    So it is where nothing else differs, and where no expression stands in place of another.
    """
    changed = [pair for pair in _expression_sets(old, new) if pair[0] != pair[1]]
    is_one_sided = all(before < after or after < before for before, after in changed)
    return _beyond_text(old) == _beyond_text(new) and is_one_sided and len(changed) <= 1


def reasons_in_text(old: BoundPolicy, new: BoundPolicy) -> Iterator[DirectedReason]:
    """Yield why a policy is weaker or stricter, where that is certain without any request."""
    yield from _binding_reasons(old.policy, new.policy)
    yield from _set_reasons(old.scopes, new.scopes, _SCOPES)
    before, after = old.policy, new.policy
    yield from _set_reasons(
        frozenset(map(str, before.match.operations)),
        frozenset(map(str, after.match.operations)),
        _OPERATIONS,
    )
    if before.match.stages and after.match.stages:
        stages = frozenset(before.match.stages), frozenset(after.match.stages)
        yield from _set_reasons(*stages, _STAGES)
    elif before.match.stages != after.match.stages:
        direction = Direction.TIGHTENED if before.match.stages else Direction.WEAKENED
        text = _ALL_STAGES if before.match.stages else _SOME_STAGES
        yield DirectedReason(direction, text)
    yield from _expression_reasons(before, after)


def _scopes(rules: PackSet, pack: str, policy: Policy) -> Iterator[str]:
    configuration = rules.configuration
    for kind in rules.kinds.values():
        if kind.name not in policy.match.kinds:
            continue
        if not kind.process:
            if pack in (*kind.packs, *configuration.mandatory):
                yield kind.name
            continue
        for process, packs in configuration.processes.items():
            if pack in (*packs, *configuration.mandatory):
                yield f"{kind.name} ({process})"


def _decisive(policy: Policy) -> tuple[Any, ...]:
    """Return what decides an outcome, and what comes of it: everything but words and places."""
    binding = policy.action, policy.effective_from, policy.waivable_by
    return (*_deciding_outcome(policy), *binding)


def _deciding_outcome(policy: Policy) -> tuple[Any, ...]:
    return (
        policy.match,
        policy.conditions,
        policy.params,
        policy.variables,
        [(item.for_each, item.expression) for item in policy.validations],
        policy.quorum,
        policy.order,
        policy.lookups,
    )


_STRENGTH = (Action.AUDIT, Action.WARN, Action.DENY)


def _binding_reasons(old: Policy, new: Policy) -> Iterator[DirectedReason]:
    if old.action != new.action:
        is_weaker = _STRENGTH.index(new.action) < _STRENGTH.index(old.action)
        names = VALUE_NAMES["action"]
        before, after = names[str(old.action)], names[str(new.action)]
        yield DirectedReason(
            _direction(is_weaker=is_weaker),
            Text(
                f"what comes of a failure: {before.en} → {after.en}",
                f"不满足时的处理方式：{before.zh} → {after.zh}",
            ),
        )
    if old.effective_from != new.effective_from:
        is_weaker = new.effective_from is not None and (
            old.effective_from is None or new.effective_from > old.effective_from
        )
        dates = [
            moment.isoformat() if moment is not None else "-"
            for moment in (old.effective_from, new.effective_from)
        ]
        yield DirectedReason(
            _direction(is_weaker=is_weaker),
            Text(f"in force from: {' → '.join(dates)}", f"生效时间：{' → '.join(dates)}"),
        )
    yield from _set_reasons(frozenset(new.waivable_by), frozenset(old.waivable_by), _WAIVERS)


def _expression_reasons(old: Policy, new: Policy) -> Iterator[DirectedReason]:
    """Yield reasons of conditions and validations, where all that they may read is the same."""
    if (old.variables, old.params) != (new.variables, new.params):
        return
    conditions, validations = _expression_sets(old, new)
    yield from _one_sided_reasons(conditions[1], conditions[0], _CONDITIONS)
    if old.conditions == new.conditions:
        yield from _one_sided_reasons(*validations, _VALIDATIONS)
    quorums = old.quorum, new.quorum
    if quorums[0] is not None and quorums[1] is not None and quorums[0].root == quorums[1].root:
        excluded = [frozenset(quorum.exclude) for quorum in quorums if quorum is not None]
        yield from _set_reasons(excluded[0], excluded[1], _EXCLUDED)


def _expression_sets(old: Policy, new: Policy) -> tuple[tuple[_Expressions, _Expressions], ...]:
    """Return the conditions and the validations of both versions, as what decides of each."""
    conditions = [
        frozenset((item.name, item.expression) for item in policy.conditions)
        for policy in (old, new)
    ]
    validations = [
        frozenset((item.for_each, item.expression) for item in policy.validations)
        for policy in (old, new)
    ]
    return (conditions[0], conditions[1]), (validations[0], validations[1])


def _beyond_text(policy: Policy) -> tuple[Any, ...]:
    """Return what differs without any reason that the text gives."""
    quorum = policy.quorum
    return (
        policy.match.kinds,
        policy.params,
        policy.variables,
        policy.order,
        policy.lookups,
        quorum and quorum._replace(exclude=(), at=()),
    )


def _one_sided_reasons(
    old: _Expressions, new: _Expressions, what: Text
) -> Iterator[DirectedReason]:
    """Yield the same as `_set_reasons` of expressions; nothing where one stands for another.

    What a changed expression does, its text does not tell.
    """
    if bool(old - new) != bool(new - old):
        before, after = (
            frozenset(": ".join(filter(None, pair)) for pair in pairs) for pairs in (old, new)
        )
        yield from _set_reasons(before, after, what)


_SCOPES = Text("judges", "适用文档与流程")
_OPERATIONS = Text("on", "适用操作")
_STAGES = Text("at stages", "适用阶段")
_ALL_STAGES = Text("judges every stage now", "现适用于所有阶段")
_SOME_STAGES = Text("judges some stages only", "现仅适用于部分阶段")
_WAIVERS = Text("can be waived by", "可由其豁免")
_CONDITIONS = Text("applies only if", "仅在满足条件时适用")
_VALIDATIONS = Text("must hold", "必须满足")
_EXCLUDED = Text("approvals that do not count, of", "不计入其审批")


def _set_reasons(old: frozenset[str], new: frozenset[str], what: Text) -> Iterator[DirectedReason]:
    """Yield that a policy asks for less, or for more; the sets are of what makes it strict.

    Where more of something makes a policy weaker (who may waive it), the two sets come in exchange.
    """
    is_exchanged = what in {_WAIVERS, _CONDITIONS}
    for items, direction in (
        (old - new, Direction.WEAKENED),
        (new - old, Direction.TIGHTENED),
    ):
        if items:
            has_come = (direction is Direction.TIGHTENED) != is_exchanged
            yield DirectedReason(direction, _list_text(what, items, has_come=has_come))


def _list_text(what: Text, items: frozenset[str], *, has_come: bool) -> Text:
    names = ", ".join(" ".join(item.split()) for item in sorted(items))
    sign = "+" if has_come else "-"
    return Text(f"{what.en}: {sign} {names}", f"{what.zh}：{sign} {names}")


def _direction(*, is_weaker: bool) -> Direction:
    return Direction.WEAKENED if is_weaker else Direction.TIGHTENED
