"""Find every exception of a period: a fold over population and facts, which invents nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from launchpolicy.ledger.audit.carried_out import timing_exceptions
from launchpolicy.ledger.audit.duties import DUTIES, INCOMPATIBLE, SELF_APPROVALS, Duty
from launchpolicy.ledger.audit.exception_kinds import (
    NO_FOLLOW_UP,
    NOT_RECORDED,
    ExceptionKind,
    ExceptionRecord,
)
from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.holders import approvers_by_policy, asking_events, holders_of
from launchpolicy.ledger.audit.population import AuditLaunch, Population, UnrecordedLanding
from launchpolicy.ledger.audit.proof_of_content import content_exceptions
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.ledger.records import HURDLES, UnmetPolicy
from launchpolicy.vocabulary.text import Text

_SHORTENED = Text(
    "the request is too long for one entry, so its evidence or people are not all recorded",
    "申请内容超过单条记录的上限，其证据或人员未全部记录",
)
_NO_REASON = Text("reason not recorded", "未记录理由")


def exceptions_of(population: Population, facts: AuditFacts) -> tuple[ExceptionRecord, ...]:
    """Return every exception, by kind and then by entry."""
    granted = _waiver_approvers(population)
    records = [
        *(r for launch in population.launches for r in _of_launch(launch, facts)),
        *(r for launch in population.launches for r in _own_waivers(launch, facts, granted)),
        *(r for waiver in population.waivers for r in _of_merges(waiver, facts)),
        *(r for event in population.rules for r in _of_rules(event, facts)),
        *(_void_entry(event, population.voiding, facts) for event in population.voided),
        *_of_history(facts),
    ]
    order = list(ExceptionKind)
    last = population.scope.end
    return tuple(
        sorted(
            dict.fromkeys(records),
            key=lambda r: (order.index(r.kind), last if r.number is None else r.number, r.name),
        )
    )


def who_merged(number: int, facts: AuditFacts) -> tuple[str, ...]:
    """Return who merged an entry's landing, else who wrote it, else nobody."""
    makers = facts.makers.get(number)
    if makers is None:
        return ()
    return (makers.merger,) if makers.merger else makers.authors


