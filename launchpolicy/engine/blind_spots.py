"""What rules do not look at: fields, kinds of evidence, their own names; and what never mattered.

That a field is read says that a policy decides by it, not that it decides rightly; that none reads
it says for certain that whatever stands there is judged by the schema alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from launchpolicy.documents.schema.fields import SchemaField, schema_fields
from launchpolicy.engine.read_tree import ReadTree
from launchpolicy.facts.fact_fields import fields_of_fact
from launchpolicy.ledger.policy_history import PolicyHistory
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.reads import ReadPlace, reads_of
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, NodeKind
from launchpolicy.policy.fact_shapes import FACTS
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.policy_reads import PolicyReads, policy_reads
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Action

_OBJECT: Final = "object"
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


class UnreadName(NamedTuple):
    """A parameter or variable that a policy declares and never uses."""

    policy: str
    name: str
    is_param: bool


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
    policies: Sequence[Policy],
    evidence_kinds: Iterable[str],
    printed: frozenset[str],
    history: PolicyHistory | None,
) -> BlindSpots:
    """Return what the policies do not look at.

    Args:
        kinds: the kinds of documents that they judge.
        policies: all of them, as their packs bind them.
        evidence_kinds: the kinds of evidence that a request may name.
        printed: the names of the fields that papers print.
        history: what the ledger says.
    """
    reads = {policy.id: policy_reads(policy) for policy in policies}
    names = [
        UnreadName(policy, name, is_param)
        for policy, of_policy in reads.items()
        for is_param, unread in (
            (True, of_policy.unread_params),
            (False, of_policy.unread_variables),
        )
        for name in unread
    ]
    never, waived = _in_the_ledger(policies, history)
    return BlindSpots(
        tuple(_kind(kind, policies, reads, printed) for kind in kinds),
        tuple(_kinds_without_policy(evidence_kinds, policies)),
        tuple(names),
        history,
        never,
        waived,
    )


def _kind(
    kind: Kind,
    policies: Iterable[Policy],
    reads: Mapping[str, PolicyReads],
    printed: frozenset[str],
) -> KindBlindSpots:
    tree, facts = ReadTree(), set[str]()
    for policy in policies:
        if kind.name in policy.match.kinds:
            for place in reads[policy.id].places:
                if place.steps[0] in _DOCUMENTS:
                    tree.add(place, policy.id)
                elif place.steps[0] in FACTS:
                    facts.add(place.steps[0])
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
