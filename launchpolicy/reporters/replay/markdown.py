"""Write a replay as Markdown, for the summary of a job or a comment in a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.analysis.decision_changes import DecisionChange, Replay, ReplayedLanding
from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.reporter import LIMIT
from launchpolicy.reporters.replay import wording
from launchpolicy.vocabulary.text import Language, Text

_RESERVED = 500
_SHORT_ID = 10
_MOST_POLICIES = 10


def as_markdown(replay: Replay, language: Language) -> str:
    """Return the numbers first, and then each landing that is decided otherwise, while room is."""
    head = [f"### {wording.TITLE.in_language(language)}\n"]
    lines = (wording.basis(replay), wording.summary(replay), *wording.notes(replay))
    head += [f"\n{prose(line.in_language(language))}\n" for line in lines]
    text = "".join(head)
    rows = list(_rows(replay, language))
    if not rows:
        return text
    text += _table_head(language)
    shown = 0
    for row in rows:
        if len(text.encode()) + len(row.encode()) > LIMIT - _RESERVED:
            break
        text += row
        shown += 1
    if shown < len(rows):
        text += f"\n{_more(len(rows) - shown).in_language(language)}\n"
    return text


def _table_head(language: Language) -> str:
    titles = (
        wording.LANDED,
        wording.REQUEST,
        wording.BEFORE,
        wording.AFTER,
        wording.POLICIES,
    )
    names = (title.in_language(language) for title in titles)
    return f"\n| {' | '.join(names)} |\n|{' --- |' * len(titles)}\n"


def _rows(replay: Replay, language: Language) -> Iterator[str]:
    for landing in replay.landings:
        if landing.problem is not None:
            cells = (_where(landing), "", "", prose(_problem(landing, language)), "")
            yield f"| {' | '.join(cells)} |\n"
        for decision in landing.decisions:
            if decision.is_otherwise:
                yield f"| {' | '.join(_cells(landing, decision, language))} |\n"


def _cells(
    landing: ReplayedLanding, decision: DecisionChange, language: Language
) -> tuple[str, ...]:
    before, after = map(wording.verdict_words, (decision.before, decision.after))
    return (
        _where(landing),
        f"{prose(decision.name)} {code(decision.path)}",
        prose(before.in_language(language)),
        prose(after.in_language(language)),
        "<br>".join(_policies(decision, language)),
    )


def _policies(decision: DecisionChange, language: Language) -> Iterator[str]:
    for change in decision.changes[:_MOST_POLICIES]:
        before, after = map(wording.outcome_words, (change.before, change.after))
        words = f"{before.in_language(language)} → {after.in_language(language)}"
        where = f" {code(str(change.place))}" if change.place is not None else ""
        yield f"{code(change.policy)} {prose(words)}{where}"
    more = len(decision.changes) - _MOST_POLICIES
    if more > 0:
        yield f"+ {more}"


def _where(landing: ReplayedLanding) -> str:
    return f"{code(landing.commit[:_SHORT_ID])} {prose(as_written(landing.at))}"


def _problem(landing: ReplayedLanding, language: Language) -> str:
    problem = landing.problem[0].in_language(language) if landing.problem is not None else ""
    return f"{wording.UNJUDGED.in_language(language)}: {problem}"


def _more(count: int) -> Text:
    return Text(f"and {count} more; see the text report", f"另有 {count} 项，见文本报告")
