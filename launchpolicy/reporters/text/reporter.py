"""Write the text report: every request with something to say, then one summary."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text import request, summary, wording
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Text

ID = "text"
SUMMARY = Text("people, in a terminal or a log", "供人阅读，用于终端或日志")

_MANY = 20


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """Yield one piece per request, then the summary; one line where nothing was judged."""
    writer = TextWriter(view, report.people)
    if view.quiet:
        yield from _findings_alone(writer, report)
        return
    if summary.is_empty(report) and not view.verbose:
        yield "".join(summary.nothing_judged(writer, report))
        return
    anything = False
    for piece in requests(writer, report):
        yield piece
        anything = True
    yield ("\n" if anything else "") + "".join(summary.lines(writer, report))


def _findings_alone(writer: TextWriter, report: Report) -> Iterator[str]:
    """Yield nothing for a pass; otherwise the requests that do not pass, and what to do."""
    if report.verdict is Verdict.PASS:
        return
    judgements = tuple(
        judgement for judgement in report.judgements if judgement.verdict is not Verdict.PASS
    )
    yield from requests(writer, report._replace(judgements=judgements))
    yield "\n" + "".join(summary.last_line(writer, report))


def requests(writer: TextWriter, report: Report) -> Iterator[str]:
    """Yield one piece per request.

    Among more than 20 requests those that pass without a remark are folded into one line, unless
    the view is verbose.
    """
    verbose = writer.view.verbose
    folds = len(report.judgements) > _MANY and not verbose
    folded_count = 0
    above = _Block.NONE
    for judgement in report.judgements:
        remarks = request.remarks(judgement, verbose=verbose)
        if folds and judgement.verdict is Verdict.PASS and not remarks:
            folded_count += 1
            continue
        block = _Block.TALL if remarks or verbose else _Block.LINE
        yield _gap(above, block) + "".join(
            request.lines(writer, judgement, remarks, report.policies)
        )
        above = block
    if folded_count:
        yield _gap(above, _Block.LINE) + _folded_line(writer, folded_count)


class _Block(enum.Enum):
    """The kind of what was written last, for the blank lines between requests."""

    NONE = enum.auto()
    LINE = enum.auto()
    TALL = enum.auto()


def _gap(above: _Block, below: _Block) -> str:
    """Return a blank line around whatever is taller than one line."""
    return "\n" if above is not _Block.NONE and _Block.TALL in (above, below) else ""


def _folded_line(writer: TextWriter, folded_count: int) -> str:
    mark = wording.VERDICTS[Verdict.PASS]
    words = StyledText(writer.say(wording.FOLDED).format(folded_count), "faint")
    return "".join(
        writer.styled_lines(
            words, 0, StyledText(f"{mark.symbol} {writer.say(mark.word)}  ", mark.style)
        )
    )
