"""What one policy has to say about a request: its title, then where and what is wrong, the fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from launchpolicy.reporters.text import approvals, wording
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.excerpt import excerpt
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import UNANSWERED, Finding, Outcome, PolicyResult, PolicyText
from launchpolicy.vocabulary.place import Place, format_route
from launchpolicy.vocabulary.text import Text

INDENT = 2
BODY = 4


class PolicyRemark(NamedTuple):
    """The findings of one policy, or of one kind of refusal, in the order of the file.

    Without any, only a policy's outcome and its reason: `result` is what became of the policy.
    """

    mark: Symbol
    rule: str
    findings: tuple[Finding, ...] = ()
    result: PolicyResult | None = None

    @property
    def reason(self) -> Text | None:
        """Why the policy did not apply, was waived or gave no answer."""
        return self.result.reason if self.result is not None else None

    @property
    def is_error(self) -> bool:
        """Whether not the requester, but the owner of the policies must act."""
        return self.mark is wording.OUTCOMES[Outcome.ERROR]


def refused(mark: Symbol, refusals: Sequence[Finding]) -> list[PolicyRemark]:
    """The refusals of a file, grouped by their kind."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in refusals:
        by_rule.setdefault(finding.rule, []).append(finding)
    return [
        PolicyRemark(wording.UNANSWERED if rule == UNANSWERED else mark, rule, in_file_order(found))
        for rule, found in by_rule.items()
    ]


def in_file_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.place.path, each.place.span.start)))


def lines(
    pen: TextWriter, remark: PolicyRemark, policies: Mapping[str, PolicyText]
) -> Iterator[str]:
    """The remark in full."""
    yield from _heading(pen, remark, policies)
    if remark.rule == UNANSWERED:
        yield from _questions(pen, remark.findings)
    else:
        for _, found in groupby(remark.findings, _line_of):
            yield from _on_one_line(pen, list(found), remark)
    if remark.reason is not None and remark.reason not in _messages(remark.findings):
        yield from pen.paragraph(pen.say(remark.reason), BODY)
    if remark.result is not None and remark.result.waived is not None:
        yield from approvals.waiver(pen, remark.result.waived, BODY)
    for fix in dict.fromkeys(each.fix for each in remark.findings):
        yield from _fix(pen, pen.say(fix))
    if remark.result is not None:
        yield from approvals.stories(pen, remark.result.stories, BODY)


def brief(pen: TextWriter, remark: PolicyRemark) -> Iterator[str]:
    """The remark in short, for policies that were passed or do not apply."""
    words = remark.rule if remark.reason is None else f"{remark.rule}: {pen.say(remark.reason)}"
    lead = StyledText(f"{remark.mark.symbol} {pen.say(remark.mark.word)}  ", remark.mark.style)
    yield from pen.styled(StyledText(words, "faint"), INDENT, lead)
    if remark.result is not None:
        yield from approvals.stories(pen, remark.result.stories, BODY)


def _heading(
    pen: TextWriter, remark: PolicyRemark, policies: Mapping[str, PolicyText]
) -> Iterator[str]:
    mark = remark.mark
    lead = StyledText(f"{' ' * INDENT}{mark.symbol} {pen.say(mark.word)}  ", mark.style)
    words = _cited(pen, remark.rule, policies)
    if remark.is_error:
        words = pen.say(wording.OWNED).format(words)
    yield from pen.styled(StyledText(words), 0, lead)


def _questions(pen: TextWriter, findings: Sequence[Finding]) -> Iterator[str]:
    """One line for each open question: there are many, and their places say everything."""
    for finding in findings:
        place = StyledText(f"{' ' * BODY}{finding.place}  ", "hint")
        yield from pen.styled(StyledText(pen.say(finding.message), "strong"), 0, place)


def _line_of(finding: Finding) -> tuple[str, int]:
    return finding.place.path, finding.place.span.start.line


def _messages(findings: Sequence[Finding]) -> dict[Text, None]:
    """Each message once, in order."""
    return dict.fromkeys(each.message for each in findings)


def _on_one_line(pen: TextWriter, found: Sequence[Finding], remark: PolicyRemark) -> Iterator[str]:
    """The place, what is wrong there, and the line itself, quoted once."""
    yield pen.line(StyledText(f"{' ' * BODY}{found[0].place}", "hint"))
    for message in _messages(found):
        yield from pen.styled(StyledText(pen.say(message), "strong"), BODY)
    if not remark.is_error:
        yield from _quoted(pen, [each.place for each in found], remark.mark)


def _quoted(pen: TextWriter, places: Sequence[Place], mark: Symbol) -> Iterator[str]:
    """The source line with its number, and carets below for every place on it."""
    above = ""
    for place in dict.fromkeys(places):
        note = _missing(pen, place)
        if not place.source.strip():
            if note:
                yield from pen.paragraph(note, BODY)
            continue
        number = str(place.span.start.line)
        gutter = f"{' ' * BODY}{' ' * len(number)} │ "
        shown = excerpt(place, pen.view.width - cells(gutter))
        if shown.text != above:
            yield pen.line(StyledText(f"{' ' * BODY}{number} │ ", "faint"), StyledText(shown.text))
            above = shown.text
        carets = StyledText(f"{' ' * shown.start}{'^' * shown.length}", mark.style)
        yield from _underlined(pen, carets, note, gutter)


def _underlined(pen: TextWriter, carets: StyledText, note: str, gutter: str) -> Iterator[str]:
    """The carets with the note beside them, or below where it does not fit."""
    beside = f" {note}" if note else ""
    if cells(gutter + carets.text + beside) <= pen.view.width:
        yield pen.line(StyledText(gutter, "faint"), carets, StyledText(beside, carets.style))
    else:
        yield pen.line(StyledText(gutter, "faint"), carets)
        yield from pen.styled(StyledText(note, carets.style), 0, StyledText(gutter, "faint"))


def _missing(pen: TextWriter, place: Place) -> str:
    return pen.say(wording.MISSING).format(format_route(place.missing)) if place.missing else ""


def _cited(pen: TextWriter, rule: str, policies: Mapping[str, PolicyText]) -> str:
    """The policy's title with its id and clauses; of a refusal, only its id."""
    policy = policies.get(rule)
    if rule == UNANSWERED:
        return pen.say(wording.CITED).format(pen.say(wording.UNANSWERED_TITLE), rule)
    if policy is None:
        return rule
    sources = pen.say(wording.PARTED).join((rule, *policy.clauses))
    return pen.say(wording.CITED).format(pen.say(policy.title), sources)


def _fix(pen: TextWriter, text: str) -> Iterator[str]:
    """Its own line breaks are kept: a fix may show what to write."""
    lead = StyledText(f"{wording.FIX} ", "good")
    for written in text.strip("\n").split("\n"):
        depth = len(written) - len(written.lstrip(" "))
        yield from pen.styled(
            StyledText(written), BODY, lead._replace(text=lead.text + " " * depth)
        )
        lead = StyledText("  ")
