"""Was this very version approved? The ledger is asked, and every landing of it is judged again.

A launch is approved where its landings, judged again by the rules and at the time at which each
landed, approve the version that stands, and the ledger, where it has that version, says the same.
Signed approvals are counted once more as of now, because a withdrawal, an objection or an expiry
changes nothing of what landed. Reviews that a forge holds are taken from the ledger's records,
which anyone who may push could have written; so then the ledger has to be signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import submission_of
from launchpolicy.hosts.git.ancestry import commits_touching
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.first_parent_history import steps
from launchpolicy.hosts.git.merged_commits import MergedCommits
from launchpolicy.hosts.shipped_files import ShippedRules
from launchpolicy.ledger.entry import Entry, digest_of_bytes
from launchpolicy.ledger.launch_approval import approval_of
from launchpolicy.operations.approvals.electorate import add_approvals, electorate_between
from launchpolicy.operations.gate.protected_branch import ProtectedBranch
from launchpolicy.operations.gate.requests import MergedRequest, version_in
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.launches_by_name import launches_by_name
from launchpolicy.operations.ledger.branch.packs_over_time import read_packs, since_of, unknown_sets
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state
from launchpolicy.operations.ledger.derivation.derive_entries import Deriver
from launchpolicy.operations.ledger.derivation.group_landings import group_landings
from launchpolicy.operations.ledger.derivation.rules_over_time import RulesOverTime
from launchpolicy.operations.ledger.problems import unknown_rules
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import SIGNED
from launchpolicy.vocabulary.finding import Outcome, PolicyResult
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_ID = "approved"


class _JudgedLanding(NamedTuple):
    """A landing of the request: its commit, what was there before, and its entry."""

    commit: str
    parent: str
    entry: Entry


class _LedgerWord(NamedTuple):
    """What the ledger says of the version that stands: its entry's number, and its verdict."""

    number: int
    is_approved: bool


def approval_condition(
    branch: ProtectedBranch, request: MergedRequest, rules: PackSet, now: datetime
) -> Condition:
    """Return whether the version on the protected branch is approved.

    Raises:
        MalformedLedgerError: the ledger is damaged, not signed by a known key, or of rules that
            this program does not know.
        UndecidedError: git cannot read something.
    """
    files = LedgerFiles(branch.repository, branch.ledger)
    state = read_state(files, branch.place.verifiers)
    is_signed_source = rules.configuration.approvals == SIGNED
    if not is_signed_source and not (branch.ledger and branch.place.verifiers):
        return _open_condition(_no_reviews(rules.configuration.approvals, branch), _KEEP_REVIEWS)
    for unknown in unknown_sets(files, branch.place.trusted_sets):
        raise unknown_rules(*unknown)
    landings = _judged_landings(branch, request, state)
    word = _ledger_word(state, request)
    if (refusal := _refusal(request, landings, word)) is not None:
        return refusal
    if is_signed_source:
        results = _counted_now(branch, request, rules, landings, now)
        missing = [one for result in results if result.blocks for one in _missing_of(result)]
        if missing:
            return Condition(_ID, ConditionState.NOT_MET, _NO_LONGER, tuple(missing))
        if any(result.outcome is Outcome.ERROR for result in results):
            return _open_condition(_NOT_COUNTED, _LOOK)
    return Condition(_ID, ConditionState.MET, _approval_text(landings[-1], word))


def _refusal(
    request: MergedRequest, landings: Sequence[_JudgedLanding], word: _LedgerWord | None
) -> Condition | None:
    """Return why the version that stands is not approved; None where it is."""
    entries = [landing.entry for landing in landings]
    content = digest_of_bytes(request.version.source) if request.version is not None else ""
    last = next((landing for landing in reversed(landings) if landing.entry.content), None)
    if last is None or last.entry.content != content:
        return _not_met(_NEVER_JUDGED, _ASK_AGAIN)
    if not approval_of(entries).is_approved or last.entry.is_bypassed:
        return _not_met(_bypass_text(last), _ASK_AGAIN)
    if word is not None and not word.is_approved:
        return _not_met(_ledger_denies(word), _ASK_AGAIN)
    return None


def _judged_landings(
    branch: ProtectedBranch, request: MergedRequest, state: LedgerState
) -> list[_JudgedLanding]:
    """Return the landings that changed the request or its folder, oldest first, judged again."""
    folder = f"{branch.place.prefix}{request.folder}"
    touching = list(commits_touching(branch.repository, branch.commit, folder))
    landings: list[_JudgedLanding] = []
    for commit, parent in reversed(touching):
        landings += [
            _JudgedLanding(commit, parent, entry)
            for entry in _entries(branch, commit, parent, state)
            if entry.kind == request.kind.name and entry.path == request.path
        ]
    return landings


def _entries(branch: ProtectedBranch, commit: str, parent: str, state: LedgerState) -> list[Entry]:
    """Return the entries of one landing, judged by the packs of its time."""
    then = _packs_at(branch, commit, state)

    def load(snapshot: Snapshot) -> PackSet:
        return load_rules(snapshot, then)

    repository = branch.repository
    deriver = Deriver(repository, branch.place.prefix, RulesOverTime(load), is_adopted=True)
    merged = MergedCommits(repository, commit, parent)
    groups = group_landings(steps(repository, commit, parent), merged, state.files.record)
    return [entry for group in groups for entry in deriver.entries(group)]


