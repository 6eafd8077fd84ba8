"""A pull request that changes the rules: what it changes, who approved it, what would be different.

The rules of the base judge. The proposed ones are only loaded, to see that they can be, and tried
on the requests, to show what they would change; nothing they say decides anything yet (threat R5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from launchpolicy.engine.rule_changes import (
    KIND,
    NAME,
    TEXTS,
    PackChange,
    RuleOwners,
    effects_of,
    judge_rules,
)
from launchpolicy.engine.submission import Submission, expect_approvals_later
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.hosts import shipped_files
from launchpolicy.operations.approvals.electorate import (
    Electorate,
    reason_not_asked,
    roster_at,
)
from launchpolicy.operations.approvals.signed_files import ApprovalPlace
from launchpolicy.operations.approvals.signed_reviews import signed_reviews
from launchpolicy.operations.rules.further_rule_globs import idle_further_rules, idle_glob_text
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import (
    load_people_and_calendar,
    people_and_calendar_of,
)
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.operations.submissions.parallel import judge_all
from launchpolicy.operations.submissions.read import (
    changed_submissions,
    request_entries,
    submissions,
)
from launchpolicy.operations.submissions.rule_files import (
    RULES_KIND,
    rules_digest,
    rules_digest_at,
    unjudged_files,
)
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE, SIGNED
from launchpolicy.vocabulary.approval import RuleEffect
from launchpolicy.vocabulary.errors import (
    LaunchpolicyError,
    MalformedRulesError,
    UndecidedError,
    UsageError,
)
from launchpolicy.vocabulary.finding import Finding, Judgement, PolicyText
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

LoadRules = Callable[[Snapshot], PackSet]
"""Reads the pack set of a snapshot."""

_MOST_NAMED = 5
_MOST = 200
"""Requests that the proposed rules are tried on; more would say no more, and take long."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How a change of the rules was judged, by which policies, and what it would change."""

    judgement: Judgement
    effects: tuple[RuleEffect, ...]
    notes: tuple[Text, ...]
    policies: Mapping[str, PolicyText] = field(default_factory=lambda: TEXTS)


def rule_change(
    electorate: Electorate, *, tried: bool = True, load: LoadRules = load_rules
) -> RuleChange:
    """Return the change of the rules between the two snapshots of an electorate.

    With `tried` the proposed rules are run over the requests to show their effects. `load` reads
    the proposed rules; of a landing, as the program of its time did.

    Raises:
        UndecidedError: git cannot read what is proposed.
    """
    old, rules = electorate.trusted, electorate.rules
    proposed = _usable_rules(electorate.proposed, old, rules, load)
    if not isinstance(proposed, PackSet):
        return _refused_change(proposed, electorate.now)
    configuration = rules.configuration
    roles = configuration.rule_owners
    is_open = configuration.anybody_owns_rules or rules.edition == FIRST_EDITION
    judgement = judge_rules(
        (),
        list(_packs(old, rules, proposed)),
        RuleOwners(roles, is_open=is_open, signs=configuration.approvals == SIGNED),
        _approvals(electorate) if roles else None,
        electorate.now,
    )
    effects, skipped = _effects(electorate, proposed) if tried else ((), 0)
    notes = [_JUDGED_BY_BASE]
    notes += [_ANYBODY_OWNS] if configuration.anybody_owns_rules else []
    notes += [_tried_on_some(skipped)] if skipped else []
    notes += [_further_rules(electorate.further_rules)] if electorate.further_rules else []
    if tried:
        idle = idle_further_rules(electorate.proposed, proposed.configuration)
        notes += map(idle_glob_text, idle)
    return RuleChange(judgement, effects, tuple(notes))


def unusable_rules(
    proposed: Snapshot, old: Snapshot, rules: PackSet, now: datetime
) -> RuleChange | None:
    """Return what is wrong with proposed rules, before anybody can approve them; None if usable.

    Raises:
        UndecidedError: git cannot read what is proposed.
    """
    usable = _usable_rules(proposed, old, rules, load_rules)
    return None if isinstance(usable, PackSet) else _refused_change(usable, now)


def _usable_rules(
    proposed: Snapshot, old: Snapshot, rules: PackSet, load: LoadRules
) -> PackSet | tuple[Finding, ...]:
    """Return the proposed rules, or what is wrong with them."""
    try:
        proposed_rules = load(proposed)
        people_and_calendar_of(proposed, proposed_rules)
    except UndecidedError:
        raise
    except LaunchpolicyError as error:
        return _refusals(error)
    return tuple(unjudged_files((old, proposed), rules, proposed_rules)) or proposed_rules


