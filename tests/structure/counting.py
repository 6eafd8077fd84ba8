"""Figures of a package: rooms, the arrows between them, import chains, classes of one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from tests.structure.modules import Module

Modules = Mapping[str, Module]


class Room(NamedTuple):
    """A folder at the top of the package; `imports` are the rooms that it imports from."""

    name: str
    modules: int
    lines: int
    imports: tuple[str, ...]


class Structure(NamedTuple):
    """The figures of a package.

    `arrows` are the pairs of rooms of which one imports from the other, `possible_arrows` all
    pairs; `upward_arrows` are the arrows from a lower layer to a higher one. `longest_chain` are
    modules of which each imports the next. `shared_names` are the class names with more than one
    definition, each with the modules that define it.
    """

    rooms: tuple[Room, ...]
    modules: int
    lines: int
    arrows: tuple[tuple[str, str], ...]
    possible_arrows: int
    upward_arrows: tuple[tuple[str, str], ...]
    longest_chain: tuple[str, ...]
    shared_names: Mapping[str, tuple[str, ...]]

    @property
    def largest_room(self) -> Room:
        return max(self.rooms, key=lambda room: room.lines)


def count(modules: Modules, rooms: Sequence[str], layers: Sequence[str]) -> Structure:
    """Return the figures of a package.

    Args:
        modules: the modules of the package by their dotted names.
        rooms: the folders at its top.
        layers: the rooms from the highest to the lowest; a room that is not in it has no layer.

    Raises:
        graphlib.CycleError: modules import each other in a circle, so no chain is the longest.
    """
    arrows = sorted(_arrows(modules, set(rooms)))
    upward = [
        (source, target)
        for source, target in arrows
        if {source, target} <= set(layers) and layers.index(source) > layers.index(target)
    ]
    return Structure(
        rooms=tuple(_room(room, modules, arrows) for room in rooms),
        modules=len(modules),
        lines=sum(module.lines for module in modules.values()),
        arrows=tuple(arrows),
        possible_arrows=len(rooms) * (len(rooms) - 1) // 2,
        upward_arrows=tuple(upward),
        longest_chain=longest_chain(modules),
        shared_names=shared_names(modules),
    )


def _room(name: str, modules: Modules, arrows: Sequence[tuple[str, str]]) -> Room:
    own = [module for module in modules.values() if module.room == name]
    targets = tuple(target for source, target in arrows if source == name)
    return Room(name, len(own), sum(module.lines for module in own), targets)


def _arrows(modules: Modules, rooms: set[str]) -> set[tuple[str, str]]:
    return {
        (module.room, modules[target].room)
        for module in modules.values()
        for target in module.imports
        if module.room in rooms and modules[target].room in rooms - {module.room}
    }


def longest_chain(modules: Modules) -> tuple[str, ...]:
    """Return the longest list of modules of which each imports the next.

    Of several equally long ones it is the first by name.
    """
    graph = {name: sorted(module.imports) for name, module in sorted(modules.items())}
    chains: dict[str, tuple[str, ...]] = {}
    for name in TopologicalSorter(graph).static_order():
        below = min((chains[each] for each in graph[name]), key=_longest_first, default=())
        chains[name] = (name, *below)
    return min(chains.values(), key=_longest_first, default=())


def _longest_first(chain: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(chain), chain


def shared_names(modules: Modules) -> dict[str, tuple[str, ...]]:
    """Return the class names that are defined more than once, with the modules that do."""
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for module in modules.values():
        for name in module.classes:
            places[name][module.name] += 1
    return {
        name: tuple(sorted(found.elements()))
        for name, found in sorted(places.items())
        if found.total() > 1
    }
