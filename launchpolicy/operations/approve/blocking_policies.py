"""Judge the version that is about to be approved, so that nobody signs unawares what is blocked."""

from __future__ import annotations

from datetime import datetime

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.approve.sign import CommittedRequest
from launchpolicy.operations.check import run as check
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.submissions.rule_files import RULES_KIND
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.finding import Action, Outcome, PolicyText, Report

_BLOCKING = {Outcome.FAILED, Outcome.ERROR}


def unfulfilled_policies(
    target: CommittedRequest, base_name: str | None, now: datetime
) -> tuple[PolicyText, ...]:
    """Return the policies that block this version even with every approval, in a check's order.

    None of rules, and of a request that is merged as it is. What cannot be judged is left to the
    check, which says why.
    """
    if target.kind is RULES_KIND:
        return ()
    try:
        report = _report(target, base_name, now)
    except LaunchpolicyError:
        return ()
    return tuple(
        report.policies[result.policy]
        for judgement in report.judgements
        for result in judgement.results
        if result.outcome in _BLOCKING and result.action is Action.DENY
    )


def _report(target: CommittedRequest, base_name: str | None, now: datetime) -> Report:
    with open_repository(target.root) as repository:
        base = base_of(repository, base_name)
    options = CheckOptions(
        target.root, base=base.commit if base is not None else "HEAD", head=target.commit
    )
    check_input = check.collect_input(options, now)
    asked = tuple(one for one in check_input.submissions if one.path == target.path)
    return check.run_check(check_input._replace(submissions=asked, rule_change=None), jobs=1)
