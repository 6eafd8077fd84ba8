"""What a decision rests on besides the request: other files that are there, or are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.facts.other_files import (
    EXISTS,
    LIST,
    FileProblem,
    FileQuestion,
    LookupAnswer,
    OtherFiles,
)
from launchpolicy.vocabulary.text import Text

_MOST = 10


def shown_files(others: Iterable[OtherFiles | None]) -> tuple[Text, ...]:
    """Return a sentence for each document that was looked up and each question about files."""
    known = [files for files in others if files is not None]
    sentences = dict.fromkeys(sentence for files in known for sentence in _sentences(files))
    return tuple(sentences)[:_MOST]


def _sentences(others: OtherFiles) -> Iterator[Text]:
    for of_lookup in others.lookups.values():
        for answer in (of_lookup,) if isinstance(of_lookup, LookupAnswer) else of_lookup.documents:
            yield _presence(answer.path, is_there=answer.data is not None)
    for question, answered in others.answers.items():
        if not isinstance(answered, FileProblem):
            yield _answer(question, answered)


def _presence(path: str, *, is_there: bool) -> Text:
    if is_there:
        return Text(f"{path} is there", f"{path} 存在")
    return Text(f"{path} is not there", f"{path} 不存在")


def _answer(question: FileQuestion, answer: bool | tuple[str, ...]) -> Text:  # noqa: FBT001 (as files answer)
    path = question.path or "."
    if question.function == EXISTS:
        return _presence(path, is_there=answer is True)
    if question.function == LIST:
        names = answer if isinstance(answer, tuple) else ()
        more = len(names) - _MOST
        rest = f" + {more}" if more > 0 else ""
        return Text(
            f"{path} holds: {', '.join(names[:_MOST]) or 'nothing'}{rest}",
            f"{path} 中有：{'、'.join(names[:_MOST]) or '无'}{rest}",
        )
    if answer is True:
        return Text(f"{path} matches {question.pattern}", f"{path} 匹配 {question.pattern}")
    return Text(f"{path} does not match {question.pattern}", f"{path} 不匹配 {question.pattern}")
