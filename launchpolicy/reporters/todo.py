"""Write the to-do list of one request: for the requester, then for each who can approve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text import remark, wording
from launchpolicy.reporters.text.remark import PolicyRemark, in_file_order, refusal_remarks
from launchpolicy.reporters.text.request import verdict_line
from launchpolicy.reporters.text.wording import Symbol
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.approval import MissingApproval
from launchpolicy.vocabulary.finding import Action, Judgement, Outcome, PolicyResult, Report
from launchpolicy.vocabulary.text import Text

_REQUESTER: Final = Text("For {}, who asks:", "申请人 {}：")
_UNKNOWN_REQUESTER: Final = Text("For the requester:", "申请人：")
_APPROVERS: Final = Text("For those who can approve:", "可以审批的人员：")
_OWNERS: Final = Text(
    "For the owners of the policies and of the directory:", "策略与人员名录负责人："
)
_NOBODY: Final = Text("For company leadership, or the person who appoints:", "负责任命的人员：")
_APPROVED: Final = Text("Approved already:", "已批准：")
_DONE: Final = Text("Nothing is left to do.", "没有待办事项。")
_NEXT: Final = {
    "requested": Text(
        "Once it is merged, what is due before the launch: `launchpolicy status --due`; the night "
        "of the launch: `launchpolicy record show {}`",
        "合并之后，上线前的各项事宜：`launchpolicy status --due`；登记上线当夜的情况："
        "`launchpolicy record show {}`",
    ),
    "launched": Text(
        "Once it is merged, the next stage: `launchpolicy advance {} verified`",
        "合并之后，进入下一阶段：`launchpolicy advance {} verified`",
    ),
    "verified": Text(
        "Once it is merged, the next stage: `launchpolicy advance {} closed`",
        "合并之后，进入下一阶段：`launchpolicy advance {} closed`",
    ),
}
"""What follows where nothing is left to do, by the stage of a launch request."""

_APPROVE: Final = Text("approve this version as {} ({})", "以{}身份审批本版申请（{}）")
_BY_NAME: Final = Text("approve this version, asked by name ({})", "审批此版本（点名，{}）")
_NO_CANDIDATE: Final = Text(
    "nobody can still give the approval of {} ({}): everybody who holds the role is excluded",
    "已无人可以给出 {} 的审批（{}）：担任该角色的人员均被排除",
)

Names = Mapping[str, Text]


def render(report: Report, names: Names, requester: str, view: ReaderView) -> Iterator[str]:
    """Yield the list; `names` are written names by id; `requester` is an id, or ""."""
    writer = TextWriter(view)
    for judgement in report.judgements:
        yield from verdict_line(writer, judgement)
        parts = [
            list(_to_fix(writer, judgement, report, names, requester)),
            list(_to_approve(writer, judgement, names)),
            list(_to_appoint(writer, judgement)),
            list(_to_repair(writer, judgement, report)),
            list(_approvals_given(writer, judgement, names)),
        ]
        shown_parts = [part for part in parts if part]
        if not any(parts[:4]):
            shown_parts.insert(0, list(_done(writer, judgement)))
        for part in shown_parts:
            yield "\n" + "".join(part)


def _done(writer: TextWriter, judgement: Judgement) -> Iterator[str]:
    """Yield that nothing is left to do, and what follows for a launch that is not over."""
    yield writer.line(StyledText(writer.say(_DONE), "good"))
    following = _NEXT.get(judgement.stage)
    if following is not None:
        yield from writer.paragraph(writer.say(following).format(judgement.name), 0)


def _to_fix(
    writer: TextWriter, judgement: Judgement, report: Report, names: Names, requester: str
) -> Iterator[str]:
    mark = wording.VERDICTS[judgement.verdict]
    remarks = refusal_remarks(mark, judgement.refusals)
    for result in judgement.results:
        if result.outcome is Outcome.FAILED and result.action is not Action.AUDIT:
            failure = wording.FAILURES[result.action]
            remarks.append(PolicyRemark(failure, result.policy, in_file_order(result.findings)))
    if remarks:
        heading = writer.say(_UNKNOWN_REQUESTER)
        if requester:
            heading = writer.say(_REQUESTER).format(_name(writer, names, requester))
        yield writer.line(StyledText(heading, "strong"))
    for policy_remark in remarks:
        yield "\n"
        yield from remark.lines(writer, policy_remark, report.policies)


def _to_approve(writer: TextWriter, judgement: Judgement, names: Names) -> Iterator[str]:
    """Yield each person who can still help, with everything that they can approve."""
    approvals_by_person: dict[str, list[str]] = {}
    for result in _pending(judgement):
        for missing in result.missing:
            if missing.waits_for:
                continue
            approval = _approval_to_give(writer, missing, result.policy)
            for person in missing.candidates:
                approvals_by_person.setdefault(person, []).append(approval)
    yield from _by_person(
        writer, _APPROVERS, wording.OUTCOMES[Outcome.PENDING], approvals_by_person, names
    )


def _approval_to_give(writer: TextWriter, missing: MissingApproval, policy: str) -> str:
    if not missing.role:
        return writer.say(_BY_NAME).format(policy)
    return writer.say(_APPROVE).format(writer.say(missing.name), policy)


def _to_appoint(writer: TextWriter, judgement: Judgement) -> Iterator[str]:
    stuck = [
        writer.say(_NO_CANDIDATE).format(writer.say(missing.name) or missing.person, result.policy)
        for result in _pending(judgement)
        for missing in result.missing
        if not missing.candidates
    ]
    if stuck:
        yield writer.line(StyledText(writer.say(_NOBODY), "strong"))
    for text in stuck:
        yield from writer.paragraph(text, 2, StyledText("✗ ", "bad"))


def _to_repair(writer: TextWriter, judgement: Judgement, report: Report) -> Iterator[str]:
    errors = [result for result in judgement.results if result.outcome is Outcome.ERROR]
    if errors:
        yield writer.line(StyledText(writer.say(_OWNERS), "strong"))
    for result in errors:
        policy_remark = PolicyRemark(
            wording.OUTCOMES[Outcome.ERROR], result.policy, result.findings
        )
        yield "\n"
        yield from remark.lines(writer, policy_remark, report.policies)


def _approvals_given(writer: TextWriter, judgement: Judgement, names: Names) -> Iterator[str]:
    roles_by_person: dict[str, dict[str, None]] = {}
    for result in judgement.results:
        for story in result.stories:
            if story.counted:
                capacity = writer.say(story.capacity) or result.policy
                roles_by_person.setdefault(story.by, {})[capacity] = None
    yield from _by_person(
        writer, _APPROVED, wording.OUTCOMES[Outcome.PASSED], roles_by_person, names
    )


def _by_person(
    writer: TextWriter,
    title: Text,
    mark: Symbol,
    entries_by_person: Mapping[str, Iterable[str]],
    names: Names,
) -> Iterator[str]:
    """Yield a title, then one paragraph for each person; nothing without entries."""
    if entries_by_person:
        yield writer.line(StyledText(writer.say(title), "strong"))
    for person, everything in entries_by_person.items():
        lead = StyledText(f"{mark.symbol} {_name(writer, names, person)}  ", mark.style)
        yield from writer.paragraph(writer.say(wording.PARTED).join(everything), 2, lead)


def _pending(judgement: Judgement) -> list[PolicyResult]:
    return [result for result in judgement.results if result.outcome is Outcome.PENDING]


def _name(writer: TextWriter, names: Names, person: str) -> str:
    """Return the name as people write it, with the id by which files name them."""
    display = names.get(person)
    if display is None:
        return person
    return writer.say(Text(f"{display.en} ({person})", f"{display.zh}（{person}）"))
