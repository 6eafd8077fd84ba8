"""The text report: every request with something to say, then one summary."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import replace

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text import request, summary, wording
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Text

ID = "text"
SUMMARY = Text("people, in a terminal or a log", "供人阅读，用于终端或日志")

_MANY = 20


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """One piece per request, then the summary; one line where nothing was judged."""
    pen = TextWriter(view)
    if view.quiet:
        yield from _findings_alone(pen, report)
        return
    if summary.is_empty(report) and not view.verbose:
        yield "".join(summary.nothing_judged(pen, report))
        return
    anything = False
    for piece in requests(pen, report):
        yield piece
        anything = True
    yield ("\n" if anything else "") + "".join(summary.lines(pen, report))


def _findings_alone(pen: TextWriter, report: Report) -> Iterator[str]:
    """Nothing of a pass; otherwise the requests that do not pass, and what to do."""
    if report.verdict is Verdict.PASS:
        return
    stopped = tuple(each for each in report.judgements if each.verdict is not Verdict.PASS)
    yield from requests(pen, replace(report, judgements=stopped))
    yield "\n" + "".join(summary.last_line(pen, report))


def requests(pen: TextWriter, report: Report) -> Iterator[str]:
    """One piece per request.

    Among more than 20 requests those that pass without a remark are folded into one line, unless
    the view is verbose.
    """
    verbose = pen.view.verbose
    folds = len(report.judgements) > _MANY and not verbose
    folded = 0
    above = _Block.NONE
    for judgement in report.judgements:
        said = request.remarks(judgement, verbose=verbose)
        if folds and judgement.verdict is Verdict.PASS and not said:
            folded += 1
            continue
        block = _Block.TALL if said or verbose else _Block.LINE
        yield _gap(above, block) + "".join(request.lines(pen, judgement, said, report.policies))
        above = block
    if folded:
        yield _gap(above, _Block.LINE) + _folded_line(pen, folded)


class _Block(enum.Enum):
    """What was written last, for the blank lines between requests."""

    NONE = enum.auto()
    LINE = enum.auto()
    TALL = enum.auto()


def _gap(above: _Block, below: _Block) -> str:
    """A blank line around whatever is taller than one line."""
    return "\n" if above is not _Block.NONE and _Block.TALL in (above, below) else ""


def _folded_line(pen: TextWriter, folded: int) -> str:
    mark = wording.VERDICTS[Verdict.PASS]
    words = StyledText(pen.say(wording.FOLDED).format(folded), "faint")
    return "".join(
        pen.styled(words, 0, StyledText(f"{mark.symbol} {pen.say(mark.word)}  ", mark.style))
    )
