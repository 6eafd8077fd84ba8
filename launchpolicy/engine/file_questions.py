"""The questions about files that the policies ask about one request: pure, and the same each time.

Evaluating with the answers that are known shows which further ones are needed. The caller finds
those and asks again, until nothing is missing (decision 0020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.expressions import NoAnswerError
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.change import change_between
from launchpolicy.facts.other_files import FileQuestion, OtherFiles
from launchpolicy.policy.file_use import asks_files, policy_asking_files
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.scoping import scope_of_policy
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Outcome

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of an evaluation in which no expression reads it."""


def policies_asking_files(rules: PackSet, kind: Kind) -> tuple[Policy, ...]:
    """Return the parts of policies that may ask about files for documents of `kind`, made once."""
    known = rules.asking_policies.get(kind.name)
    if known is None:
        parts = (
            policy_asking_files(policy)
            for policy in rules.policies
            if kind.name in policy.match.kinds
        )
        known = rules.asking_policies[kind.name] = tuple(part for part in parts if part is not None)
    return known


def question_context(
    submission: Submission, rules: PackSet, policies: Sequence[Policy]
) -> Context | None:
    """Return what the questions about a request rest on; None where it cannot be read.

    `policies` are those of `policies_asking_files`; only those that judge the document remain.
    """
    new, old = (
        version.document() if version is not None else None
        for version in (submission.new, submission.old or submission.moved_from)
    )
    shown = new if new is not None else old
    if not isinstance(shown, Document) or not isinstance(old, Document | None):
        return None
    if not isinstance(new, Document | None):
        return None
    kind = rules.kinds[submission.kind]
    judging = rules.policies_for(kind, shown) or ()
    names = {policy.id for policy in judging}
    change = change_between(old.data if old else None, new.data if new else None)
    return Context(
        kind=submission.kind,
        path=submission.path,
        document=new,
        old=old,
        change=change,
        policies=tuple(policy for policy in policies if policy.id in names),
        now=_NO_TIME,
        is_moved=submission.moved_from is not None,
        data=kind.data.values,
    )


def unanswered_questions(context: Context, known: OtherFiles) -> list[FileQuestion]:
    """Return the questions whose answers are missing in `known`, in the order of asking."""
    context = context._replace(other_files=known)
    questions: dict[FileQuestion, None] = {}
    for asking in (context, context.as_created()) if context.is_moved else (context,):
        evaluation = Evaluation(asking)
        for policy in context.policies:
            questions |= dict.fromkeys(_asked_by(evaluation, policy))
    return list(questions)


def _asked_by(evaluation: Evaluation, policy: Policy) -> Iterator[FileQuestion]:
    asked = evaluation.expressions.asked_files
    if asked is None:
        return
    asked.take_unanswered()
    alone = policy if policy.quorum is None else policy._replace(quorum=None)
    result = evaluation.result(alone)
    unanswered = asked.take_unanswered()
    if result.outcome in {Outcome.ERROR, Outcome.FAILED}:
        yield from unanswered  # else the outcome was certain without them
    if policy.quorum is None or result.outcome is Outcome.NOT_APPLICABLE:
        return
    for _, expression, _ in policy.quorum.expressions():
        if asks_files(scope_of_policy(policy, expression)):
            try:
                evaluation.expressions.answer(policy, expression)
            except NoAnswerError:
                yield from asked.take_unanswered()
            asked.take_unanswered()
