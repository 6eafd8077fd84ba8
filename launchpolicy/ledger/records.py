"""The parts of a ledger entry: small facts about people, files, times and what went wrong."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from launchpolicy.documents.instants import parse_instant
from launchpolicy.vocabulary.text import Language, Text

Oid = Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
"""The object id of a commit."""

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


def _instant(text: str) -> str:
    """Return `text`.

    Raises:
        ValueError: it is no moment of the years 1970 to 2199.
    """
    if parse_instant(text) is None:
        message = "no moment of the years 1970 to 2199"
        raise ValueError(message)
    return text


UtcInstant = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
    AfterValidator(_instant),
]
"""A moment of git or of the host: in UTC, to the second."""

Written = Annotated[str, Field(min_length=1, max_length=64)]
"""A moment as the request writes it, with its offset: the wall clock of those who wrote it."""

Short = Annotated[str, Field(max_length=500)]


class EntryPart(BaseModel):
    """Frozen, closed, camelCase in JSON; whatever equals its default is not written."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


def canonical(record: EntryPart) -> bytes:
    """Return the canonical bytes of a record (RFC 8785).

    Keys of ours are ASCII and sorted alike by every order, numbers are whole and below 2**53, and
    Python escapes what ECMAScript does; so its own writer, which is ten times as fast as a library
    for the general case, gives the same bytes. A test holds them against that library.
    """
    data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


class BilingualText(EntryPart):
    """A text in both languages; the same twice where only one was written."""

    en: Short
    zh: Short

    @property
    def text(self) -> Text:
        return Text(self.en, self.zh)


def in_language(text: BilingualText | None, language: Language) -> str:
    """Return a text of an entry in a language; "" where there is none."""
    return text.text.in_language(language) if text is not None else ""


class LaunchedProduct(EntryPart):
    """What is launched."""

    name: Short
    version: Short = ""
    environment: Short = ""
    change: Short = ""


class TimeSpan(EntryPart):
    """From when until when, as written; either may be unknown."""

    start: Written | None = None
    end: Written | None = None


class InvolvedPerson(EntryPart):
    """A person with the role that the request names them in; `display` as the directory had it."""

    person: Short
    role: Short
    display: BilingualText | None = None


class CountedApproval(EntryPart):
    """An approval as it was counted: by whom, for which role of which policy, and where it is.

    `stands_for` is the person for whom a deputy gave it, "" where nobody is.
    """

    by: Short
    role: Short
    policy: Short
    at: UtcInstant
    source: Short
    where: Short
    stands_for: Short = ""


class WaiverUse(EntryPart):
    """A policy that complained, and the waiver under which that did not block."""

    policy: Short
    waiver: Short
    owner: Short
    expires: UtcInstant


HURDLES: dict[str, Text] = {
    "failed": Text("failed", "未通过"),
    "pending": Text("approvals missing", "缺少审批"),
    "error": Text("could not be decided", "无法判定"),
    "refused": Text("malformed", "格式错误"),
    "fixed": Text("fixed before the merge", "合并前已改正"),
}
"""How people read the outcome of a policy that stood in the way."""


UnmetOutcome = Literal["failed", "pending", "error", "refused", "fixed"]


class UnmetPolicy(EntryPart):
    """A policy that stood in the way: at the merge, or at an earlier version of the proposal.

    `failed`, `pending`, `error` and `refused` are of what was merged; `fixed` is of a version that
    the requester replaced before the merge. `message` is that of a policy that
    failed (format 3).
    """

    policy: Short
    outcome: UnmetOutcome
    message: BilingualText | None = None


class EvidenceItem(EntryPart):
    """A file that the request refers to, and the digest of the bytes that are really there.

    `at` is the route of the reference, `found` "" where there is no such file.
    """

    at: Short
    path: Short
    kind: Short
    sha256: Short
    found: Short


class RiskAssessment(EntryPart):
    """The risk assessment of D2.8, so that it can be read back from the log."""

    impact: BilingualText | None = None
    users: int | None = None
    rollback: BilingualText | None = None
    rollback_trigger: BilingualText | None = None
    data_loss: Short = ""
    assessed_by: Short = ""
    assessed_at: Written | None = None


class AnnouncementRecord(EntryPart):
    """The announcement of D4.9, without which a launch counts as not launched (D4.10)."""

    at: Written | None = None
    by: Short = ""


class ProblemFact(EntryPart):
    """What was found after the launch, and when it was settled."""

    name: Short
    found_at: Written | None = None
    settled_at: Written | None = None
    outcome: Short = ""


class RollbackOrCancellation(EntryPart):
    """A rollback or a cancellation that happened."""

    by: Short = ""
    decided_at: Written | None = None
    finished_at: Written | None = None
    reason: BilingualText | None = None


class PullRequestRecord(EntryPart):
    """The pull request, where the host was asked."""

    number: int
    opened_at: UtcInstant | None = None
    merged_by: Short = ""
    base_ref: Short = ""


class PreviousName(EntryPart):
    """What a renamed request was called before, and where it stood.

    `document` says which one of a file that holds many.
    """

    name: Short
    path: Short
    document: Short = ""


class RuleFile(EntryPart):
    """A rule file that a commit changed; `sha256` is "" where it was removed."""

    path: Short
    sha256: Short


class EntryLabel(EntryPart):
    """One label of a request, as `metadata.labels` has it."""

    name: Short
    value: Short


class CommitMaker(EntryPart):
    """A person by what git says, with the id of the directory, "" where it knows none."""

    name: Short
    email: Short = ""
    person: Short = ""

    @property
    def who(self) -> str:
        """Return the id of the directory, else the name and address of git."""
        return self.person or f"{self.name} <{self.email}>".replace(" <>", "")


class VoidedEntries(EntryPart):
    """Entries that were made by accident: numbers from `first` to `last`, both included."""

    first: int
    last: int
