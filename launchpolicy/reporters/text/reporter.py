"""The text report: every request with something to say, then one summary."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.reporters.reporter import View
from launchpolicy.reporters.text import request, summary, wording
from launchpolicy.reporters.text.pen import Pen, Piece
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Text

ID = "text"
SUMMARY = Text("for people, in a terminal or a log", "供人阅读，用于终端或日志")

_MANY = 20


def render(report: Report, view: View) -> Iterator[str]:
    """One piece per request, then the summary.

    Among more than 20 requests those that pass without a remark are folded into one line, unless
    the view is verbose.
    """
    pen = Pen(view)
    folds = len(report.judgements) > _MANY and not view.verbose
    folded = 0
    apart = False
    for judgement in report.judgements:
        said = request.remarks(judgement, verbose=view.verbose)
        if folds and judgement.verdict is Verdict.PASS and not said:
            folded += 1
            continue
        block = "".join(request.lines(pen, judgement, said, report.policies))
        tall = block.count("\n\n") > 0
        yield ("\n" if apart or (tall and not apart) else "") + block
        apart = tall
    ...
