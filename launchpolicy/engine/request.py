"""One request file to one judgement: read, shape checked, every policy applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.engine.context import Context
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.evaluation import WAITS, Evaluation
from launchpolicy.engine.submission import Submission, UnjudgedReason
from launchpolicy.facts.change import change_between
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import STAGE, Kind, value_at
from launchpolicy.vocabulary.finding import (
    Finding,
    Judgement,
    Operation,
    Outcome,
    PolicyResult,
    Verdict,
    worst,
)
from launchpolicy.vocabulary.place import START, Place, Route
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where there are waivers, or documents are looked up
    from launchpolicy.facts.other_files import LookupProblem
    from launchpolicy.requests.waiver import Waiver


Evaluate = Callable[[Context], Evaluation]
"""Makes the evaluation of the policies of a context."""


def judge(
    submission: Submission, rules: PackSet, now: datetime, evaluate: Evaluate = Evaluation
) -> Judgement:
    """Return the judgement of one submission under `rules` at the moment `now`."""
    context = context_of(submission, rules, now)
    if isinstance(context, Judgement):
        return context
    barred = submission.barred_waivers
    waivers = tuple(waiver for waiver in rules.waivers if waiver.path not in barred)
    kind = rules.kinds[submission.kind]
    is_deletion = context.document is None
    passes = rules.allows_deletion(kind) if is_deletion else rules.is_judged_by_schema_alone(kind)
    judgement = _judge_context(kind, context, waivers, evaluate, passes_unjudged=passes)
    if not context.unanswered:
        return judgement
    return _with_questions(judgement, context.shown_document, context.unanswered)


def context_of(submission: Submission, rules: PackSet, now: datetime) -> Context | Judgement:
    """Return what the policies judge, or the judgement where no policy is applied at all."""
    kind = rules.kinds[submission.kind]
    if submission.unjudged is not None:
        return without_judging(submission, submission.unjudged)
    version = submission.new
    new = version.document() if version is not None else None
    before = submission.old or submission.moved_from
    old = before.document() if before is not None else None
    if isinstance(new, Refusal):
        return _rejection(submission, new.findings)
    if isinstance(old, Refusal):
        return without_judging(submission, _unreadable_base(old))
    if version is not None and (shape := version.problems(kind)):
        return _rejection(submission, shape)
    unanswered = version.open_questions(kind) if version is not None else ()
    shown = new if new is not None else old
    if shown is None:
        message = f"a submission without any version: {submission.path}"
        raise ValueError(message)
    policies = rules.policies_for(kind, shown)
    if policies is None:
        return _without_process(submission, shown, rules, unanswered)
    problems = submission.other_files.problems if submission.other_files is not None else ()
    context = _context(submission, (new, old), policies, now, unanswered)
    context = context._replace(schema=kind.schema, data=rules.data_of(kind))
    is_judged = not problems or bool(unanswered)
    return context if is_judged else _with_wrong_lookups(submission, problems)


def _with_wrong_lookups(submission: Submission, problems: tuple[LookupProblem, ...]) -> Judgement:
    """Return the judgement of a request that looks up a document which is not right."""
    verdict = worst([problem.verdict for problem in problems])
    findings = tuple(finding for problem in problems for finding in problem.findings)
    return not_judged(submission, verdict, findings)


def _without_process(
    submission: Submission, document: Document, rules: PackSet, unanswered: tuple[Route, ...]
) -> Judgement:
    """Return the judgement of a request that no process of the configuration can judge."""
    kind = rules.kinds[submission.kind]
    if any(kind.process[: len(route)] == route for route in unanswered):
        return not_judged(submission, Verdict.BLOCKED, _question_findings(document, unanswered))
    return _rejection(submission, (_unknown_process(kind, document, rules),))


def _with_questions(
    judgement: Judgement, document: Document, unanswered: tuple[Route, ...]
) -> Judgement:
    """Return the judgement of a request with open questions, which is never a pass."""
    refusals, verdict = judgement.refusals, judgement.verdict
    if any(result.reason is WAITS for result in judgement.results) and refusals:
        refusals, verdict = (), Verdict.BLOCKED  # no policy applies yet: they wait
    return judgement._replace(
        verdict=worst([verdict, Verdict.BLOCKED]),
        refusals=(*_question_findings(document, unanswered), *refusals),
    )


def _question_findings(document: Document, unanswered: tuple[Route, ...]) -> tuple[Finding, ...]:
    from launchpolicy.engine.questions import findings_of  # noqa: PLC0415 (few requests have any)

    return findings_of(document, unanswered)


def _context(
    submission: Submission,
    versions: tuple[Document | None, Document | None],
    policies: tuple[Policy, ...],
    now: datetime,
    unanswered: tuple[Route, ...],
) -> Context:
    new, old = versions
    change = change_between(old.data if old else None, new.data if new else None)
    return Context(
        kind=submission.kind,
        path=submission.path,
        document=new,
        old=old,
        change=change,
        policies=policies,
        now=now,
        facts=submission.facts,
        approvals=submission.approvals,
        approvals_come_later=submission.approvals_come_later,
        unanswered=unanswered,
        other_files=submission.other_files,
        is_moved=submission.moved_from is not None,
    )


def _judge_context(
    kind: Kind,
    context: Context,
    waivers: tuple[Waiver, ...],
    evaluate: Evaluate,
    *,
    passes_unjudged: bool,
) -> Judgement:
    evaluation = evaluate(context)
    shared = evaluation.expressions.bindings if context.document is not None else None
    name = name_of(kind, context.shown_document, shared)
    results = tuple(evaluation.result(policy) for policy in context.policies)
    if context.is_moved:
        created = evaluate(context.as_created())
        both = zip(results, map(created.result, context.policies), strict=True)
        results = tuple(_worse(one, other) for one, other in both)
    if waivers:
        from launchpolicy.engine.waivers import apply_waivers  # noqa: PLC0415 (few have any)

        results = apply_waivers(results, context.policies, name, waivers, context.now)
    stage = value_at(context.shown_document.data, STAGE)
    is_judged = _any_applied(results)
    verdict = verdict_of(results, approvals_come_later=context.approvals_come_later)
    if passes_unjudged and not is_judged:
        verdict = Verdict.PASS
    return Judgement(
        kind=kind.name,
        name=name,
        path=context.path,
        operation=Operation.CREATE if context.is_moved else context.change.operation,
        stage=stage if isinstance(stage, str) else "",
        verdict=verdict,
        results=results,
        refusals=() if is_judged or passes_unjudged else (_nothing_applied(context),),
        approval_digest=context.approvals.digest if context.approvals is not None else "",
    )


_WORSE = (Outcome.NOT_APPLICABLE, Outcome.PASSED, Outcome.PENDING, Outcome.FAILED, Outcome.ERROR)
"""The outcomes of a policy before waivers are applied, the better ones first."""


def _worse(one: PolicyResult, other: PolicyResult) -> PolicyResult:
    """Return the worse of two results of a policy; of equal ones the first."""
    return other if _WORSE.index(other.outcome) > _WORSE.index(one.outcome) else one


def not_judged(
    submission: Submission, verdict: Verdict, findings: tuple[Finding, ...]
) -> Judgement:
    """Return the judgement of a submission that no policy was applied to, with the reasons."""
    if submission.old is None:
        operation = Operation.CREATE
    else:
        operation = Operation.UPDATE if submission.new is not None else Operation.DELETE
    name = submission.path
    return Judgement(submission.kind, name, name, operation, "", verdict, refusals=findings)


def verdict_of(results: tuple[PolicyResult, ...], *, approvals_come_later: bool = False) -> Verdict:
    """Return the verdict of a well-formed request: never a pass without an answer or a policy.

    With `approvals_come_later` missing approvals do not block.
    """
    if not _any_applied(results) or any(r.outcome is Outcome.ERROR for r in results):
        return Verdict.UNDECIDED
    ignored = {Outcome.PENDING} if approvals_come_later else set()
    blocked = any(result.blocks and result.outcome not in ignored for result in results)
    return Verdict.BLOCKED if blocked else Verdict.PASS


def _any_applied(results: tuple[PolicyResult, ...]) -> bool:
    return any(result.outcome is not Outcome.NOT_APPLICABLE for result in results)


def _rejection(submission: Submission, findings: tuple[Finding, ...]) -> Judgement:
    return not_judged(submission, Verdict.REJECTED, findings)


def without_judging(submission: Submission, reason: UnjudgedReason) -> Judgement:
    """Return the judgement of a submission that is not judged for this reason."""
    place = reason.place or Place(submission.path, START)
    finding = Finding(reason.rule, reason.message, place, reason.fix)
    return not_judged(submission, reason.verdict, (finding,))


def _unreadable_base(refusal: Refusal) -> UnjudgedReason:
    first = refusal.findings[0]
    return UnjudgedReason(
        "request/unreadable-base",
        Verdict.UNDECIDED,
        Text(
            f"The version at the base cannot be read: {first.message.en}",
            f"基准版本无法读取：{first.message.zh}",
        ),
        Text(
            "Have the owner of the protected branch repair that file first.",
            "请受保护分支的负责人先修复该文件。",
        ),
    )


def processes_in_configuration(known: Sequence[str]) -> Text:
    """Return the sentence that names the processes of the configuration."""
    listed = ", ".join(known) or "none"
    chinese = "、".join(f"`{process}`" for process in known) or "无"
    return Text(f"Configured processes: {listed}.", f"已配置的流程：{chinese}。")


def _unknown_process(kind: Kind, document: Document, rules: PackSet) -> Finding:
    import difflib  # noqa: PLC0415 (only what fails needs it)

    process = value_at(document.data, kind.process)
    known = list(rules.configuration.processes)
    near = difflib.get_close_matches(str(process), known, n=1)
    fix = processes_in_configuration(known)
    if near:
        fix = Text(f"Did you mean `{near[0]}`? {fix.en}", f"是否想写 `{near[0]}`？{fix.zh}")
    return Finding(
        "request/unknown-process",
        Text(f"No process is called `{process}`.", f"没有名为 `{process}` 的流程。"),
        document.place(kind.process),
        fix,
    )


def _nothing_applied(context: Context) -> Finding:
    fix = Text(
        "The owner of the policies must add one that does; nothing checked is no pass.",
        "请策略负责人补充适用的策略：未经检查不等于通过。",
    )
    if context.document is None:
        fix = Text(
            "The owner of the policies adds one that judges deletions (`match: {operations: "
            "[delete]}`), or lets them pass where a kind is your own: `deletions: allow` under "
            "`kinds` in .launchpolicy.yaml. Nothing checked is no pass.",
            "请策略负责人补充判定删除的策略（`match: {operations: [delete]}`）；"
            "自有类型也可允许删除：在 .launchpolicy.yaml 的 `kinds` 下写 "
            "`deletions: allow`。未经检查不等于通过。",
        )
    return Finding(
        "request/no-policy",
        Text("No policy applies to this request.", "没有任何策略适用于该申请。"),
        context.shown_document.place(()),
        fix,
    )
