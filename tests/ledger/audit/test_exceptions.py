"""Every exception of a year is found, and none is invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from launchpolicy.ledger.audit.duties import Duty, duty_pairs
from launchpolicy.ledger.audit.exception_kinds import ExceptionKind, ExceptionRecord
from launchpolicy.ledger.audit.exceptions import exceptions_of
from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.holders import holders_of
from tests.ledger.audit.year import LAUNCHES, Year, year


@pytest.fixture(scope="module")
def eventful() -> Year:
    return year()


@pytest.fixture(scope="module")
def records(eventful: Year) -> tuple[ExceptionRecord, ...]:
    return exceptions_of(eventful.population, eventful.facts)


def test_every_planted_exception_is_found_and_none_is_invented(
    eventful: Year, records: tuple[ExceptionRecord, ...]
) -> None:
    assert len(eventful.population.launches) == LAUNCHES
    assert Counter((r.kind, r.name) for r in records) == Counter(eventful.expected)
    assert {kind for kind, _ in eventful.expected} == set(ExceptionKind) - {
        ExceptionKind.SHORTENED  # of an entry of 64 KiB
    }


def test_an_honest_year_has_no_exception() -> None:
    honest = year(is_honest=True)
    assert len(honest.population.launches) == LAUNCHES
    assert exceptions_of(honest.population, honest.facts) == ()


def test_what_nobody_could_read_again_is_no_good_evidence() -> None:
    """Fail closed: an audit that could not look does not say that all is well."""
    honest = year(is_honest=True)
    found = exceptions_of(honest.population, AuditFacts())
    by_kind = Counter(record.kind for record in found)
    assert by_kind[ExceptionKind.EVIDENCE_MISMATCH] == LAUNCHES
    assert by_kind[ExceptionKind.EMERGENCY_WITHOUT_REVIEW] == LAUNCHES // 20


def _one(records: tuple[ExceptionRecord, ...], kind: ExceptionKind) -> ExceptionRecord:
    return next(record for record in records if record.kind is kind)


def test_an_exception_says_who_why_and_what_followed(
    records: tuple[ExceptionRecord, ...],
) -> None:
    bypassed = _one(records, ExceptionKind.BYPASSED)
    assert bypassed.who == ("chen.jie",)
    assert "The site was down." in bypassed.why.en
    assert bypassed.why.en.endswith(
        "in the way: The window is allowed (launch-window-allowed): failed: The window is closed"
    )
    assert bypassed.why.zh.endswith(
        "未满足：时间窗口允许上线（launch-window-allowed）：未通过：窗口未开放"
    )
    waived = _one(records, ExceptionKind.WAIVED)
    assert waived.who == ("wang.jianguo",)
    assert "季末结账。" in waived.why.zh
    assert "2027-01-01" in waived.follow_up.en
    voided = _one(records, ExceptionKind.VOIDED)
    assert (voided.why.en, voided.who) == ("A test was merged.", ("chen.jie",))
    unknown = _one(records, ExceptionKind.PUSHERS_UNKNOWN)
    assert unknown.why.en == "reason not recorded · in the way: not recorded"
    assert "未记录" in unknown.why.zh


def test_a_window_widened_with_the_record_of_what_happened_excuses_nothing(
    eventful: Year, records: tuple[ExceptionRecord, ...]
) -> None:
    late = [r.name for r in records if r.kind is ExceptionKind.OUTSIDE_WINDOW]
    planted = [name for kind, name in eventful.expected if kind is ExceptionKind.OUTSIDE_WINDOW]
    assert late == planted
    assert len(late) == 2


def test_every_pair_of_duties_is_in_the_matrix_with_names_and_people(eventful: Year) -> None:
    launches = eventful.population.launches
    makers = eventful.facts.makers
    pairs = duty_pairs((one.id, one.launch.name, holders_of(one, makers)) for one in launches)
    assert len(pairs) == 15
    by_duties = {(pair.first, pair.second): pair for pair in pairs}
    both = by_duties[Duty.REQUESTER, Duty.APPROVER]
    assert [shared.people for shared in both.shared] == [("li.wei",), ("li.wei",)]
    assert by_duties[Duty.APPROVER, Duty.TESTER].shared[0].people == ("sun.yu",)
    assert by_duties[Duty.EXECUTOR, Duty.TESTER].shared == ()
    # li.wei requests and writes in all launches but the one that an approver wrote
    written = by_duties[Duty.REQUESTER, Duty.AUTHOR]
    assert (written.known, len(written.shared)) == (LAUNCHES, LAUNCHES - 1)


def test_a_policy_may_let_testers_approve_and_nobody_their_own_request(eventful: Year) -> None:
    permits = {"both-leads-approve": frozenset(Duty)}
    found = exceptions_of(eventful.population, replace(eventful.facts, permits=permits))
    kinds = Counter(record.kind for record in found)
    assert kinds[ExceptionKind.DUTIES_TOGETHER] == 0
    assert kinds[ExceptionKind.SELF_APPROVAL] == 3


def test_who_approved_a_waiver_and_carried_the_launch_out_later_is_listed() -> None:
    whole = year()
    at = next(n for n, item in enumerate(whole.entries) if item.kind == "Waiver")
    waiver = whole.entries[at]
    by_executor = tuple(one.model_copy(update={"by": "zhao.min"}) for one in waiver.approvals)
    before = exceptions_of(whole.population, whole.facts)
    whole.entries[at] = waiver.model_copy(update={"approvals": by_executor})
    (added,) = {*exceptions_of(whole.population, whole.facts)} - {*before}
    assert added.kind is ExceptionKind.DUTIES_TOGETHER
    assert added.who == ("zhao.min",)
    assert "waiver quarter-end" in added.why.en
