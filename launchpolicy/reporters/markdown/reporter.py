"""Write the report of a run: the verdict, the requests, the gravest first, and its basis.

GitHub refuses a summary of more than 65,535 bytes and a comment of more than 65,536; a Chinese
character has three. So the report is cut before, between two items, and says that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from launchpolicy import __version__
from launchpolicy.reporters.counting import count
from launchpolicy.reporters.markdown import request, wording
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.writer import MarkdownWriter
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.summary import advice, verdict_mark
from launchpolicy.reporters.text.wording import BASE, COUNTED, HEAD, NOTE, OUTCOMES, VERDICTS
from launchpolicy.vocabulary.approval import RuleEffect
from launchpolicy.vocabulary.finding import Judgement, Report, Verdict
from launchpolicy.vocabulary.text import Text

ID = "markdown"
SUMMARY = Text("the summary of a job, the comment in a pull request", "任务摘要、合并请求评论")

LIMIT = 60_000
"""The most bytes of a report, as UTF-8."""

_MANY = 3
_FOLDED = 100
_RESERVED = 500
_LONGEST_ID = 100
_WORDS = {str(outcome): mark.word for outcome, mark in OUTCOMES.items()}
_GRAVEST = sorted(Verdict, key=lambda verdict: -verdict.exit_code)


class _Section(NamedTuple):
    """Pieces after any of which the report may stop; `requests` are lost if one is left out."""

    requests: int
    chunks: Iterable[str]


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """Yield the head, every request, the end, for which room is kept."""
    writer = MarkdownWriter(view.language, report.policies, report.people)
    foot = _foot(writer, report)
    room = LIMIT - len(foot.encode()) - _RESERVED
    lost_requests, is_whole = 0, True
    for section in _sections(writer, report):
        for chunk in section.chunks:
            size = len(chunk.encode())
            if size > room:
                lost_requests += section.requests
                is_whole = False
                break
            room -= size
            yield chunk
    if not is_whole:
        total = len(report.judgements)
        cut = writer.say(wording.CUT).format(limit=LIMIT, requests=lost_requests, total=total)
        yield f"\n<b>{cut}</b>\n"
    yield foot


def _sections(writer: MarkdownWriter, report: Report) -> Iterator[_Section]:
    yield _Section(0, [_head(writer, report)])
    yield _Section(0, _notes(writer, report))
    gravest = sorted(report.judgements, key=lambda judgement: _GRAVEST.index(judgement.verdict))
    few = len(gravest) <= _MANY
    shown_judgements = [
        judgement for judgement in gravest if few or request.is_worth_a_section(judgement)
    ]
    in_full = len(shown_judgements) <= _MANY
    for judgement in shown_judgements:
        yield _Section(1, request.chunks(writer, judgement, in_full=in_full))
    folded_judgements = [
        judgement for judgement in gravest if not few and not request.is_worth_a_section(judgement)
    ]
    if folded_judgements:
        yield _Section(len(folded_judgements), [_passing(writer, folded_judgements)])
    yield _Section(0, _effects(writer, report.effects))


def _head(writer: MarkdownWriter, report: Report) -> str:
    """Return the head; all of it is ours, so no request can push the verdict away."""
    counts = count(report)
    mark = verdict_mark(report.verdict, counts)
    numbers = [
        f"{sign.symbol} {_number_with_word(writer, counts.verdicts[verdict], sign.word)}"
        for verdict, sign in VERDICTS.items()
        if counts.verdicts[verdict]
    ]
    lines = [
        f"## {mark.symbol} {writer.say(wording.HEADLINE).format(writer.say(mark.word))}",
        writer.say(advice(report.verdict, counts)),
        " · ".join(numbers),
        writer.say(wording.GOOD_UNTIL).format(writer.when(report.good_until))
        if report.good_until is not None
        else "",
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def _number_with_word(writer: MarkdownWriter, number: int, word: Text) -> str:
    return writer.say(COUNTED).format(number=number, word=writer.say(word))


def _notes(writer: MarkdownWriter, report: Report) -> Iterator[str]:
    for note in report.notes:
        yield f"\n> {writer.say(NOTE)}{writer.say(wording.COLON)}{writer.quote(note)}\n"


def _passing(writer: MarkdownWriter, passing: Sequence[Judgement]) -> str:
    """Return the requests of which there is nothing more to say, folded away."""
    mark = VERDICTS[Verdict.PASS]
    label = f"{mark.symbol} {_number_with_word(writer, len(passing), mark.word)}"
    items = "".join(map(request.line, passing[:_FOLDED]))
    if len(passing) > _FOLDED:
        items += f"- {writer.say(wording.OTHERS).format(len(passing) - _FOLDED)}\n"
    return f"\n<details><summary>{label}</summary>\n\n{items}\n</details>\n"


def _effects(writer: MarkdownWriter, effects: Sequence[RuleEffect]) -> Iterator[str]:
    if not effects:
        return
    headings = (wording.REQUEST, wording.POLICY, wording.BEFORE, wording.AFTER)
    yield (
        f"\n### {writer.say(wording.EFFECTS)}\n\n{writer.say(wording.EFFECTS_INTRO)}\n\n"
        f"| {' | '.join(map(writer.say, headings))} |\n|{' --- |' * len(headings)}\n"
    )
    for effect in effects:
        before, after = _outcome(writer, effect.before), _outcome(writer, effect.after)
        where = f"{prose(effect.request)} {code(effect.path)}"
        yield f"| {where} | {code(effect.policy)} | {before} | {after} |\n"


def _outcome(writer: MarkdownWriter, outcome: str) -> str:
    if not outcome:
        return writer.say(wording.ABSENT)
    return writer.say(_WORDS[outcome]) if outcome in _WORDS else prose(outcome)


def _foot(writer: MarkdownWriter, report: Report) -> str:
    """Return what the verdict rests on, in small print."""
    parts = [prose(writer.say(report.situation)[:_LONGEST_ID])]
    for words, commit in ((BASE, report.base), (HEAD, report.head)):
        if commit is not None:
            parts.append(writer.say(words).format(code(commit[:_LONGEST_ID])))
    parts += [
        writer.say(wording.RULES).format(code(report.pack_set_digest[:_LONGEST_ID])),
        writer.say(wording.AS_OF).format(writer.when(report.now)),
        f"launchpolicy {__version__}",
    ]
    return f"\n<sub>{' · '.join(filter(None, parts))}</sub>\n"
