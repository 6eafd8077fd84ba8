"""A year of 200 launches and of changed rules, honest by itself, with exceptions to plant in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from launchpolicy.ledger.audit.differences import difference_of
from launchpolicy.ledger.audit.exception_kinds import ExceptionKind as Kind
from launchpolicy.ledger.audit.facts import (
    AuditFacts,
    EntryMakers,
    EvidenceCheck,
    KeyChange,
    ReviewFact,
    WaiverFile,
)
from launchpolicy.ledger.audit.population import (
    LandingCounts,
    Population,
    UnrecordedLanding,
    population_of,
)
from launchpolicy.ledger.audit.scope import scope_of
from launchpolicy.ledger.entry import FORMAT_3, RULES, Entry
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text
from tests.ledger.audit.plants import FREEZE, PLANTS, START, Fields, Story
from tests.ledger.views.ledgers import ORIGIN, commit_of, digest_of, entry, said

LAUNCHES = 200
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_EAST = timedelta(hours=8)

NAMES = Names(
    {
        "people": {"li.wei": Text("Li Wei", "李薇")},
        "products": {"checkout": Text("Checkout service", "结算服务")},
        "roles": {"product-lead": Text("head of product", "产品部负责人")},
    }
)

WAIVERS = (
    WaiverFile(
        name="quarter-end",
        policy="launch-window-allowed",
        requests=("LR-2026-0140",),
        owner="wang.jianguo",
        expires="2027-01-01T00:00:00Z",
        reason=Text("The books close.", "季末结账。"),
    ),
    WaiverFile("old", "evidence-read", ("LR-2026-0001",), "li.wei", "2026-02-01T00:00:00Z", None),
)
"""What lies in the folder of waivers at the end of the year."""

Expected = list[tuple[Kind, str]]


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _east(moment: datetime) -> str:
    return (moment + _EAST).strftime("%Y-%m-%dT%H:%M:%S+08:00")


def _story(number: int) -> Story:
    """An honest launch: approved by two leads, carried out in its window, announced and closed."""
    name = f"LR-2026-{number:04d}"
    at = START + _DAY * 340 * number / LAUNCHES
    opens = at + 2 * _DAY
    shared, approvals = _request(number, name, opens), _approvals(number, at)
    actual = {"start": _east(opens + _HOUR), "end": _east(opens + 2 * _HOUR)}
    return Story(
        name,
        {**shared, "event": "approved", "at": _utc(at), "approvals": approvals},
        {
            **shared,
            "event": "launched",
            "at": _utc(opens + 3 * _HOUR),
            "stage": "launched",
            "actual": actual,
        },
        {
            **shared,
            "event": "closed",
            "at": _utc(opens + _DAY),
            "stage": "closed",
            "actual": actual,
            "announced": {"at": _east(opens + 5 * _HOUR), "by": "li.wei"},
        },
        review_due=_east(opens + 3 * _DAY),
        review=ReviewFact(_east(opens + 9 * _HOUR), ("chen.jie",)),
        freezes=(FREEZE,) if number % 20 == 0 else (),
    )


def _request(number: int, name: str, opens: datetime) -> Fields:
    found = digest_of(f"report of {name}")
    return {
        "title": said(f"Checkout takes instalments, part {number}", f"收银台支持分期付款 {number}"),
        "product": {"name": "checkout", "version": f"3.{number}"},
        "process": "product-launch",
        "risk": "emergency" if number % 20 == 0 else "standard",
        "planned": {"start": _east(opens), "end": _east(opens + 4 * _HOUR)},
        "people": tuple(
            {"person": person, "role": role}
            for person, role in (
                ("li.wei", "requester"),
                ("sun.yu", "tester"),
                ("zhao.min", "executor"),
            )
        ),
        "evidence": (
            {
                "at": "spec.testing.reports.0",
                "path": "tests/functional.xml",
                "kind": "junit",
                "sha256": found.removeprefix("sha256:"),
                "found": found,
            },
        ),
    }


def _approvals(number: int, at: datetime) -> tuple[Fields, ...]:
    return tuple(
        {
            "by": person,
            "role": role,
            "policy": "both-leads-approve",
            "at": _utc(at - _HOUR),
            "source": "review",
            "where": f"review {number}",
        }
        for person, role in (("wang.jianguo", "product-lead"), ("aoife.byrne", "rd-lead"))
    )


@dataclass
class Year:
    """The entries of a year, what the repository says of it, and which exceptions are in it."""

    entries: list[Entry] = field(default_factory=list)
    stories: dict[str, Story] = field(default_factory=dict)
    expected: Expected = field(default_factory=list)
    landings: LandingCounts = field(default_factory=lambda: LandingCounts(0, 0, 0, 0))

    @property
    def population(self) -> Population:
        return population_of(ORIGIN, self.entries, scope_of(self.entries, None, None))

    @property
    def facts(self) -> AuditFacts:
        population = self.population
        by_id = {launch.id: self.stories[launch.launch.name] for launch in population.launches}
        events = [event for launch in population.launches for event in launch.events]
        return AuditFacts(
            landings=self.landings,
            evidence={n: tuple(self._checks(item)) for n, item in events},
            contents={n: self._content(item) for n, item in events},
            makers={n: self._makers(item) for n, item in enumerate(self.entries)},
            names=NAMES,
            titles={"launch-window-allowed": Text("The window is allowed", "时间窗口允许上线")},
            reviews={i: story.review for i, story in by_id.items() if story.review is not None},
            review_dues={i: story.review_due for i, story in by_id.items()},
            waivers=WAIVERS,
            freezes={identity: story.freezes for identity, story in by_id.items()},
            waiver_reasons={"quarter-end": Text("The books close.", "季末结账。")},
            differences={
                event.number: (difference_of("people.yaml", "a\nb\n", "a\nc\n", ("x", "y")),)
                for event in population.rules
            },
            keys={
                event.number: (KeyChange("ssh-ed25519 AAAA", is_added=True),)
                for event in population.rules[1:2]
            },
        )

    def _checks(self, item: Entry) -> Iterator[EvidenceCheck]:
        story = self.stories[item.name]
        for evidence in item.evidence:
            digest = digest_of("another") if story.swaps_evidence else evidence.found
            yield EvidenceCheck(evidence, "" if story.loses_evidence else digest)

    def _content(self, item: Entry) -> str:
        is_other = self.stories[item.name].changes_content and item.event == "closed"
        return digest_of("another") if is_other else item.content

    def _makers(self, item: Entry) -> EntryMakers:
        story = self.stories.get(item.name)
        return EntryMakers(story.authors if story is not None else ("li.wei",), "chen.jie")


def year(*, is_honest: bool = False) -> Year:
    """A year in which each kind of exception happens, or none."""
    whole = Year(stories={})
    planted = {} if is_honest else {7 * (n + 1): plant for n, plant in enumerate(PLANTS)}
    for number in range(1, LAUNCHES + 1):
        story = _story(number)
        if number in planted:
            kind, plant = planted[number]
            plant(story)
            whole.expected.append((kind, story.name))
        whole.stories[story.name] = story
        whole.entries += _entries_of(story)
    whole.entries += _rules(whole, is_honest=is_honest)
    whole.entries.sort(key=lambda item: item.at)
    if not is_honest:
        _void_one(whole)
        _lose_landings(whole)
    else:
        count = len({item.commit for item in whole.entries})
        whole.landings = LandingCounts(count + 30, count, 10, 20)
    return whole


def _entries_of(story: Story) -> Iterator[Entry]:
    for part in (story.approved, story.launched, story.closed):
        if part is not None:
            fields = {key: value for key, value in part.items() if value is not None}
            yield entry(fields.pop("event"), story.name, fields.pop("at"), **fields)


def _rules(whole: Year, *, is_honest: bool) -> Iterator[Entry]:
    approval = {
        "by": "wang.jianguo",
        "role": "company-leadership",
        "policy": "rules",
        "at": _utc(START),
        "source": "signed",
        "where": "approvals/rules.yaml",
    }
    rules: Fields = {"kind": RULES, "stage": "", "content": "", "path": ".launchpolicy.yaml"}
    for days, event, approvals in (
        (-1, "adopted", ()),
        (40, "people-changed", (approval,)),
        (90, "policy-changed", (approval,)),
        (120, "policy-changed", (approval,) if is_honest else ()),
    ):
        files = ({"path": "people.yaml", "sha256": digest_of(f"{days}")},)
        at = _utc(START + days * _DAY)
        yield entry(event, "rules", at, files=files, approvals=approvals, **rules)
    yield entry(
        "approved", "quarter-end", _utc(START + 60 * _DAY), kind="Waiver", approvals=(approval,)
    )
    if not is_honest:
        whole.expected.append((Kind.RULES_WITHOUT_APPROVAL, "rules"))


def _void_one(whole: Year) -> None:
    """A request that should not be there, with the entry that voids it."""
    number = len(whole.entries)
    gone = entry("approved", "LR-2026-9999", _utc(START + 360 * _DAY), approvals=())
    voids = {"first": number, "last": number}
    voiding = entry(
        "voided",
        "ledger",
        _utc(START + 361 * _DAY),
        format=FORMAT_3,
        kind=RULES,
        voids=voids,
        reason="A test was merged.",
    )
    whole.entries += [gone, voiding]
    whole.expected.append((Kind.VOIDED, "LR-2026-9999"))


def _lose_landings(whole: Year) -> None:
    lost, stranger = commit_of("lost"), commit_of("stranger")
    count = len({item.commit for item in whole.entries})
    whole.landings = LandingCounts(
        steps=count + 31,
        with_entries=count,
        together=10,
        nothing=20,
        missing=(UnrecordedLanding(lost, _utc(START), ("LaunchRequest launches/x",)),),
        strangers=(UnrecordedLanding(stranger, _utc(START), ("LaunchRequest launches/y",), 3),),
    )
    whole.expected += [(Kind.MISSING_RECORD, lost), (Kind.WITHOUT_LANDING, stranger)]
