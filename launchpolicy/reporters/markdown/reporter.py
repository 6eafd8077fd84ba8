"""The report of a run: the verdict, the requests, the gravest first, and what it rests on.

GitHub refuses a comment of more than 65,536 characters. So it is cut before, between two items,
and says that it is.
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
from launchpolicy.reporters.text.summary import advice
from launchpolicy.reporters.text.wording import BASE, COUNTED, HEAD, NOTE, OUTCOMES, VERDICTS
from launchpolicy.vocabulary.approval import RuleEffect
from launchpolicy.vocabulary.finding import Judgement, Report, Verdict
from launchpolicy.vocabulary.text import Text

ID = "markdown"
SUMMARY = Text("the summary of a job, the comment in a pull request", "任务摘要、合并请求评论")

LIMIT = 60_000

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
    """The head, every request, the end, for which room is kept."""
    quill = MarkdownWriter(view.language, report.policies, report.people)
    foot = _foot(quill, report)
    room = LIMIT - len(foot) - _RESERVED
    lost, is_whole = 0, True
    for section in _sections(quill, report):
        for chunk in section.chunks:
            if len(chunk) > room:
                lost += section.requests
                is_whole = False
                break
            room -= len(chunk)
            yield chunk
    if not is_whole:
        total = len(report.judgements)
        cut = quill.say(wording.CUT).format(limit=LIMIT, requests=lost, total=total)
        yield f"\n<b>{cut}</b>\n"
    yield foot


def _sections(quill: MarkdownWriter, report: Report) -> Iterator[_Section]:
    yield _Section(0, [_head(quill, report)])
    yield _Section(0, _notes(quill, report))
    gravest = sorted(report.judgements, key=lambda each: _GRAVEST.index(each.verdict))
    few = len(gravest) <= _MANY
    shown = [each for each in gravest if few or request.is_worth_a_section(each)]
    in_full = len(shown) <= _MANY
    for judgement in shown:
        yield _Section(1, request.chunks(quill, judgement, in_full=in_full))
    folded = [each for each in gravest if not few and not request.is_worth_a_section(each)]
    if folded:
        yield _Section(len(folded), [_passing(quill, folded)])
    yield _Section(0, _effects(quill, report.effects))


def _head(quill: MarkdownWriter, report: Report) -> str:
    """All of it is ours, so nothing of a request can push the verdict away."""
    mark = VERDICTS[report.verdict]
    counts = count(report)
    numbers = [
        f"{each.symbol} {_counted(quill, counts.verdicts[verdict], each.word)}"
        for verdict, each in VERDICTS.items()
        if counts.verdicts[verdict]
    ]
    lines = [
        f"## {mark.symbol} {quill.say(wording.HEADLINE).format(quill.say(mark.word))}",
        quill.say(advice(report.verdict, counts)),
        " · ".join(numbers),
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def _counted(quill: MarkdownWriter, number: int, word: Text) -> str:
    return quill.say(COUNTED).format(number=number, word=quill.say(word))


def _notes(quill: MarkdownWriter, report: Report) -> Iterator[str]:
    for note in report.notes:
        yield f"\n> {quill.say(NOTE)}{quill.say(wording.COLON)}{quill.quote(note)}\n"


def _passing(quill: MarkdownWriter, passing: Sequence[Judgement]) -> str:
    """The requests of which there is nothing more to say, folded away."""
    mark = VERDICTS[Verdict.PASS]
    label = f"{mark.symbol} {_counted(quill, len(passing), mark.word)}"
    items = "".join(map(request.line, passing[:_FOLDED]))
    if len(passing) > _FOLDED:
        items += f"- {quill.say(wording.OTHERS).format(len(passing) - _FOLDED)}\n"
    return f"\n<details><summary>{label}</summary>\n\n{items}\n</details>\n"


def _effects(quill: MarkdownWriter, effects: Sequence[RuleEffect]) -> Iterator[str]:
    if not effects:
        return
    headings = (wording.REQUEST, wording.POLICY, wording.BEFORE, wording.AFTER)
    yield (
        f"\n### {quill.say(wording.EFFECTS)}\n\n{quill.say(wording.EFFECTS_INTRO)}\n\n"
        f"| {' | '.join(map(quill.say, headings))} |\n|{' --- |' * len(headings)}\n"
    )
    for each in effects:
        before, after = _outcome(quill, each.before), _outcome(quill, each.after)
        where = f"{prose(each.request)} {code(each.path)}"
        yield f"| {where} | {code(each.policy)} | {before} | {after} |\n"


def _outcome(quill: MarkdownWriter, outcome: str) -> str:
    if not outcome:
        return quill.say(wording.ABSENT)
    return quill.say(_WORDS[outcome]) if outcome in _WORDS else prose(outcome)


def _foot(quill: MarkdownWriter, report: Report) -> str:
    """What the verdict rests on, in small print."""
    parts = [prose(quill.say(report.situation)[:_LONGEST_ID])]
    for words, commit in ((BASE, report.base), (HEAD, report.head)):
        if commit is not None:
            parts.append(quill.say(words).format(code(commit[:_LONGEST_ID])))
    parts += [
        quill.say(wording.RULES).format(code(report.pack_set_digest[:_LONGEST_ID])),
        quill.say(wording.AS_OF).format(quill.when(report.now)),
        f"launchpolicy {__version__}",
    ]
    return f"\n<sub>{' · '.join(filter(None, parts))}</sub>\n"
