"""Merged waivers applied to the outcomes of a request: labelled, never hidden.

A waiver counts if it names this request and this policy, has not expired, and the binding of the
policy says that someone may waive it. What could not be decided is never waived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Judgement, Outcome, PolicyResult
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where there are waivers
    from launchpolicy.requests.waiver import Waiver

_COMPLAINTS = (Outcome.FAILED, Outcome.PENDING)


def apply_waivers(
    results: Sequence[PolicyResult],
    policies: Sequence[Policy],
    request: str,
    waivers: Sequence[Waiver],
    now: datetime,
) -> tuple[PolicyResult, ...]:
    """Return the results, with the outcome waived where a waiver counts for the request."""
    valid = {w.policy: w for w in waivers if request in w.requests and now < w.expires}
    if not valid:
        return tuple(results)
    waivable = {policy.id for policy in policies if policy.waivable_by}
    return tuple(
        _waive(result, valid[result.policy])
        if result.outcome in _COMPLAINTS and result.policy in valid and result.policy in waivable
        else result
        for result in results
    )


def _waive(result: PolicyResult, waiver: Waiver) -> PolicyResult:
    from launchpolicy.vocabulary.approval import AppliedWaiver  # noqa: PLC0415 (few have one)

    label = AppliedWaiver(waiver.name, waiver.path, waiver.owner, waiver.reason, waiver.expires)
    return result._replace(outcome=Outcome.WAIVED, reason=None, waived=label)


def remarks(
    judgements: Sequence[Judgement],
    waivers: Sequence[Waiver],
    waivable: frozenset[str],
    now: datetime,
    barred: Mapping[str, Mapping[str, str]],
) -> Iterator[Text]:
    """Return what to know about waivers that name a judged request and did nothing for it.

    Args:
        judgements: everything that was judged.
        waivers: those of the base.
        waivable: the ids of policies that someone may waive.
        now: the one time of the run; what has expired and is not missed needs no remark.
        barred: for the path of each request, the waivers that do not count for it, as in
            `Submission`.
    """
    by_name = {judgement.name: judgement for judgement in judgements}
    for waiver in waivers:
        for name in waiver.requests:
            judgement = by_name.get(name)
            result = _result(judgement, waiver.policy) if judgement is not None else None
            if judgement is None or not judgement.results:
                continue
            if person := barred.get(judgement.path, {}).get(waiver.path):
                yield _barred_remark(waiver, name, person)
            else:
                yield from _remark(waiver, name, result, waivable, now)


def _result(judgement: Judgement, policy: str) -> PolicyResult | None:
    return next((result for result in judgement.results if result.policy == policy), None)


def _label(waiver: Waiver, request: str) -> str:
    return f"{waiver.name} ({waiver.policy}, {request})"


def _barred_remark(waiver: Waiver, request: str, person: str) -> Text:
    what = _label(waiver, request)
    return Text(
        f"The waiver {what} does not count: {person} approved it, and now asks for this launch or "
        "carries it out. Have a new waiver approved by another person.",
        f"豁免 {what} 不计入：{person} 批准了该豁免，现又是本次上线的申请人或执行人。"
        "请由其他人批准新的豁免。",
    )


def _remark(
    waiver: Waiver,
    request: str,
    result: PolicyResult | None,
    waivable: frozenset[str],
    now: datetime,
) -> Iterator[Text]:
    what = _label(waiver, request)
    if result is not None and result.outcome is Outcome.WAIVED:
        return
    expired = now >= waiver.expires
    if not expired and (result is None or waiver.policy not in waivable):
        yield Text(
            f"The waiver {what} has no effect: that policy cannot be waived for it.",
            f"豁免 {what} 无效：该策略不可豁免，或不适用于该申请。",
        )
    elif expired and result is not None and result.outcome in _COMPLAINTS:
        yield Text(
            f"The waiver {what} expired at {waiver.expires.isoformat(timespec='seconds')}.",
            f"豁免 {what} 已于 {waiver.expires.isoformat(timespec='seconds')} 失效。",
        )
    elif not expired and result is not None and result.outcome is not Outcome.ERROR:
        yield Text(
            f"The waiver {what} is not used: withdraw it.",
            f"豁免 {what} 未被用到，请撤回。",
        )
