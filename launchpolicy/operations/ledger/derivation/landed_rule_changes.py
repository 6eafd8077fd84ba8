"""Record changes of the rules and of the people as entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from launchpolicy.engine.rule_changes import NAME
from launchpolicy.ledger.entries_of_landing import rules_entry
from launchpolicy.ledger.entry import RULES, Entry, Event, digest_of_bytes
from launchpolicy.ledger.landing import Landing
from launchpolicy.operations.approvals.electorate import Electorate
from launchpolicy.operations.check.rule_changes import LoadRules, rule_change
from launchpolicy.operations.ledger.derivation.rules_over_time import StepRules
from launchpolicy.operations.submissions.rule_files import changed_rules, further_rules, is_rule
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.finding import Judgement, Operation, Verdict
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, FileChange, Snapshot

_LIMIT = 64 * 1024 * 1024


def rules_entries(
    landing: Landing,
    changes: Sequence[FileChange],
    rules: StepRules,
    electorate: Electorate,
    load: LoadRules,
) -> Iterator[Entry]:
    """Yield one entry for changed rules, one for a changed directory of people.

    `load` reads the new rules as the program of the landing did.
    """
    new = electorate.proposed
    parts = _parts(changes, rules, new)
    if not parts:
        return
    further = tuple(further_rules(changes, rules.pack_set, rules.trusted, new))
    judgement = _judgement(rules, replace(electorate, further_rules=further), load)
    pack_set = rules.pack_set.digest if rules.problem is None else ""
    for event, part in parts.items():
        files = _digests(part, new)
        yield rules_entry(landing, judgement, files, event, pack_set)


def events_of_rules(
    changes: Sequence[FileChange], rules: StepRules, new: Snapshot
) -> tuple[Event, ...]:
    """Return the events of changes of rules; `new` is the branch after them."""
    return tuple(_parts(changes, rules, new))


def _parts(
    changes: Sequence[FileChange], rules: StepRules, new: Snapshot
) -> dict[Event, list[FileChange]]:
    configuration = rules.pack_set.configuration
    rule_changes = changed_rules(changes, rules.pack_set, rules.trusted, new)
    people = [change for change in rule_changes if change.path == configuration.paths.people]
    others = [change for change in rule_changes if change not in people]
    parts: dict[Event, list[FileChange]] = {"policy-changed": others, "people-changed": people}
    return {event: part for event, part in parts.items() if part}


def adoption(
    landing: Landing, changes: Sequence[FileChange], rules: StepRules, new: Snapshot
) -> Entry:
    """Return the entry of the first rules, which nothing could judge."""
    configuration = rules.pack_set.configuration
    rule_changes = [change for change in changes if is_rule(change.path, configuration)]
    judgement = _judgement_of_rules(Verdict.UNDECIDED)
    return rules_entry(
        landing, judgement, _digests(rule_changes, new), "adopted", rules.pack_set.digest
    )


def _judgement(rules: StepRules, electorate: Electorate, load: LoadRules) -> Judgement:
    """Return how the old rules judge the new ones; broken rules judge nothing."""
    if rules.problem is None:
        return rule_change(electorate, tried=False, load=load).judgement
    judgement = _judgement_of_rules(Verdict.UNDECIDED)
    return Judgement(
        judgement.kind,
        judgement.name,
        judgement.path,
        judgement.operation,
        "",
        judgement.verdict,
        refusals=(rules.problem,),
    )


def _judgement_of_rules(verdict: Verdict) -> Judgement:
    return Judgement(RULES, NAME, FILE, Operation.UPDATE, "", verdict)


def _digests(changes: Sequence[FileChange], snapshot: Snapshot) -> dict[str, str]:
    """Return path → digest of the new bytes; "" where the file is gone or none to read."""
    digests = {change.path: "" for change in changes}
    entries = [
        change.new
        for change in changes
        if change.new is not None and change.new.mode in REGULAR_MODES
    ]
    for blob in snapshot.read(entries, _LIMIT):
        if blob.data is not None:
            digests[blob.entry.path] = digest_of_bytes(blob.data)
    return digests
