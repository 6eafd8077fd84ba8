"""Who signs a request on paper: every role that the quorums of its process ask, in their order.

The stage of the request does not matter: a form that is printed after the launch shows the same
roles as the one that was approved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from launchpolicy.engine.context import Context
from launchpolicy.engine.expressions import Expressions, NoAnswerError
from launchpolicy.facts.approvals.assignment import best
from launchpolicy.facts.approvals.deputies import with_deputies
from launchpolicy.facts.approvals.exclusion import barred_by
from launchpolicy.facts.approvals.records import Participants
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import ApproverSlot, QuorumError, strings, ways_of
from launchpolicy.facts.approvals.turns import GivenApproval, offers_of
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Quorum, demands_in

_STAGE = "requested"
_LAST = "company-leadership"
"""The role whose holders decide last, as is the custom: what they sign is complete."""

SignaturePlace = tuple[str, str, tuple[str, ...]]
"""What makes two places for signatures the same: role, department, and persons without a role."""


class AskedSigner(NamedTuple):
    """One place for a signature; `by` is who has approved in it, "" for nobody.

    `role` is "" where a person is asked by name; then `holders` is that person. Where an expression
    gave no answer, it is a place that may turn out not to be asked for.
    """

    role: str
    department: str
    holders: tuple[str, ...]
    turn: int = 0
    by: str = ""

    @property
    def place(self) -> SignaturePlace:
        """Return what makes two places the same."""
        return self.role, self.department, () if self.role else self.holders


def asked_signers(
    context: Context, roster: Roster, given: Sequence[GivenApproval]
) -> tuple[AskedSigner, ...]:
    """Return the places for signatures of a request, each once, in signing order.

    Args:
        context: the request, and the policies of its process.
        roster: the directory.
        given: the approvals of this version.
    """
    expressions = Expressions(context)
    by_policy = [
        list(_signers(policy, policy.quorum, context, roster, given, expressions))
        for policy in context.policies
        if policy.quorum is not None and context.kind in policy.match.kinds
        if not policy.match.stages or _STAGE in policy.match.stages
    ]
    # Those who accept the product come before those who approve one after the other.
    in_order = sorted(by_policy, key=lambda signers: any(one.turn for one in signers))
    places: dict[object, AskedSigner] = {}
    for signer in (one for signers in in_order for one in signers):
        before = places.get(signer.place)
        if before is None or (signer.by and not before.by):
            places[signer.place] = signer if before is None else before._replace(by=signer.by)
    return tuple(sorted(places.values(), key=lambda signer: _LAST in signer.role.split("/")))


def _signers(
    policy: Policy,
    quorum: Quorum,
    context: Context,
    roster: Roster,
    given: Sequence[GivenApproval],
    expressions: Expressions,
) -> Iterator[AskedSigner]:
    try:
        if not all(expressions.hold(policy, one.expression) for one in policy.conditions):
            return
        ways = ways_of(quorum.root, roster, lambda text: expressions.answer(policy, text))
        also = quorum.exclude_people
        named = strings(expressions.answer(policy, also)) if also else []
    except (NoAnswerError, QuorumError):
        yield from _possible_signers(quorum, roster)
        return
    data = context.shown_document.data
    barred = barred_by(quorum, data, named, Participants(), roster)
    counted = [approval for approval in given if approval.person not in barred]
    ways = with_deputies(ways, roster, counted, barred, context.now)
    assignment = best(ways, offers_of(counted), distinct=quorum.distinct)
    for index, slot in enumerate(assignment.way):
        yield _signer(slot, assignment.filled.get(index, ""), barred)


def _signer(slot: ApproverSlot, by: str, barred: Mapping[str, object]) -> AskedSigner:
    able = tuple(sorted(person for person in slot.holders if person not in barred))
    return AskedSigner(slot.role, slot.department, able, slot.turn, by)


def _possible_signers(quorum: Quorum, roster: Roster) -> Iterator[AskedSigner]:
    """Yield every role that a quorum names, where nobody can say which of them it asks."""
    for demand in demands_in(quorum.root):
        for role in demand.roles:
            holders = tuple(sorted(roster.holders(role)))
            yield AskedSigner(role, "", holders)
