"""The whole audit as JSON: one top-level key a line, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.ledger.audit.changes import ChangeOfRules
from launchpolicy.ledger.audit.controls import ControlCount
from launchpolicy.ledger.audit.differences import TextDifference
from launchpolicy.ledger.audit.duties import DutyPair
from launchpolicy.ledger.audit.emergencies import EmergencyLaunch
from launchpolicy.ledger.audit.exception_kinds import ExceptionRecord
from launchpolicy.ledger.audit.facts import EntryMakers, EvidenceCheck
from launchpolicy.ledger.audit.holders import holders_of
from launchpolicy.ledger.audit.population import AuditLaunch, LandingCounts, UnrecordedLanding
from launchpolicy.ledger.audit.report import AuditReport
from launchpolicy.ledger.audit.sample import sample_rank
from launchpolicy.ledger.audit.waivers_in_force import AuditedWaiver
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.landing import utc
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.vocabulary.place import Data

FORMAT = "launchpolicy/audit/v1"
"""The name of the format: keys are only ever added to it."""

Plain = dict[str, Any]


def json_file(report: AuditReport) -> Iterator[tuple[str, str]]:
    """Yield the file."""
    lines = ",\n".join(f" {encode(key)}: {encode(value)}" for key, value in _data(report).items())
    yield "audit.json", f"{{\n{lines}\n}}\n"


def _data(report: AuditReport) -> Plain:
    population, proofs = report.population, report.proofs
    drawn = {one.launch.id: n for n, one in enumerate(report.sample, start=1)}
    return {
        "format": FORMAT,
        "scope": _scope(report),
        "checkpoints": {"begin": proofs.begin, "end": proofs.end, "ledger": proofs.ledger},
        "proofs": dict(proofs.files),
        "landings": _landings(report.facts.landings),
        "entries": {
            "all": population.scope.size,
            "launches": population.launch_entries,
            "waivers": population.waiver_entries,
            "rules": len(population.rules),
            "voided": [event.number for event in population.voided],
            "voiding": [event.number for event in population.voiding],
        },
        "sample": {"seed": report.seed, "chosen": report.is_seed_chosen, "size": len(drawn)},
        "launches": [_launch(report, one, drawn) for one in population.launches],
        "exceptions": [_exception(record) for record in report.exceptions],
        "emergencies": [_emergency(one) for one in report.emergencies],
        "waivers": [_waiver(waiver) for waiver in report.waivers],
        "duties": [_pair(pair) for pair in report.pairs],
        "changes": [_change(change) for change in report.changes],
        "controls": [_control(count) for count in report.controls],
        "limits": [limit.as_data() for limit in report.limits],
    }


def _scope(report: AuditReport) -> Plain:
    scope, proofs = report.population.scope, report.proofs
    return {
        "origin": proofs.origin,
        "since": utc(scope.since) if scope.since is not None else None,
        "until": utc(scope.until) if scope.until is not None else None,
        "first": scope.first,
        "end": scope.end,
        "outside": list(scope.outside),
        "size": proofs.size,
        "root": proofs.root,
        "signed": proofs.is_signed,
        "verified": proofs.is_verified,
    }


def _landings(counts: LandingCounts | None) -> Plain | None:
    if counts is None:
        return None
    return {
        "steps": counts.steps,
        "withEntries": counts.with_entries,
        "together": counts.together,
        "nothing": counts.nothing,
        "missing": [_odd_landing(landing) for landing in counts.missing],
        "strangers": [_odd_landing(landing) for landing in counts.strangers],
    }


def _odd_landing(landing: UnrecordedLanding) -> Plain:
    what = list(landing.what)
    return {"commit": landing.commit, "at": landing.at, "what": what, "entry": landing.number}


def _launch(report: AuditReport, launch: AuditLaunch, drawn: Mapping[str, int]) -> Plain:
    facts = report.facts
    holders = holders_of(launch, facts.makers)
    return {
        "id": launch.id,
        "kind": launch.launch.kind,
        "name": launch.launch.name,
        "standing": str(launch.launch.standing),
        "rank": sample_rank(report.seed, launch.id),
        "position": drawn.get(launch.id),
        "duties": {str(duty): sorted(people) for duty, people in holders.items()},
        "entries": [
            {
                "number": number,
                "content": facts.contents.get(number),
                "makers": _makers(facts.makers.get(number, EntryMakers())),
                "evidence": [_check(check) for check in facts.evidence.get(number, ())],
                "entry": _entry(entry),
            }
            for number, entry in launch.events
        ],
    }


def _makers(makers: EntryMakers) -> Plain:
    return {"authors": list(makers.authors), "merger": makers.merger, "fromGit": makers.from_git}


def _check(check: EvidenceCheck) -> Plain:
    item = check.item
    return {
        "path": item.path,
        "stated": f"sha256:{item.sha256}",
        "recorded": item.found,
        "repository": check.digest,
        "good": check.is_as_recorded,
    }


def _entry(entry: Entry) -> Data:
    return entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _exception(record: ExceptionRecord) -> Plain:
    return {
        "kind": str(record.kind),
        "launch": record.launch_id,
        "name": record.name,
        "entry": record.number,
        "at": record.at,
        "who": list(record.who),
        "why": record.why.as_data(),
        "followUp": record.follow_up.as_data(),
    }


def _emergency(one: EmergencyLaunch) -> Plain:
    review = one.review
    return {
        "launch": one.launch.id,
        "name": one.launch.launch.name,
        "carriedOut": one.ended,
        "due": one.due,
        "reviewedAt": review.at if review is not None else "",
        "reviewers": list(review.people) if review is not None else [],
        "lateSeconds": int(one.late.total_seconds()) if one.late is not None else None,
        "result": one.result.as_data(),
    }


def _waiver(waiver: AuditedWaiver) -> Plain:
    file = waiver.file
    return {
        "name": file.name,
        "policy": file.policy,
        "requests": list(file.requests),
        "owner": file.owner,
        "reason": file.reason.as_data() if file.reason is not None else None,
        "expires": file.expires,
        "approvers": list(waiver.approvers),
        "usedBy": list(waiver.used_by),
        "open": waiver.is_open,
        "state": waiver.state.as_data(),
    }


def _pair(pair: DutyPair) -> Plain:
    return {
        "first": str(pair.first),
        "second": str(pair.second),
        "known": pair.known,
        "together": [
            {"launch": s.launch_id, "name": s.launch, "people": list(s.people)} for s in pair.shared
        ],
    }


def _change(change: ChangeOfRules) -> Plain:
    return {
        "entry": change.number,
        "subjects": list(change.subjects),
        "makers": _makers(change.makers),
        "approvers": list(change.approvers),
        "keys": [{"key": key, "added": is_added} for key, is_added in change.keys],
        "files": [_difference(difference) for difference in change.differences],
        "record": _entry(change.entry),
    }


def _difference(difference: TextDifference) -> Plain:
    return {
        "path": difference.path,
        "old": difference.old_digest,
        "new": difference.new_digest,
        "lines": list(difference.lines),
        "leftOut": difference.left_out,
    }


def _control(count: ControlCount) -> Plain:
    return {
        "framework": count.control.framework,
        "number": count.control.number.as_data(),
        "policies": list(count.policies),
        "launches": count.launches,
        "approvals": count.approvals,
        "refusals": count.refusals,
        "waivers": count.waivers,
        "exceptions": {str(kind): number for kind, number in count.exceptions.items()},
    }
