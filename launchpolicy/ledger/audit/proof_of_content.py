"""Exceptions about bytes: evidence that is not as stated, requests that are not as recorded."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.ledger.audit.exception_kinds import NO_FOLLOW_UP, ExceptionKind, ExceptionRecord
from launchpolicy.ledger.audit.facts import AuditFacts, EvidenceCheck
from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.entry import Entry
from launchpolicy.vocabulary.text import Text


def content_exceptions(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    """Yield each mismatch of a launch once, at the entry that brought it."""
    seen: set[tuple[str, str, str | None]] = set()
    for number, entry in launch.events:
        for check in checks_of(number, entry, facts):
            key = (check.item.at, check.item.path, check.digest)
            if check.is_as_recorded or key in seen:
                continue
            seen.add(key)
            yield ExceptionRecord(
                ExceptionKind.EVIDENCE_MISMATCH,
                launch.id,
                launch.launch.name,
                number,
                entry.at,
                _authors(number, facts),
                _mismatch(check),
                _correct_later(launch, number, check, facts),
            )
        if number in facts.contents and facts.contents[number] != entry.content:
            there = facts.contents[number] or "-"
            yield ExceptionRecord(
                ExceptionKind.CONTENT_MISMATCH,
                launch.id,
                launch.launch.name,
                number,
                entry.at,
                (),
                Text(
                    f"recorded {entry.content or '-'}, in the repository {there}",
                    f"记录为 {entry.content or '-'}，仓库中为 {there}",
                ),
            )


def checks_of(number: int, entry: Entry, facts: AuditFacts) -> tuple[EvidenceCheck, ...]:
    """Return the evidence of an entry as it was checked; not looked at where nothing was."""
    checks = facts.evidence.get(number)
    if checks is not None:
        return checks
    return tuple(EvidenceCheck(item, None) for item in entry.evidence)


def _authors(number: int, facts: AuditFacts) -> tuple[str, ...]:
    makers = facts.makers.get(number)
    return makers.authors if makers is not None else ()


def _mismatch(check: EvidenceCheck) -> Text:
    item = check.item
    if check.digest is None:
        return Text(f"{item.path}: it could not be read again", f"{item.path}：无法重新读取")
    if not check.digest:
        return Text(f"{item.path}: there is no such file", f"{item.path}：文件不存在")
    return Text(
        f"{item.path}: stated sha256:{item.sha256}, recorded {item.found or '-'}, "
        f"in the repository {check.digest}",
        f"{item.path}：所写 sha256:{item.sha256}，记录 {item.found or '-'}，仓库中 {check.digest}",
    )


def _correct_later(
    launch: AuditLaunch, number: int, check: EvidenceCheck, facts: AuditFacts
) -> Text:
    """Return which later entry has the same reference as it has to be."""
    for later, entry in launch.launch.events:
        if later <= number:
            continue
        for other in checks_of(later, entry, facts):
            if other.item.at == check.item.at and other.is_as_recorded:
                return Text(f"correct since #{later}", f"自 #{later} 起相符")
    return NO_FOLLOW_UP
