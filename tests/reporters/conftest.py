"""Reports to show: a factory with sensible defaults, a sample of everything, and hostile ones."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

import pytest
from hypothesis import strategies as st

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
HOSTILE = (
    "\x1b[2K\x1b[1A", "\x9b2J", "\x07", "\x7f", "\r", "\n", "\t", "\u202e", "\u2066", "\u200b",
    "\u200d", "\ufeff", "\u2028", "\x85", "\ud800", "\U000e0041", "\u3164", "e\u0301", "\ufe0f",
    "##[", "#", "[", "error]", "::", ":", "error::", "add-mask", " ", "　", "\u00a0",
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
        make.result(Outcome.PENDING, findings=(make.finding("Third.", line=50),)),
        make.result(action=Action.WARN, findings=(make.finding("Fourth.", place=other),)),
        make.result(Outcome.WAIVED, reason=reason, findings=(make.finding("Fifth."),)),
        make.result(action=Action.AUDIT, findings=(make.finding("Only recorded."),)),
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
    )


@pytest.fixture(scope="session")
def hostile_reports() -> st.SearchStrategy[Report]:
    """Well-typed reports in which every text is whatever an attacker likes."""
    return _hostile_reports()


@st.composite
def _hostile_reports(draw: st.DrawFn) -> Report:
    """A few drawn texts go round all fields: drawing each field by itself takes seconds."""
    words = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(HOSTILE)).map("".join))
    supply = itertools.cycle(draw(st.lists(words, min_size=1, max_size=5)))
    outcomes = draw(
        st.lists(st.tuples(st.sampled_from(Outcome), st.sampled_from(Action)), max_size=4)
    )
    start, length = draw(st.tuples(st.integers(1, 60), st.integers(0, 60)))

    def word() -> str:
        return next(supply)

    def text() -> Text:
        return Text(word(), word())

    def finding() -> Finding:
        span = Span(Position(start, start), Position(start, start + length))
        return Finding(word(), text(), Place(word(), span, (word(), 3), (word(),), word()), text())

    def judgement(verdict: Verdict) -> Judgement:
        results = tuple(
            PolicyResult(policy.id, word(), action, outcome, text(), (finding(),) * (length % 3))
            for (outcome, action), policy in zip(outcomes, itertools.cycle(POLICIES), strict=False)
        )
        operation = Operation.UPDATE
        refusals = (finding(),) * (start % 2)
        return Judgement(word(), word(), word(), operation, word(), verdict, results, refusals)

    return Report(
        verdict=draw(st.sampled_from(Verdict)),
        judgements=tuple(map(judgement, draw(st.lists(st.sampled_from(Verdict), max_size=3)))),
        policies={
            each.id: PolicyText(each.id, word(), text(), (word(),), (word(),)) for each in POLICIES
        },
        pack_set_digest=word(),
        now=NOW,
        situation=text(),
        base=draw(st.sampled_from((None, word()))),
        head=word(),
        notes=(text(),),
    )
