"""A change of the rules themselves: judged by the base, and shown what it would change.

Rules are the configuration, the directory of people, the calendar and the repository's own packs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from launchpolicy.engine.quorum import findings_of
from launchpolicy.facts.approvals.counting import CountingRule, count_quorum
from launchpolicy.facts.approvals.exclusion import barred_by
from launchpolicy.facts.approvals.inputs import ApprovalInputs
from launchpolicy.facts.approvals.slots import QuorumError, ways_of
from launchpolicy.policy.policy import Pack
from launchpolicy.policy.quorum import TOOK_PART, Demand, Quorum
from launchpolicy.requests.configuration import FILE
from launchpolicy.requests.kinds import RULES
from launchpolicy.vocabulary.approval import RuleEffect
from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Operation,
    Outcome,
    PolicyResult,
    PolicyText,
    Verdict,
)
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text

KIND: Final = RULES
NAME: Final = "rules"
"""What approvals of the rules are approvals of."""

VERSIONED: Final = "rules-version-rises"
APPROVED: Final = "rules-approved"
_PACK: Final = "rules"
_BEFORE_AND_AFTER: Final = 2

TEXTS: Final = {
    VERSIONED: PolicyText(
        VERSIONED,
        _PACK,
        Text("A changed pack has a higher version", "策略包有变更时须提高版本号"),
        (),
        ("SOC2:CC8.1", "ISO27001:A.8.32"),
    ),
    APPROVED: PolicyText(
        APPROVED,
        _PACK,
        Text("A change of the rules is approved by their owners", "规则变更须由规则负责人批准"),
        (),
        ("SOC2:CC8.1", "ISO27001:A.5.1"),
    ),
}
"""What reporters quote of the two policies that no pack holds."""


@dataclass(frozen=True, slots=True)
class PackChange:
    """One of the repository's own packs on both sides; `path` is that of its pack.yaml."""

    path: str
    old: Pack
    new: Pack


class RuleOwners(NamedTuple):
    """Who approves a change of the rules: holders of `roles`; nobody has to where it `is_open`.

    `signs` says that approvals are signed files, not reviews on a host.
    """

    roles: tuple[str, ...]
    is_open: bool = False
    signs: bool = False


def judge_rules(
    refusals: tuple[Finding, ...],
    packs: Sequence[PackChange],
    owners: RuleOwners,
    approvals: ApprovalInputs | None,
    now: datetime,
) -> Judgement:
    """Return the judgement of a change of the rules.

    Args:
        refusals: why the proposed rules cannot be loaded; then nothing else is asked.
        packs: the packs that are there before and after.
        owners: who may approve.
        approvals: of the proposed rules; None where they do not load.
        now: the one time of the run.
    """
    results: tuple[PolicyResult, ...] = ()
    verdict = Verdict.REJECTED
    if not refusals:
        results = (_version_result(packs), *_approval_results(owners, approvals, now))
        verdict = _verdict(results)
    return Judgement(
        kind=KIND,
        name=NAME,
        path=FILE,
        operation=Operation.UPDATE,
        stage="",
        verdict=verdict,
        results=results,
        refusals=refusals,
        approval_digest=approvals.digest if approvals is not None else "",
    )


def effects_of(before: Sequence[Judgement], after: Sequence[Judgement]) -> Iterator[RuleEffect]:
    """Return where the proposed rules come to another outcome for the same requests."""
    counts = Counter(judgement.path for judgement in (*before, *after))
    then = {_key(judgement, counts): judgement for judgement in before}
    for judgement in after:
        old, new = _outcomes(then.get(_key(judgement, counts))), _outcomes(judgement)
        for policy in dict.fromkeys((*old, *new)):
            was, becomes = old.get(policy, ""), new.get(policy, "")
            if was != becomes and {was, becomes} - {"", str(Outcome.NOT_APPLICABLE)}:
                yield RuleEffect(judgement.name, judgement.path, policy, was, becomes)


def _key(judgement: Judgement, counts: Mapping[str, int]) -> tuple[str, str]:
    """Return what a document is known by before and after: its file, among several its id too."""
    is_alone = counts[judgement.path] <= _BEFORE_AND_AFTER
    return judgement.path, "" if is_alone else judgement.name


def _outcomes(judgement: Judgement | None) -> Mapping[str, str]:
    if judgement is None:
        return {}
    refused = {finding.rule: str(judgement.verdict) for finding in judgement.refusals}
    return {**{r.policy: str(r.outcome) for r in judgement.results}, **refused}


