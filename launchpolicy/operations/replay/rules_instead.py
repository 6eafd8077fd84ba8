"""The rules that a replay judges by: those of each landing's time, or others in their place.

Packs, kinds and configuration are the rules, and come from where the replay says. Who held which
role, the calendar, the merged waivers and where approvals came from are facts of the time of the
landing: nobody could have known better then (decision record 0026).
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.ledger.derivation.rules_over_time import StepRules
from launchpolicy.operations.replay import problems
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.pack_set import PackSet


class RulesOrigin(NamedTuple):
    """Where rules come from: a commit, or the work tree; neither: those of each landing's time.

    `digest` is that of the pack set, so that every process judges by the same rules.
    """

    commit: str = ""
    is_work_tree: bool = False
    digest: str = ""

    @property
    def is_of_the_time(self) -> bool:
        """Return whether each landing is judged by the rules that it landed on."""
        return not self.commit and not self.is_work_tree


class RulesInstead:
    """One side of a replay: gives the rules that judge a landing, from those of its time."""

    def __init__(self, pack_set: PackSet | None) -> None:
        """Take the pack set that judges in place of every other; None for that of the time."""
        self._pack_set = pack_set
        self._made: tuple[PackSet, PackSet] | None = None

    def at(self, then: StepRules) -> StepRules:
        """Return the rules for a landing that landed on the rules `then`."""
        if self._pack_set is None:
            return then
        if self._made is None or self._made[0] is not then.pack_set:
            self._made = (then.pack_set, _with_facts_of(then.pack_set, self._pack_set))
        return StepRules(self._made[1], then.trusted, then.people_and_calendar)


def load_origin(repository: Repository, root: Path, prefix: str, origin: RulesOrigin) -> PackSet:
    """Return the pack set of an origin that is not `of_the_time`.

    Raises:
        LaunchpolicyError: the rules there cannot be used.
    """
    if origin.commit:
        return load_rules(below(CommitSnapshot(repository, origin.commit), prefix))
    return load_rules(WorkTreeSnapshot(root))


@functools.lru_cache(maxsize=4)
def same_rules(root: str, prefix: str, origin: RulesOrigin) -> PackSet | None:
    """Return the pack set of an origin as it was when the replay began; None: of the time.

    A process reads it once for all landings that it judges.

    Raises:
        UndecidedError: there are other rules by now.
        LaunchpolicyError: the rules cannot be used.
    """
    if origin.is_of_the_time:
        return None
    with open_repository(Path(root)) as repository:
        pack_set = load_origin(repository, Path(root), prefix, origin)
    if pack_set.digest != origin.digest:
        raise problems.other_rules()
    return pack_set


def _with_facts_of(then: PackSet, instead: PackSet) -> PackSet:
    """Return rules with what is a fact of the time: paths, waivers, the source of approvals."""
    old, new = then.configuration, instead.configuration
    paths = old.paths._replace(policies=new.paths.policies)
    configuration = new._replace(paths=paths, approvals=old.approvals)
    return instead._replace(configuration=configuration, waivers=then.waivers)
