"""A policy, its binding, and the pack they stand in, as the engine uses them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.requests.lookups import Lookup, lookups_of
from launchpolicy.vocabulary.finding import Action, Operation, Outcome, PolicyResult, PolicyText
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route, parse_route
from launchpolicy.vocabulary.text import Language, Text, text_of

if TYPE_CHECKING:  # loaded only where a policy has a quorum, or compares dates
    from launchpolicy.policy.order import DateOrder
    from launchpolicy.policy.quorum import Quorum

EDITS = "change.edits"
"""The one `forEach` that is not a route into the object."""

ANY_KEY = "*"
"""The step of a `forEach` that stands for every value of a map, or every item of a list."""

Params = dict[str, Any]


class NamedExpression(NamedTuple):
    """A named expression: a match condition or a variable."""

    name: str
    expression: str


class FindingLocation(NamedTuple):
    """Where a finding stands: a route from the object, or from the element of a `forEach`."""

    of_each: bool
    route: Route


DOCUMENT = FindingLocation(of_each=False, route=())


class Validation(NamedTuple):
    """One thing that must hold; `for_each` "" means once for the whole document.

    `template` (None without one) is what `new` and `advance` write at `template_at` where this does
    not hold, once for each element of `template_for_each` ("": once); see `policy.templates`. No
    judgement reads it.
    """

    expression: str
    for_each: str
    at: FindingLocation
    at_expression: str
    message: Text
    message_expressions: Mapping[Language, str]
    template: Any = None
    template_at: FindingLocation = DOCUMENT
    template_for_each: str = ""


class JointValidation(NamedTuple):
    """Several validations of a policy as one expression, which gives a list of their answers.

    `numbers` are those of the validations that the list is about, in its order.
    """

    expression: str
    numbers: tuple[int, ...]


class Match(NamedTuple):
    """Which requests a policy is about; empty `stages` means every stage."""

    kinds: tuple[str, ...]
    stages: tuple[str, ...]
    operations: tuple[Operation, ...]


class _PolicyFields(NamedTuple):
    """What a policy says, and how its pack binds it: `action` and `params` are the binding's."""

    text: PolicyText
    match: Match
    conditions: tuple[NamedExpression, ...]
    params: Params
    variables: tuple[NamedExpression, ...]
    validations: tuple[Validation, ...]
    quorum: Quorum | None
    fix: Text
    action: Action
    effective_from: datetime | None
    waivable_by: tuple[str, ...]
    order: tuple[DateOrder, ...] = ()
    lookups: tuple[Lookup, ...] = ()


class Policy(_PolicyFields):
    """One policy as its pack binds it, with what is made of it at first use.

    A copy with other fields (`_replace`) begins with nothing made.
    """

    @property
    def id(self) -> str:
        return self.text.id

    @functools.cached_property
    def pass_result(self) -> PolicyResult:
        """Return the result of every request that fulfils it: ten thousand of them need no more."""
        return PolicyResult(self.id, self.text.pack, self.action, Outcome.PASSED)

    @functools.cached_property
    def scoped_expressions(self) -> dict[str, str]:
        """Return what `policy.scoping` has made of its expressions."""
        return {}

    @functools.cached_property
    def joint_validations(self) -> list[JointValidation | None]:
        """Return what `policy.joint_validation` has made of its validations; empty before."""
        return []


class Pack(NamedTuple):
    """A folder of policies. `source` is the plain data of its files, `digest` is over it."""

    name: str
    title: Text
    version: int
    policies: tuple[Policy, ...]
    source: Mapping[str, Any]
    digest: str


def pack_of(source: Mapping[str, Any], digest: str) -> Pack:
    """Return the pack of a validated `{"pack": <pack.yaml>, "policies": {id: <file>}}`."""
    pack, data = source["pack"], source["policies"]
    name, shared = pack["metadata"]["name"], pack["spec"].get("params", {})
    if shared:
        from launchpolicy.policy.parameters import with_pack_parameters  # noqa: PLC0415 (few have)

        data = {policy: with_pack_parameters(data[policy], shared) for policy in data}
    policies = tuple(
        policy_of(data[binding["policy"]], name, binding) for binding in pack["spec"]["bindings"]
    )
    title = text_of(pack["metadata"]["title"])
    return Pack(name, title, pack["spec"]["version"], policies, source, digest)


def policy_of(data: Mapping[str, Any], pack: str, binding: Mapping[str, Any]) -> Policy:
    """Return the policy of a validated file under a validated binding."""
    spec, match = data["spec"], data["spec"]["match"]
    text = PolicyText(
        id=data["metadata"]["name"],
        pack=pack,
        title=text_of(data["metadata"]["title"]),
        clauses=tuple(spec.get("clauses", ())),
        controls=tuple(spec.get("controls", ())),
        obligations=tuple(spec.get("obligations", ())),
    )
    operations = match.get("operations", ("create", "update"))
    effective = binding.get("effectiveFrom")
    return Policy(
        text=text,
        match=Match(
            kinds=tuple(match["kinds"]),
            stages=tuple(match.get("stages", ())),
            operations=tuple(Operation(operation) for operation in operations),
        ),
        conditions=tuple(_named_expressions(spec.get("matchConditions", ()))),
        params={**spec.get("params", {}), **binding.get("params", {})},
        variables=tuple(_named_expressions(spec.get("variables", ()))),
        validations=tuple(_validation(validation) for validation in spec.get("validations", ())),
        quorum=_quorum_of(spec["quorum"]) if "quorum" in spec else None,
        fix=text_of(spec["fix"]),
        action=Action(binding["action"]),
        effective_from=parse_instant(effective) if effective else None,
        waivable_by=tuple(binding.get("waivableBy", ())),
        order=_order_of(spec["order"]) if "order" in spec else (),
        lookups=lookups_of(spec.get("lookups", ())),
    )


def _order_of(data: Sequence[Mapping[str, Any]]) -> tuple[DateOrder, ...]:
    from launchpolicy.policy.order import order_of  # noqa: PLC0415 (most rules compare no dates)

    return tuple(order_of(item) for item in data)


def _quorum_of(data: Mapping[str, Any]) -> Quorum:
    from launchpolicy.policy.quorum import quorum_of  # noqa: PLC0415 (many rules have no quorum)

    return quorum_of(data)


def _named_expressions(items: Data) -> list[NamedExpression]:
    return [NamedExpression(item["name"], item["expression"]) for item in items]


def _validation(data: Mapping[str, Any]) -> Validation:
    at = data.get("at", "each" if "forEach" in data else "")
    return Validation(
        expression=data["expression"],
        for_each=data.get("forEach", ""),
        at=_at(at),
        at_expression=data.get("atExpression", ""),
        message=text_of(data["message"]),
        message_expressions=data.get("messageExpression", {}),
        template=data.get("template"),
        template_at=_at(data.get("templateAt", at)),
        template_for_each=data.get("templateForEach", ""),
    )


def _at(written: str) -> FindingLocation:
    route = parse_route(written)
    of_each = route[:1] == ("each",)
    return FindingLocation(of_each, route[1:] if of_each else route)