def _verdict(results: Sequence[PolicyResult]) -> Verdict:
    if any(result.outcome is Outcome.ERROR for result in results):
        return Verdict.UNDECIDED
    return Verdict.BLOCKED if any(result.blocks for result in results) else Verdict.PASS


def _version_result(packs: Sequence[PackChange]) -> PolicyResult:
    """Return whether each changed pack has a higher version; failed where not (threat R8)."""
    findings = tuple(
        _same_version(change)
        for change in packs
        if change.old.digest != change.new.digest and change.new.version <= change.old.version
    )
    outcome = Outcome.FAILED if findings else Outcome.PASSED
    return PolicyResult(VERSIONED, _PACK, Action.DENY, outcome, None, findings)


def _same_version(change: PackChange) -> Finding:
    old, new = change.old.version, change.new.version
    return Finding(
        VERSIONED,
        Text(
            f"The pack {change.new.name} has changed, and its version went from {old} to {new}.",
            f"策略包 {change.new.name} 有变更，而版本号由 {old} 变为 {new}。",
        ),
        Place(change.path, START),
        Text(f"Set `version` to {old + 1}.", f"请将 `version` 设为 {old + 1}。"),
    )


def _approval_results(
    owners: RuleOwners, approvals: ApprovalInputs | None, now: datetime
) -> Iterator[PolicyResult]:
    if owners.is_open:
        return
    place = Place(FILE, START)
    if not owners.roles:
        finding = Finding(APPROVED, _NO_OWNERS, place, _NAME_OWNERS)
        yield PolicyResult(APPROVED, _PACK, Action.DENY, Outcome.PENDING, None, (finding,))
        return
    roster = approvals.roster if approvals is not None else None
    if approvals is None or roster is None:
        yield _error(Text("the base has no directory of people", "基准版本中没有人员名录"), place)
        return
    if approvals.unasked is not None:
        finding = Finding(APPROVED, approvals.unasked, place, _ask(owners))
        yield PolicyResult(APPROVED, _PACK, Action.DENY, Outcome.PENDING, None, (finding,))
        return
    quorum = Quorum(Demand((), owners.roles), exclude=TOOK_PART)
    try:
        ways = ways_of(quorum.root, roster, lambda _: None)
        barred = barred_by(quorum, {}, [], approvals.participants, roster)
        count = count_quorum(approvals, roster, ways, barred, now, CountingRule())
    except QuorumError as error:
        yield _error(error.problem, place)
        return
    findings = tuple(findings_of(APPROVED, _ask(owners), place, count, roster))
    outcome = Outcome.PENDING if findings else Outcome.PASSED
    yield PolicyResult(
        APPROVED, _PACK, Action.DENY, outcome, None, findings, count.missing, count.stories
    )


_NO_OWNERS = Text(
    "The configuration of the base names no owners of the rules (`approvals.rules`), so nobody can "
    "approve a change of them.",
    "基准版本的配置没有写明规则负责人（`approvals.rules`），因此任何人都不能批准规则变更。",
)
_NAME_OWNERS = Text(
    "Once, an administrator merges a change that adds `rules: [ROLE]` below `approvals` in "
    f"{FILE}; the ledger records it as bypassed. If nobody is to be asked, write `rules: anybody` "
    "there.",
    f"请由管理员合并一次变更，在 {FILE} 的 `approvals` 下加入 `rules: [角色]`；"
    "上线日志会记为“绕过流程”。如果确实无需任何人审批，请写 `rules: anybody`。",
)
_ASK = Text(
    "Ask an owner of the rules to approve this version in the pull request.",
    "请规则负责人在合并请求中审批此版本。",
)
_ASK_TO_SIGN = Text(
    "Ask an owner of the rules to approve this version, all changed rule files at once: "
    f"launchpolicy approve {FILE} --commit",
    f"请规则负责人审批此版本（一次涵盖全部规则文件）：launchpolicy approve {FILE} --commit",
)


def _ask(owners: RuleOwners) -> Text:
    return _ASK_TO_SIGN if owners.signs else _ASK


def _error(problem: Text, place: Place) -> PolicyResult:
    reason = Text(
        f"approvals of the rules cannot be judged: {problem.en}",
        f"无法判定对规则的审批：{problem.zh}",
    )
    fix = Text(
        "Correct `approvals.rules` in the configuration, or people.yaml, at the base.",
        "请更正基准版本配置中的 `approvals.rules`，或 people.yaml。",
    )
    finding = Finding(APPROVED, reason, place, fix)
    return PolicyResult(APPROVED, _PACK, Action.DENY, Outcome.ERROR, reason, (finding,))
