"""Items, their digests, and where two lists of digests differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypedDict


class Item(NamedTuple):
    """Bytes that must stay the same; `group` and `name` say what they are."""

    group: str
    name: str
    content: bytes


class SetDigest(TypedDict):
    """One set: the digest over all of it, the number of its items, `COUNT DIGEST` by group."""

    digest: str
    items: int
    groups: dict[str, str]


Digests = dict[str, SetDigest]
"""The digest of every set by its name."""

_LENGTH_IN_GROUPS = 16


def digest_of(items: Iterable[Item]) -> SetDigest:
    """Return the digests of a set.

    Raises:
        ValueError: two items have the same group and name, or there is none.
    """
    names: set[tuple[str, str]] = set()
    groups: dict[str, list[str]] = {}
    for item in items:
        if item[:2] in names:
            message = f"two items are named {item.group}/{item.name}"
            raise ValueError(message)
        names.add(item[:2])
        own = hashlib.sha256(item.content).hexdigest()
        groups.setdefault(item.group, []).append(f"{item.name} {own}\n")
    if not names:
        message = "a set without items proves nothing"
        raise ValueError(message)
    digests = {
        name: (len(lines), hashlib.sha256("".join(lines).encode()).hexdigest())
        for name, lines in sorted(groups.items())
    }
    whole = "".join(f"{name} {digest}\n" for name, (_, digest) in digests.items())
    return {
        "digest": hashlib.sha256(whole.encode()).hexdigest(),
        "items": len(names),
        "groups": {
            name: f"{count} {digest[:_LENGTH_IN_GROUPS]}"
            for name, (count, digest) in digests.items()
        },
    }


def differences(expected: SetDigest | None, actual: SetDigest) -> list[str]:
    """Return one line for each group that differs; empty where the sets are equal."""
    if expected is None:
        return ["the baseline does not have this set"]
    if expected == actual:
        return []
    before, after = expected["groups"], actual["groups"]
    return [
        f"{group}: {_told(before, group)} in the baseline, {_told(after, group)} now"
        for group in sorted(before.keys() | after.keys())
        if before.get(group) != after.get(group)
    ] or ["the digest of the set differs, and no group does: the baseline was edited"]


def _told(groups: Mapping[str, str], group: str) -> str:
    return groups.get(group, "missing")


def keep(items: Iterable[Item], folder: Path) -> Iterable[Item]:
    """Pass `items` on, and write each into `folder`, so that two trees compare with `diff -r`."""
    for item in items:
        file = folder / _file_name(item.group) / _file_name(item.name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(item.content)
        yield item


def _file_name(name: str) -> str:
    return name.replace("/", "+")
