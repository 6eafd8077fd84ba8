"""The report of a check that was stopped: unusable rules, an unknown base, no repository."""

from __future__ import annotations

from datetime import datetime

from launchpolicy.hosts.git.repository import find_top, prefix_of
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError
from launchpolicy.vocabulary.finding import Finding, Judgement, Operation, Report, Verdict
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text

_KIND = "Check"
_RULE = "check/stopped"
_VERDICTS = {2: Verdict.REJECTED, 3: Verdict.UNDECIDED}
_TITLE = Text("nothing: the check was stopped", "无：检查未能进行")
_NO_DIGEST = "none"


def stopped_verdict(error: LaunchpolicyError) -> Verdict:
    """Return the verdict of a check that `error` stopped, by its exit code; never a pass."""
    return _VERDICTS.get(error.exit_code, Verdict.UNDECIDED)


def report_of(error: LaunchpolicyError, options: CheckOptions, now: datetime) -> tuple[Report, str]:
    """Return a report on what stopped the check, and the prefix of the launch repository.

    The prefix is its place in the git repository: "" or `folder/`. The verdict has the
    exit code of `error`, so it is never a pass.
    """
    verdict = stopped_verdict(error)
    if isinstance(error, MalformedRulesError):
        findings = error.findings
    else:
        findings = (Finding(_RULE, error.problem, Place(FILE, START), error.remedy),)
    judgement = Judgement(
        kind=_KIND,
        name=FILE,
        path=FILE,
        operation=Operation.UPDATE,
        stage="",
        verdict=verdict,
        refusals=findings,
    )
    report = Report(
        verdict=verdict,
        judgements=(judgement,),
        policies={},
        pack_set_digest=_NO_DIGEST,
        now=now,
        situation=_TITLE,
    )
    return report, _prefix(options)


def _prefix(options: CheckOptions) -> str:
    try:
        root = launch_root(options.start)
        top = find_top(root) if root is not None else None
        return prefix_of(top, root) if root is not None else ""
    except (LaunchpolicyError, OSError):
        return ""  # what cannot be read is what stopped the check
