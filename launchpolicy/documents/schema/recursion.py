"""Schemas whose judgement would not end, or would double with every level of a document.

A reference that leads back to itself on the same value never ends. A recursive definition that
tests the same inner value in two branches takes 2^depth steps: a small file, an endless check. So
the answers of such a schema are remembered (`remembered_answers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.documents.schema.dialect import (
    DEFINITIONS,
    INNER_VALUE_MAPS,
    SAME_VALUE,
    SAME_VALUE_LISTS,
    SAME_VALUE_MAPS,
    UNEVALUATED,
    SchemaNode,
    SchemaProblem,
    problem_at,
    subschemas,
)
from launchpolicy.documents.schema.patterns import Patterns

_REST_KEYWORDS = frozenset(UNEVALUATED)
_OF_LISTS = frozenset({"items", "prefixItems", "contains", "unevaluatedItems"})
_OF_OBJECTS = frozenset({*INNER_VALUE_MAPS, "additionalProperties", "unevaluatedProperties"})
_MEET = {
    "contains": _OF_LISTS,
    "unevaluatedItems": _OF_LISTS,
    "unevaluatedProperties": _OF_OBJECTS,
}
_MEET_OTHERS = (("items", "prefixItems"), ("patternProperties", "additionalProperties"))
"""Keywords whose inner values may be those of others, whatever their names are."""

_MOST_BRANCHES = 5_000
"""Schemas that may be tried on one value, so that definitions cannot multiply each other."""


class _SchemaEdge(NamedTuple):
    """From a schema to one for an inner value: which, of those that the schema at `owner` names."""

    owner: str
    keyword: str
    name: str
    target: str


class _Graph(NamedTuple):
    """From each schema, by pointer, those for the same value and the steps to inner values."""

    same: dict[str, list[str]]
    inner: dict[str, list[_SchemaEdge]]


class _TooManyError(Exception):
    pass


def doubles(nodes: dict[str, SchemaNode]) -> bool:
    """Return whether a recursive definition may test the same inner value twice."""
    return bool(list(recursion_problems(nodes, remembers_answers=False)))


def recursion_problems(
    nodes: dict[str, SchemaNode], *, remembers_answers: bool = True
) -> Iterator[SchemaProblem]:
    """Yield the problem of a schema whose judgement would not end, or take exponential time.

    `nodes` are its schemas by pointer; they have no other problems. With `remembers_answers` none
    is tested twice.
    """
    graph = _graph(nodes)
    ring = _pointer_on_a_ring(graph.same)
    if ring is not None:
        yield problem_at(
            ring,
            "references lead in a ring on the same value; it would never be judged",
            "引用在同一个值上形成循环，判定永远不会结束",
        )
        return
    groups = _groups(graph)
    patterns = Patterns()
    for pointer in nodes:
        try:
            steps = _steps(graph, pointer)
        except _TooManyError:
            yield problem_at(
                pointer,
                f"more than {_MOST_BRANCHES} schemas apply to the same value",
                f"同一个值要接受超过 {_MOST_BRANCHES} 个结构定义的检查",
            )
            return
        if not remembers_answers and _tests_a_value_twice(
            steps, groups, groups[pointer], nodes, patterns
        ):
            yield problem_at(
                pointer,
                "a recursive definition tests the same inner value twice, "
                "so that the work doubles with every level; name it in one branch only",
                "递归定义对同一个内部值检查两次，每深一层耗时翻倍；请只在一个分支中写它",
            )
            return


def _graph(nodes: dict[str, SchemaNode]) -> _Graph:
    same: dict[str, list[str]] = {pointer: [] for pointer in nodes}
    inner: dict[str, list[_SchemaEdge]] = {pointer: [] for pointer in nodes}
    for pointer, node in nodes.items():
        if isinstance(node, bool):
            continue
        if "$ref" in node:
            same[pointer].append(node["$ref"])
        for keyword, target, _ in subschemas(node, pointer):
            if keyword in (*SAME_VALUE, *SAME_VALUE_LISTS, *SAME_VALUE_MAPS):
                same[pointer].append(target)
                if not _REST_KEYWORDS.isdisjoint(node):  # tried again to see what is left over
                    same[pointer].append(target)
            elif keyword not in (*DEFINITIONS, "propertyNames"):
                name = target.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
                inner[pointer].append(_SchemaEdge(pointer, keyword, name, target))
    return _Graph(same, inner)


def _pointer_on_a_ring(same: dict[str, list[str]]) -> str | None:
    """Return a pointer on a cycle of schemas for the same value, if there is one."""
    finished: set[str] = set()
    for start in same:
        path: list[str] = []
        on_path: set[str] = set()
        waiting = [(start, False)]
        while waiting:
            pointer, leaving = waiting.pop()
            if leaving:
                on_path.discard(path.pop())
                finished.add(pointer)
            elif pointer in on_path:
                return pointer
            elif pointer not in finished:
                path.append(pointer)
                on_path.add(pointer)
                waiting.append((pointer, True))
                waiting += [(target, False) for target in same[pointer]]
    return None


def _groups(graph: _Graph) -> dict[str, int]:
    """Return the strongly connected component of each schema, by pointer (Kosaraju).

    Schemas of one number can reach one another.
    """
    ahead = {
        pointer: [*graph.same[pointer], *(step.target for step in graph.inner[pointer])]
        for pointer in graph.same
    }
    behind: dict[str, list[str]] = {pointer: [] for pointer in ahead}
    for pointer, targets in ahead.items():
        for target in targets:
            behind[target].append(pointer)
    groups: dict[str, int] = {}
    for number, start in enumerate(reversed(_by_completion(ahead))):
        waiting = [start]
        while waiting:
            pointer = waiting.pop()
            if pointer not in groups:
                groups[pointer] = number
                waiting += behind[pointer]
    return groups


def _by_completion(ahead: dict[str, list[str]]) -> list[str]:
    """Return the schemas in the order in which a walk in depth leaves them."""
    seen: set[str] = set()
    done: list[str] = []
    for start in ahead:
        waiting = [(start, False)]
        while waiting:
            pointer, leaving = waiting.pop()
            if leaving:
                done.append(pointer)
            elif pointer not in seen:
                seen.add(pointer)
                waiting.append((pointer, True))
                waiting += [(target, False) for target in ahead[pointer]]
    return done


def _steps(graph: _Graph, pointer: str) -> list[_SchemaEdge]:
    """Return the steps inward of all schemas that are tried on one value, with repetitions."""
    steps: list[_SchemaEdge] = []
    waiting = [pointer]
    tried = 0
    while waiting:
        tried += 1
        if tried > _MOST_BRANCHES:
            raise _TooManyError
        current = waiting.pop()
        steps += graph.inner[current]
        waiting += graph.same[current]
    return steps


def _tests_a_value_twice(
    steps: list[_SchemaEdge],
    groups: dict[str, int],
    group: int,
    nodes: dict[str, SchemaNode],
    patterns: Patterns,
) -> bool:
    back = [step for step in steps if groups[step.target] == group]
    return any(
        _may_meet(one, other, nodes, patterns) or _may_meet(other, one, nodes, patterns)
        for index, one in enumerate(back)
        for other in back[:index]
    )


def _may_meet(
    one: _SchemaEdge, other: _SchemaEdge, nodes: dict[str, SchemaNode], patterns: Patterns
) -> bool:
    """Return whether two steps may lead to one inner value; False only if they certainly do not."""
    pair = (one.keyword, other.keyword)
    is_one_owner = one.owner == other.owner and one != other
    if is_one_owner and not {"patternProperties", "contains"} & {*pair}:
        return False  # different keys or indices, or the rest that the other leaves
    match pair:
        case (first, second) if first in _MEET:
            return second in _MEET[first]
        case ("properties", "properties") | ("prefixItems", "prefixItems"):
            return one.name == other.name
        case ("patternProperties", "properties"):
            return patterns.matcher(one.name)(other.name)
        case ("additionalProperties", "properties"):
            owner = nodes[one.owner]
            return isinstance(owner, dict) and other.name not in owner.get("properties", {})
        case first, second:
            is_rest = is_one_owner and pair == ("patternProperties", "additionalProperties")
            return first == second or (pair in _MEET_OTHERS and not is_rest)
