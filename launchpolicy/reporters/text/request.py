"""Write one request: its verdict line, then each policy with something to say."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from launchpolicy.reporters.text import approvals, remark, wording
from launchpolicy.reporters.text.remark import PolicyRemark, in_file_order, refusal_remarks
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
from launchpolicy.vocabulary.value_names import value_name

if TYPE_CHECKING:  # loaded only where approvals are counted
    from launchpolicy.vocabulary.approval import ApprovalOutcome

_LATER = (
    wording.FAILURES[Action.WARN],
    wording.OUTCOMES[Outcome.WAIVED],
    wording.FAILURES[Action.AUDIT],
)

_AT_THE_END = (sys.maxsize, 0)


def remarks(judgement: Judgement, *, verbose: bool) -> list[PolicyRemark]:
    """Return what stops the request, then warnings, then what was waived or is recorded."""
    policy_remarks = refusal_remarks(wording.VERDICTS[judgement.verdict], judgement.refusals)
    policy_remarks += [
        PolicyRemark(_mark(result), result.policy, in_file_order(result.findings), result)
        for result in judgement.results
        if not _is_settled(result) and (verbose or not _is_recorded(result))
    ]
    return sorted(policy_remarks, key=_order)


def lines(
    writer: TextWriter,
    judgement: Judgement,
    remarks: list[PolicyRemark],
    policies: Mapping[str, PolicyText],
) -> Iterator[str]:
    """Yield the request in full; a blank line stands between what belongs apart."""
    yield from verdict_line(writer, judgement)
    if judgement.verdict is Verdict.PASS:
        yield from approvals.approvers(writer, judgement, remark.INDENT)
    yield from _remark_lines(writer, remarks, policies)
    if writer.view.verbose:
        results = [result for result in judgement.results if _is_settled(result)]
        for index, result in enumerate(results):
            if index == 0:
                yield "\n"
            yield from remark.brief(writer, PolicyRemark(_mark(result), result.policy, (), result))


def _remark_lines(
    writer: TextWriter, remarks: list[PolicyRemark], policies: Mapping[str, PolicyText]
) -> Iterator[str]:
    """Yield what each policy says; approvals of which the same was said above stand there once."""
    above: list[Sequence[ApprovalOutcome]] = []
    for policy_remark in remarks:
        yield "\n"
        result = policy_remark.result
        stories = result.stories if result is not None else ()
        if result is not None and stories and stories in above:
            without = policy_remark._replace(result=result._replace(stories=()))
            yield from remark.lines(writer, without, policies)
            yield from writer.paragraph(writer.say(wording.SAME_STORIES), remark.BODY)
            continue
        above.append(stories)
        yield from remark.lines(writer, policy_remark, policies)


def verdict_line(writer: TextWriter, judgement: Judgement) -> Iterator[str]:
    """Yield symbol, verdict, name, kind, stage and path of a request."""
    mark = wording.VERDICTS[judgement.verdict]
    pieces = [StyledText(f"{mark.symbol} {writer.say(mark.word)}", mark.style)]
    if judgement.name != judgement.path:
        pieces.append(StyledText(judgement.name, "strong"))
    kind = writer.say(value_name("documentKind", judgement.kind))
    descriptions = [kind, writer.say(wording.OPERATIONS[judgement.operation])]
    if judgement.stage:
        stage = writer.say(value_name("stage", judgement.stage))
        descriptions.append(writer.say(wording.STAGE).format(stage))
    pieces.append(StyledText(writer.say(wording.PARTED).join(filter(None, descriptions))))
    yield from writer.flow([*pieces, StyledText(judgement.path, "hint")], remark.INDENT)


def _is_settled(result: PolicyResult) -> bool:
    """Return whether there is nothing to fix, to ask for or to know."""
    return result.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def _is_recorded(result: PolicyResult) -> bool:
    return result.outcome is Outcome.FAILED and result.action is Action.AUDIT


def _mark(result: PolicyResult) -> Symbol:
    if result.outcome is Outcome.FAILED:
        return wording.FAILURES[result.action]
    return wording.OUTCOMES[result.outcome]


def _order(policy_remark: PolicyRemark) -> tuple[int, tuple[int, int]]:
    """Return the sort key: what stops the request comes first; then the order of the file."""
    rank = _LATER.index(policy_remark.mark) + 1 if policy_remark.mark in _LATER else 0
    place = policy_remark.findings[0].place.span.start if policy_remark.findings else _AT_THE_END
    return rank, (place[0], place[1])
