"""The entries of a landing: one for every request that it changes, and one for changed rules."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from launchpolicy.ledger.entry import (
    BYPASSES,
    FORMAT,
    FORMAT_2,
    FORMAT_3,
    FORMAT_4,
    RULES,
    Entry,
    Event,
    digest_of_bytes,
)
from launchpolicy.ledger.events import entry_event
from launchpolicy.ledger.landing import LandedRequest, Landing, LandingMakers, utc
from launchpolicy.ledger.limits import shorten, shorten_lists
from launchpolicy.ledger.records import (
    CountedApproval,
    EvidenceItem,
    PreviousName,
    RuleFile,
    UnmetOutcome,
    UnmetPolicy,
    WaiverUse,
)
from launchpolicy.ledger.request_facts import (
    actual_of,
    announced_of,
    assessment_of,
    bilingual_text,
    cancellation_of,
    labels_of,
    people_of,
    planned_of,
    problems_of,
    product_of,
    rollback_of,
    short_text,
)
from launchpolicy.requests.kinds import stage_of
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.finding import Judgement, Outcome, Verdict
from launchpolicy.vocabulary.text import Text

_UNMET_OUTCOMES: Mapping[Outcome, UnmetOutcome] = {
    Outcome.FAILED: "failed",
    Outcome.PENDING: "pending",
    Outcome.ERROR: "error",
}


def request_entry(landing: Landing, landed: LandedRequest, pack_set: str) -> Entry:
    """Return the entry about one request of a landing; `pack_set` is the digest of the rules."""
    judgement = landed.judgement
    event, attempted = entry_event(landed)
    if event == "bypassed" and _only_pushers_are_unknown(landing, judgement):
        event = "pushers-unknown"
    data: Any = landed.new if landed.new is not None else landed.old
    request = launch_request_of(data)
    labels = labels_of(request) if landing.makers is not None else ()
    entry = Entry(
        **_common(landing, judgement, pack_set, event, landed.document),
        event=event,
        attempted=attempted,
        renamed_from=_previous_name(landed),
        stage=shorten(stage_of(landed.new)),
        stage_before=shorten(stage_of(landed.old)),
        title=bilingual_text(request.metadata.title),
        summary=bilingual_text(request.spec.summary),
        process=short_text(request.spec.process),
        product=product_of(request),
        risk=short_text(request.spec.risk),
        content=digest_of_bytes(landed.source) if landed.source is not None else "",
        approval_digest=judgement.approval_digest,
        people=people_of(data, landed.display),
        approvals=tuple(_counted_approvals(judgement)),
        waivers=tuple(_waivers(judgement)),
        hurdles=_unmet_policies(landing, judgement, landed.fixed),
        evidence=tuple(_evidence(landed)),
        assessment=assessment_of(request),
        planned=planned_of(request),
        actual=actual_of(request),
        problems=problems_of(request),
        announced=announced_of(request),
        rollback=rollback_of(request),
        cancellation=cancellation_of(request),
        team=next((label.value for label in labels if label.name == "team"), ""),
        labels=labels,
    )
    return shorten_lists(entry)


def rules_entry(
    landing: Landing,
    judgement: Judgement,
    files: Mapping[str, str],
    event: Event,
    pack_set: str,
) -> Entry:
    """Return the entry about rule files (path → digest of the new bytes, "" where removed)."""
    passed = judgement.verdict is Verdict.PASS or event == "adopted"
    unknown = _only_pushers_are_unknown(landing, judgement)
    stands_as = event if passed else "pushers-unknown" if unknown else "bypassed"
    entry = Entry(
        **_common(landing, judgement, pack_set, stands_as),
        event=stands_as,
        attempted="" if passed else event,
        approval_digest=judgement.approval_digest,
        approvals=tuple(_counted_approvals(judgement)),
        hurdles=_unmet_policies(landing, judgement, ()),
        files=tuple(RuleFile(path=shorten(path), sha256=files[path]) for path in sorted(files)),
    )
    return shorten_lists(entry)


def _only_pushers_are_unknown(landing: Landing, judgement: Judgement) -> bool:
    """Return whether the unknown pusher alone stands in the way."""
    return (
        landing.pushers_are_unknown
        and judgement.verdict is Verdict.UNDECIDED
        and not judgement.refusals
        and not any(
            result.blocks and result.outcome is not Outcome.ERROR for result in judgement.results
        )
    )


def _previous_name(landed: LandedRequest) -> PreviousName | None:
    if landed.renamed_from is None:
        return None
    name, path, document = map(shorten, landed.renamed_from)
    return PreviousName(name=name, path=path, document=document)


def _common(
    landing: Landing, judgement: Judgement, pack_set: str, event: Event, document: str = ""
) -> dict[str, Any]:
    requested = landing.requested_at
    return {
        "format": FORMAT_4 if document else _format(landing, event),
        "document": shorten(document),
        "commit": landing.commit,
        "parent": landing.parent,
        "at": utc(landing.at),
        "time_source": landing.time_source,
        "requested_at": utc(requested) if requested is not None else None,
        "commits": landing.commits,
        "kind": judgement.kind or RULES,
        "name": shorten(judgement.name),
        "path": shorten(judgement.path),
        "verdict": str(judgement.verdict),
        "pack_set": pack_set,
        "proposal": landing.proposal,
        "record": landing.record,
        **_makers(landing.makers or LandingMakers(), event),
    }


def _format(landing: Landing, event: Event) -> str:
    if landing.makers is not None:
        return FORMAT_3
    is_second = event == "pushers-unknown" or landing.time_source not in {"commit", "host"}
    return FORMAT_2 if is_second else FORMAT


def _makers(makers: LandingMakers, event: Event) -> dict[str, Any]:
    return {
        "authors": makers.authors,
        "merged_by": makers.merged_by,
        "reason": makers.reason if event in BYPASSES else "",
    }


def _counted_approvals(judgement: Judgement) -> Iterator[CountedApproval]:
    """Yield the approvals that counted, once for every policy and role that they counted for."""
    seen: set[CountedApproval] = set()
    for result in judgement.results:
        for story in result.stories:
            if not story.counted:
                continue
            counted = CountedApproval(
                by=shorten(story.by),
                role=shorten(story.role),
                policy=result.policy,
                at=utc(story.at.astimezone(UTC)),
                source=story.source,
                where=shorten(story.where),
                stands_for=shorten(story.stood_for),
            )
            if counted not in seen:
                seen.add(counted)
                yield counted


def _waivers(judgement: Judgement) -> Iterator[WaiverUse]:
    for result in judgement.results:
        if result.waived is not None:
            yield WaiverUse(
                policy=result.policy,
                waiver=shorten(result.waived.name),
                owner=shorten(result.waived.owner),
                expires=utc(result.waived.expires),
            )


def _unmet_policies(
    landing: Landing, judgement: Judgement, fixed: tuple[str, ...]
) -> tuple[UnmetPolicy, ...]:
    """Return what stood in the way, with what was wrong where the format of the entry has it."""
    messages = _messages(judgement) if landing.makers is not None else {}
    return tuple(
        _unmet_policy(policy, outcome, messages.get(policy))
        for policy, outcome in _obstacles(judgement, fixed)
    )


@functools.lru_cache(maxsize=1024)
def _unmet_policy(policy: str, outcome: UnmetOutcome, message: Text | None) -> UnmetPolicy:
    """Return a policy that stood in the way; the same few stand in entry after entry."""
    return UnmetPolicy(policy=policy, outcome=outcome, message=bilingual_text(message))


def _messages(judgement: Judgement) -> dict[str, Text]:
    """Return the first message of each policy that failed, in the words of its pack.

    The ledger keeps that pack. What is pending, refused or an error is said in the words of the
    program, which a later version may change; an entry must be the same bytes forever.
    """
    failed = (result for result in judgement.results if result.outcome is Outcome.FAILED)
    return {result.policy: result.findings[0].message for result in failed if result.findings}


def _obstacles(judgement: Judgement, fixed: tuple[str, ...]) -> Iterator[tuple[str, UnmetOutcome]]:
    """Yield what stood in the way; of refusals, which are no policies, the rule that refused."""
    standing = dict.fromkeys(finding.rule for finding in judgement.refusals)
    yield from ((rule, "refused") for rule in standing)
    blocking = [
        result for result in judgement.results if result.blocks or result.outcome is Outcome.ERROR
    ]
    yield from ((result.policy, _UNMET_OUTCOMES[result.outcome]) for result in blocking)
    named = {result.policy for result in blocking} | standing.keys()
    yield from ((policy, "fixed") for policy in fixed if policy not in named)


def _evidence(landed: LandedRequest) -> Iterator[EvidenceItem]:
    for reference, digest in landed.evidence:
        yield EvidenceItem(
            at=shorten(".".join(map(str, reference.route))),
            path=shorten(reference.path),
            kind=shorten(reference.kind),
            sha256=shorten(reference.sha256),
            found=digest,
        )
