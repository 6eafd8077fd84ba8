"""Write the end of the report: all numbers, what they rest on, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from launchpolicy.reporters.counting import Counts, count
from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.text import wording
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where the rules change
    from launchpolicy.vocabulary.approval import RuleEffect

_HEX_DIGITS = frozenset("0123456789abcdef")
_ID_LENGTHS = (40, 64)
_SHORT_ID = 10
_SHORT_DIGEST = 12
_RULE = "─"
_GAP = 2
_EFFECTS = 10
_WORDS = {str(outcome): mark.word for outcome, mark in wording.OUTCOMES.items()}
_PASSED = {
    (False, False): wording.PASSED,
    (False, True): wording.PASSED_WITH_WARNINGS,
    (True, False): wording.PASSED_AND_ANNOUNCED,
    (True, True): wording.PASSED_WITH_BOTH,
}


def lines(writer: TextWriter, report: Report) -> Iterator[str]:
    """Yield the whole summary."""
    counts = count(report)
    yield writer.line(StyledText(_RULE * writer.view.width, "faint"))
    rows = [
        (wording.REQUESTS, _verdicts(writer, counts)),
        (wording.RESULTS, _outcomes(writer, counts)),
        (wording.COMPARED, _judged_range(writer, report)),
        (wording.RULES, [StyledText(_short_digest(report.pack_set_digest))]),
        (wording.NOW, [StyledText(as_written(report.now))]),
        *(
            [(wording.GOOD_UNTIL, [StyledText(as_written(report.good_until))])]
            if report.good_until is not None
            else []
        ),
        *((wording.NOTE, [StyledText(writer.say(note))]) for note in report.notes),
        *((wording.EFFECT, [StyledText(effect)]) for effect in _effects(writer, report.effects)),
    ]
    margin = max(cells(writer.say(label)) for label, _ in rows) + _GAP
    for label, pieces in rows:
        yield from _row(writer, writer.say(label), margin, pieces)
    yield "\n"
    yield from _last_line(writer, report.verdict, counts)


def last_line(writer: TextWriter, report: Report) -> Iterator[str]:
    """Yield what the verdict of the run means, what to do next, and the exit code."""
    yield from _last_line(writer, report.verdict, count(report))


def is_empty(report: Report) -> bool:
    """Return whether a run passes because there was nothing to judge."""
    return report.verdict is Verdict.PASS and not report.judgements and not report.effects


def nothing_judged(writer: TextWriter, report: Report) -> Iterator[str]:
    """Yield that there was nothing to judge, which is no judgement, and why."""
    mark = wording.NOTHING_JUDGED
    gap = writer.say(Text(" ", ""))
    notes = gap.join(filter(None, map(writer.say, report.notes)))
    words = StyledText(notes or writer.say(wording.NOTHING_TO_JUDGE))
    yield from writer.styled_lines(words, 0, StyledText(f"{mark.symbol} ", mark.style))


def _row(writer: TextWriter, label: str, margin: int, pieces: list[StyledText]) -> Iterator[str]:
    lead = StyledText(label + " " * (margin - cells(label)), "faint")
    if len(pieces) == 1:
        yield from writer.styled_lines(pieces[0], 0, lead)
    else:
        yield from writer.flow(pieces, margin, lead)


def _verdicts(writer: TextWriter, counts: Counts) -> list[StyledText]:
    """Return how many requests came to which verdict; only verdicts that occur."""
    pieces = [
        _number(writer, counts.verdicts[verdict], mark)
        for verdict, mark in wording.VERDICTS.items()
        if counts.verdicts[verdict]
    ]
    return pieces or [StyledText(writer.say(wording.NO_REQUESTS))]


def _outcomes(writer: TextWriter, counts: Counts) -> list[StyledText]:
    """Return every outcome, also those that did not occur; only a deny is called failed."""
    outcomes, failed = counts.outcomes, counts.failed
    numbers = [
        (outcomes[Outcome.PASSED], wording.OUTCOMES[Outcome.PASSED]),
        *((failed[action], wording.FAILURES[action]) for action in (Action.DENY, Action.WARN)),
        (outcomes[Outcome.PENDING], wording.OUTCOMES[Outcome.PENDING]),
        (outcomes[Outcome.WAIVED], wording.OUTCOMES[Outcome.WAIVED]),
        (outcomes[Outcome.NOT_APPLICABLE], wording.OUTCOMES[Outcome.NOT_APPLICABLE]),
        (outcomes[Outcome.ERROR], wording.OUTCOMES[Outcome.ERROR]),
    ]
    if failed[Action.AUDIT]:
        numbers.append((failed[Action.AUDIT], wording.FAILURES[Action.AUDIT]))
    return [_number(writer, number, mark) for number, mark in numbers]


def _number(writer: TextWriter, number: int, mark: Symbol) -> StyledText:
    word = wording.PLURALS.get(mark, mark.word) if number != 1 else mark.word
    text = writer.say(wording.COUNTED).format(number=number, word=writer.say(word))
    return StyledText(text, mark.style if number else "faint")


def _judged_range(writer: TextWriter, report: Report) -> list[StyledText]:
    pieces = [StyledText(writer.say(report.situation))]
    for words, commit in ((wording.BASE, report.base), (wording.HEAD, report.head)):
        if commit is not None:
            is_id = len(commit) in _ID_LENGTHS and _HEX_DIGITS.issuperset(commit)
            short = commit[:_SHORT_ID] if is_id else commit
            pieces.append(StyledText(writer.say(words).format(short), "faint"))
    return pieces


def _effects(writer: TextWriter, effects: Sequence[RuleEffect]) -> Iterator[str]:
    """Yield one line each, the first few unless the view is verbose."""
    most = len(effects) if writer.view.verbose else _EFFECTS
    for effect in effects[:most]:
        yield writer.say(wording.CHANGES).format(
            request=effect.request,
            policy=effect.policy,
            before=_outcome(writer, effect.before),
            after=_outcome(writer, effect.after),
        )
    if len(effects) > most:
        yield writer.say(wording.MORE_EFFECTS).format(len(effects) - most)


def _outcome(writer: TextWriter, outcome: str) -> str:
    if not outcome:
        return writer.say(wording.ABSENT)
    return writer.say(_WORDS[outcome]) if outcome in _WORDS else outcome


def _short_digest(digest: str) -> str:
    algorithm, colon, value = digest.rpartition(":")
    return algorithm + colon + value[:_SHORT_DIGEST]


def _last_line(writer: TextWriter, verdict: Verdict, counts: Counts) -> Iterator[str]:
    """Yield the verdict of the run in words, what to do next, and the exit code."""
    mark = verdict_mark(verdict, counts)
    code = writer.say(wording.EXIT_CODE).format(verdict.exit_code)
    words = writer.say(wording.CITED).format(writer.say(advice(verdict, counts)), code)
    yield from writer.styled_lines(
        StyledText(words, mark.style), 0, StyledText(f"{mark.symbol} ", mark.style)
    )


def verdict_mark(verdict: Verdict, counts: Counts) -> Symbol:
    """Return how the verdict of a run is shown; nothing judged is not shown as a pass."""
    if verdict is Verdict.PASS and not counts.requests:
        return wording.NOTHING_JUDGED
    return wording.VERDICTS[verdict]


def advice(verdict: Verdict, counts: Counts) -> Text:
    """Return what the verdict means, and what to do next."""
    match verdict:
        case Verdict.UNDECIDED:
            return wording.UNDECIDED
        case Verdict.REJECTED:
            return wording.REJECTED
        case Verdict.BLOCKED:
            return _advice_if_blocked(counts)
        case Verdict.PASS if not counts.requests:
            return wording.NOTHING_TO_JUDGE
        case Verdict.PASS:
            announced, warned = counts.outcomes[Outcome.PENDING], counts.failed[Action.WARN]
            return _PASSED[bool(announced), bool(warned)]


def _advice_if_blocked(counts: Counts) -> Text:
    has_failed = bool(counts.failed[Action.DENY])
    if counts.unanswered:
        return wording.OPEN_AND_FAILED if has_failed else wording.OPEN
    if counts.outcomes[Outcome.PENDING]:
        return wording.BLOCKED_AND_PENDING if has_failed else wording.ONLY_PENDING
    return wording.BLOCKED
