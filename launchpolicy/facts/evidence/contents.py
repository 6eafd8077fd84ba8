"""What a file of evidence says, in one shape for every kind; or why it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.fact_shapes import CONTENTS, empty_fact
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # it is made by readers of documents only
    from launchpolicy.facts.stances import Stance


class SignedPayload(NamedTuple):
    """The bytes that are signed of what an envelope holds, and the signatures over them."""

    signed_bytes: bytes
    signatures: tuple[bytes, ...]


class UnreadableEvidence(NamedTuple):
    """A file that cannot be relied on; `problem` says why and what to do."""

    problem: Text


class EvidenceContents(NamedTuple):
    """What a file says.

    `passed` is whether that is a success, `says` puts it into one sentence. `details` are the
    facts of its kind, by the names of `policy.fact_shapes.CONTENTS`; what it does not name is
    empty. `is_without_zone` says that `made_at` is the latest instant that a time without a zone
    can mean (`facts.evidence.timestamps`), `is_partly_undated` that it is not the time of all that
    counts. `envelopes` are those of an attestation.
    """

    passed: bool
    says: Text
    size: int
    media_type: str
    made_at: str = ""
    request: str = ""
    commits: tuple[str, ...] = ()
    is_without_zone: bool = False
    is_partly_undated: bool = False
    details: Mapping[str, Any] = MappingProxyType({})
    envelopes: tuple[SignedPayload, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return all facts, those of other kinds empty."""
        return {
            **empty_fact(CONTENTS),
            **self.details,
            "passed": self.passed,
            "says": self.says.as_data(),
            "madeAt": self.made_at,
            "withoutZone": self.is_without_zone,
            "undated": self._is_undated(),
            "size": self.size,
            "mediaType": self.media_type,
            "request": self.request,
            "commits": list(self.commits),
        }

    def _is_undated(self) -> bool:
        is_datable = not _DATABLE.isdisjoint(self.details)
        return is_datable and (not self.made_at or self.is_partly_undated)


_DATABLE = frozenset({"tests", "findings", "coverage"})
"""Facts of kinds that tools write, which know when: such a file without a time is undated."""

Reading = EvidenceContents | UnreadableEvidence

Schemas = Mapping[str, Schema]
"""The schemas of the records that are documents of ours, by kind."""


def identifier(text: str) -> str:
    """Return a short name from a file, fit to be quoted; nothing else of it is ever printed."""
    shown = "".join(character for character in text if character.isprintable())[:_LONGEST]
    return shown if len(text) <= _LONGEST else f"{shown}…"


_LONGEST = 80


def stance_fact(stance: Stance) -> dict[str, str]:
    """Return a stance as the fact of a file of evidence: its kind, and a few of its words."""
    return {"kind": stance.kind, "text": identifier(stance.words)}


MOST_RESULTS = 100_000
"""How many tests, or results of a scan, one report may hold."""


def too_many_results(results: Text) -> UnreadableEvidence:
    """Return what to do about a report of more results than are read."""
    return UnreadableEvidence(
        Text(
            f"It holds more than {MOST_RESULTS:,} {results.en}, the limit for one report; split "
            "it, or attach a summary.",
            f"报告中的{results.zh}超过 {MOST_RESULTS:,} 项，超出单个报告的上限；"
            "请拆分，或附上汇总报告。",
        )
    )
