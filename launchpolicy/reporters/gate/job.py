"""Write the answer of the gate for a job of GitHub Actions: its outputs and its summary."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.launches.start_conditions import CONDITIONS, Condition, GateResult
from launchpolicy.reporters.gate import words
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.text.wording import VERDICTS
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Language

_HEAD = {"en": ("", "condition", "finding"), "zh": ("", "条件", "结论")}
_SHORT = 12


def outputs(result: GateResult, delimiter: str) -> str:
    """Return the outputs of the step, each under a delimiter that nobody can know (threat S4).

    A value with a line break, which names of files may have, cannot end its own block and begin
    another output.
    """
    values = {
        "verdict": str(result.verdict),
        "may-start": "true" if result.verdict is Verdict.PASS else "false",
        "name": result.name,
        "path": result.path,
        "branch": result.branch,
        "commit": result.commit,
        "window-end": in_utc(result.window_end) if result.window_end is not None else "",
    }
    return "".join(f"{key}<<{delimiter}\n{value}\n{delimiter}\n" for key, value in values.items())


def summary(result: GateResult, names: Names, language: Language) -> str:
    """Return the summary of the job in Markdown."""
    return "".join(_summary(result, names, language))


def _summary(result: GateResult, names: Names, language: Language) -> Iterator[str]:
    answer = words.answer_of(result).in_language(language)
    title = result.title.in_language(language)
    yield f"### {VERDICTS[result.verdict].symbol} {code(result.name)} {prose(answer)}\n\n"
    yield f"{prose(title)}\n\n"
    if result.is_trial:
        yield f"**{prose(words.TRIAL.in_language(language))}**\n\n"
    yield f"| {' | '.join(_HEAD[language])} |\n| --- | --- | --- |\n"
    for condition in result.conditions:
        yield _row(condition, names, language)
    commit = code(result.commit[:_SHORT])
    yield f"\n{code(result.branch)} {commit} · {in_utc(result.now)}\n"


def _row(condition: Condition, names: Names, language: Language) -> str:
    cells = [prose(condition.says.in_language(language))]
    led = words.LED.in_language(language)
    for number, one in enumerate(condition.shortcomings):
        people = prose(words.who(one, names).in_language(language))
        if one.message != condition.says:
            message = prose(one.message.in_language(language))
            cells.append(f"· {led.format(people, message) if people else message}")
            people = ""
        following = condition.shortcomings[number + 1 : number + 2]
        if not following or words.differ_in_fix(one, following[0]):
            fix = prose(one.fix.in_language(language))
            cells.append(f"→ {led.format(people, fix) if people else fix}")
    state = words.mark_of(condition).symbol
    title = prose(CONDITIONS[condition.id].in_language(language))
    return f"| {state} | {title} | {'<br>'.join(cell.replace('|', '&#124;') for cell in cells)} |\n"
