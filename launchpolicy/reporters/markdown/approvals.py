"""Whom to ask, and what became of every approval."""

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
    """How many boxes `to_do` has; a quorum of which nothing is known is one."""
    return len(result.missing) + len(_others(result)) or 1


def to_do(quill: MarkdownWriter, result: PolicyResult, *, announced: bool) -> Iterator[str]:
    """One box to tick per missing approval, then what else a quorum complains about."""
    title = quill.quote(quill.policies[result.policy].title)
    said = f"<b>{title}</b>{_source(quill, result)}"
    if not result.missing and not result.findings:
        reason = "" if announced or result.reason is None else quill.quote(result.reason)
        yield f"- [ ] {quill.say(wording.COLON).join(filter(None, (said, reason)))}\n"
        return
    asks = f"<br>{quill.fix(result.findings[0].fix)}" if result.missing and result.findings else ""
    yield f"- … {said}{asks}\n"
    for missing in result.missing:
        yield f"  - [ ] {_asked(quill, missing)}\n"
    for finding in _others(result):
        yield f"  - [ ] {quill.quote(finding.message)}<br>{quill.fix(finding.fix)}\n"


def _others(result: PolicyResult) -> tuple[Finding, ...]:
    """Objections: the first findings say the same as `missing`, one by one."""
    return result.findings[len(result.missing) :]


def stories(quill: MarkdownWriter, results: Sequence[PolicyResult]) -> Iterator[str]:
    """A table with one row per approval, however many quorums looked at it."""
    fates: dict[_Approval, list[tuple[str, ApprovalOutcome]]] = {}
    for result in results:
        for story in result.stories:
            approval = _Approval(story.by, story.source, story.where, story.at)
            fates.setdefault(approval, []).append((result.policy, story))
    if not fates:
        return
    headings = (wording.WHO, wording.FROM, wording.WHEN, wording.FATE)
    yield (
        f"\n<b>{quill.say(wording.STORIES)}</b>\n\n"
        f"| {' | '.join(map(quill.say, headings))} |\n|{' --- |' * len(headings)}\n"
    )
    alone = len({policy for told in fates.values() for policy, _ in told}) == 1
    for approval, told in fates.items():
        fate = "<br>".join(_fate(quill, policy, story, alone=alone) for policy, story in told)
        source = f"{prose(approval.source)} {code(approval.where)}"
        yield f"| {quill.person(approval.by)} | {source} | {quill.when(approval.at)} | {fate} |\n"


class _Approval(NamedTuple):
    """What makes two stories the stories of one approval."""

    by: str
    source: str
    where: str
    at: datetime


def _fate(quill: MarkdownWriter, policy: str, story: ApprovalOutcome, *, alone: bool) -> str:
    mark = "✓" if story.counted else "–"
    said = f"{mark} {quill.quote(story.reason)}"
    return said if alone else f"{said} · {code(policy)}"


def _source(quill: MarkdownWriter, result: PolicyResult) -> str:
    clauses = quill.policies[result.policy].clauses
    sources = quill.say(wording.PARTED).join((code(result.policy), *map(prose, clauses)))
    return quill.say(wording.BRACKETED).format(sources)


def _asked(quill: MarkdownWriter, missing: MissingApproval) -> str:
    """Who is asked; a person asked by name who can give it needs no further words."""
    able = [quill.person(person) for person in missing.candidates]
    fates = [quill.say(wording.CAN).format(quill.any_of(able, _MOST))] if able else []
    if missing.role or missing.department:
        who = f"<b>{_role(quill, missing)}</b>"
    else:
        named = able or [quill.person(missing.person or "?")]
        who = quill.say(wording.NAMED).format(quill.any_of(named, _MOST))
        fates = []
    if missing.count != 1:
        who = quill.say(wording.SEVERAL).format(count=missing.count, who=who)
    if not able:
        fates.append(quill.say(wording.NOBODY))
    fates += [
        quill.say(wording.CANNOT).format(quill.person(person), quill.quote(reason))
        for person, reason in missing.barred[:_MOST]
    ]
    return quill.say(wording.COLON).join(filter(None, (who, quill.say(wording.STOP).join(fates))))


def _role(quill: MarkdownWriter, missing: MissingApproval) -> str:
    role, department = prose(missing.role), prose(missing.department)
    if not department:
        return role
    return quill.say(wording.ROLE_OF).format(role=role, department=department)
