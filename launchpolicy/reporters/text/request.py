"""One request: its verdict line, then what there is to say, the gravest first, in file order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from launchpolicy.reporters.text import approvals, remark, wording
from launchpolicy.reporters.text.pen import Pen, Piece
from launchpolicy.reporters.text.remark import Remark
from launchpolicy.reporters.text.wording import Mark
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


def remarks(judgement: Judgement, *, verbose: bool) -> list[Remark]:
    """What stops the request, then warnings, then what was waived; `verbose`: what is recorded."""
    refused = wording.VERDICTS[judgement.verdict]
    found = [Remark(refused, finding.rule, finding) for finding in judgement.refusals]
    for result in judgement.results:
        if not _is_settled(result) and (verbose or not _is_recorded(result)):
            found += _of(result)
    return sorted(found, key=_order)


def _of(result: PolicyResult) -> Iterator[Remark]:
    """One per finding; but what is missing is asked for at one place, so it is said in one."""
    mark, findings = _mark(result), result.findings
    if result.outcome is Outcome.PENDING and len({each.place for each in findings}) == 1:
        yield Remark(mark, result.policy, findings[0], result, findings[1:])
        return
    for finding in findings or (None,):
        yield Remark(mark, result.policy, finding, result)


def lines(
    pen: Pen, judgement: Judgement, said: list[Remark], policies: Mapping[str, PolicyText]
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
            yield from remark.brief(pen, Remark(_mark(result), result.policy, None, result))


def verdict_line(pen: Pen, judgement: Judgement) -> Iterator[str]:
    """Symbol, verdict, name, kind, stage and path of a request."""
    mark = wording.VERDICTS[judgement.verdict]
    pieces = [Piece(f"{mark.symbol} {pen.say(mark.word)}", mark.style)]
    if judgement.name != judgement.path:
        pieces.append(Piece(judgement.name, "strong"))
    described = [judgement.kind, pen.say(wording.OPERATIONS[judgement.operation])]
    if judgement.stage:
        described.append(pen.say(wording.STAGE).format(judgement.stage))
    pieces.append(Piece(pen.say(wording.PARTED).join(filter(None, described))))
    yield from pen.flow([*pieces, Piece(judgement.path, "hint")], remark.INDENT)


def _is_settled(result: PolicyResult) -> bool:
    """Whether there is nothing to fix, to ask for or to know."""
    return result.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def _is_recorded(result: PolicyResult) -> bool:
    return result.outcome is Outcome.FAILED and result.action is Action.AUDIT


def _mark(result: PolicyResult) -> Mark:
    if result.outcome is Outcome.FAILED:
        return wording.FAILURES[result.action]
    return wording.OUTCOMES[result.outcome]


def _order(said: Remark) -> tuple[int, tuple[int, int]]:
    """What stops the request comes first; then the order of the file."""
    rank = _LATER.index(said.mark) + 1 if said.mark in _LATER else 0
    place = said.finding.place.span.start if said.finding is not None else (0, 0)
    return rank, (place[0], place[1])
