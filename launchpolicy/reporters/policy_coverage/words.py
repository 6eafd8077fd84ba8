"""What is said of an outcome that no case has seen, and of the figures."""

from __future__ import annotations

from launchpolicy.engine.analysis.placed_coverage import CoverageFigures
from launchpolicy.policy.coverage_points import SeenOutcome
from launchpolicy.vocabulary.text import Text

NEVER = {
    SeenOutcome.TRUE: Text("never true", "从未为真"),
    SeenOutcome.FALSE: Text("never false", "从未为假"),
    SeenOutcome.APPLIES: Text("no case applies at this stage", "没有用例适用于该阶段"),
    SeenOutcome.OTHER_STAGE: Text("no case is at another stage", "没有处于其他阶段的用例"),
    SeenOutcome.GIVEN: Text("never gives its message", "从未给出提示"),
    SeenOutcome.EMPTY: Text("never empty or missing", "列表从未为空或缺失"),
    SeenOutcome.SEVERAL: Text("never with several items", "列表从未有多项"),
    SeenOutcome.KEPT: Text("never in this order", "从未符合该顺序"),
    SeenOutcome.REVERSED: Text("never the other way round", "从未违反该顺序"),
    SeenOutcome.TOO_FAR: Text("never too far apart", "从未相隔过久"),
    SeenOutcome.MET: Text("never met", "从未满足"),
    SeenOutcome.MISSING: Text("never missing", "从未缺失"),
}


def figures_line(pack: str, figures: CoverageFigures) -> Text:
    """Return the figures of a pack in one sentence."""
    share = f"{figures.shown_share:.1f} %"
    return Text(
        f"{pack}: {figures.seen} of {figures.possible} outcomes seen: {share}",
        f"{pack}：共 {figures.possible} 种结果，用例覆盖 {figures.seen} 种：{share}",
    )
