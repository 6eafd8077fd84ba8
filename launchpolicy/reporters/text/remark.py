"""Write what one policy says about a request: its title, where and what is wrong, the fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from launchpolicy.reporters.text import approvals, wording
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import UNANSWERED, Finding, Outcome, PolicyResult, PolicyText
from launchpolicy.vocabulary.named_tuple import NamedTuple
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
        """Return why the policy did not apply, was waived or gave no answer."""
        return self.result.reason if self.result is not None else None

    @property
    def is_error(self) -> bool:
        """Return whether not the requester, but the owner of the policies must act."""
        return self.mark is wording.OUTCOMES[Outcome.ERROR]


def refusal_remarks(mark: Symbol, refusals: Sequence[Finding]) -> list[PolicyRemark]:
    """Return the refusals of a file, grouped by their kind."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in refusals:
        by_rule.setdefault(finding.rule, []).append(finding)
    return [
        PolicyRemark(
            wording.UNANSWERED if rule == UNANSWERED else mark, rule, in_file_order(rule_findings)
        )
        for rule, rule_findings in by_rule.items()
    ]


def in_file_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(findings, key=lambda finding: (finding.place.path, finding.place.span.start))
    )


def lines(
    writer: TextWriter, remark: PolicyRemark, policies: Mapping[str, PolicyText]
) -> Iterator[str]:
    """Yield the remark in full."""
    yield from _heading(writer, remark, policies)
    if remark.rule == UNANSWERED:
        yield from _questions(writer, remark.findings)
        yield from _fixes(writer, remark.findings)
    else:
        yield from _by_line(writer, remark)
    if remark.reason is not None and remark.reason not in _messages(remark.findings):
        yield from writer.paragraph(writer.say(remark.reason), BODY)
    if remark.result is not None and remark.result.waived is not None:
        yield from approvals.waiver(writer, remark.result.waived, BODY)
    if remark.result is not None:
        yield from approvals.stories(writer, remark.result.stories, BODY)


def brief(writer: TextWriter, remark: PolicyRemark) -> Iterator[str]:
    """Yield the remark in short, for policies that were passed or do not apply."""
    words = remark.rule if remark.reason is None else f"{remark.rule}: {writer.say(remark.reason)}"
    lead = StyledText(f"{remark.mark.symbol} {writer.say(remark.mark.word)}  ", remark.mark.style)
    yield from writer.styled_lines(StyledText(words, "faint"), INDENT, lead)
    if remark.result is not None:
        yield from approvals.stories(writer, remark.result.stories, BODY)


def _heading(
    writer: TextWriter, remark: PolicyRemark, policies: Mapping[str, PolicyText]
) -> Iterator[str]:
    mark = remark.mark
    lead = StyledText(f"{' ' * INDENT}{mark.symbol} {writer.say(mark.word)}  ", mark.style)
    words = _citation(writer, remark.rule, policies)
    if remark.is_error:
        words = writer.say(wording.OWNED).format(words)
    yield from writer.styled_lines(StyledText(words), 0, lead)


