"""Find the branch that a ledger records, and require that nothing else is appended to it.

Whatever is appended once stays: a feature branch, a detached head or the commit of a merge queue
would put entries into the ledger that the branch never gets, and the next append on the branch
could only say that history was rewritten. So the branch has to be known before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.git.branch_tips import (
    BranchTip,
    branches_at,
    branches_here,
    default_branch_here,
    first_parent_commits,
    is_ancestor,
    is_on_first_parent_history,
    remote_names,
)
from launchpolicy.hosts.git.problems import shallow_clone
from launchpolicy.ledger.voids import EVENT, last_standing_number, voided_numbers
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch import branch_problems
from launchpolicy.operations.ledger.branch.entries import entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState

_USUAL = ("main", "master")
"""What the only long-lived branch of a repository is mostly called."""


@dataclass(frozen=True, slots=True)
class Branches:
    """The branches that are known: here, and of the remote that the ledger is pushed to.

    `at_remote` is None where there is no such remote, or one that holds nothing but ledgers.
    """

    here: tuple[BranchTip, ...]
    at_remote: tuple[BranchTip, ...] | None
    default: str
    is_alone: bool

    def tips_of(self, name: str) -> tuple[BranchTip, ...]:
        """Return where a branch is: at the remote, which alone counts then, or here."""
        tips = self.here if self.at_remote is None else self.at_remote
        return tuple(tip for tip in tips if tip.name == name)


def known_branches(place: LedgerLocation) -> Branches:
    """Return the branches of this clone and of the remote, without those of ledgers.

    Raises:
        UndecidedError: the remote cannot be reached.
    """
    ours = {place.settings.branch, place.settings.heads_branch}
    here = tuple(tip for tip in branches_here(place.repository) if tip.name not in ours)
    if place.remote is not None:
        over_there = branches_at(place.remote)
        tips = tuple(
            BranchTip(name, commit, f"{name} of {place.remote.name}")
            for name, commit in over_there.tips.items()
            if name not in ours
        )
        if tips:
            return Branches(here, tips, over_there.default, is_alone=False)
    is_alone = not remote_names(place.repository)
    return Branches(here, None, default_branch_here(place.repository), is_alone)


def branch_of(place: LedgerLocation, stated_name: str, branches: Branches) -> str:
    """Return the name of the branch that the ledger records; "" where nothing says it.

    In this order: the configuration, the ledger's first entry (`stated_name`), the default branch
    of the forge whose run this is, that of the remote, the only branch that there is.
    """
    if place.settings.of or stated_name:
        return place.settings.of or stated_name
    for forge in FORGES.values():
        name = forge.load().default_branch(place.environ)
        if name:
            return name
    return branches.default or _only_branch(branches)


def _only_branch(branches: Branches) -> str:
    """Return the only branch, or the only one with a usual name; "" where there are others.

    The clone of a job may know nothing but the feature branch that it was started for, so of a
    clone the only branch counts for nothing.
    """
    tips = branches.here if branches.at_remote is None else branches.at_remote
    names = {tip.name for tip in tips}
    if len(names) == 1 and (branches.is_alone or branches.at_remote is not None):
        return next(iter(names))
    usual = [name for name in _USUAL if name in names]
    return usual[0] if len(usual) == 1 else ""


def stated_branch(place: LedgerLocation, state: LedgerState) -> str:
    """Return the branch that the first entry names which is not void; "" where none is named.

    Raises:
        MalformedLedgerError: an entry is not right.
    """
    if state.size == 0:
        return ""
    first = state.entry(0)
    if place.passes(first.commit) or is_ancestor(place.repository, first.commit, place.head):
        return first.branch
    every = list(entries(state))
    void = voided_numbers(every)
    standing = (
        entry for number, entry in enumerate(every) if number not in void and entry.event != EVENT
    )
    return next((entry.branch for entry in standing), "")


def require_recorded_branch(place: LedgerLocation, state: LedgerState) -> str:
    """Return the name of the branch that the ledger records; require that the head is on it.

    With a remote, the remote's own branch counts: what was not pushed is on no branch yet.

    Raises:
        UsageError: the branch is not known, is not there, is no longer the remote's default branch,
            or the head is not on it.
        UndecidedError: the remote cannot be reached.
    """
    stated_name = stated_branch(place, state)
    branches = known_branches(place)
    name = branch_of(place, stated_name, branches)
    if not name:
        raise branch_problems.unknown_branch()
    if stated_name and name != stated_name and branches.tips_of(stated_name):
        raise branch_problems.another_ledger(name, stated_name)
    is_renamed = branches.at_remote is not None and branches.default not in {"", name}
    if is_renamed and stated_name and not place.settings.of:
        raise branch_problems.renamed_branch(name, branches.default, _source(place))
    tips = branches.tips_of(name)
    if not tips:
        raise branch_problems.no_such_branch(name, _source(place))
    if not any(_is_on(place, tip) for tip in tips):
        if place.repository.is_shallow:
            raise shallow_clone()
        raise branch_problems.other_branch(place.head_name, place.head, name, tips[0].where)
    return name


def branch_to_state(place: LedgerLocation, state: LedgerState) -> str:
    """Return the branch that the first entry has to name, for one that is derived again.

    That is what it names, if the configuration answers for the branch, or the head is on the branch
    that it names, or nothing else is known; otherwise, and of a ledger without entries, the branch
    that is known (threat L1).

    Raises:
        UndecidedError: the remote cannot be reached.
        MalformedLedgerError: an entry is not right.
    """
    stated_name = stated_branch(place, state)
    if state.size and (not stated_name or place.settings.of):
        return stated_name
    branches = known_branches(place)
    if any(_is_on(place, tip) for tip in branches.tips_of(stated_name)):
        return stated_name
    return branch_of(place, "", branches) or stated_name


def branch_to_compare(place: LedgerLocation, state: LedgerState) -> tuple[str, list[str]]:
    """Return the recorded branch and where it is known to be, at the remote first.

    Raises:
        UsageError: the branch is not known, or not there.
        UndecidedError: the remote cannot be reached.
    """
    branches = known_branches(place)
    name = branch_of(place, stated_branch(place, state), branches)
    if not name:
        raise branch_problems.unknown_branch()
    tips = branches.tips_of(name)
    if not tips:
        raise branch_problems.no_such_branch(name, _source(place))
    if place.remote is not None and branches.at_remote is not None:
        place.remote.fetch(f"refs/heads/{name}")
    here = (tip for tip in branches.here if tip.name == name)
    return name, list(dict.fromkeys(tip.commit for tip in (*tips, *here)))


def require_same_history(place: LedgerLocation, state: LedgerState) -> None:
    """Require that the last entry is about a commit of the branch, before or after the head.

    Raises:
        MalformedLedgerError: it was entered from another branch, or the history was rewritten.
    """
    last = last_standing_number(state.size, state.entry)
    if last is None:
        return
    commit = state.entry(last).commit
    repository = place.repository
    if place.passes(commit):
        return
    if is_on_first_parent_history(repository, place.head, commit):
        return  # a run that came late
    elsewhere = [tip for tip in branches_here(repository) if tip.name != place.branch]
    is_elsewhere = is_ancestor(repository, commit, place.head) or any(
        is_ancestor(repository, commit, tip.commit) for tip in elsewhere
    )
    if not is_elsewhere:
        raise problems.rewritten_history(commit, place.head)
    chain = set(first_parent_commits(repository, place.head))
    number = last
    while number > 0 and state.entry(number - 1).commit not in chain:
        number -= 1
    raise branch_problems.entered_from_another_branch((number, last), commit, place.branch)


def _is_on(place: LedgerLocation, tip: BranchTip) -> bool:
    if place.remote is not None:
        place.remote.fetch(f"refs/heads/{tip.name}")
    return is_on_first_parent_history(place.repository, place.head, tip.commit)


def _source(place: LedgerLocation) -> str:
    return place.remote.name if place.remote is not None else ""
