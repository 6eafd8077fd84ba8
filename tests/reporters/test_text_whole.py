"""The whole text report of one blocked request, character by character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.reporter import render
from launchpolicy.vocabulary.finding import Operation, Outcome, Report, Verdict
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

ENGLISH_80 = """\
✗ blocked  LR-2026-0042  LaunchRequest, new, stage requested
  launches/LR-2026-0042/request.yaml

  ✗ failed  The window is ahead (window-ahead, D2.2)
    launches/LR-2026-0042/request.yaml:19:19
    The launch window opens at 2026-12-01T22:00:00+08:00, which is already past,
    and there is no other.
    19 │   window: {start: 2026-12-01T22:00:00+08:00, end: 2026-12-01T23:30:00+…
       │                   ^^^^^^^^^^^^^^^^^^^^^^^^^ `notice` is missing here
    → Choose a window that is still to come.

────────────────────────────────────────────────────────────────────────────────
requests  1 blocked
outcomes  1 passed  1 failed  0 warnings  0 pending  0 waived  0 not applicable
          0 errors
judged    work tree
rules     sha256:4be1fd1d9b66
as of     2026-12-02T10:00:00+08:00

✗ Blocked: fix what is marked “failed”, then check again. (exit code 1)
"""
CHINESE_80 = """\
✗ 阻断  LR-2026-0042  上线申请，新增，阶段：已申请
  launches/LR-2026-0042/request.yaml

  ✗ 不满足  上线窗口尚未开始（window-ahead，D2.2）
    launches/LR-2026-0042/request.yaml:19:19
    上线窗口从 2026-12-01T22:00:00+08:00 开始，已经过去，而且申请中没有其他可用
    的窗口。
    19 │   window: {start: 2026-12-01T22:00:00+08:00, end: 2026-12-01T23:30:00+…
       │                   ^^^^^^^^^^^^^^^^^^^^^^^^^ 此处缺少 `notice`
    → 请改选尚未开始的窗口。

────────────────────────────────────────────────────────────────────────────────
申请      阻断 1
策略结果  满足 1  不满足 1  警告 0  待审批 0  已豁免 0  不适用 0  出错 0
判定范围  工作区
规则摘要  sha256:4be1fd1d9b66
判定时间  2026-12-02T10:00:00+08:00

✗ 阻断：请修正标为“不满足”的各项，然后重新检查。（退出码 1）
"""
ENGLISH_120 = f"""\
<red>✗ blocked<>  <bold>LR-2026-0042<>  LaunchRequest, new, stage requested  \
<cyan>launches/LR-2026-0042/request.yaml<>

<red>  ✗ failed  <>The window is ahead (window-ahead, D2.2)
<cyan>    launches/LR-2026-0042/request.yaml:19:19<>
    <bold>The launch window opens at 2026-12-01T22:00:00+08:00, which is already past, and there \
is no other.<>
<dim>    19 │ <>  window: {{start: 2026-12-01T22:00:00+08:00, end: 2026-12-01T23:30:00+08:00}}
<dim>       │ <><red>                  ^^^^^^^^^^^^^^^^^^^^^^^^^<><red> `notice` is missing here<>
    <green>→ <>Choose a window that is still to come.

<dim>{"─" * 120}<>
<dim>requests  <><red>1 blocked<>
<dim>outcomes  <><green>1 passed<>  <red>1 failed<>  <dim>0 warnings<>  <dim>0 pending<>  \
<dim>0 waived<>  <dim>0 not applicable<>  <dim>0 errors<>
<dim>judged    <>work tree
<dim>rules     <>sha256:4be1fd1d9b66
<dim>as of     <>2026-12-02T10:00:00+08:00

<red>✗ <><red>Blocked: fix what is marked “failed”, then check again. (exit code 1)<>
"""
SGR = {"<>": "0", "<bold>": "1", "<dim>": "2", "<cyan>": "36", "<red>": "1;31", "<green>": "1;32"}


def text(report: Report, view: ReaderView) -> str:
    return "".join(render(report, view))


def coloured(marked: str) -> str:
    for mark, code in SGR.items():
        marked = marked.replace(mark, f"\x1b[{code}m")
    return marked


@pytest.fixture(scope="module")
def blocked(make: Make) -> Report:
    """One request with one finding about a missing key."""
    message = Text(
        "The launch window opens at 2026-12-01T22:00:00+08:00, which is already past, and there is"
        " no other.",
        "上线窗口从 2026-12-01T22:00:00+08:00 开始，已经过去，而且申请中没有其他可用的窗口。",
    )
    source = "  window: {start: 2026-12-01T22:00:00+08:00, end: 2026-12-01T23:30:00+08:00}"
    place = make.place(source, 19, 44, missing=("notice",))
    finding = make.finding(place=place)._replace(message=message)
    judgement = make.judgement(
        Verdict.BLOCKED,
        make.result(Outcome.PASSED, policy="people-named"),
        make.result(findings=(finding,)),
        operation=Operation.CREATE,
    )
    return make.report(judgement)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        pytest.param(ReaderView("en", 80), ENGLISH_80, id="english"),
        pytest.param(ReaderView("zh", 80), CHINESE_80, id="chinese"),
        pytest.param(
            ReaderView("en", 120, colour=True), coloured(ENGLISH_120), id="wide, in colour"
        ),
    ],
)
def test_a_blocked_request(blocked: Report, view: ReaderView, expected: str) -> None:
    assert text(blocked, view) == expected
