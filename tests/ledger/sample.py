"""Five months of a company: every event of a ledger, and every way a launch can go."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from launchpolicy.ledger.entry import RULES, Entry
from tests.ledger.views.ledgers import commit_of, digest_of, entry, said

_START = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
_SPREAD = timedelta(days=150)
_EAST = timedelta(hours=8)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class _Product(NamedTuple):
    name: str
    title: str
    title_zh: str
    process: str


_PRODUCTS = (
    _Product("checkout", "Checkout takes instalments", "收银台支持分期付款", "product-launch"),
    _Product("loyalty", "Points expire after two years", "积分有效期改为两年", "product-launch"),
    _Product("search", "Search understands pinyin", "搜索支持拼音", "product-launch"),
    _Product("tracking", "Parcels on a map", "包裹地图轨迹", "product-launch"),
    _Product("ledger-core", "Accounts move to the new core", "账务切换至新核心", "system-cutover"),
    _Product("客服机器人", "The assistant answers at night", "智能客服夜间值守", "product-launch"),
)
_PEOPLE = {
    "li.wei": ("Li Wei", "李薇"),
    "zhao.min": ("Zhao Min", "赵敏"),
    "sun.yu": ("Sun Yu", "孙宇"),
    "aoife.byrne": ("Aoife Byrne", "伊芙·伯恩"),
    "wang.jianguo": ("Wang Jianguo", "王建国"),
}
_ROLES = ("requester", "project-manager", "tester", "acceptor", "executor")

Facts = dict[str, Any]
Story = Callable[[str, datetime, Facts], Iterator[Entry]]


def sample_entries(count: int = 40) -> list[Entry]:
    """The entries of `count` requests, and of the rules they were judged by, in order of time."""
    entries = list(_rules())
    for number in range(count):
        at = _START + _DAY + _SPREAD * number / max(count, 1)
        story = _STORIES[number % len(_STORIES)]
        entries += story(f"LR-2026-{number + 1:04d}", at, _facts(number, at))
    return sorted(entries, key=lambda each: each.at)


def _announced(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """Approved, launched, verified, announced and closed."""
    yield _approved(name, at, facts)
    done = yield from _launched(name, at, facts)
    yield entry("verified", name, _utc(done + 4 * _HOUR), **{**facts, "stage": "verified"})
    facts["announced"] = {"at": _east(done + _DAY), "by": "li.wei"}
    yield entry("closed", name, _utc(done + _DAY), **{**facts, "stage": "closed"})


def _unannounced(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """Carried out, and nobody was told: it counts as not launched (D4.10)."""
    yield _approved(name, at, facts)
    yield from _launched(name, at, facts)


def _amended(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """What was approved is changed, and approved again."""
    facts["hurdles"] = ({"policy": "rollback-impact-assessed", "outcome": "fixed"},)
    yield _approved(name, at, facts)
    del facts["hurdles"]
    yield entry("amended", name, _utc(at + 6 * _HOUR), **facts)
    yield from _rest(name, at, facts)


def _rolled_back(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """It broke, and was taken back three hours after that."""
    yield _approved(name, at, facts)
    done = yield from _launched(name, at, facts)
    facts["problems"] = (
        {
            "name": "支付超时 timeouts",
            "found_at": _east(done + _HOUR),
            "settled_at": _east(done + 5 * _HOUR),
            "outcome": "rolled-back",
        },
    )
    facts["rollback"] = {
        "by": "zhao.min",
        "decided_at": _east(done + 2 * _HOUR),
        "finished_at": _east(done + 4 * _HOUR),
        "reason": said("One payment in nine timed out.", "九分之一的支付超时。"),
    }
    at = done + 5 * _HOUR
    yield entry("rolled-back", name, _utc(at), **{**facts, "stage": "rolled-back"})


def _cancelled(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """Approved, and given up before its window."""
    yield _approved(name, at, facts)
    facts["cancellation"] = {
        "by": "aoife.byrne",
        "decided_at": _east(at + _DAY),
        "reason": said("The supplier is late.", "供应商延期。"),
    }
    yield entry("cancelled", name, _utc(at + _DAY), **{**facts, "stage": "cancelled"})


def _emergency(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """A repair that could not wait."""
    facts["risk"] = "emergency"
    yield from _announced(name, at, facts)


def _bypassed(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """Merged although the verdict was against it."""
    facts["hurdles"] = (
        {"policy": "both-leads-approve", "outcome": "pending"},
        {"policy": "launch-window-open", "outcome": "failed"},
    )
    yield entry("bypassed", name, _utc(at), attempted="approved", **{**facts, "verdict": "blocked"})
    del facts["hurdles"]
    yield from _rest(name, at, facts)


def _renamed(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """The product got another name while its request was open."""
    old = f"{name}-draft"
    yield _approved(old, at, facts)
    moved = {"name": old, "path": f"launches/{old}/request.yaml"}
    yield entry("renamed", name, _utc(at + _HOUR), renamed_from=moved, **facts)
    yield from _rest(name, at, facts)


def _waived(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """A policy complained, and a waiver was in force."""
    facts["waivers"] = (
        {
            "policy": "launch-window-open",
            "waiver": "quarter-end",
            "owner": "wang.jianguo",
            "expires": _utc(at + 30 * _DAY),
        },
    )
    yield _approved(name, at, facts)
    yield from _rest(name, at, facts)


def _withdrawn(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """The request was deleted."""
    yield _approved(name, at, facts)
    gone = {**facts, "stage": "", "content": ""}
    yield entry("withdrawn", name, _utc(at + _DAY), **gone)


def _recorded(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """A fact was noted within a stage; the window is still to come."""
    yield _approved(name, at, facts)
    yield entry("recorded", name, _utc(at + _HOUR), **facts)


def _deliverable(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """A kind of the repository's own, which has no stages."""
    facts |= {"kind": "Deliverable", "stage": "", "process": "", "planned": None}
    yield _approved(f"{name}-deliverable", at, facts)


