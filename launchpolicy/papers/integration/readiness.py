"""What the launch confirmation (D9.3.1.1) says of each subject, from the facts of the request.

Each subject holds only where every part of it is recorded; what is missing is named. No sentence
says that something is ready which the request does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.papers.integration.sections import infrastructure_of, reason_for_no_purchase
from launchpolicy.papers.report_results import NO_FILES, has_passed
from launchpolicy.papers.wording import date
from launchpolicy.requests.item_words import item_word
from launchpolicy.requests.launch_request.records import Review
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text, quantity
from launchpolicy.vocabulary.value_names import value_name

_CENTRE = "development-management-centre"
_VIRTUAL = "software"
_PARTS = ("goal", "schedule", "resources", "tasks", "risks")


class ReadinessLine(NamedTuple):
    """A subject, whether it is ready, and the sentence that says why, or what is missing."""

    subject: Text
    is_ready: bool
    sentence: Text


def readiness(
    request: LaunchRequest,
    names: Names,
    holders: Mapping[str, Iterable[str]],
    now: datetime,
    evidence: Mapping[str, Mapping[str, Any]] = NO_FILES,
) -> tuple[ReadinessLine, ...]:
    """Return what is ready, in the order of the paper.

    Args:
        request: the launch request.
        names: what people are called.
        holders: role → people; without the centre's role nobody counts as of the centre.
        now: the moment of the paper; what is dated later has not happened.
        evidence: by path, what each file says.
    """
    centre = frozenset(holders.get(_CENTRE, ()))
    ready = _RequestReadiness(request, names, centre, now, evidence)
    subjects: tuple[tuple[Text, Callable[[], _Statement]], ...] = (
        (Text("Applicability", "适用性审定"), ready.applicability),
        (Text("Technical design review", "技术方案审核"), ready.design),
        (Text("Review of the launch plan", "上线计划审核"), ready.plan),
        (Text("Delivery and receipt", "发货与到货"), ready.deliveries),
        (Text("Installation", "设备安装"), ready.installation),
        (Text("Tests and acceptance", "测试与验收"), ready.tests),
        (Text("Backup", "备份方案"), ready.backup),
        (Text("Rollback", "回滚方案"), ready.rollback),
    )
    return tuple(
        ReadinessLine(subject, judged.is_ready, judged.sentence)
        for subject, judge in subjects
        for judged in (judge(),)
    )


class _Statement(NamedTuple):
    is_ready: bool
    sentence: Text


class _RequestReadiness:
    def __init__(
        self,
        request: LaunchRequest,
        names: Names,
        centre: frozenset[str],
        now: datetime,
        evidence: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._now, self._evidence = now, evidence
        self._request = request
        self._names = names
        self._centre = centre
        self._spec = request.spec
        self._infrastructure = request.spec.infrastructure if request.spec is not None else None

    def applicability(self) -> _Statement:
        applicability = (
            self._infrastructure.applicability if self._infrastructure is not None else None
        )
        if (
            applicability is None
            or not (applicability.grounds and applicability.confirmed_by)
            or not self._is_past(applicability.confirmed_at)
        ):
            return _missing("The centre has not confirmed that D9 applies.", "适用性未经审定。")
        if applicability.confirmed_by not in self._centre:
            return _missing(
                "Who confirmed it is not of the development-management centre.",
                "审定人不属于开发管理中心。",
            )
        words = [value_name("ground", ground) for ground in applicability.grounds]
        day, by = _day(applicability.confirmed_at), self._person(applicability.confirmed_by)
        return _good(
            f"{_list(words).en.capitalize()}; confirmed by {by.en} on {day.en}.",
            f"符合{_list(words).zh}情形，{by.zh}于{day.zh}审定。",
        )

    def design(self) -> _Statement:
        reviews = infrastructure_of(self._request, "design_reviews")
        return self._review_readiness(
            reviews, Text("technical design", "技术方案"), only_centre=False
        )

    def plan(self) -> _Statement:
        plan = self._infrastructure.plan if self._infrastructure is not None else None
        if (
            plan is None
            or not all(getattr(plan, part) for part in _PARTS)
            or not (plan.purchases or reason_for_no_purchase(self._request))
        ):
            return _missing(
                "The launch plan lacks some of its six parts.", "上线计划六部分不齐全。"
            )
        return self._review_readiness(
            tuple(plan.reviews or ()), Text("launch plan", "上线计划"), only_centre=True
        )

    def _review_readiness(
        self, reviews: Sequence[Review], what: Text, *, only_centre: bool
    ) -> _Statement:
        if not reviews:
            return _missing(f"The {what.en} has not been reviewed.", f"{what.zh}未经审核。")
        bad = [
            review
            for review in reviews
            if review.result != "passed" or not self._is_past(review.at)
        ]
        if bad:
            return _missing(f"The {what.en} did not pass its review.", f"{what.zh}审核未通过。")
        people = [person for review in reviews for person in review.by or ()]
        if not people or (only_centre and not self._centre & set(people)):
            return _missing(
                f"Nobody of those who must reviewed the {what.en}.", f"{what.zh}审核人不符合要求。"
            )
        day = _day(_latest(review.at for review in reviews))
        by = [self._person(person) for person in dict.fromkeys(people)]
        return _good(
            f"Passed on {day.en}, reviewed by {_list(by).en}.",
            f"{day.zh}审核通过，审核人：{_list(by).zh}。",
        )

    def deliveries(self) -> _Statement:
        deliveries = infrastructure_of(self._request, "deliveries")
        if not deliveries and reason_for_no_purchase(self._request):
            return _good("Nothing is bought.", "不涉及设备采购。")
        if not deliveries:
            return _missing("There is no delivery list.", "没有产品发货清单。")
        late = [
            one.name or ""
            for one in deliveries
            if not (self._is_past(one.received_at) and one.received_by)
        ]
        if late:
            return _missing(f"Not received: {', '.join(late)}.", f"未到货：{'、'.join(late)}。")
        refused = [
            one.name or ""
            for one in deliveries
            if one.acceptance is not None and one.acceptance.result == "rejected"
        ]
        if refused:
            return _missing(
                f"Rejected on arrival: {', '.join(refused)}.",
                f"到货验收未通过：{'、'.join(refused)}。",
            )
        inspected = sum(
            one.acceptance is not None and one.acceptance.result == "accepted" for one in deliveries
        )
        day, count = _day(_latest(one.received_at for one in deliveries)), len(deliveries)
        english = f"All {count} deliveries" if count > 1 else "The delivery"
        return _good(
            f"{english} received by {day.en}; {inspected} of {count} accepted on arrival.",
            f"{count} 项发货至{day.zh}已全部到货，其中 {inspected} 项到货验收通过。",
        )

    def installation(self) -> _Statement:
        devices = [
            device
            for device in infrastructure_of(self._request, "equipment")
            if device.kind != _VIRTUAL
        ]
        if not devices:
            return _missing("There is no list of running equipment.", "没有运行设备清单。")
        late = [one.name or "" for one in devices if not self._is_past(one.installed_at)]
        if late:
            return _missing(
                f"Not installed: {', '.join(late)}.", f"未登记安装：{'、'.join(late)}。"
            )
        day, count = _day(_latest(device.installed_at for device in devices)), len(devices)
        return _good(
            f"{quantity(count, 'device')} installed by {day.en}.",
            f"{count} 台设备至{day.zh}已全部安装。",
        )

    def tests(self) -> _Statement:
        acceptance = self._spec.acceptance if self._spec is not None else None
        testing = self._spec.testing if self._spec is not None else None
        reports = tuple((testing.reports or ()) if testing is not None else ())
        checks = tuple((acceptance.checks or ()) if acceptance is not None else ())
        if not reports or not checks:
            return _missing(
                "Test reports or acceptance checks are missing.", "缺少测试报告或验收项。"
            )
        bad = [
            *(item_word(one.name or "") for one in reports if not has_passed(one, self._evidence)),
            *(item_word(one.name or "") for one in checks if one.result != "accepted"),
        ]
        accepted_by = tuple((acceptance.accepted_by or ()) if acceptance is not None else ())
        if not any(self._is_past(one.at) for one in accepted_by):
            return _missing("Nobody has accepted the product.", "产品尚无人确认验收通过。")
        if bad:
            return _missing(f"Not passed: {_list(bad).en}.", f"未通过：{_list(bad).zh}。")
        tested = [item_word(one.name or "") for one in reports]
        return _good(
            f"Tests passed: {_list(tested).en}; {len(checks)} acceptance checks accepted.",
            f"{_list(tested).zh}测试通过，{len(checks)} 项验收全部通过。",
        )

    def backup(self) -> _Statement:
        backups = tuple((self._spec.backup or ()) if self._spec is not None else ())
        lacking = [
            one.name or ""
            for one in backups
            if not (one.by and one.location and one.restore is not None and one.restore.takes)
        ]
        if not backups or lacking:
            return _missing(
                f"No complete backup plan{': ' + ', '.join(lacking) if lacking else ''}.",
                f"备份方案不完整{'：' + '、'.join(lacking) if lacking else ''}。",
            )
        listed = [
            Text(f"{one.name} ({kind.en})", f"{one.name}（{kind.zh}）")
            for one in backups
            for kind in (value_name("backupKind", str(one.kind)),)
        ]
        return _good(
            f"Planned with place and way of restoring: {_list(listed).en}.",
            f"已明确存放位置与恢复办法：{_list(listed).zh}。",
        )

    def rollback(self) -> _Statement:
        rollback = self._spec.rollback if self._spec is not None else None
        if rollback is None or not (rollback.owner and rollback.steps and rollback.trigger):
            return _missing("There is no complete rollback plan.", "回滚方案不完整。")
        impact = rollback.impact
        if impact is None or not (impact.assessed_by and self._is_past(impact.assessed_at)):
            return _missing("Its impact has not been assessed.", "回滚影响未经评估。")
        owner, by = self._person(rollback.owner), self._person(impact.assessed_by)
        day = _day(impact.assessed_at)
        return _good(
            f"{owner.en} answers for it; impact assessed by {by.en} on {day.en}.",
            f"负责人{owner.zh}；{by.zh}于{day.zh}完成影响评估。",
        )

    def _is_past(self, written: str | None) -> bool:
        """Return whether a moment is written and over: a plan is not a fact."""
        instant = parse_instant(written) if written else None
        return instant is not None and instant <= self._now

    def _person(self, person: str) -> Text:
        return self._names.name_of("people", person)


def _good(english: str, chinese: str) -> _Statement:
    return _Statement(is_ready=True, sentence=Text(english, chinese))


def _missing(english: str, chinese: str) -> _Statement:
    return _Statement(is_ready=False, sentence=Text(english, chinese))


def _day(written: object) -> Text:
    return Text(date(str(written), "en"), date(str(written), "zh"))


def _latest(moments: Iterable[str | None]) -> str:
    """Return the latest of moments, as it is written."""
    written = ((parse_instant(one), one) for one in moments if one)
    return max((instant.timestamp(), one) for instant, one in written if instant is not None)[1]


def _list(texts: Iterable[Text]) -> Text:
    named = tuple(texts)
    return Text(", ".join(text.en for text in named), "、".join(text.zh for text in named))