def _questions(writer: TextWriter, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield one line for each open question, or two where the words do not fit beside the place."""
    for finding in findings:
        place = StyledText(f"{' ' * BODY}{finding.place}", "hint")
        words = StyledText(writer.say(finding.message), "strong")
        if cells(f"{place.text}  {words.text}") <= writer.view.width:
            yield writer.line(place, StyledText("  "), words)
        else:
            yield writer.line(place)
            yield from writer.styled_lines(words, BODY + INDENT)


def _by_line(writer: TextWriter, remark: PolicyRemark) -> Iterator[str]:
    """Yield the findings line by line; a fix follows the last of those in a row that need it."""
    rows = [list(findings) for _, findings in groupby(remark.findings, _line_of)]
    for row, after in zip(rows, [*rows[1:], []], strict=False):
        yield from _on_one_line(writer, row, remark)
        if _fixes_of(row) != _fixes_of(after):
            yield from _fixes(writer, row)


def _fixes_of(findings: Sequence[Finding]) -> list[Text]:
    return list(dict.fromkeys(finding.fix for finding in findings))


def _fixes(writer: TextWriter, findings: Sequence[Finding]) -> Iterator[str]:
    for fix in _fixes_of(findings):
        yield from _fix(writer, writer.say(fix))


def _line_of(finding: Finding) -> tuple[str, int]:
    return finding.place.path, finding.place.span.start.line


def _messages(findings: Sequence[Finding]) -> dict[Text, None]:
    """Return each message once, in order."""
    return dict.fromkeys(finding.message for finding in findings)


def _on_one_line(
    writer: TextWriter, findings: Sequence[Finding], remark: PolicyRemark
) -> Iterator[str]:
    """Yield the place, what is wrong there, and the line itself, quoted once."""
    yield writer.line(StyledText(f"{' ' * BODY}{findings[0].place}", "hint"))
    for message in _messages(findings):
        yield from writer.styled_lines(StyledText(writer.say(message), "strong"), BODY)
    if not remark.is_error:
        yield from _quote_line(writer, [finding.place for finding in findings], remark.mark)


def _quote_line(writer: TextWriter, places: Sequence[Place], mark: Symbol) -> Iterator[str]:
    """Yield the source line with its number, and carets below for every place on it."""
    from launchpolicy.reporters.text.excerpt import excerpt  # noqa: PLC0415 (a pass quotes nothing)

    above = ""
    for place in dict.fromkeys(places):
        note = _missing(writer, place)
        if not place.source.strip():
            if note:
                yield from writer.paragraph(note, BODY)
            continue
        number = str(place.span.start.line)
        gutter = f"{' ' * BODY}{' ' * len(number)} │ "
        quotation = excerpt(place, writer.view.width - cells(gutter))
        if quotation.text != above:
            yield writer.line(
                StyledText(f"{' ' * BODY}{number} │ ", "faint"), StyledText(quotation.text)
            )
            above = quotation.text
        carets = StyledText(f"{' ' * quotation.start}{'^' * quotation.length}", mark.style)
        yield from _underline(writer, carets, note, gutter)


def _underline(writer: TextWriter, carets: StyledText, note: str, gutter: str) -> Iterator[str]:
    """Yield the carets with the note beside them, or below where it does not fit."""
    beside = f" {note}" if note else ""
    if cells(gutter + carets.text + beside) <= writer.view.width:
        yield writer.line(StyledText(gutter, "faint"), carets, StyledText(beside, carets.style))
    else:
        yield writer.line(StyledText(gutter, "faint"), carets)
        yield from writer.styled_lines(
            StyledText(note, carets.style), 0, StyledText(gutter, "faint")
        )


def _missing(writer: TextWriter, place: Place) -> str:
    return writer.say(wording.MISSING).format(format_route(place.missing)) if place.missing else ""


def _citation(writer: TextWriter, rule: str, policies: Mapping[str, PolicyText]) -> str:
    """Return the policy's title with its id and clauses; of a refusal, only its id."""
    policy = policies.get(rule)
    if rule == UNANSWERED:
        return writer.say(wording.CITED).format(writer.say(wording.UNANSWERED_TITLE), rule)
    if policy is None:
        return rule
    sources = writer.say(wording.PARTED).join((rule, *policy.clauses))
    return writer.say(wording.CITED).format(writer.say(policy.title), sources)


def _fix(writer: TextWriter, text: str) -> Iterator[str]:
    """Yield a fix; its own line breaks are kept: it may show what to write."""
    lead = StyledText(f"{wording.FIX} ", "good")
    for text_line in text.strip("\n").split("\n"):
        depth = len(text_line) - len(text_line.lstrip(" "))
        yield from writer.styled_lines(
            StyledText(text_line), BODY, lead._replace(text=lead.text + " " * depth)
        )
        lead = StyledText("  ")
