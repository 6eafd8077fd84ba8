"""What is known of other files for one request: documents looked up, and answers about files.

Expressions ask for files while they are evaluated (`files.exists(path)`), and evaluation reads no
file. So each question has its answer here before, or the expression has none (decision 0020).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from launchpolicy.vocabulary.finding import Finding, Verdict
from launchpolicy.vocabulary.text import Text

EXISTS: Final = "exists"
LIST: Final = "list"
MATCHES: Final = "matches"

MOST_QUESTIONS: Final = 1000
"""How many questions about files may be asked for one request."""


class FileQuestion(NamedTuple):
    """A call of `files.exists`, `files.list` or `files.matches`; only the last has a `pattern`."""

    function: str
    path: str
    pattern: str = ""

    def rests_on(self, path: str, *, is_edit: bool) -> bool:
        """Return whether a change at `path` may change the answer.

        With `is_edit` there is a file before and after, so no folder lists other names.
        """
        if self.function == LIST:
            folder = f"{self.path}/" if self.path else ""
            is_within = path.startswith(folder) or self.path.startswith(f"{path}/")
            return (is_within and not is_edit) or path == self.path
        # A link in place of a folder on the way is a change as well.
        return path == self.path or self.path.startswith(f"{path}/")


class FileProblem(NamedTuple):
    """Why a question about files has no answer, and what to do."""

    message: Text
    fix: Text


FileAnswer = bool | tuple[str, ...] | FileProblem


class LookupAnswer(NamedTuple):
    """What was found at the path of a lookup: `data` and `old_data` are None where nothing is.

    `is_changed` says whether the change that is judged touches it; None where there is no base.
    """

    path: str
    data: Any
    old_data: Any = None
    is_changed: bool | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the CEL value; what is not there is no key."""
        value: dict[str, Any] = {"path": self.path, "exists": self.data is not None}
        if self.data is not None:
            value["object"] = self.data
        if self.old_data is not None:
            value["oldObject"] = self.old_data
        if self.is_changed is not None:
            value["changed"] = self.is_changed
        return value


class LookupAnswers(NamedTuple):
    """What was found by a lookup of any number of documents, in their order."""

    documents: tuple[LookupAnswer, ...]

    def as_data(self) -> list[dict[str, Any]]:
        """Return the CEL value, a list."""
        return [answer.as_data() for answer in self.documents]


class LookupProblem(NamedTuple):
    """Why a request cannot be judged: a document that it looks up is not what it has to be."""

    verdict: Verdict
    findings: tuple[Finding, ...]


class OtherFiles(NamedTuple):
    """What was read of other files for one request.

    `lookups` are by the policy that declares them ("" for the kind's own) and by name; those in
    `pathless` have no path, for the reason given. `problems` keep the request from being judged.
    `changed` are the paths that the change adds, edits or deletes; None where there is no base.
    """

    lookups: Mapping[tuple[str, str], LookupAnswer | LookupAnswers] = {}
    pathless: Mapping[tuple[str, str], str] = {}
    problems: tuple[LookupProblem, ...] = ()
    answers: Mapping[FileQuestion, FileAnswer] = {}
    changed: tuple[str, ...] | None = None

    def answers_for(self, policy: str) -> Iterator[LookupAnswer]:
        """Yield each document that the lookups of a policy, or of the kind, were about."""
        for (owner, _), answer in self.lookups.items():
            if owner in {"", policy}:
                yield from (answer,) if isinstance(answer, LookupAnswer) else answer.documents

    def lookups_for(self, policy: str) -> dict[str, Any]:
        """Return the CEL variable `lookups` of a policy: the kind's lookups, and its own."""
        return {
            name: answer.as_data()
            for (owner, name), answer in self.lookups.items()
            if owner in {"", policy}
        }

    def variables(self) -> dict[str, Any]:
        """Return the CEL variables `files` and `lookups`, and the lookups by policy."""
        owners = {owner for owner, _ in (*self.lookups, *self.pathless)} - {""}
        return {
            "files": {} if self.changed is None else {"changed": list(self.changed)},
            "lookups": self.lookups_for(""),
            "lookupsByPolicy": {owner: self.lookups_for(owner) for owner in sorted(owners)},
        }
