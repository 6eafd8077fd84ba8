"""What is still to be done for a launch, whose duty it is, and by when.

A request is judged as it would be at each later stage, with nothing added: what the policies miss
there is what is due until then. Rules for duties with a name stand in `duty_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.engine.launches.duty_rules import (
    DutyRule,
    PlannedItems,
    is_at_or_below,
    position_of,
    rule_of,
)
from launchpolicy.engine.launches.open_launch import readable_text
from launchpolicy.facts.dates import Dates
from launchpolicy.policy.order import NOW, duration_of, pattern_of
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.item_words import item_word
from launchpolicy.requests.kinds import STAGE, stage_of, value_at
from launchpolicy.vocabulary.approval import MissingApproval
from launchpolicy.vocabulary.finding import Action, Finding, Judgement, Outcome, PolicyResult
from launchpolicy.vocabulary.place import Data, format_route, parse_route
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import VALUE_NAMES, value_name

LATER_STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "requested": ("launched", "verified"),
    "launched": ("verified", "closed"),
    "verified": ("closed",),
}
"""The stages of which a launch has duties now; what closes it is due only after the launch."""

_REQUESTER = "spec.people.requester"
_WINDOW = "spec.window.start"
_APPROVE = Text("Approve it as {}", "以{}身份审批")
_APPROVE_BY_NAME = Text("Approve it, asked by name", "审批（点名）")
_AFTER = Text(" (after {})", "（在{}之后）")
_SEE_TO = Text("See to it: {}", "须做到：{}")
_KINDS_OF_ITEMS: Final = ("backupKind", "channelKind")
_COMPLETE = Text("Complete the request: {}", "补全申请：{}")


class OpenDuty(NamedTuple):
    """One thing to do.

    `people` are ids, each of whom can do it; `role` is the role that they hold for it, "" where
    they are named by the request. `by` is the latest moment, None where only the stage is known
    that it must precede: `stage`. `key` tells duties of one launch apart, `position` orders those
    of one moment as they follow each other.
    """

    key: str
    what: Text
    people: tuple[str, ...]
    role: str
    by: datetime | None
    stage: str
    policies: tuple[str, ...]
    position: int = 0


class DutyInputs(NamedTuple):
    """What duties are derived from: the request, its policies, and who holds which role.

    `is_proposed` says that the request as it stands is not merged yet, so that what it misses at
    its own stage is due before its window.
    """

    data: Data
    dates: Dates
    policies: Mapping[str, Policy]
    holders: Mapping[str, Sequence[str]]
    is_proposed: bool


def duties_of(
    inputs: DutyInputs, judgements: Sequence[tuple[str, Judgement]]
) -> tuple[OpenDuty, ...]:
    """Return the duties that the judgements at some stages, the nearest first, show.

    A duty that several stages ask for is due before the first of them.
    """
    duties: dict[str, OpenDuty] = {}
    for stage, judgement in judgements:
        for result in judgement.results:
            for duty in _duties_of_result(inputs, stage, result):
                known = duties.setdefault(duty.key, duty)
                if duty.policies[0] not in known.policies:
                    policies = (*known.policies, *duty.policies)
                    duties[duty.key] = known._replace(policies=policies)
    return tuple(duties.values())


def _duties_of_result(inputs: DutyInputs, stage: str, result: PolicyResult) -> Iterator[OpenDuty]:
    if result.action is Action.AUDIT:
        return
    if result.outcome is Outcome.PENDING and stage == stage_of(inputs.data):
        yield from (_approval(inputs, stage, result.policy, missing) for missing in result.missing)
    if result.outcome is Outcome.FAILED:
        for finding in result.findings:
            if finding.place.full_route != STAGE:
                yield from _duties_of_finding(inputs, stage, finding)


def _approval(inputs: DutyInputs, stage: str, policy: str, missing: MissingApproval) -> OpenDuty:
    what = _fill(_APPROVE, missing.name) if missing.role else _APPROVE_BY_NAME
    if missing.waits_for:
        names = Text(
            ", ".join(name.en for name in missing.waits_for),
            "、".join(name.zh for name in missing.waits_for),
        )
        after = _fill(_AFTER, names)
        what = Text(what.en + after.en, what.zh + after.zh)
    return OpenDuty(
        key=f"approval {missing.role} {missing.department} {missing.person}",
        what=what,
        people=missing.candidates,
        role="",
        by=_instant(inputs.data, _WINDOW),
        stage=stage,
        policies=(policy,),
    )


def _duties_of_finding(inputs: DutyInputs, stage: str, finding: Finding) -> Iterator[OpenDuty]:
    route = format_route(finding.place.full_route)
    policy = inputs.policies[finding.rule]
    rule = rule_of(route)
    if rule is None or (rule.also and stage == "requested"):
        yield _duty_without_rule(inputs, stage, policy, route)
        return
    missing = list(_missing_items(inputs.data, rule))
    by = _latest_moment(inputs, policy, rule)
    if not missing and (rule.items or value_at(inputs.data, parse_route(rule.route)) is not None):
        people, role = _people(inputs, rule)
        place, title = position_of(rule), policy.text.title
        yield OpenDuty(
            policy.id, _fill(_SEE_TO, title), people, role, by, stage, (policy.id,), place
        )
    elif not rule.items:
        people, role = _people(inputs, rule)
        place = position_of(rule)
        yield OpenDuty(rule.route, rule.what, people, role, by, stage, (policy.id,), place)
    for planned, item in missing:
        yield _item_duty(inputs, (stage, policy.id, by), rule, planned, item)


def _item_duty(
    inputs: DutyInputs,
    where: tuple[str, str, datetime | None],
    rule: DutyRule,
    planned: PlannedItems,
    item: Data,
) -> OpenDuty:
    stage, policy, by = where
    person, due = item.get(planned.person), item.get(planned.due) if planned.due else None
    people, role = ((person,), "") if isinstance(person, str) else _people(inputs, rule)
    moment = parse_instant(due) if isinstance(due, str) else None
    name = item["name"]
    return OpenDuty(
        key=f"{rule.route} {name}",
        what=_fill(rule.what, name_of_item(item)),
        people=people,
        role=role,
        by=moment or by,
        stage=stage,
        policies=(policy,),
        position=position_of(rule),
    )


def _duty_without_rule(inputs: DutyInputs, stage: str, policy: Policy, route: str) -> OpenDuty:
    """Return the duty of a demand that no rule names: it is the requester's.

    What a proposal misses is due before its window; what a later stage misses, before that stage.
    """
    by = _moment_by_orders(inputs, route)
    is_asked_for = stage_of(inputs.data) in {"requested", ""}
    if by is None and stage == stage_of(inputs.data) and inputs.is_proposed and is_asked_for:
        by = _instant(inputs.data, _WINDOW)
    what = _fill(_SEE_TO, policy.text.title)
    if stage == stage_of(inputs.data) and inputs.is_proposed:
        what = _fill(_COMPLETE, policy.text.title)
    people = _persons(inputs.data, (_REQUESTER,))
    return OpenDuty(policy.id, what, people, "", by, stage, (policy.id,))


def _missing_items(data: Data, rule: DutyRule) -> Iterator[tuple[PlannedItems, Data]]:
    """Yield the planned items that nothing is recorded about."""
    recorded = _items(data, rule.route)
    names = {item["name"] for item in recorded}
    for planned in rule.items:
        for item in _items(data, planned.plan):
            if item["name"] not in names:
                yield planned, item


def _items(data: Data, route: str) -> list[Data]:
    listed = value_at(data, parse_route(route))
    items = listed if isinstance(listed, list) else []
    return [item for item in items if isinstance(item, dict) and isinstance(item.get("name"), str)]


def name_of_item(item: Data) -> Text:
    name, kind = item["name"], item.get("kind")
    word = item_word(name)
    if word.zh != name:
        return word
    for group in _KINDS_OF_ITEMS:
        if isinstance(kind, str) and kind in VALUE_NAMES[group]:
            return value_name(group, kind)
    for key in ("summary", "task", "display", "how"):
        text = readable_text(item.get(key))
        if text.en:
            return _without_stop(text)
    return word


def _without_stop(text: Text) -> Text:
    return Text(text.en.rstrip("."), text.zh.rstrip("。"))


def _latest_moment(inputs: DutyInputs, policy: Policy, rule: DutyRule) -> datetime | None:
    """Return the latest moment that the rule and the orders of dates of the policies leave."""
    moments = (_moment_by_rule(inputs, policy, rule), _moment_by_orders(inputs, rule.route))
    return min((moment for moment in moments if moment is not None), default=None)


def _moment_by_rule(inputs: DutyInputs, policy: Policy, rule: DutyRule) -> datetime | None:
    if rule.after is not None:
        pattern, parameter = rule.after
        span = duration_of(policy.params.get(parameter))
        last = max((date.moment for date in inputs.dates.at(pattern)), default=None)
        return last + span if span is not None and last is not None else None
    moments = (_instant(inputs.data, route) for route in rule.by)
    moment = next((one for one in moments if one is not None), None)
    ahead = duration_of(policy.params.get(rule.ahead)) if rule.ahead else None
    return moment - ahead if moment is not None and ahead is not None else moment


def _moment_by_orders(inputs: DutyInputs, route: str) -> datetime | None:
    """Return the first date that `order` of the policies puts after what stands at `route`."""
    moments = [
        date.moment
        for policy in inputs.policies.values()
        for order in policy.order
        if order.later != NOW and is_at_or_below(pattern_of(order.earlier), route)
        for date in inputs.dates.at(pattern_of(order.later))
    ]
    return min(moments, default=None)


def _people(inputs: DutyInputs, rule: DutyRule) -> tuple[tuple[str, ...], str]:
    """Return whose duty a rule names, and the role they hold for it."""
    if rule.role:
        return tuple(inputs.holders.get(rule.role, ())), rule.role
    return _persons(inputs.data, rule.people), ""


def _persons(data: Data, routes: Sequence[str]) -> tuple[str, ...]:
    values = (value_at(data, parse_route(route)) for route in routes)
    return next(((value,) for value in values if isinstance(value, str) and value), ())


def _instant(data: Data, route: str) -> datetime | None:
    value = value_at(data, parse_route(route))
    return parse_instant(value) if isinstance(value, str) else None


def _fill(pattern: Text, name: Text) -> Text:
    return Text(pattern.en.format(name.en), pattern.zh.format(name.zh))
