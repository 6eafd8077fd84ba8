"""Find what policies ask about other files than the request: documents looked up, and answers.

Everything comes from the snapshot that holds the requests, so from the proposal itself. Questions
are answered until none is missing; how many and how much is bounded (decision 0020).
"""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.documents.reading import Document
from launchpolicy.engine.file_questions import (
    policies_asking_files,
    question_context,
    unanswered_questions,
)
from launchpolicy.engine.lookup_paths import lookup_paths
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.other_files import (
    MOST_QUESTIONS,
    FileAnswer,
    FileQuestion,
    LookupAnswer,
    LookupAnswers,
    LookupProblem,
    OtherFiles,
)
from launchpolicy.operations.submissions.compared_base import ComparedBase, base_of_requests
from launchpolicy.operations.submissions.facts_read import OTHER_FILES, facts_read
from launchpolicy.operations.submissions.file_reader import FileReader
from launchpolicy.operations.submissions.lookup_reader import LookupReader
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Operation
from launchpolicy.vocabulary.snapshot import Snapshot


def add_other_files(
    submissions: Sequence[Submission], rules: PackSet, new: Snapshot, base: ComparedBase | None
) -> list[Submission]:
    """Return the submissions with what their policies ask about other files in `new`.

    Without a `base` nothing but the requests themselves is changed.

    Raises:
        UndecidedError: a snapshot cannot be read.
    """
    reader = OtherFilesReader(rules, new, base or base_of_requests(submissions, new))
    return [
        submission._replace(other_files=reader.other_files(submission))
        for submission in submissions
    ]


class OtherFilesReader:
    """Reads other files for the requests of one run."""

    def __init__(self, rules: PackSet, new: Snapshot, base: ComparedBase) -> None:
        self._rules = rules
        self._new = new
        self._base = base
        self._documents = LookupReader(rules, new, base)
        self._changed: tuple[str, ...] | None = None
        self._is_changed_known = False

    def other_files(self, submission: Submission) -> OtherFiles | None:
        """Return what was read of other files for a request; None where no policy asks for any.

        Raises:
            UndecidedError: a snapshot cannot be read.
        """
        named = facts_read(self._rules, submission.kind) & OTHER_FILES
        if not named or submission.unjudged is not None:
            return None
        kind = self._rules.kinds[submission.kind]
        if submission.new is not None and submission.new.problems(kind):
            return None  # it is not judged
        known = self._lookups(submission) if "lookups" in named else OtherFiles()
        if "files" not in named:
            return known
        if not self._is_changed_known:
            paths = self._base.paths()
            self._changed = None if paths is None else tuple(sorted(paths))
            self._is_changed_known = True
        return self._with_answers(submission, known._replace(changed=self._changed))

    def _with_answers(self, submission: Submission, known: OtherFiles) -> OtherFiles:
        policies = policies_asking_files(self._rules, self._rules.kinds[submission.kind])
        context = question_context(submission, self._rules, policies) if policies else None
        if context is None or not context.policies:
            return known
        reader = FileReader(self._new, self._base.stale)
        answers: dict[FileQuestion, FileAnswer] = {}
        while questions := unanswered_questions(context, known._replace(answers=answers)):
            room = MOST_QUESTIONS - len(answers)
            if room <= 0:
                break  # what is not answered is no answer, never "no"
            answers |= {question: reader.answer(question) for question in questions[:room]}
        return known._replace(answers=answers)

    def _lookups(self, submission: Submission) -> OtherFiles:
        """Return the documents that are looked up for a request, or why they are none."""
        version = submission.new if submission.new is not None else submission.old
        document = version.document() if version is not None else None
        if not isinstance(document, Document):
            return OtherFiles()
        kind = self._rules.kinds[submission.kind]
        policies = self._rules.policies_for(kind, document) or ()
        lookups: dict[tuple[str, str], LookupAnswer | LookupAnswers] = {}
        pathless: dict[tuple[str, str], str] = {}
        problems: list[LookupProblem] = []
        for named in lookup_paths(kind, policies, document, _operations_of(submission)):
            key = (named.owner, named.lookup.name)
            if named.paths is None:
                pathless[key] = named.reason
                continue
            answer = self._documents.answer(named.lookup, named.paths, submission.path)
            if not isinstance(answer, LookupProblem):
                lookups[key] = answer
            elif answer not in problems:
                problems.append(answer)
        return OtherFiles(lookups, pathless, tuple(problems))


def _operations_of(submission: Submission) -> tuple[Operation, ...]:
    """Return what the change does to a request; to move one is to create and to change it."""
    if submission.moved_from is not None:
        return (Operation.CREATE, Operation.UPDATE)
    if submission.old is None:
        return (Operation.CREATE,)
    return (Operation.DELETE if submission.new is None else Operation.UPDATE,)
