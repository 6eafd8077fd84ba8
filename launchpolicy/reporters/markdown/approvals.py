"""List whom to ask for approvals, and whether each given approval counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from launchpolicy.reporters.markdown import wording
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.writer import MarkdownWriter
from launchpolicy.vocabulary.approval import ApprovalOutcome, MissingApproval
from launchpolicy.vocabulary.finding import Finding, PolicyResult

_MOST = 10


def boxes(result: PolicyResult) -> int:
    """Return how many boxes `to_do` has; a quorum of which nothing is known is one."""
    return len(result.missing) + len(_others(result)) or 1


def to_do(writer: MarkdownWriter, result: PolicyResult, *, announced: bool) -> Iterator[str]:
    """Yield one box to tick per missing approval, then what else a quorum complains about."""
    title = writer.quote(writer.policies[result.policy].title)
    head = f"<b>{title}</b>{_source(writer, result)}"
    if not result.missing and not result.findings:
        reason = "" if announced or result.reason is None else writer.quote(result.reason)
        yield f"- [ ] {writer.say(wording.COLON).join(filter(None, (head, reason)))}\n"
        return
    asks = f"<br>{writer.fix(result.findings[0].fix)}" if result.missing and result.findings else ""
    yield f"- … {head}{asks}\n"
    for missing in result.missing:
        yield f"  - [ ] {_whom_to_ask(writer, missing)}\n"
    for finding in _others(result):
        yield f"  - [ ] {writer.quote(finding.message)}<br>{writer.fix(finding.fix)}\n"


def _others(result: PolicyResult) -> tuple[Finding, ...]:
    """Return the objections: the first findings say the same as `missing`, one by one."""
    return result.findings[len(result.missing) :]


def stories(writer: MarkdownWriter, results: Sequence[PolicyResult]) -> Iterator[str]:
    """Yield a table with one row per approval, however many quorums looked at it."""
    outcomes: dict[_Approval, list[tuple[str, ApprovalOutcome]]] = {}
    for result in results:
        for story in result.stories:
            approval = _Approval(story.by, story.source, story.where, story.at)
            outcomes.setdefault(approval, []).append((result.policy, story))
    if not outcomes:
        return
    headings = (wording.WHO, wording.FROM, wording.WHEN, wording.IS_COUNTED)
    yield (
        f"\n<b>{writer.say(wording.STORIES)}</b>\n\n"
        f"| {' | '.join(map(writer.say, headings))} |\n|{' --- |' * len(headings)}\n"
    )
    alone = (
        len({policy for approval_outcomes in outcomes.values() for policy, _ in approval_outcomes})
        == 1
    )
    for approval, approval_outcomes in outcomes.items():
        cell = "<br>".join(
            _outcome_cell(writer, policy, story, alone=alone) for policy, story in approval_outcomes
        )
        source = f"{prose(approval.source)} {code(approval.where)}"
        yield f"| {writer.person(approval.by)} | {source} | {writer.when(approval.at)} | {cell} |\n"


class _Approval(NamedTuple):
    """The identity of an approval: two outcomes with the same one are about one approval."""

    by: str
    source: str
    where: str
    at: datetime


def _outcome_cell(
    writer: MarkdownWriter, policy: str, story: ApprovalOutcome, *, alone: bool
) -> str:
    mark = "✓" if story.counted else "–"
    text = f"{mark} {writer.quote(story.reason)}"
    return text if alone else f"{text} · {code(policy)}"


def _source(writer: MarkdownWriter, result: PolicyResult) -> str:
    clauses = writer.policies[result.policy].clauses
    sources = writer.say(wording.PARTED).join((code(result.policy), *map(prose, clauses)))
    return writer.say(wording.BRACKETED).format(sources)


def _whom_to_ask(writer: MarkdownWriter, missing: MissingApproval) -> str:
    """Return who is asked; a person asked by name who can give it needs no more words."""
    able = [writer.person(person) for person in missing.candidates]
    outcomes = [writer.say(wording.CAN).format(writer.any_of(able, _MOST))] if able else []
    if missing.role or missing.department:
        who = f"<b>{writer.quote(missing.name)}</b>"
    else:
        people = able or [writer.person(missing.person or "?")]
        who = writer.say(wording.NAMED).format(writer.any_of(people, _MOST))
        outcomes = []
    if missing.count != 1:
        who = writer.say(wording.SEVERAL).format(count=missing.count, who=who)
    if missing.waits_for:
        names = writer.say(wording.PARTED).join(prose(writer.say(n)) for n in missing.waits_for)
        return writer.say(wording.COLON).join((who, writer.say(wording.WAITS).format(names)))
    if not able:
        outcomes.append(writer.say(wording.NOBODY))
    outcomes += [
        writer.say(wording.CANNOT).format(writer.person(person), writer.quote(reason))
        for person, reason in missing.barred[:_MOST]
    ]
    return writer.say(wording.COLON).join(
        filter(None, (who, writer.say(wording.STOP).join(outcomes)))
    )
