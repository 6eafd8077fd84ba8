"""One entry of the ledger: one launch event, as canonical JSON (RFC 8785; design section 10).

An entry is a pure function of the launch repository's history and of the facts that were recorded
beside it. So anybody can make the same bytes again, and compare.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from typing import Any, Final, Literal, Self

from pydantic import ValidationError

from launchpolicy.ledger.records import (
    AnnouncementRecord,
    BilingualText,
    CommitMaker,
    CountedApproval,
    Digest,
    EntryLabel,
    EntryPart,
    EvidenceItem,
    InvolvedPerson,
    LaunchedProduct,
    Oid,
    PreviousName,
    ProblemFact,
    PullRequestRecord,
    RiskAssessment,
    RollbackOrCancellation,
    RuleFile,
    Short,
    TimeSpan,
    UnmetPolicy,
    UtcInstant,
    VoidedEntries,
    WaiverUse,
    canonical,
)
from launchpolicy.vocabulary.text import Text

FORMAT: Final = "launchpolicy/ledger-entry/v1"
FORMAT_2: Final = "launchpolicy/ledger-entry/v2"
"""Of entries that say what the first format cannot: unknown pushers, and two sources of time."""
FORMAT_3: Final = "launchpolicy/ledger-entry/v3"
"""Of entries that landed under the third edition: they say besides which branch, team and labels
they are of, who wrote and merged the change, why it was merged without a verdict, and what failed;
and of those that void others."""
FORMAT_4: Final = "launchpolicy/ledger-entry/v4"
"""Of entries about one document of a file that holds many."""

TimeSource = Literal["commit", "host", "append", "landing-before"]
"""Where the time of a landing comes from: its commit, the host, the append at which the commit was
dated in the future, or the landing before, after which it cannot have landed earlier."""

Event = Literal[
    "adopted",
    "approved",
    "amended",
    "recorded",
    "renamed",
    "launched",
    "verified",
    "closed",
    "cancelled",
    "rolled-back",
    "withdrawn",
    "policy-changed",
    "people-changed",
    "bypassed",
    "pushers-unknown",
    "voided",
]
EVENTS: dict[str, Text] = {
    "adopted": Text("adopted", "接入"),
    "approved": Text("approved", "批准"),
    "amended": Text("amended", "修改"),
    "recorded": Text("recorded", "补记"),
    "renamed": Text("renamed", "改名"),
    "launched": Text("launched", "已上线"),
    "verified": Text("verified", "已验证"),
    "closed": Text("closed", "已办结"),
    "cancelled": Text("cancelled", "已取消"),
    "rolled-back": Text("rolled back", "已回滚"),
    "withdrawn": Text("withdrawn", "已撤回"),
    "policy-changed": Text("policy changed", "策略变更"),
    "people-changed": Text("people changed", "人员变更"),
    "bypassed": Text("bypassed", "绕过流程"),
    "pushers-unknown": Text("pushers unknown", "推送者不明"),
    "voided": Text("voided", "作废"),
}
"""Every event and how people read it."""

BYPASSES: Final[frozenset[Event]] = frozenset({"bypassed", "pushers-unknown"})
"""The events of what landed without a passing verdict."""

RULES = "Rules"
"""The kind of the entries about rules and people."""

WAIVER = "Waiver"
"""The kind of requests for an exception from a policy: a change of rules, and no launch."""


class EntryError(ValueError):
    """Bytes that are no entry; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Entry(EntryPart):
    """What happened, when, to what, by whom, and how it was judged.

    `attempted` is what a bypassed change would have been, also one of which it is unknown who
    pushed it, and so whether its approvers may approve. `at` is the time of the merge, by which it
    was judged; where that comes from says `time_source`. `requested_at` is when
    the first commit of the proposal was written. `pack_set` is the digest of the rules that judged
    it (those before the merge). `content` is of the request's bytes, "" of one that is gone.
    `record` is the digest of the facts that were recorded at the merge, "" where there are none.
    `shortened` counts what was left out of lists so that the entry stays within 64 KiB.

    Of the third format only: `branch` is the one that the ledger is of, in its first entry. `team`
    is the label `team`, which `labels` holds as well. `authors` wrote the commits that landed,
    `merged_by` put them onto the branch, `reason` is why without a passing verdict (the trailer
    `Bypass-Reason` of the commit). `voids` are the entries that this one voids.

    Of the fourth format only: `document` says which document of a file that holds many it is about:
    its id, or the line on which it begins where it has none of its own.
    """

    format: Literal[
        "launchpolicy/ledger-entry/v1",
        "launchpolicy/ledger-entry/v2",
        "launchpolicy/ledger-entry/v3",
        "launchpolicy/ledger-entry/v4",
    ]
    event: Event
    attempted: Short = ""
    commit: Oid
    parent: Oid | None = None
    at: UtcInstant
    time_source: TimeSource = "commit"
    requested_at: UtcInstant | None = None
    commits: tuple[Oid, ...] = ()
    kind: Short
    name: Short
    path: Short
    document: Short = ""
    renamed_from: PreviousName | None = None
    stage: Short = ""
    stage_before: Short = ""
    title: BilingualText | None = None
    summary: BilingualText | None = None
    process: Short = ""
    product: LaunchedProduct | None = None
    risk: Short = ""
    verdict: Literal["pass", "blocked", "rejected", "undecided"]
    pack_set: Digest | Literal[""] = ""
    content: Digest | Literal[""] = ""
    approval_digest: Digest | Literal[""] = ""
    people: tuple[InvolvedPerson, ...] = ()
    approvals: tuple[CountedApproval, ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    hurdles: tuple[UnmetPolicy, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    assessment: RiskAssessment | None = None
    planned: TimeSpan | None = None
    actual: TimeSpan | None = None
    problems: tuple[ProblemFact, ...] = ()
    announced: AnnouncementRecord | None = None
    rollback: RollbackOrCancellation | None = None
    cancellation: RollbackOrCancellation | None = None
    proposal: PullRequestRecord | None = None
    files: tuple[RuleFile, ...] = ()
    record: Digest | Literal[""] = ""
    branch: Short = ""
    team: Short = ""
    labels: tuple[EntryLabel, ...] = ()
    authors: tuple[CommitMaker, ...] = ()
    merged_by: CommitMaker | None = None
    reason: Short = ""
    voids: VoidedEntries | None = None
    shortened: int = 0

    @functools.cached_property
    def source(self) -> bytes:
        """Return the canonical bytes: what is hashed, stored and proved; written once."""
        return canonical(self)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values, whose bytes are written anew."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("source", None)
        return copied

    @property
    def is_bypassed(self) -> bool:
        return self.event in BYPASSES

    @property
    def became(self) -> str:
        """Return what happened in the world: of a bypassed change, what it was all the same."""
        return self.attempted or self.event


def entry_of(source: bytes) -> Entry:
    """Return the entry with these bytes.

    Raises:
        EntryError: they are no entry, or not its canonical form (a key twice, other spaces: what
            one reader takes for one thing and the next for another, threat L3).
    """
    try:
        entry = Entry.model_validate_json(source)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _no_entry(f"{where}: {first['msg']}" if where else first["msg"]) from error
    if canonical(entry) != source:  # not kept: a view reads a hundred thousand entries
        raise EntryError(
            Text(
                "it is not in canonical form (RFC 8785), so readers could differ",
                "不是规范形式（RFC 8785），不同程序的解读可能不一致",
            )
        )
    return entry


def digest_of_bytes(source: bytes) -> str:
    """Return `sha256:…` of bytes."""
    return f"sha256:{hashlib.sha256(source).hexdigest()}"


def _no_entry(why: str) -> EntryError:
    return EntryError(Text(f"it is no ledger entry: {why}", f"不是上线日志条目：{why}"))
