"""One thing to say about a request: where, what is wrong, the line itself, who says so, the fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from launchpolicy.reporters.text import approvals, wording
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.excerpt import excerpt
from launchpolicy.reporters.text.pen import Pen, Piece
from launchpolicy.reporters.text.wording import Mark
from launchpolicy.vocabulary.finding import Finding, Outcome, PolicyResult, PolicyText
from launchpolicy.vocabulary.place import Place, format_route
from launchpolicy.vocabulary.text import Text

INDENT = 2
BODY = 4


class Remark(NamedTuple):
    """A finding with what became of it; without one, only a policy's outcome and its reason.

    `others` are findings at the same place, `result` is what became of the policy as a whole.
    """

    mark: Mark
    rule: str
    finding: Finding | None
    result: PolicyResult | None = None
    others: tuple[Finding, ...] = ()

    @property
    def reason(self) -> Text | None:
        """Why the policy did not apply, was waived or gave no answer."""
        return self.result.reason if self.result is not None else None

    @property
    def is_error(self) -> bool:
        """Whether not the requester, but the owner of the policies must act."""
        return self.mark is wording.OUTCOMES[Outcome.ERROR]


def lines(pen: Pen, remark: Remark, policies: Mapping[str, PolicyText]) -> Iterator[str]:
    """The remark in full."""
    finding = remark.finding
    yield from pen.flow(_heading(pen, remark), BODY)
    if finding is not None:
        for each in (finding, *remark.others):
            yield from pen.styled(Piece(pen.say(each.message), "strong"), BODY)
        if not remark.is_error:
            yield from _quoted(pen, finding.place, remark.mark)
    if remark.reason is not None and (finding is None or remark.reason != finding.message):
        yield from pen.paragraph(pen.say(remark.reason), BODY)
    if remark.result is not None and remark.result.waived is not None:
        yield from approvals.waiver(pen, remark.result.waived, BODY)
    yield from pen.styled(Piece(_cited(pen, remark.rule, policies), "faint"), BODY)
    if finding is not None:
        for fix in dict.fromkeys(each.fix for each in (finding, *remark.others)):
            yield from _fix(pen, pen.say(fix))
    if remark.result is not None:
        yield from approvals.stories(pen, remark.result.stories, BODY)


def brief(pen: Pen, remark: Remark) -> Iterator[str]:
    """The remark in short, for policies that were passed or do not apply."""
    words = remark.rule if remark.reason is None else f"{remark.rule}: {pen.say(remark.reason)}"
    lead = Piece(f"{remark.mark.symbol} {pen.say(remark.mark.word)}  ", remark.mark.style)
    yield from pen.styled(Piece(words, "faint"), INDENT, lead)
    if remark.result is not None:
        yield from approvals.stories(pen, remark.result.stories, BODY)


def _heading(pen: Pen, remark: Remark) -> list[Piece]:
    mark = remark.mark
    pieces = [Piece(f"{' ' * INDENT}{mark.symbol} {pen.say(mark.word)}", mark.style)]
    if remark.is_error:
        pieces.append(Piece(pen.say(wording.FOR_OWNER)))
    if remark.finding is not None:
        pieces.append(Piece(str(remark.finding.place), "hint"))
    return pieces


def _quoted(pen: Pen, place: Place, mark: Mark) -> Iterator[str]:
    """The source line with its number, and the carets below; nothing of a file without lines."""
    note = _missing(pen, place)
    if not place.source.strip():
        if note:
            yield from pen.paragraph(note, BODY)
        return
    number = str(place.span.start.line)
    gutter = f"{' ' * BODY}{' ' * len(number)} │ "
    shown = excerpt(place, pen.view.width - cells(gutter))
    yield pen.line(Piece(f"{' ' * BODY}{number} │ ", "faint"), Piece(shown.text))
    carets = Piece(f"{' ' * shown.start}{'^' * shown.length}", mark.style)
    beside = f" {note}" if note else ""
    if cells(gutter + carets.text + beside) <= pen.view.width:
        yield pen.line(Piece(gutter, "faint"), carets, Piece(beside, mark.style))
    else:
        yield pen.line(Piece(gutter, "faint"), carets)
        yield from pen.styled(Piece(note, mark.style), 0, Piece(gutter, "faint"))


def _missing(pen: Pen, place: Place) -> str:
    return pen.say(wording.MISSING).format(format_route(place.missing)) if place.missing else ""


def _cited(pen: Pen, rule: str, policies: Mapping[str, PolicyText]) -> str:
    """The policy's title with its id and clauses; of a refusal, only its id."""
    policy = policies.get(rule)
    if policy is None:
        return rule
    sources = pen.say(wording.PARTED).join((rule, *policy.clauses))
    return pen.say(wording.CITED).format(pen.say(policy.title), sources)


def _fix(pen: Pen, text: str) -> Iterator[str]:
    """Its own line breaks are kept: a fix may show what to write."""
    lead = Piece(f"{wording.FIX} ", "good")
    for written in text.strip("\n").split("\n"):
        depth = len(written) - len(written.lstrip(" "))
        yield from pen.styled(Piece(written), BODY, lead._replace(text=lead.text + " " * depth))
        lead = Piece("  ")
