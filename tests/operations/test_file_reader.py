"""Reading for questions about files is bounded, and what is beyond the bound has no answer."""

from __future__ import annotations

import pytest

from launchpolicy.facts import file_answers
from launchpolicy.facts.other_files import LIST, MATCHES, FileProblem, FileQuestion
from launchpolicy.hosts.memory_snapshot import MemorySnapshot
from launchpolicy.operations.submissions.file_reader import FileReader


def _snapshot(texts: dict[str, str]) -> MemorySnapshot:
    return MemorySnapshot("case", {path: text.encode() for path, text in texts.items()})


def test_a_folder_with_too_many_files_has_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_answers, "MOST_NAMES", 2)
    reader = FileReader(_snapshot({"a/1": "", "a/2": "", "b/1": "", "b/c/2": "", "b/3": ""}), ())
    assert reader.answer(FileQuestion(LIST, "a")) == ("1", "2")
    assert isinstance(reader.answer(FileQuestion(LIST, "b")), FileProblem)


def test_many_folders_together_have_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_answers, "MOST_NAMES_OF_ALL", 3)
    reader = FileReader(_snapshot({"a/1": "", "a/2": "", "b/1": "", "c/1": ""}), ())
    assert reader.answer(FileQuestion(LIST, "a")) == ("1", "2")
    assert reader.answer(FileQuestion(LIST, "b")) == ("1",)
    assert isinstance(reader.answer(FileQuestion(LIST, "c")), FileProblem)
    assert isinstance(reader.answer(FileQuestion(LIST, "d")), FileProblem)


def test_a_file_is_no_folder_and_what_is_not_there_has_no_names() -> None:
    reader = FileReader(_snapshot({"a/1": ""}), ())
    assert isinstance(reader.answer(FileQuestion(LIST, "a/1")), FileProblem)
    assert reader.answer(FileQuestion(LIST, "b")) == ()
    assert reader.answer(FileQuestion(LIST, "")) == ("a/",)


def test_one_file_is_counted_once_however_many_patterns_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_answers, "MOST_BYTES", 5)
    reader = FileReader(_snapshot({"a": "1234", "b": "12"}), ())
    assert reader.answer(FileQuestion(MATCHES, "a", "2")) is True
    assert reader.answer(FileQuestion(MATCHES, "a", "5")) is False
    assert isinstance(reader.answer(FileQuestion(MATCHES, "b", "5")), FileProblem)
