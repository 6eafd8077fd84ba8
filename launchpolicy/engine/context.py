"""Everything a judgement of one request rests on, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.reading import Document
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.change import Change, change_between
from launchpolicy.facts.facts import NO_FACTS, Facts
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.data import NO_DATA
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route

if TYPE_CHECKING:  # loaded only where approvals are counted, or policies ask for other files
    from launchpolicy.facts.approvals.inputs import ApprovalInputs
    from launchpolicy.facts.other_files import OtherFiles


class Context(NamedTuple):
    """One request, both versions, and the policies that apply to its process.

    `document` is None for a deletion, and then `old` is not. `now` is the one time of the run.
    `approvals` is None where nobody looked for them. With `approvals_come_later` a missing one is
    shown and does not block: the index and the work tree come before any approval. `unanswered`
    are the routes at which the document has open questions. `schema` is that of the kind; where it
    is None, no policy may compare dates by it (`order`). `other_files` is None where nobody looked
    for them. With `is_moved` the document is new at its path and replaces `old` of another one: it
    is judged as an update, and again `as_created`. `data` are the data documents by name.
    """

    kind: str
    path: str
    document: Document | None
    old: Document | None
    change: Change
    policies: tuple[Policy, ...]
    now: datetime
    facts: Facts = NO_FACTS
    approvals: ApprovalInputs | None = None
    approvals_come_later: bool = False
    unanswered: tuple[Route, ...] = ()
    schema: Schema | None = None
    other_files: OtherFiles | None = None
    is_moved: bool = False
    data: Mapping[str, Any] = NO_DATA.values

    def as_created(self) -> Context:
        """Return the context of a moved document as a new one, as which it is judged too."""
        data = self.document.data if self.document is not None else None
        return self._replace(old=None, change=change_between(None, data), is_moved=False)

    @property
    def shown_document(self) -> Document:
        """Return the version that findings point into: the new one, or what a deletion removes."""
        document = self.document if self.document is not None else self.old
        if document is None:
            message = "a context needs a new or an old version"
            raise ValueError(message)
        return document

    def variables(self) -> dict[str, Any]:
        """Return the CEL variables that are the same for every policy."""
        return {
            "object": self.document.data if self.document is not None else None,
            "oldObject": self.old.data if self.old is not None else None,
            "change": self.change.as_data(),
            "path": path_data(self.path),
            "now": self.now,
            **(_NO_OTHER_FILES if self.other_files is None else self.other_files.variables()),
            "data": dict(self.data),
            **self.facts.as_data(),
        }


_NO_OTHER_FILES: Mapping[str, Any] = {"files": {}, "lookups": {}, "lookupsByPolicy": {}}


def path_data(path: str) -> dict[str, Any]:
    """Return the CEL variable `path` of a file: its parts, so that no expression splits text."""
    folder, _, name = path.rpartition("/")
    return {
        "text": path,
        "folder": folder,
        "name": name,
        "stem": name.rpartition(".")[0] or name,
        "segments": path.split("/"),
    }
