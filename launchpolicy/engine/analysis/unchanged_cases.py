"""Policies that read other files, asked about a document that stays as it is.

A change of only the other file brings the document to judgement. A policy whose conditions ask for
a change of the document itself does not apply then, and such a change passes.
"""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.engine.analysis.cases import CaseInput
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.facts.change import change_between
from launchpolicy.policy.expressions import mentions
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Outcome
from launchpolicy.vocabulary.text import Text


def reads_other_files(policy: Policy) -> bool:
    """Return whether what must hold by a policy, besides its quorum, may rest on other files."""
    demands = policy._replace(conditions=(), quorum=None)
    return bool(policy.validations) and any(
        mentions(demands, name) for name in ("lookups", "files.")
    )


def note_on_unchanged(policy: Policy, inputs: Iterable[CaseInput]) -> Text | None:
    """Return a note if a policy applies to cases, and to none whose document stays as it is."""
    applicable = [
        given
        for given in inputs
        if given.context.document is not None and _outcome(policy, given) != Outcome.NOT_APPLICABLE
    ]
    if not applicable or any(
        _outcome(policy, given._replace(context=_with_itself_as_old(given.context)))
        != Outcome.NOT_APPLICABLE
        for given in applicable
    ):
        return None
    return Text(
        "it reads other files, and does not apply where the document itself stays as it is: a "
        "change of only the other file, such as a review that is taken away, passes. Leave out "
        "the condition on the change of the document, if that is not meant",
        "该策略会读取其他文件，但文档本身未改动时并不适用：仅改动另一文件的变更（如撤去评审）"
        "会直接通过。如非有意为之，请去掉以文档自身改动为前提的条件",
    )


def _with_itself_as_old(context: Context) -> Context:
    data = context.document.data if context.document is not None else None
    return context._replace(old=context.document, change=change_between(data, data), is_moved=False)


def _outcome(policy: Policy, given: CaseInput) -> Outcome:
    params = {**policy.params, **given.params}
    return Evaluation(given.context).result(policy._replace(params=params)).outcome
