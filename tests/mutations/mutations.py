"""All single mutations of all passing examples, and several of them at once."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from tests.examples.catalogue import NOW_INSTANT
from tests.mutations.examples import Example, examples, files_of
from tests.mutations.operators import REMOVED, Change, Pools, Route, changes_of, pattern_of

Data = Any
"""Plain data, as YAML and JSON know it."""

_POOL = 12  # values that are kept of one place


class Mutation(NamedTuple):
    """What is changed in one example: a place of its request, or a file that it refers to."""

    example: int
    route: Route
    operator: str
    value: Data
    file: bytes | None = None
    """The new content of the file that the reference at `route` names, and whose digest it gets."""

    @property
    def kind(self) -> tuple[str, str]:
        """Return the pattern of the place, and the operator."""
        return pattern_of(self.route), self.operator

    @property
    def lot(self) -> int:
        """Return a number below 1,000 that stays the same whatever else is mutated."""
        example = examples()[self.example]
        file = "" if self.file is None else digest_of(self.file)
        key = [example.process, example.path, self.route, self.operator, repr(self.value), file]
        return zlib.crc32(json.dumps(key).encode()) % 1000

    def data(self, data: Data) -> Data:
        """Return the data of the request with this change."""
        if self.file is None:
            return with_value(data, self.route, self.value)
        return with_value(data, self.route, {**self.value, "sha256": digest_of(self.file)})

    def source(self, data: Data) -> bytes:
        """Return the bytes of the request with this change."""
        return json.dumps(self.data(data), ensure_ascii=False).encode()


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@cache
def single_mutations() -> tuple[Mutation, ...]:
    """Return every mutation of every example, the same and in the same order in every run."""
    return tuple(_all())


def mutations_of_lots(lots: int) -> list[Mutation]:
    """Return the mutations with the lots below `lots`: so many thousandths of all, and the same."""
    return [mutation for mutation in single_mutations() if mutation.lot < lots]


def with_value(data: Data, route: Sequence[str | int], value: Data) -> Data:
    """Return `data` with another value at `route`, or without the one there is."""
    step, rest = route[0], route[1:]
    if rest:
        value = with_value(data[step], rest, value)
    if isinstance(data, list):
        place = int(step)
        return [*data[:place], *([] if value is REMOVED else [value]), *data[place + 1 :]]
    return {
        key: value if key == step else old
        for key, old in data.items()
        if key != step or value is not REMOVED
    }


def _all() -> Iterator[Mutation]:
    by_pattern = _values_by_pattern()
    for number, example in enumerate(examples()):
        pools = Pools(by_pattern, _people(example), NOW_INSTANT)
        for route, value in _places(example.data[example.part], (example.part,)):
            for operator, changed in changes_of(value, route, pools):
                if changed is REMOVED or changed != value:
                    yield Mutation(number, route, operator, changed)
            if isinstance(value, dict) and "sha256" in value and "path" in value:
                for operator, content in _files(example, value):
                    yield Mutation(number, route, operator, value, content)


def _places(value: Data, route: Route) -> Iterator[tuple[Route, Data]]:
    yield route, value
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _places(below, (*route, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _places(below, (*route, index))


@cache
def _values_by_pattern() -> dict[str, list[Data]]:
    values: dict[str, list[Data]] = {}
    for example in examples():
        for route, value in _places(example.data, ()):
            known = values.setdefault(pattern_of(route), [])
            if isinstance(value, str) and value not in known and len(known) < _POOL:
                known.append(value)
    return values


def _people(example: Example) -> list[str]:
    from tests.mutations.judging import people_of  # noqa: PLC0415 (it judges what is made here)

    return people_of(example.process)


def _files(example: Example, reference: dict[str, str]) -> Iterator[Change]:
    folder = example.path.rpartition("/")[0]
    files = files_of(example.process).files
    own = f"{folder}/{reference['path']}"
    content = files.get(own, b"")
    yield Change("file-emptied", b"")
    yield Change("file-cut", content[: len(content) // 2])
    yield Change("file-in-a-word", b"to follow\n")
    others = [path for path in files if path.startswith(f"{folder}/") and path != own]
    same = [path for path in others if path.rpartition(".")[2] == own.rpartition(".")[2]]
    for path in [path for path in same if not path.endswith("request.yaml")][:2]:
        yield Change("file-of-another-purpose", files[path])
    elsewhere = [
        path
        for path in files
        if path.endswith(reference["path"]) and not path.startswith(f"{folder}/")
    ]
    for path in [path for path in elsewhere if files[path] != content][:2]:
        yield Change("file-of-another-launch", files[path])
