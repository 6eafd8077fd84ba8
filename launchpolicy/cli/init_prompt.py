"""Put the questions of `launchpolicy init` on a terminal, however narrow it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.colour import width_of
from launchpolicy.cli.prose import print_prose, prose_lines
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Language, Text

_ANSWER = 16
"""Columns that an answer gets beside its question."""
_COLUMN, _WIDE = 34, 120


class InitPrompt:
    """Asks at a terminal; where that is not possible, every default stands."""

    def __init__(self, language: Language, may_ask: bool) -> None:  # noqa: FBT001 (one caller)
        self.language = language
        self.may_ask = may_ask

    def one(self, question: Text, default: str, choices: Sequence[str] = ()) -> str:
        """Return an answer, one of the `choices` where there are any."""
        if not self.may_ask:
            return default
        kind = ChoiceType(choices) if choices else None
        suffix = f" ({', '.join(choices)}) [{default}]: " if choices else f" [{default}]: "
        answer: str = click.prompt(
            _room_for(question.in_language(self.language), suffix),
            default=default,
            type=kind,
            show_choices=bool(choices),
        )
        return answer.strip()

    def usable_answer(self, question: Text, default: str, check: Callable[[str], object]) -> str:
        """Return an answer that passes a check, which raises UsageError; ask until one does."""

        def usable(answer: str) -> str:
            try:
                check(answer.strip())
            except UsageError as error:
                problem = error.problem.in_language(self.language)
                remedy = error.remedy.in_language(self.language)
                message = f"{problem}{remedy}" if self.language == "zh" else f"{problem} {remedy}"
                raise click.UsageError("\n".join(prose_lines(message, sys.stdout))) from error
            return answer.strip()

        if not self.may_ask:
            return default
        text = _room_for(question.in_language(self.language), f" [{default}]: ")
        answer: str = click.prompt(text, default=default, value_proc=usable)
        return answer


def _room_for(question: str, suffix: str) -> str:
    """Return what stands beside the answer; a long question goes on lines of its own before it."""
    columns = width_of(sys.stdout)
    if columns is None or cells(question + suffix) + _ANSWER <= columns:
        return question
    print_prose(question)
    return " "


def description_lines(name: str, text: str) -> Iterator[str]:
    """Yield a name and what it stands for beside it, on as many lines as that takes."""
    columns = width_of(sys.stdout) or _WIDE
    first, *others = wrap(text, max(columns - _COLUMN, _ANSWER))
    yield f"  {name:<{_COLUMN - 2}}{first}"
    yield from (f"{'':<{_COLUMN}}{other}" for other in others)
