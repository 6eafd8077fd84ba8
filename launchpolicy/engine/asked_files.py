"""The functions about files that expressions call: each call finds its answer, or asks for one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from launchpolicy.facts.other_files import (
    EXISTS,
    LIST,
    MATCHES,
    MOST_QUESTIONS,
    FileAnswer,
    FileProblem,
    FileQuestion,
)
from launchpolicy.policy.cel.runtime import file_functions
from launchpolicy.vocabulary.text import Text

_MARK = "files: question "
"""How the error of a call without an answer begins; the number of the question follows."""


class AskedFiles:
    """The questions that the expressions over one request ask, and their answers.

    A call whose question has no answer is an error of CEL, so that whatever rests on it has no
    value, and what `||` and `&&` decide without it has one.
    """

    def __init__(self, answers: Mapping[FileQuestion, FileAnswer]) -> None:
        self._answers = answers
        self._numbers: dict[FileQuestion, int] = {}
        self._unanswered: dict[FileQuestion, None] = {}

    @functools.cached_property
    def functions(self) -> list[Any]:
        """Return what `Bindings` takes as functions."""
        return file_functions(
            {f"files.{name}": self._function(name) for name in (EXISTS, LIST, MATCHES)}
        )

    def take_unanswered(self) -> list[FileQuestion]:
        """Return the questions without an answer since the last time, and forget them."""
        questions = list(self._unanswered)
        self._unanswered.clear()
        return questions

    def problem_of(self, reason: str) -> FileProblem | None:
        """Return the problem behind the reason of an evaluation error; None if it is another."""
        number = reason.removeprefix(_MARK)
        if number == reason or not number.isdecimal():
            return None
        question = list(self._numbers)[int(number)]
        answer = self._answers.get(question)
        return answer if isinstance(answer, FileProblem) else _NOT_READ

    def _function(self, name: str) -> Callable[..., bool | list[str]]:
        return lambda *arguments: self._answer(FileQuestion(name, *arguments))

    def _answer(self, question: FileQuestion) -> bool | list[str]:
        answer = self._answers.get(question)
        if isinstance(answer, bool):
            return answer
        if isinstance(answer, tuple) and not isinstance(answer, FileProblem):
            return list(answer)
        if answer is None:
            self._unanswered[question] = None
        number = self._numbers.setdefault(question, len(self._numbers))
        message = f"{_MARK}{number}"
        raise LookupError(message)


_NOT_READ = FileProblem(
    Text(
        f"a file was not looked for: policies ask about more than {MOST_QUESTIONS} files, or "
        "nobody may read files here",
        f"未查找某个文件：策略询问的文件超过 {MOST_QUESTIONS} 个，或此处不读取文件",
    ),
    Text(
        "The owner of the policy must fix it: let it ask about fewer files.",
        "请策略负责人修正：减少所询问的文件数。",
    ),
)
