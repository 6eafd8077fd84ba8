"""One request: its verdict line, then each policy with something to say, the gravest first."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from launchpolicy.reporters.text import approvals, remark, wording
from launchpolicy.reporters.text.remark import PolicyRemark, in_file_order, refused
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import (
    Action,
    Judgement,
    Outcome,
    PolicyResult,
    PolicyText,
    Verdict,
)

_LATER = (
    wording.FAILURES[Action.WARN],
    wording.OUTCOMES[Outcome.WAIVED],
    wording.FAILURES[Action.AUDIT],
)

_AT_THE_END = (sys.maxsize, 0)


def remarks(judgement: Judgement, *, verbose: bool) -> list[PolicyRemark]:
    """What stops the request, then warnings, then what was waived; `verbose`: what is recorded."""
    found = refused(wording.VERDICTS[judgement.verdict], judgement.refusals)
    found += [
        PolicyRemark(_mark(result), result.policy, in_file_order(result.findings), result)
        for result in judgement.results
        if not _is_settled(result) and (verbose or not _is_recorded(result))
    ]
    return sorted(found, key=_order)


def lines(
    pen: TextWriter,
    judgement: Judgement,
    said: list[PolicyRemark],
    policies: Mapping[str, PolicyText],
) -> Iterator[str]:
    """The request in full; a blank line stands between what belongs apart."""
    yield from verdict_line(pen, judgement)
    if judgement.verdict is Verdict.PASS:
        yield from approvals.approvers(pen, judgement, remark.INDENT)
    for each in said:
        yield "\n"
        yield from remark.lines(pen, each, policies)
    if pen.view.verbose:
        settled = [result for result in judgement.results if _is_settled(result)]
        for index, result in enumerate(settled):
            if index == 0:
                yield "\n"
            yield from remark.brief(pen, PolicyRemark(_mark(result), result.policy, (), result))


def verdict_line(pen: TextWriter, judgement: Judgement) -> Iterator[str]:
    """Symbol, verdict, name, kind, stage and path of a request."""
    mark = wording.VERDICTS[judgement.verdict]
    pieces = [StyledText(f"{mark.symbol} {pen.say(mark.word)}", mark.style)]
    if judgement.name != judgement.path:
        pieces.append(StyledText(judgement.name, "strong"))
    described = [judgement.kind, pen.say(wording.OPERATIONS[judgement.operation])]
    if judgement.stage:
        described.append(pen.say(wording.STAGE).format(judgement.stage))
    pieces.append(StyledText(pen.say(wording.PARTED).join(filter(None, described))))
    yield from pen.flow([*pieces, StyledText(judgement.path, "hint")], remark.INDENT)


def _is_settled(result: PolicyResult) -> bool:
    """Whether there is nothing to fix, to ask for or to know."""
    return result.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def _is_recorded(result: PolicyResult) -> bool:
    return result.outcome is Outcome.FAILED and result.action is Action.AUDIT


def _mark(result: PolicyResult) -> Symbol:
    if result.outcome is Outcome.FAILED:
        return wording.FAILURES[result.action]
    return wording.OUTCOMES[result.outcome]


def _order(said: PolicyRemark) -> tuple[int, tuple[int, int]]:
    """What stops the request comes first; then the order of the file."""
    rank = _LATER.index(said.mark) + 1 if said.mark in _LATER else 0
    place = said.findings[0].place.span.start if said.findings else _AT_THE_END
    return rank, (place[0], place[1])
