"""One request: its verdict line, then what there is to say, the gravest first, in file order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from launchpolicy.reporters.text import wording
from launchpolicy.reporters.text.excerpt import excerpt
from launchpolicy.reporters.text.pen import Pen, Piece
from launchpolicy.reporters.text.wording import Mark
from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Outcome,
    PolicyResult,
    PolicyText,
)
from launchpolicy.vocabulary.place import Place, format_route

_INDENT = 2
_BODY = 4


class Remark(NamedTuple):
    """One thing to say about a request: what of, why, and where (None: of the whole request)."""

    mark: Mark
    rule: str
    finding: Finding | None
    result: PolicyResult | None


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
    yield from pen.flow([*pieces, Piece(judgement.path, "faint")], _INDENT)


def remarks(judgement: Judgement, *, verbose: bool) -> list[Remark]:
    """What there is to say: what stops the request, then warnings, waived, and the rest."""
    refused = wording.VERDICTS[judgement.verdict]
    found = [Remark(refused, finding.rule, finding, None) for finding in judgement.refusals]
    for result in judgement.results:
        if verbose or not _is_quiet(result):
            mark = _mark(result)
            found += [Remark(mark, result.policy, each, result) for each in result.findings]
            if not result.findings:
                found.append(Remark(mark, result.policy, None, result))
    return sorted(found, key=_order)


def remark(pen: Pen, said: Remark, policies: Mapping[str, PolicyText]) -> Iterator[str]:
    """Where it is, what is wrong, the line itself, which policy says so, and how to mend it."""
    yield from pen.flow(_heading(pen, said), _BODY)
    if said.finding is not None:
        yield from pen.styled(Piece(pen.say(said.finding.message), "strong"), _BODY)
        if said.finding.place.source.strip():
            yield from _quoted(pen, said.finding.place, said.mark)
        elif said.finding.place.missing:
            yield from pen.paragraph(_missing(pen, said.finding.place), _BODY)
    if said.result is not None and said.result.reason is not None and not _said(said):
        yield from pen.paragraph(pen.say(said.result.reason), _BODY)
    yield from pen.styled(Piece(_cited(pen, said.rule, policies), "faint"), _BODY)
    if said.finding is not None:
        yield from _fix(pen, pen.say(said.finding.fix))


def reason_line(pen: Pen, said: Remark) -> Iterator[str]:
    """Why a policy was not applied."""
    reason = said.result.reason if said.result is not None else None
    words = f"{said.rule}: {pen.say(reason)}" if reason is not None else said.rule
    lead = Piece(f"{said.mark.symbol} {pen.say(said.mark.word)}  ", "faint")
    yield from pen.styled(Piece(words, "faint"), _INDENT, lead)


def _is_quiet(result: PolicyResult) -> bool:
    """Whether a result is only shown on request."""
    recorded = result.outcome is Outcome.FAILED and result.action is Action.AUDIT
    return recorded or result.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE)
