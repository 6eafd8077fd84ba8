"""What rules do not look at: fields, kinds of evidence, their own names; and what never mattered.

That a field is read says that a policy decides by it, not that it decides rightly; that none reads
it says for certain that whatever stands there is judged by the schema alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from launchpolicy.documents.schema.fields import SchemaField, schema_fields
from launchpolicy.engine.analysis.read_tree import ReadTree
from launchpolicy.facts.evidence.references import places
from launchpolicy.facts.fact_fields import fields_of_fact
from launchpolicy.ledger.policy_history import PolicyHistory
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.reads import ANY, ReadPlace, reads_of
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, NodeKind
from launchpolicy.policy.fact_shapes import FACTS
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.policy.policy_reads import LOOKUPS, PolicyReads, policy_reads
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Action

_OBJECT: Final = "object"
_DATA: Final = "data"
_DOCUMENTS: Final = frozenset({_OBJECT, "oldObject"})
_PROGRAM: Final = "launchpolicy"
"""The reader that is no policy: the program itself, which names a document and finds its packs."""

_FORM: Final = frozenset({"apiVersion", "kind"})
"""Fields that say what a file is."""


class FieldReaders(NamedTuple):
    """A field and who decides by it: policies by id, and facts that policies name."""

    route: str
    policies: tuple[str, ...]
    facts: tuple[str, ...]
    is_printed: bool


class UnreadField(NamedTuple):
    """A field of which nothing is read, nor of all `leaf_count` fields that it holds.

    A field that holds no others is one. `is_printed` says that a paper prints one of this name.
    """

    route: str
    leaf_count: int
    is_printed: bool


class KindBlindSpots(NamedTuple):
    """The fields of one kind, and the outermost of those that no policy and no fact reads."""

    kind: str
    fields: tuple[FieldReaders, ...]
    unread: tuple[UnreadField, ...]
    total: int


NameKind: TypeAlias = Literal["parameter", "variable", "lookup", "data"]


class UnreadName(NamedTuple):
    """A name that `owner` declares and nothing uses: a policy, a pack, "" for the configuration."""

    owner: str
    name: str
    kind: NameKind


class BlindSpots(NamedTuple):
    """All that rules do not look at; `history` is None where there is no ledger."""

    kinds: tuple[KindBlindSpots, ...]
    unasked_evidence: tuple[str, ...]
    unread_names: tuple[UnreadName, ...]
    history: PolicyHistory | None
    never_in_the_way: tuple[str, ...]
    always_waived: tuple[str, ...]


def find_blind_spots(
    kinds: Sequence[Kind],
    packs: Sequence[Pack],
    evidence_kinds: Iterable[str],
    printed: frozenset[str],
    history: PolicyHistory | None,
) -> BlindSpots:
    """Return what the policies do not look at.

    Args:
        kinds: the kinds of documents that they judge.
        packs: those whose policies judge them.
        evidence_kinds: the kinds of evidence that a request may name.
        printed: the names of the fields that papers print.
        history: what the ledger says.
    """
    policies = [policy for pack in packs for policy in pack.policies]
    reads = {policy.id: policy_reads(policy) for policy in policies}
    has_evidence = any(places(kind.schema) for kind in kinds)
    never, waived = _in_the_ledger(policies, history)
    return BlindSpots(
        tuple(_kind(kind, kinds, policies, reads, printed) for kind in kinds),
        tuple(_kinds_without_policy(evidence_kinds, policies)) if has_evidence else (),
        (*_unread_of_packs(packs, reads), *_unread_data(kinds, reads)),
        history,
        never,
        waived,
    )


def _looked_up(
    kind: Kind, policy: Policy, kinds: Iterable[Kind], places: Iterable[ReadPlace]
) -> Iterator[ReadPlace]:
    """Yield what a policy about any kind reads of documents of `kind` that it looks up."""
    judged = [one for one in kinds if one.name in policy.match.kinds]
    lookups = [*policy.lookups, *(lookup for one in judged for lookup in one.lookups)]
    names = {lookup.name for lookup in lookups if lookup.kind == kind.name}
    for place in places:
        root, *steps = place.steps
        if root == LOOKUPS and (not steps or steps[0] in names):
            within = steps[2:] if steps[1:2] == [ANY] else steps[1:]  # of a list, or of one
            if not within:  # the whole of what is looked up
                yield ReadPlace((_OBJECT,), place.is_whole)
            elif within[0] == _OBJECT:
                yield ReadPlace(tuple(within), place.is_whole)


def _kind(
    kind: Kind,
    kinds: Sequence[Kind],
    policies: Iterable[Policy],
    reads: Mapping[str, PolicyReads],
    printed: frozenset[str],
) -> KindBlindSpots:
    tree, facts = ReadTree(), set[str]()
    for policy in policies:
        of_policy = reads[policy.id].places
        for place in _looked_up(kind, policy, kinds, of_policy):
            tree.add(place, policy.id)
        if kind.name in policy.match.kinds:
            facts |= {place.steps[0] for place in of_policy if place.steps[0] in FACTS}
            for place in of_policy:
                if place.steps[0] in _DOCUMENTS:
                    tree.add(place, policy.id)
    fields = schema_fields(kind.schema)
    for place in _of_program(kind, fields):
        tree.add(place, _PROGRAM)
    by_field: dict[int, list[str]] = {}
    for fact in sorted(facts):
        for number in fields_of_fact(fact, kind.schema, fields):
            by_field.setdefault(number, []).append(fact)
    readers = tuple(
        FieldReaders(
            field.route,
            tuple(sorted(tree.readers(field.steps))),
            tuple(by_field.get(number, ())),
            is_printed=bool(kind.process) and field.steps[-1] in printed,
        )
        for number, field in enumerate(fields)
    )
    leaves = [reader for reader, field in zip(readers, fields, strict=True) if field.is_leaf]
    return KindBlindSpots(kind.name, readers, tuple(_unread(fields, readers)), len(leaves))


def _unread_of_packs(
    packs: Iterable[Pack], reads: Mapping[str, PolicyReads]
) -> Iterator[UnreadName]:
    """Yield what packs and their policies declare; a policy sees of its pack what it may name."""
    for pack in packs:
        shared = pack.source["pack"]["spec"].get("params", {})
        used = {
            name
            for policy in pack.policies
            for name in policy.params
            if name not in reads[policy.id].unread_params
        }
        yield from (UnreadName(pack.name, name, "parameter") for name in shared if name not in used)
        for policy in pack.policies:
            of_policy = reads[policy.id]
            own = [name for name in of_policy.unread_params if name not in shared]
            yield from (UnreadName(policy.id, name, "parameter") for name in own)
            for name in of_policy.unread_variables:
                yield UnreadName(policy.id, name, "variable")
            yield from (UnreadName(policy.id, name, "lookup") for name in of_policy.unread_lookups)


def _unread_data(kinds: Iterable[Kind], reads: Mapping[str, PolicyReads]) -> Iterator[UnreadName]:
    """Yield the data documents that no policy names."""
    places = {place.steps for of_policy in reads.values() for place in of_policy.places}
    named = {steps[1:2] for steps in places if steps[0] == _DATA}
    known = dict.fromkeys(name for kind in kinds for name in kind.data.values)
    for name in known:
        if not named & {(), (name,)}:
            yield UnreadName("", name, "data")


def _of_program(kind: Kind, fields: Iterable[SchemaField]) -> Iterator[ReadPlace]:
    """Yield what the program reads of a document whatever its policies are."""
    for field in fields:
        if field.is_key:
            yield ReadPlace((_OBJECT, *field.steps), is_whole=True)
    yield from (ReadPlace((_OBJECT, key), is_whole=True) for key in sorted(_FORM))
    if kind.process:
        yield ReadPlace((_OBJECT, *map(str, kind.process)), is_whole=True)
    yield from reads_of([kind.id], {}).places


def _unread(
    fields: Sequence[SchemaField], readers: Sequence[FieldReaders]
) -> Iterator[UnreadField]:
    """Yield the outermost fields of which nothing is read."""
    read = [bool(reader.policies or reader.facts) for reader in readers]
    counts = [int(field.is_leaf) for field in fields]
    printed = [
        reader.is_printed and field.is_leaf for reader, field in zip(readers, fields, strict=True)
    ]
    for number in range(len(fields) - 1, -1, -1):
        parent = fields[number].parent
        if parent >= 0:
            read[parent] |= read[number]
            counts[parent] += counts[number]
            printed[parent] |= printed[number]
    for number, field in enumerate(fields):
        if not read[number] and (field.parent < 0 or read[field.parent]):
            yield UnreadField(field.route, counts[number], printed[number])


def _kinds_without_policy(kinds: Iterable[str], policies: Iterable[Policy]) -> Iterator[str]:
    """Yield the kinds of evidence that no expression and no parameter names."""
    asked = {text for policy in policies for text in _texts(policy)}
    yield from (kind for kind in kinds if kind not in asked)


def _texts(policy: Policy) -> Iterator[str]:
    """Yield the texts that a policy compares with: in its expressions, and in its parameters."""
    for value in policy.params.values():
        yield from map(str, value if isinstance(value, list) else [value])
    expressions = [condition.expression for condition in policy.conditions]
    expressions += [variable.expression for variable in policy.variables]
    expressions += [validation.expression for validation in policy.validations]
    for expression in expressions:
        try:
            tree = parse_expression(expression)
        except ExpressionSyntaxError:
            continue
        for node in tree.walk():
            if node.kind is NodeKind.LITERAL and node.operator[:1] in {"'", '"'}:
                yield node.operator.strip("'\"")


def _in_the_ledger(
    policies: Iterable[Policy], history: PolicyHistory | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the policies that never stood in the way, and those that were waived each time."""
    if history is None or not history.landings:
        return (), ()
    denying = [policy.id for policy in policies if policy.action is Action.DENY]
    never = tuple(
        policy for policy in denying if policy not in history.held and policy not in history.waived
    )
    waived = tuple(
        policy for policy in denying if policy in history.waived and policy not in history.held
    )
    return never, waived
