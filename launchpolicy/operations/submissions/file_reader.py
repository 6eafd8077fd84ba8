"""Read what policies ask about files from the snapshot that holds the request: no link followed."""

from __future__ import annotations

import itertools
from collections.abc import Collection

from launchpolicy.facts import file_answers
from launchpolicy.facts.other_files import EXISTS, LIST, FileAnswer, FileProblem, FileQuestion
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry, read_one


def blocking_entry(snapshot: Snapshot, path: str) -> SnapshotEntry | None:
    """Return what stands in place of a folder on the way to `path`: a link, a submodule, a file."""
    steps = path.split("/")
    above = ("/".join(steps[:depth]) for depth in range(1, len(steps)))
    entries = (snapshot.entry(folder) for folder in above)
    return next((entry for entry in entries if entry is not None), None)


class FileReader:
    """Answers the questions of one request from `snapshot`.

    `stale` are the paths that the base has changed as well since the head branched off: what a
    merge makes of them is on neither side.
    """

    def __init__(self, snapshot: Snapshot, stale: Collection[str]) -> None:
        self._snapshot = snapshot
        self._stale = stale
        self._bytes_left = file_answers.MOST_BYTES
        self._names_left = file_answers.MOST_NAMES_OF_ALL
        self._contents: dict[str, bytes | FileProblem] = {}

    def answer(self, question: FileQuestion) -> FileAnswer:
        """Return the answer to a question.

        Raises:
            UndecidedError: the snapshot cannot be read.
        """
        path = question.path
        problem = self._problem(question)
        if problem is not None:
            return problem
        entry = self._snapshot.entry(path) if path else None
        mode = entry.mode if entry is not None else None
        if question.function == LIST:
            return self._names(path, mode)
        if question.function == EXISTS:
            return file_answers.exists_answer(path, mode)
        content = file_answers.absent(path) if entry is None else self._content(entry)
        if isinstance(content, FileProblem):
            return content
        return file_answers.matches_answer(path, question.pattern, content)

    def _problem(self, question: FileQuestion) -> FileProblem | None:
        """Return why a question has no answer, whatever stands at the path; else None."""
        path = question.path
        if not path and question.function == LIST:
            return None  # the top level
        problem = file_answers.path_problem(path)
        if problem is not None:
            return problem
        stale = [other for other in self._stale if question.rests_on(other, is_edit=False)]
        if stale:
            return file_answers.changed_at_base(sorted(stale))
        blocking = blocking_entry(self._snapshot, path)
        is_link = blocking is not None and blocking.mode not in REGULAR_MODES
        return file_answers.not_a_file(blocking.path) if blocking and is_link else None

    def _names(self, folder: str, mode: str | None) -> FileAnswer:
        if mode is not None:
            is_file = mode in REGULAR_MODES
            return (file_answers.not_a_folder if is_file else file_answers.not_a_file)(folder)
        most = min(file_answers.MOST_NAMES, self._names_left)
        entries = list(itertools.islice(self._snapshot.entries(folder), most + 1)) if most else []
        if not most or len(entries) > most:
            return file_answers.too_many_names(folder)
        self._names_left -= len(entries)
        return file_answers.names_below(folder, [(entry.path, entry.mode) for entry in entries])

    def _content(self, entry: SnapshotEntry) -> bytes | FileProblem:
        if entry.path not in self._contents:
            self._contents[entry.path] = self._read(entry)
        return self._contents[entry.path]

    def _read(self, entry: SnapshotEntry) -> bytes | FileProblem:
        if entry.mode not in REGULAR_MODES:
            return file_answers.not_a_file(entry.path)
        limit = min(file_answers.LARGEST, self._bytes_left)
        blob = read_one(self._snapshot, entry, limit)
        if blob.data is None:
            return file_answers.too_large(entry.path)
        self._bytes_left -= blob.size
        return blob.data