def _refused_change(findings: tuple[Finding, ...], now: datetime) -> RuleChange:
    judgement = judge_rules(findings, (), RuleOwners(()), None, now)
    return RuleChange(judgement, (), (_JUDGED_BY_BASE,))


def _refusals(error: LaunchpolicyError) -> tuple[Finding, ...]:
    if isinstance(error, MalformedRulesError):
        return error.findings
    return (Finding("rules/unusable", error.problem, Place(FILE, START), error.remedy),)


def _packs(old: Snapshot, rules: PackSet, proposed: PackSet) -> Iterator[PackChange]:
    own = set(rules.packs) & set(proposed.packs) - set(shipped_files.pack_names())
    for name in sorted(own):
        folders = (f"{folder}/{name}/pack.yaml" for folder in rules.configuration.pack_folders)
        path = next((candidate for candidate in folders if old.entry(candidate) is not None), FILE)
        yield PackChange(path, rules.packs[name], proposed.packs[name])


def _approvals(electorate: Electorate) -> ApprovalInputs:
    rules, paths = electorate.rules, electorate.rules.configuration.paths
    further = electorate.further_rules
    directory = load_people_and_calendar(electorate.trusted, paths).directory
    opinions: list[Opinion] = []
    of = (RULES_KIND, FILE, rules_digest(electorate.proposed, further))
    if electorate.collected is not None:
        document = electorate.bound_document(*of)
        for review in electorate.collected.reviews:
            digest = review.digest if review.request == NAME else ""
            if review.commit:
                at = electorate.snapshot_of
                digest = rules_digest_at(at, review.commit, further) if at is not None else ""
            if review.commit or review.request in {"", NAME}:
                opinions.append(electorate.opinion(review, digest, document))
    elif rules.configuration.approvals == SIGNED and directory is not None:
        place = ApprovalPlace(KIND, FILE, FILE, rules.edition)
        context = electorate.signing_context(directory, *of)
        reviews = signed_reviews(electorate.proposed, place, context)
        opinions += [Opinion(SIGNED, review, review.digest) for review in reviews]
    return ApprovalInputs(
        digest=of[2],
        roster=roster_at(directory, rules.configuration),
        opinions=tuple(opinions),
        participants=electorate.makers_of(""),
        unasked=reason_not_asked(electorate),
        edition=rules.edition,
    )


def _effects(electorate: Electorate, proposed: PackSet) -> tuple[tuple[RuleEffect, ...], int]:
    """Return what differs, and how many requests were not tried."""
    new, old = electorate.proposed, electorate.trusted
    entries = list(request_entries(new, electorate.rules))
    changes = changed_submissions(entries[:_MOST], old)
    judged = []
    for rules, trusted in ((electorate.rules, old), (proposed, new)):
        try:
            requests: list[Submission] = submissions(changes, rules, new, old)
            requests = expect_approvals_later(
                add_facts(requests, rules, (trusted, new), electorate.now)
            )
        except UsageError:
            return (), len(entries)
        judged.append(judge_all(requests, rules, electorate.now))
    effects = tuple(effects_of(judged[0], judged[1]))
    return effects, max(0, len(entries) - _MOST)


_JUDGED_BY_BASE = Text(
    "This change alters the rules. It is judged by those of the base; its own apply after the "
    "merge.",
    "本次变更修改了规则。判定依据仍是基准版本的规则；新规则在合并后生效。",
)
_ANYBODY_OWNS = Text(
    "Anybody may change the rules of this repository: its configuration says `rules: anybody`.",
    "本仓库的规则任何人都可变更：配置中写明 `rules: anybody`。",
)


def _further_rules(paths: Sequence[str]) -> Text:
    """Return the note that names further rules, and how a workflow needs no approval."""
    files = ", ".join(paths[:_MOST_NAMED]) + (" …" if len(paths) > _MOST_NAMED else "")
    return Text(
        f"These files are rules too: {files}. A workflow that neither runs launchpolicy nor "
        "publishes checks is none once it says `permissions: {contents: read}`.",
        f"下列文件也属于规则：{files}。既不运行 launchpolicy 也不发布检查的工作流，写明 "
        "`permissions: {contents: read}` 之后即不属于规则。",
    )


def _tried_on_some(skipped: int) -> Text:
    return Text(
        f"The proposed rules were tried on {_MOST} requests; {skipped} more were not.",
        f"已在 {_MOST} 份申请上试运行拟议规则，另有 {skipped} 份未试。",
    )
