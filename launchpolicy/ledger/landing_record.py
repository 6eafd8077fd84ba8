"""What is recorded about a landing because history does not hold it (design section 10).

The reviews on the host, the host's own time of the merge, and which commits were pushed together.
A rebuild reads these records and needs no host. An entry holds the digest of its record.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ValidationError

from launchpolicy.facts.approvals.record_file import approval_record_of
from launchpolicy.ledger.entry import EntryError
from launchpolicy.ledger.records import (
    EntryPart,
    Oid,
    PullRequestRecord,
    Short,
    UtcInstant,
    canonical,
)
from launchpolicy.vocabulary.text import Text

FORMAT: Final = "launchpolicy/landing-record/v1"
MEMBER: Final = "launchpolicy/landing-member/v1"


def _approvals(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of an approval record.

    Raises:
        ValueError: it is none.
    """
    try:
        approval_record_of({"spec": data})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = "no approval record"
        raise ValueError(message) from error
    return data


class LandingRecord(EntryPart):
    """The record of the landing that ended with `commit`.

    `members` are first-parent commits that landed with it, oldest first. `approvals` is the `spec`
    of an ApprovalRecord whose reviews are bound to approval digests; None where no source was
    asked. `merged_at` is the host's time of the merge; without a `proposal` that of the append, as
    the commit was dated later than that. `recorded_by` names the program that asked.
    """

    format: Literal["launchpolicy/landing-record/v1"]
    commit: Oid
    members: tuple[Oid, ...] = ()
    merged_at: UtcInstant | None = None
    proposal: PullRequestRecord | None = None
    approvals: Annotated[dict[str, Any], AfterValidator(_approvals)] | None = None
    recorded_by: Short = ""

    @property
    def source(self) -> bytes:
        return canonical(self)


class MemberRecord(EntryPart):
    """That a commit did not land alone: the record of its landing is that of `landed_with`."""

    format: Literal["launchpolicy/landing-member/v1"]
    landed_with: Oid

    @property
    def source(self) -> bytes:
        return canonical(self)


def landing_record_of(source: bytes) -> LandingRecord | MemberRecord:
    """Return the record with these bytes.

    Raises:
        EntryError: they are none, or not its canonical form.
    """
    kind = MemberRecord if MEMBER.encode() in source[:200] else LandingRecord
    try:
        record = kind.model_validate_json(source)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise EntryError(
            Text(f"it is no record of a landing: {why}", f"不是合并记录：{why}")
        ) from error
    if record.source != source:
        raise EntryError(Text("it is not in canonical form (RFC 8785)", "不是规范形式（RFC 8785）"))
    return record


def record_path(commit: str) -> str:
    """Return where the record of a landing stands on the ledger branch; no folder grows large."""
    return f"facts/{commit[:2]}/{commit[2:4]}/{commit[4:]}.json"
