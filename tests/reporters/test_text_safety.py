"""Whatever requests, paths and policies hold, the text report stays ours (threats O1, O5)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.reporter import render
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

OUR_COLOUR = re.compile(r"\x1b\[(?:0|1|2|36|1;3[123])m")
VIEWS = st.builds(
    ReaderView,
    language=st.sampled_from(("en", "zh")),
    width=st.integers(40, 120),
    colour=st.booleans(),
    verbose=st.booleans(),
    prefix=st.just(""),
    quiet=st.sampled_from((False,)),  # quiet shows no verdict of a pass
)
OURS = ("✓ ", "○ ", "✗ ", "? ", "─")
LABELS = ("requests", "outcomes", "judged", "rules", "as of", "note", "effect")
LABELS_ZH = ("申请", "策略结果", "判定范围", "规则摘要", "判定时间", "说明", "规则影响")


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_no_control_character_but_our_own_colours(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    shown = "".join(render(data.draw(hostile_reports), view))
    bare = OUR_COLOUR.sub("", shown) if view.colour else shown
    kinds = {unicodedata.category(each) for each in bare.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode("utf-8")


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_no_line_is_a_workflow_command(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    shown = "".join(render(data.draw(hostile_reports), view))
    for text in (shown, OUR_COLOUR.sub("", shown)):
        assert "##[" not in text
        assert "##vso[" not in text.lower()
        assert [line for line in text.split("\n") if line.lstrip().startswith("::")] == []


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_a_line_that_looks_like_a_verdict_is_one(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    report = data.draw(hostile_reports)
    lines = OUR_COLOUR.sub("", "".join(render(report, view))).split("\n")
    flush = [line for line in lines if line and not line.startswith("  ")]
    assert all(line.startswith((*OURS, *LABELS, *LABELS_ZH)) for line in flush)
    verdicts = [line for line in flush if line.startswith(OURS[:4])]
    assert len(verdicts) == len(report.judgements) + 1


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param("x\x1b[1A\x1b[2K✓ pass  LR-1", id="repaints the verdict above"),
        pytest.param("x\r✓ pass  LR-1", id="returns to the start of the line"),
        pytest.param("x\n✓ pass  LR-1", id="writes a verdict line"),
        pytest.param("x\n::stop-commands::now\n", id="stops workflow commands"),
        pytest.param("##[group]x", id="folds the log"),
        pytest.param("##vso[task.complete result=Succeeded]x", id="ends the job"),
        pytest.param("x " * 30 + "::error file=a::b", id="command at a wrapped line"),
    ],
)
def test_a_message_cannot_change_what_else_is_read(make: Make, attack: str) -> None:
    finding = make.finding(attack)._replace(fix=Text(attack, attack))
    report = make.report(
        make.judgement(Verdict.BLOCKED, make.result(findings=(finding,)), name=attack)
    )
    lines = "".join(render(report, ReaderView("en", 66))).split("\n")
    assert "\x1b" not in "".join(lines)
    assert "\r" not in "".join(lines)
    assert [line for line in lines if line.startswith("✓")] == []
    assert [line for line in lines if line.lstrip().startswith("::") or "##" in line] == []
