"""The end of the report: all numbers, what they rest on, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from launchpolicy.reporters.counting import Counts, count
from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.text import wording
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.approval import RuleEffect
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.text import Text

_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
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


def lines(pen: TextWriter, report: Report) -> Iterator[str]:
    """The whole summary."""
    counts = count(report)
    yield pen.line(StyledText(_RULE * pen.view.width, "faint"))
    rows = [
        (wording.REQUESTS, _verdicts(pen, counts)),
        (wording.RESULTS, _outcomes(pen, counts)),
        (wording.COMPARED, _compared(pen, report)),
        (wording.RULES, [StyledText(_short_digest(report.pack_set_digest))]),
        (wording.NOW, [StyledText(as_written(report.now))]),
        *((wording.NOTE, [StyledText(pen.say(note))]) for note in report.notes),
        *((wording.EFFECT, [StyledText(effect)]) for effect in _effects(pen, report.effects)),
    ]
    margin = max(cells(pen.say(label)) for label, _ in rows) + _GAP
    for label, pieces in rows:
        yield from _row(pen, pen.say(label), margin, pieces)
    yield "\n"
    yield from _last_line(pen, report.verdict, counts)


def last_line(pen: TextWriter, report: Report) -> Iterator[str]:
    """What the verdict of the run means, what to do next, and the exit code."""
    yield from _last_line(pen, report.verdict, count(report))


def is_empty(report: Report) -> bool:
    """Whether a run passes because there was nothing to judge."""
    return report.verdict is Verdict.PASS and not report.judgements and not report.effects


def nothing_judged(pen: TextWriter, report: Report) -> Iterator[str]:
    """That a run passes because there was nothing to judge, and why, in one paragraph."""
    mark = wording.VERDICTS[Verdict.PASS]
    notes = " ".join(filter(None, map(pen.say, report.notes)))
    words = StyledText(notes or pen.say(wording.NOTHING_TO_JUDGE))
    yield from pen.styled(words, 0, StyledText(f"{mark.symbol} ", mark.style))


def _row(pen: TextWriter, label: str, margin: int, pieces: list[StyledText]) -> Iterator[str]:
    lead = StyledText(label + " " * (margin - cells(label)), "faint")
    if len(pieces) == 1:
        yield from pen.styled(pieces[0], 0, lead)
    else:
        yield from pen.flow(pieces, margin, lead)


def _verdicts(pen: TextWriter, counts: Counts) -> list[StyledText]:
    """How many requests came to which verdict; only verdicts that occur."""
    pieces = [
        _number(pen, counts.verdicts[verdict], mark)
        for verdict, mark in wording.VERDICTS.items()
        if counts.verdicts[verdict]
    ]
    return pieces or [StyledText(pen.say(wording.NO_REQUESTS))]


def _outcomes(pen: TextWriter, counts: Counts) -> list[StyledText]:
    """Every outcome, also those that did not occur; what is not denied is not called failed."""
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
    return [_number(pen, number, mark) for number, mark in numbers]


def _number(pen: TextWriter, number: int, mark: Symbol) -> StyledText:
    word = wording.PLURALS.get(mark, mark.word) if number != 1 else mark.word
    text = pen.say(wording.COUNTED).format(number=number, word=pen.say(word))
    return StyledText(text, mark.style if number else "faint")


def _compared(pen: TextWriter, report: Report) -> list[StyledText]:
    pieces = [StyledText(pen.say(report.situation))]
    for words, commit in ((wording.BASE, report.base), (wording.HEAD, report.head)):
        if commit is not None:
            short = commit[:_SHORT_ID] if _OBJECT_ID.fullmatch(commit) else commit
            pieces.append(StyledText(pen.say(words).format(short), "faint"))
    return pieces


def _effects(pen: TextWriter, effects: Sequence[RuleEffect]) -> Iterator[str]:
    """One line each, the first few unless the view is verbose."""
    most = len(effects) if pen.view.verbose else _EFFECTS
    for each in effects[:most]:
        yield pen.say(wording.CHANGES).format(
            request=each.request,
            policy=each.policy,
            before=_outcome(pen, each.before),
            after=_outcome(pen, each.after),
        )
    if len(effects) > most:
        yield pen.say(wording.MORE_EFFECTS).format(len(effects) - most)


def _outcome(pen: TextWriter, outcome: str) -> str:
    if not outcome:
        return pen.say(wording.ABSENT)
    return pen.say(_WORDS[outcome]) if outcome in _WORDS else outcome


def _short_digest(digest: str) -> str:
    algorithm, colon, value = digest.rpartition(":")
    return algorithm + colon + value[:_SHORT_DIGEST]


def _last_line(pen: TextWriter, verdict: Verdict, counts: Counts) -> Iterator[str]:
    """The verdict of the run in words, what to do next, and the exit code."""
    mark = wording.VERDICTS[verdict]
    code = pen.say(wording.EXIT_CODE).format(verdict.exit_code)
    words = pen.say(wording.CITED).format(pen.say(advice(verdict, counts)), code)
    yield from pen.styled(
        StyledText(words, mark.style), 0, StyledText(f"{mark.symbol} ", mark.style)
    )


def advice(verdict: Verdict, counts: Counts) -> Text:
    """What the verdict means, and what to do next."""
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
