"""Changes of rules with what each file was before: the ledger holds digests, git the contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from launchpolicy.ledger.launches import NumberedEntry


@dataclass(frozen=True, slots=True)
class DigestChange:
    """A rule file before and after a change: digests, "" where there is no such file."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleRevision:
    """One entry about rules or people, with its files."""

    numbered: NumberedEntry
    files: tuple[DigestChange, ...]


def rule_changes(rules: Iterable[NumberedEntry]) -> list[RuleRevision]:
    """Return the changes, newest first; `rules` are in the ledger's order."""
    digests: dict[str, str] = {}
    changes = []
    for numbered in rules:
        files = tuple(
            DigestChange(file.path, digests.get(file.path, ""), file.sha256)
            for file in numbered.entry.files
        )
        digests |= {file.path: file.sha256 for file in numbered.entry.files}
        changes.append(RuleRevision(numbered, files))
    return changes[::-1]
