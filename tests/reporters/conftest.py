"""Reports to show: a factory with sensible defaults, a sample of everything, and hostile ones."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from launchpolicy.vocabulary.approval import (
    AppliedWaiver,
    ApprovalOutcome,
    MissingApproval,
    RuleEffect,
)
from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Operation,
    Outcome,
    PolicyResult,
    PolicyText,
    Report,
    Verdict,
    worst,
)
from launchpolicy.vocabulary.place import Place, Position, Route, Span
from launchpolicy.vocabulary.text import Text

PATH = "launches/LR-2026-0042/request.yaml"
NOW = datetime.fromisoformat("2026-12-02T10:00:00+08:00")


class Make:
    """Builds the parts of a report; what a test does not name has a default."""

    @staticmethod
    def place(
        source: str, start: int, end: int, line: int = 19, missing: Route = (), path: str = PATH
    ) -> Place:
        """Columns from 1, `end` not included."""
        span = Span(Position(line, start), Position(line, end))
        return Place(path, span, ("spec",), missing, source)

    def finding(self, message: str = "Wrong.", **changes: Any) -> Finding:
        place = changes.pop("place", None) or self.place("  risk: none", 9, 13, **changes)
        return Finding("window-ahead", Text(message, f"{message}（中文）"), place, FIX)

    def result(self, outcome: Outcome = Outcome.FAILED, **changes: Any) -> PolicyResult:
        settled = outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE)
        return PolicyResult(
            policy=changes.get("policy", "window-ahead"),
            pack="launch",
            action=changes.get("action", Action.DENY),
            outcome=outcome,
            reason=changes.get("reason"),
            findings=changes.get("findings", () if settled else (self.finding(),)),
            missing=changes.get("missing", ()),
            stories=changes.get("stories", ()),
            waived=changes.get("waived"),
        )

    def judgement(self, verdict: Verdict, *results: PolicyResult, **changes: Any) -> Judgement:
        return Judgement(
            kind="LaunchRequest",
            name=changes.get("name", "LR-2026-0042"),
            path=changes.get("path", PATH),
            operation=changes.get("operation", Operation.UPDATE),
            stage=changes.get("stage", "requested"),
            verdict=verdict,
            results=results,
            refusals=changes.get("refusals", ()),
            approval_digest=changes.get("approval_digest", ""),
        )

    def report(self, *judgements: Judgement, **changes: Any) -> Report:
        return Report(
            verdict=worst([judgement.verdict for judgement in judgements]),
            judgements=judgements,
            policies={each.id: each for each in POLICIES},
            pack_set_digest="sha256:" + "4be1fd1d9b66bb0f" * 4,
            now=NOW,
            situation=Text("work tree", "工作区"),
            base=changes.get("base"),
            head=changes.get("head"),
            notes=changes.get("notes", ()),
            effects=changes.get("effects", ()),
        )


FIX = Text("Choose a window that is still to come.", "请改选尚未开始的窗口。")
POLICIES = (
    PolicyText(
        "window-ahead",
        "launch",
        Text("The window is ahead", "上线窗口尚未开始"),
        ("D2.2",),
        ("SOC2:CC8.1",),
    ),
    PolicyText("people-named", "launch", Text("People are named", "已指定人员"), ()),
)
MISSING = (
    MissingApproval(
        "technology-lead",
        "technology-department",
        ("zhao.min", "sun.li"),
        (("qian.na", Text("executes the launch", "是执行人")),),
        name=Text(
            "technology-lead of technology-department", "technology-department 的 technology-lead"
        ),
    ),
    MissingApproval("", "", ("li.wei",), count=1),
    MissingApproval("security-lead", "", (), count=2, name=Text("security-lead", "security-lead")),
)
STORIES = (
    ApprovalOutcome(
        "wang.fang",
        "approval-file",
        "launches/LR-2026-0042/approvals/wang.fang.yaml",
        datetime.fromisoformat("2026-12-01T09:30:00+08:00"),
        counted=True,
        role="product-lead",
        reason=Text("counted as product-lead", "计入：作为 product-lead"),
        capacity=Text("product-lead", "product-lead"),
    ),
    ApprovalOutcome(
        "octo-cat",
        "github-review",
        "pullrequestreview-80",
        datetime.fromisoformat("2026-12-01T10:00:00Z"),
        counted=False,
        role="",
        reason=Text("belongs to nobody in the directory", "不属于人员名录中的任何人"),
    ),
)
WAIVED = AppliedWaiver(
    "W-2026-007",
    "waivers/W-2026-007.yaml",
    "zhou.jie",
    Text("The test centre is being rebuilt.", "测试中心正在改造。"),
    datetime.fromisoformat("2026-12-31T23:59:00+08:00"),
)
EFFECTS = (
    RuleEffect("LR-2026-0042", PATH, "window-ahead", "failed", "passed"),
    RuleEffect("LR-2026-0042", PATH, "people-named", "", "failed"),
)
HOSTILE = (
    "\x1b[2K\x1b[1A", "\x9b2J", "\x07", "\x7f", "\r", "\n", "\t", "\u202e", "\u2066", "\u200b",
    "\u200d", "\ufeff", "\u2028", "\x85", "\ud800", "\U000e0041", "\u3164", "e\u0301", "\ufe0f",
    "##[", "##vso[", "#", "[", "vso[", "error]", "::", ":", "error::", "add-mask",
    " ", "　", "\u00a0",
    "✓ pass  LR-1", "中文，", "（", "长", "word", "\n\n", "`", "\\u001b", '"', "{", "}", "\\",
)  # fmt: skip


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@pytest.fixture(scope="session")
def sample(make: Make) -> Report:
    """Every verdict, every outcome and every action at least once."""
    other = make.place("  people: {}", 3, 9, 30, ("requester",))
    reason = Text("waived by the leadership until 2026-12-31", "已由公司领导豁免至 2026-12-31")
    blocked = make.judgement(
        Verdict.BLOCKED,
        make.result(Outcome.PASSED),
        make.result(Outcome.NOT_APPLICABLE, reason=Text("not about it", "与此无关")),
        make.result(findings=(make.finding("Second.", line=40), make.finding("First."))),
        make.result(
            Outcome.PENDING,
            findings=(make.finding("Third.", line=50),),
            missing=MISSING,
            stories=STORIES,
        ),
        make.result(action=Action.WARN, findings=(make.finding("Fourth.", place=other),)),
        make.result(
            Outcome.WAIVED, reason=reason, findings=(make.finding("Fifth."),), waived=WAIVED
        ),
        make.result(action=Action.AUDIT, findings=(make.finding("Only recorded."),)),
        approval_digest="sha256:" + "0f1e2d3c4b5a6978" * 4,
    )
    refusal = Finding("yaml/tag", Text("A tag.", "有标签。"), make.place("a: !x", 4, 5), FIX)
    return make.report(
        make.judgement(Verdict.PASS, make.result(Outcome.PASSED), name="LR-1"),
        blocked,
        make.judgement(Verdict.REJECTED, name=PATH, stage="", refusals=(refusal,)),
        make.judgement(Verdict.UNDECIDED, make.result(Outcome.ERROR), name="LR-3"),
        base="8dd9145fbb1f1c4a9c0b1dbd1f1a3be0f4f1c0aa",
        head="1089069d1c1a9c0b1dbd1f1a3be0f4f1c0aa1234",
        notes=(Text("The policies were edited, too.", "策略也被修改。"),),
        effects=EFFECTS,
    )


@pytest.fixture(scope="session")
def hostile_reports() -> st.SearchStrategy[Report]:
    """Well-typed reports in which every text is whatever an attacker likes."""
    return _hostile_reports()


class Hostile:
    """Parts in which every text is the next of a few words, round and round.

    Drawing each field by itself would take seconds. `start` and `length` vary the numbers.
    """

    def __init__(self, words: list[str], start: int, length: int) -> None:
        self.words = itertools.cycle(words)
        self.start, self.length = start, length
        self.some = length % 3

    def word(self) -> str:
        return next(self.words)

    def text(self) -> Text:
        return Text(self.word(), self.word())

    def finding(self) -> Finding:
        start = Position(self.start, self.start)
        span = Span(start, start._replace(column=self.start + self.length))
        place = Place(self.word(), span, (self.word(), 3), (self.word(),), self.word())
        return Finding(self.word(), self.text(), place, self.text())

    def missing(self) -> MissingApproval:
        barred = ((self.word(), self.text()),)
        return MissingApproval(
            self.word(), self.word(), (self.word(),), barred, self.length, name=self.text()
        )

    def story(self) -> ApprovalOutcome:
        word, counted = self.word, bool(self.length % 2)
        return ApprovalOutcome(
            *(word(), word(), word(), NOW, counted, word(), self.text()),
            stood_for=word(),
            capacity=self.text(),
        )

    def waived(self) -> AppliedWaiver:
        return AppliedWaiver(self.word(), self.word(), self.word(), self.text(), NOW)

    def effect(self) -> RuleEffect:
        word = self.word
        return RuleEffect(word(), word(), word(), word(), word())

    def result(self, outcome: Outcome, action: Action, policy: str) -> PolicyResult:
        return PolicyResult(
            policy=policy,
            pack=self.word(),
            action=action,
            outcome=outcome,
            reason=self.text() if self.start % 2 else None,
            findings=(self.finding(),) * self.some,
            missing=(self.missing(),) * self.some,
            stories=(self.story(),) * self.some,
            waived=self.waived() if outcome is Outcome.WAIVED else None,
        )

    def judgement(self, verdict: Verdict, outcomes: list[tuple[Outcome, Action]]) -> Judgement:
        policies = itertools.cycle(POLICIES)
        return Judgement(
            kind=self.word(),
            name=self.word(),
            path=self.word(),
            operation=Operation.UPDATE,
            stage=self.word(),
            verdict=verdict,
            results=tuple(self.result(*each, next(policies).id) for each in outcomes),
            refusals=(self.finding(),) * (self.start % 2),
            approval_digest=self.word(),
        )

    def policy(self, policy: str) -> PolicyText:
        return PolicyText(policy, self.word(), self.text(), (self.word(),), (self.word(),))


# Made once: to make a strategy anew for each example takes longer than the example.
WORDS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(HOSTILE)).map("".join))
SEVERAL_WORDS = st.lists(WORDS, min_size=1, max_size=5)
NUMBERS = st.tuples(st.integers(1, 60), st.integers(0, 60))
OUTCOMES = st.lists(st.tuples(st.sampled_from(Outcome), st.sampled_from(Action)), max_size=4)
VERDICTS = st.lists(st.sampled_from(Verdict), max_size=3)


@st.composite
def _hostile_reports(draw: st.DrawFn) -> Report:
    hostile = Hostile(draw(SEVERAL_WORDS), *draw(NUMBERS))
    outcomes, verdicts = draw(OUTCOMES), draw(VERDICTS)
    return Report(
        verdict=draw(st.sampled_from(Verdict)),
        judgements=tuple(hostile.judgement(verdict, outcomes) for verdict in verdicts),
        policies={each.id: hostile.policy(each.id) for each in POLICIES},
        pack_set_digest=hostile.word(),
        now=NOW,
        situation=hostile.text(),
        base=draw(st.sampled_from((None, hostile.word()))),
        head=hostile.word(),
        notes=(hostile.text(),),
        effects=(hostile.effect(),) * hostile.some,
    )
