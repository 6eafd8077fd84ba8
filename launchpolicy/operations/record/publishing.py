"""Push the facts of a launch; where another person was faster, apply them to the newer file.

What is not pushed yet are commits of this clone: nothing else has to be kept, and nothing is lost
by a process that is killed. A fact that the newer file contradicts is kept beside the branch, under
a reference of its own, until a person has looked at it.
"""

from __future__ import annotations

import secrets
import time
from datetime import datetime
from typing import NamedTuple

from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.commits import commits_of
from launchpolicy.hosts.git.tracking import tracking_reference
from launchpolicy.operations.record import problems
from launchpolicy.operations.record.applying import MOST_COMMITS, apply_fact, commits_after
from launchpolicy.operations.record.branch_files import move_branch
from launchpolicy.operations.record.fact_files import file_of_commit, files_to_commit
from launchpolicy.operations.record.launch_branch import LaunchBranch, refresh
from launchpolicy.operations.record.launch_fact import LaunchFact, fact_in
from launchpolicy.operations.record.placing import KnownFactError
from launchpolicy.operations.record.recorder import address_here
from launchpolicy.operations.record.refusal import FactRefusedError
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_TRIES, _LONGEST_PAUSE = 12, 1.0
_REFUSED = "refs/launchpolicy/record/refused/"


class RefusedFact(NamedTuple):
    """A fact that the newer file contradicts: `why` is "" where only a later run lists it."""

    fact: LaunchFact
    commit: str


class Publication(NamedTuple):
    """What has become of the facts of this clone.

    `waiting` are not pushed yet, oldest first; `why` says why, None where nothing is in the way.
    `refused` are those that a newer file contradicts.
    """

    waiting: tuple[LaunchFact, ...]
    refused: tuple[RefusedFact, ...]
    why: Text | None = None
    has_remote: bool = True


def publish(branch: LaunchBranch, now: datetime) -> Publication:
    """Send what is recorded here to the remote; what cannot be pushed now waits.

    Raises:
        UndecidedError: the branch has commits of other kinds here, and other ones at the remote.
    """
    if branch.remote is not None and branch.offline is None:
        _push(branch, now)
    return publication_of(branch)


def catch_up(branch: LaunchBranch, now: datetime) -> None:
    """Move the branch to where the remote's is, with the facts of this clone applied to it.

    Raises:
        UndecidedError: the branch has commits of other kinds here, and other ones at the remote.
    """
    here, there = branch.tip(), branch.tracked_tip()
    if here is None or there is None or is_ancestor(branch.repository, there, here):
        return
    _join(branch, here, there, now)


def publication_of(branch: LaunchBranch) -> Publication:
    """Return what of this clone is pushed, and what waits."""
    has_remote = branch.remote is not None
    waiting = tuple(waiting_facts(branch)) if has_remote else ()
    return Publication(waiting, tuple(refused_facts(branch)), branch.offline, has_remote)


def waiting_facts(branch: LaunchBranch) -> list[LaunchFact]:
    """Return the facts that are committed here and not pushed, oldest first."""
    tip = branch.tip()
    if tip is None:
        return []
    known = branch.tracked_tip()
    oids = commits_after(branch.repository, known or branch.base.commit, tip)
    facts = (fact_in(commit.message) for commit in reversed(commits_of(branch.repository, oids)))
    return [fact for fact in facts if fact is not None]


def refused_facts(branch: LaunchBranch) -> list[RefusedFact]:
    """Return the facts of this clone that a newer file has contradicted."""
    listed = branch.repository.git.demand(
        "for-each-ref", "--format=%(objectname)", f"{_REFUSED}{branch.request_name}/"
    )
    oids = listed.decode("ascii", "replace").split()
    pairs = ((fact_in(one.message), one.oid) for one in commits_of(branch.repository, oids))
    return [RefusedFact(fact, oid) for fact, oid in pairs if fact is not None]


def forget_refused(branch: LaunchBranch, identifier: str) -> bool:
    """Forget a fact that was contradicted; return False where there is none of this identifier."""
    for refused in refused_facts(branch):
        if refused.fact.identifier == identifier:
            branch.repository.git.demand("update-ref", "-d", _reference(branch, refused.fact))
            return True
    return False


def _push(branch: LaunchBranch, now: datetime) -> None:
    for races in range(_TRIES):
        here, there = branch.tip(), branch.tracked_tip()
        if here is None or here in {there, branch.base.commit} or branch.remote is None:
            return
        if there is not None and not is_ancestor(branch.repository, there, here):
            catch_up(branch, now)
            continue
        try:
            is_pushed = branch.remote.push(here, branch.reference, there)
        except UndecidedError as error:
            branch.offline = error.problem
            return
        if is_pushed:
            reference = tracking_reference(branch.remote.name, branch.name)
            branch.repository.git.demand("update-ref", reference, here)
            return
        time.sleep(secrets.randbelow(1000) / 1000 * min(_LONGEST_PAUSE, 0.05 * 2**races))
        refresh(branch)
        if branch.offline is not None:
            return
    branch.offline = Text(
        f"Others were faster {_TRIES} times.", f"连续 {_TRIES} 次被他人抢先推送。"
    )


def _join(branch: LaunchBranch, here: str, there: str, now: datetime) -> None:
    """Move the branch to the remote's version with the facts of this clone applied to it."""
    oids = commits_after(branch.repository, there, here)
    if len(oids) == MOST_COMMITS:  # there may be more, and none may be left out
        raise problems.own_commits(branch.name)
    new, own = there, address_here(branch.repository, branch.environ)
    for commit in reversed(commits_of(branch.repository, oids)):
        fact = fact_in(commit.message)
        # What another person committed, and took back at the remote, is not recorded as ours.
        if fact is None or commit.authors[0].casefold() != own:
            raise problems.own_commits(branch.name)
        try:
            files = files_to_commit(branch, new, file_of_commit(branch, commit.oid, fact))
            new = apply_fact(branch, new, fact, now, files).commit
        except KnownFactError:
            continue
        except FactRefusedError:
            branch.repository.git.demand("update-ref", _reference(branch, fact), commit.oid)
    move_branch(branch, here, new)


def _reference(branch: LaunchBranch, fact: LaunchFact) -> str:
    """Return the reference under which a contradicted fact is kept."""
    safe = "".join(letter for letter in fact.identifier if letter.isalnum())[:64] or "fact"
    return f"{_REFUSED}{branch.request_name}/{safe}"