def _packs_at(branch: ProtectedBranch, commit: str, state: LedgerState) -> ShippedRules | None:
    """Return the shipped packs that the ledger says judged a landing; None for the present ones."""
    last = state.last_commit
    if last is None or not is_ancestor(branch.repository, commit, last):
        return None
    before = (
        digest
        for since, digest in reversed(since_of(state.files))
        if since == commit or is_ancestor(branch.repository, since, commit)
    )
    digest = next(before, None)
    return read_packs(state.files, digest) if digest is not None else None


def _ledger_word(state: LedgerState, request: MergedRequest) -> _LedgerWord | None:
    """Return what the ledger says of the version that stands; None where it does not have it."""
    if state.size == 0 or request.version is None:
        return None
    content = digest_of_bytes(request.version.source)
    name = request.path.split("/")[-2]
    for launch in launches_by_name(state, [name], uses_kept_index=False).all:
        if launch.facts.path == request.path and launch.facts.content == content:
            return _LedgerWord(launch.latest_change.number, launch.is_approved)
    return None


def _counted_now(
    branch: ProtectedBranch,
    request: MergedRequest,
    rules: PackSet,
    landings: Sequence[_JudgedLanding],
    now: datetime,
) -> list[PolicyResult]:
    """Return the policies that ask for approvals of this version and, as of now, lack some.

    Also those that could not be counted. What else today's rules find is asked elsewhere.
    """
    first = _first_with_digest(landings)
    span = (first.parent, landings[-1].commit)
    electorate = electorate_between(branch.repository, span, branch.place.prefix, rules, None, now)
    files = branch.files
    old = version_in(branch.files_at(first.parent), request.path)
    new = request.version.source if request.version is not None else None
    submission = submission_of(
        request.kind.name, request.path, new, old.source if old is not None else None
    )
    with_facts = add_facts([submission], rules, (files, files), now)
    counted = add_approvals(with_facts, replace(electorate, trusted=files, proposed=files))
    results = (result for one in counted for result in judge(one, rules, now).results)
    return [result for result in results if result.outcome in {Outcome.PENDING, Outcome.ERROR}]


def _first_with_digest(landings: Sequence[_JudgedLanding]) -> _JudgedLanding:
    """Return the landing that brought what was approved: later ones only recorded facts."""
    first = landings[-1]
    for landing in reversed(landings):
        if landing.entry.approval_digest != first.entry.approval_digest:
            break
        first = landing
    return first


def _missing_of(result: PolicyResult) -> list[Shortcoming]:
    people = tuple(
        dict.fromkeys(person for missing in result.missing for person in missing.candidates)
    )
    return [
        Shortcoming(finding.message, finding.fix, finding.place, people, result.policy)
        for finding in result.findings
    ]


def _not_met(says: Text, fix: Text) -> Condition:
    return Condition(_ID, ConditionState.NOT_MET, says, (Shortcoming(says, fix),))


def _open_condition(says: Text, fix: Text) -> Condition:
    return Condition(_ID, ConditionState.UNDECIDED, says, (Shortcoming(says, fix),))


def _approval_text(last: _JudgedLanding, word: _LedgerWord | None) -> Text:
    entry = Text("", "")
    if word is not None:
        entry = Text(f"; entry #{word.number} of the ledger", f"；上线日志第 {word.number} 条")
    return Text(
        f"Merged with a passing verdict in {last.commit[:12]}, judged again{entry.en}.",
        f"合入（{last.commit[:12]}）时判定通过，本次已重新判定{entry.zh}。",
    )


def _bypass_text(last: _JudgedLanding) -> Text:
    unmet = [hurdle.policy for hurdle in last.entry.hurdles if hurdle.outcome != "fixed"]
    english = f": {', '.join(unmet)}" if unmet else ""
    chinese = f"：{'、'.join(unmet)}" if unmet else ""
    return Text(
        f"Merged without a passing verdict in {last.commit[:12]}{english}.",
        f"合入（{last.commit[:12]}）时判定未通过{chinese}。",
    )


def _ledger_denies(word: _LedgerWord) -> Text:
    return Text(
        f"The ledger has this version without approval (entry #{word.number}).",
        f"上线日志第 {word.number} 条记录显示本版申请未经批准。",
    )


def _no_reviews(source: str, branch: ProtectedBranch) -> Text:
    ledger = branch.place.settings.branch
    return Text(
        f"The reviews are kept by `{source}`, and only a signed ledger ({ledger}) proves later"
        " which of them counted.",
        f"审批保存在 `{source}` 上，事后只有经签名的上线日志（{ledger}）能证明哪些审批有效。",
    )


_KEEP_REVIEWS = Text(
    "Keep a signed ledger: launchpolicy ledger keygen, then `ledger: {key: …}` in"
    " .launchpolicy.yaml and launchpolicy ledger append after each merge.",
    "请维护经签名的上线日志：先运行 launchpolicy ledger keygen，在 .launchpolicy.yaml 中填写"
    " `ledger: {key: …}`，并在每次合并后运行 launchpolicy ledger append。",
)
_NEVER_JUDGED = Text(
    "No landing that could be judged brought this version of the request.",
    "本版申请并非经可判定的合入进入受保护分支。",
)
_ASK_AGAIN = Text(
    "Have it approved: propose the request again with its approvals, and merge it once the check"
    " passes.",
    "请补办审批：附审批重新提交申请，检查通过后再合并。",
)
_NOT_COUNTED = Text("The approvals cannot be counted as of now.", "目前无法清点审批。")
_LOOK = Text("See why: launchpolicy status REQUEST", "请查看原因：launchpolicy status 申请")
_NO_LONGER = Text(
    "An approval that counted at the merge was withdrawn or has expired.",
    "合并时有效的审批已被撤回或已过期。",
)
