"""Find out what the rules do not look at, and which of them never mattered in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from launchpolicy.engine.analysis.blind_spots import BlindSpots, find_blind_spots
from launchpolicy.facts.evidence.registry import READERS
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git import revisions
from launchpolicy.hosts.git.repository import find_top, open_repository
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.ledger.policy_history import PolicyHistory, policy_history
from launchpolicy.operations.ledger.branch.entries import current_state, entries
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
from launchpolicy.operations.paper.write import TEMPLATES
from launchpolicy.operations.rules.declared_kinds import shipped_kinds
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.papers.printed_names import printed_names
from launchpolicy.policy.policy import Pack
from launchpolicy.requests.configuration import Paths
from launchpolicy.requests.kinds import Kind


class LedgerChoice(NamedTuple):
    """Which ledger is asked: `head` is the branch that it records; `is_wanted` whether any is."""

    head: str = "HEAD"
    remote: str = ""
    is_wanted: bool = True


def blind_spots_here(start: Path, choice: LedgerChoice, environ: Mapping[str, str]) -> BlindSpots:
    """Return the blind spots of the launch repository around `start`, or of the shipped packs.

    Raises:
        LaunchpolicyError: the rules or the ledger are not right.
    """
    root = launch_root(start)
    if root is None:
        packs: list[Pack] = [shipped_files.pack(name) for name in shipped_files.pack_names()]
        kinds = list(shipped_kinds(Paths()).values())
    else:
        rules = load_rules(WorkTreeSnapshot(root))
        packs, kinds = list(rules.packs.values()), list(rules.kinds.values())
    looked_up = _looked_up(kinds, packs)
    judged = [kind for kind in kinds if _is_judged(kind, packs) or kind.name in looked_up]
    history = _history(start, choice, environ) if root is not None and choice.is_wanted else None
    templates = (file.read_text("utf-8") for file in sorted(TEMPLATES.rglob("*.j2")))
    return find_blind_spots(judged, packs, READERS, printed_names(templates), history)


def _is_judged(kind: Kind, packs: list[Pack]) -> bool:
    return any(kind.name in policy.match.kinds for pack in packs for policy in pack.policies)


def _looked_up(kinds: list[Kind], packs: list[Pack]) -> frozenset[str]:
    """Return the kinds whose documents are looked up, be it that only their schema judges them."""
    lookups = [lookup for kind in kinds for lookup in kind.lookups]
    lookups += [one for pack in packs for policy in pack.policies for one in policy.lookups]
    return frozenset(lookup.kind for lookup in lookups)


def _history(start: Path, choice: LedgerChoice, environ: Mapping[str, str]) -> PolicyHistory | None:
    """Return what the ledger says of policies; None where there is no ledger.

    Raises:
        LaunchpolicyError: there is one, and it cannot be read.
    """
    if find_top(start) is None:
        return None
    with open_repository(start) as repository:
        if choice.head == "HEAD" and revisions.head(repository) is None:
            return None  # no commit yet, so nothing has landed
        place = location_of(repository, LocationOptions(start, choice.head, choice.remote), environ)
        if place.tip() is None:
            return None
        return policy_history(entries(current_state(place)))