def _of_launch(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    yield from _of_merges(launch, facts)
    yield from _of_duties(launch, facts)
    yield from timing_exceptions(launch, facts)
    yield from content_exceptions(launch, facts)
    yield from _waivers(launch, facts)


def _of_merges(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    asking = {event.number for event in asking_events(launch)}
    for number, entry in launch.events:
        who = who_merged(number, facts)
        after = _later(launch, number)
        if entry.is_bypassed:
            is_unknown = entry.event == "pushers-unknown"
            kind = ExceptionKind.PUSHERS_UNKNOWN if is_unknown else ExceptionKind.BYPASSED
            yield _record(kind, launch, (number, entry), who, why_bypassed(entry, facts), after)
        if entry.shortened:
            yield _record(ExceptionKind.SHORTENED, launch, (number, entry), who, _SHORTENED)
        pending = [facts.policy(h.policy) for h in entry.hurdles if h.outcome == "pending"]
        if pending or (number in asking and not entry.approvals):
            why = _missing_approvals(pending)
            kind = ExceptionKind.WITHOUT_APPROVAL
            yield _record(kind, launch, (number, entry), who, why, after)


def why_bypassed(entry: Entry, facts: AuditFacts) -> Text:
    """Return why an entry was merged without a passing verdict, and what stood in the way."""
    reason = Text(entry.reason, entry.reason) if entry.reason else _NO_REASON
    hurdles = [_in_the_way(hurdle, facts) for hurdle in entry.hurdles if hurdle.outcome != "fixed"]
    en, zh = "; ".join(h.en for h in hurdles), "；".join(h.zh for h in hurdles)
    return Text(
        f"{reason.en} · in the way: {en or NOT_RECORDED.en}",
        f"{reason.zh} · 未满足：{zh or NOT_RECORDED.zh}",
    )


def _in_the_way(hurdle: UnmetPolicy, facts: AuditFacts) -> Text:
    """Return a policy with its outcome, and with what was wrong where the entry records that."""
    policy, outcome = facts.policy(hurdle.policy), HURDLES[hurdle.outcome]
    en, zh = f"{policy.en}: {outcome.en}", f"{policy.zh}：{outcome.zh}"
    if hurdle.message is None:
        return Text(en, zh)
    return Text(f"{en}: {hurdle.message.en.rstrip('.')}", f"{zh}：{hurdle.message.zh.rstrip('。')}")


def _missing_approvals(pending: list[Text]) -> Text:
    if not pending:
        return Text("no approval was counted", "没有计入任何审批")
    en, zh = "; ".join(p.en for p in pending), "；".join(p.zh for p in pending)
    return Text(f"approvals missing: {en}", f"缺少审批：{zh}")


def _later(launch: AuditLaunch, number: int) -> Text:
    """Return the first later change of the launch that was approved with a passing verdict."""
    for later, event in launch.launch.events:
        if later > number and not event.is_bypassed and event.approvals:
            at = event.at[:10]
            return Text(f"approved later: #{later}, {at}", f"其后补充审批：#{later}，{at}")
    return NO_FOLLOW_UP


def _of_duties(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    holders = holders_of(launch, facts.makers)
    event = next((e for e in launch.events if e.entry.approvals), launch.events[-1])
    for duties, kind in (
        (SELF_APPROVALS, ExceptionKind.SELF_APPROVAL),
        (INCOMPATIBLE, ExceptionKind.DUTIES_TOGETHER),
    ):
        shared = {duty: _approvers(launch, duty, facts) & holders[duty] for duty in duties}
        names = [DUTIES[duty] for duty, people in shared.items() if people]
        if names:
            people = tuple(sorted(frozenset().union(*shared.values())))
            others_en, others_zh = ", ".join(n.en for n in names), "、".join(n.zh for n in names)
            why = Text(f"approver was also {others_en}", f"审批人同时是{others_zh}")
            yield _record(kind, launch, event, people, why)


def _approvers(launch: AuditLaunch, duty: Duty, facts: AuditFacts) -> frozenset[str]:
    """Return who approved by policies that do not let their approvers have a duty.

    Nobody may approve their own request, whatever a policy says.
    """
    by_policy = approvers_by_policy(launch)
    kept = (
        people
        for policy, people in by_policy.items()
        if duty in SELF_APPROVALS or duty not in facts.permits.get(policy, frozenset())
    )
    return frozenset().union(*kept)


def _waivers(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    seen: set[tuple[str, str]] = set()
    for number, entry in launch.events:
        for use in entry.waivers:
            if (use.policy, use.waiver) in seen:
                continue
            seen.add((use.policy, use.waiver))
            reason = facts.waiver_reasons.get(use.waiver, NOT_RECORDED)
            policy = facts.policy(use.policy)
            why = Text(
                f"{policy.en}, by the waiver {use.waiver}: {reason.en}",
                f"{policy.zh}，依据豁免 {use.waiver}：{reason.zh}",
            )
            day = use.expires[:10]
            until = Text(f"the waiver expires on {day}", f"豁免于 {day} 到期")
            who = (use.owner,)
            yield _record(ExceptionKind.WAIVED, launch, (number, entry), who, why, until)


def _waiver_approvers(population: Population) -> dict[str, frozenset[str]]:
    """Return who approved each waiver of the population, by its name."""
    return {
        waiver.launch.name: frozenset().union(*approvers_by_policy(waiver).values())
        for waiver in population.waivers
    }


def _own_waivers(
    launch: AuditLaunch, facts: AuditFacts, granted: Mapping[str, frozenset[str]]
) -> Iterator[ExceptionRecord]:
    """Yield each waiver that its own requester or executor approved.

    When the waiver was approved, the launch may have named another executor.
    """
    holders = holders_of(launch, facts.makers)
    own = holders[Duty.REQUESTER] | holders[Duty.EXECUTOR]
    seen: set[str] = set()
    for number, entry in launch.events:
        for use in entry.waivers:
            people = granted.get(use.waiver, frozenset()) & own
            if people and use.waiver not in seen:
                seen.add(use.waiver)
                why = Text(
                    f"approver of the waiver {use.waiver} was also requester or executor",
                    f"豁免 {use.waiver} 的审批人同时是申请人或执行人",
                )
                who = tuple(sorted(people))
                kind = ExceptionKind.DUTIES_TOGETHER
                yield _record(kind, launch, (number, entry), who, why)


def _of_rules(event: NumberedEntry, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    number, entry = event
    if entry.event == "adopted":
        return
    who = who_merged(number, facts)
    files = ", ".join(file.path for file in entry.files) or NOT_RECORDED.en
    if entry.is_bypassed:
        is_unknown = entry.event == "pushers-unknown"
        kind = ExceptionKind.PUSHERS_UNKNOWN if is_unknown else ExceptionKind.BYPASSED
        why = why_bypassed(entry, facts)
        yield ExceptionRecord(kind, "", entry.name, number, entry.at, who, why)
    pending = any(hurdle.outcome == "pending" for hurdle in entry.hurdles)
    if pending or not entry.approvals:
        why = Text(f"no approval was counted: {files}", f"没有计入任何审批：{files}")
        kind = ExceptionKind.RULES_WITHOUT_APPROVAL
        yield ExceptionRecord(kind, "", entry.name, number, entry.at, who, why)


def _void_entry(
    event: NumberedEntry, voiding: Iterable[NumberedEntry], facts: AuditFacts
) -> ExceptionRecord:
    number, entry = event
    by = next(
        (
            later
            for later in voiding
            if later.entry.voids is not None
            and later.entry.voids.first <= number <= later.entry.voids.last
        ),
        None,
    )
    who = who_merged(by.number, facts) if by is not None else ()
    reason = by.entry.reason if by is not None else ""
    why = Text(reason, reason) if reason else NOT_RECORDED
    after = NO_FOLLOW_UP
    if by is not None:
        after = Text(f"voided by #{by.number}", f"由 #{by.number} 作废")
    return ExceptionRecord(ExceptionKind.VOIDED, "", entry.name, number, entry.at, who, why, after)


def _of_history(facts: AuditFacts) -> Iterator[ExceptionRecord]:
    if facts.landings is None:
        return
    for landing in facts.landings.missing:
        yield _odd_landing(ExceptionKind.MISSING_RECORD, landing)
    for landing in facts.landings.strangers:
        yield _odd_landing(ExceptionKind.WITHOUT_LANDING, landing)


def _odd_landing(kind: ExceptionKind, landing: UnrecordedLanding) -> ExceptionRecord:
    what = ", ".join(landing.what) or NOT_RECORDED.en
    why = Text(f"it is about {what}", f"涉及 {what}")
    return ExceptionRecord(kind, "", landing.commit, landing.number, landing.at, (), why)


def _record(
    kind: ExceptionKind,
    launch: AuditLaunch,
    event: tuple[int, Entry],
    who: tuple[str, ...],
    why: Text,
    follow_up: Text = NO_FOLLOW_UP,
) -> ExceptionRecord:
    number, entry = event
    return ExceptionRecord(
        kind, launch.id, launch.launch.name, number, entry.at, who, why, follow_up
    )