_STORIES: tuple[Story, ...] = (
    _announced,
    _amended,
    _announced,
    _rolled_back,
    _emergency,
    _bypassed,
    _unannounced,
    _waived,
    _announced,
    _renamed,
    _cancelled,
    _recorded,
    _deliverable,
    _withdrawn,
)


def _approved(name: str, at: datetime, facts: Facts) -> Entry:
    approvals = tuple(
        {
            "by": person,
            "role": role,
            "policy": "both-leads-approve",
            "at": _utc(at - _HOUR),
            "source": "review",
            "where": f"review {number} of proposal 7",
        }
        for number, (person, role) in enumerate(
            (("wang.jianguo", "product-lead"), ("aoife.byrne", "technical-lead"))
        )
    )
    return entry(
        "approved", name, _utc(at), requested_at=_utc(at - _DAY), approvals=approvals, **facts
    )


def _launched(name: str, at: datetime, facts: Facts) -> Generator[Entry, None, datetime]:
    """Two days after the approval, within two hours; gives when it was done."""
    begun, done = at + 2 * _DAY, at + 2 * _DAY + 2 * _HOUR
    facts["actual"] = {"start": _east(begun), "end": _east(done)}
    yield entry("launched", name, _utc(done), **{**facts, "stage": "launched"})
    return done


def _rest(name: str, at: datetime, facts: Facts) -> Iterator[Entry]:
    """All that `_announced` tells but the approval."""
    yield from (each for each in _announced(name, at, facts) if each.event != "approved")


def _rules() -> Iterator[Entry]:
    for event, days, path in (
        ("adopted", 0, "launchpolicy.yaml"),
        ("people-changed", 40, "people.yaml"),
        ("policy-changed", 75, "policies/launch-window-open.yaml"),
        ("bypassed", 110, "policies/both-leads-approve.yaml"),
    ):
        at = _utc(_START + days * _DAY)
        judged: Facts = {"verdict": "undecided" if event == "adopted" else "pass"}
        if event == "bypassed":
            judged = {"verdict": "blocked", "attempted": "policy-changed"}
        files = ({"path": path, "sha256": digest_of(f"{path} {days}")},)
        yield entry(event, "rules", at, kind=RULES, stage="", content="", files=files, **judged)


def _facts(number: int, at: datetime) -> Facts:
    thing = _PRODUCTS[number % len(_PRODUCTS)]
    version = f"{number // len(_PRODUCTS) + 1}.{number % 3}"
    names = list(_PEOPLE)
    return {
        "stage": "requested",
        "title": said(f"{thing.title} ({version})", f"{thing.title_zh}（{version}）"),
        "summary": said(
            "Rolled out to one region first; the rest follows after a quiet night.",
            "先在一个地区上线，平稳过夜后再全面铺开。",
        ),
        "product": {"name": thing.name, "version": version, "environment": "production"},
        "process": thing.process,
        "risk": ("standard", "standard", "major")[number % 3],
        "parent": commit_of(f"before {number}"),
        "pack_set": digest_of("rules of the time"),
        "people": tuple(
            _involved(names[(number + place) % len(names)], role)
            for place, role in enumerate(_ROLES)
        ),
        "evidence": tuple(_evidence(number)),
        "assessment": {
            "impact": said("Customers pay as before.", "客户支付方式不受影响。"),
            "users": 1200 * (number + 1),
            "rollback": said("Back in ten minutes.", "十分钟内可恢复。"),
            "rollback_trigger": said("more than 1 % errors", "错误率超过 1%"),
            "data_loss": "none",
            "assessed_by": "sun.yu",
            "assessed_at": _east(at - 2 * _HOUR),
        },
        "planned": {"start": _east(at + 2 * _DAY), "end": _east(at + 2 * _DAY + 4 * _HOUR)},
    }


def _involved(person: str, role: str) -> Facts:
    return {"person": person, "role": role, "display": said(*_PEOPLE[person])}


def _evidence(number: int) -> Iterator[Facts]:
    """Two files; of every seventh request, one is not what the request says."""
    for path, kind in (("测试报告.pdf", "test-report"), ("rehearsal.md", "rollback-rehearsal")):
        found = digest_of(f"{path} {number}")
        stated = digest_of("another") if number % 7 == 6 and kind == "test-report" else found
        at = "spec.testing.reports.0"
        digest = stated.removeprefix("sha256:")
        yield {"at": at, "path": path, "kind": kind, "sha256": digest, "found": found}


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _east(moment: datetime) -> str:
    return (moment + _EAST).strftime("%Y-%m-%dT%H:%M:%S+08:00")
