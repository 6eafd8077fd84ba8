"""What a request takes for itself alone: rack units, ports, addresses, numbers of equipment (D9).

The same thing named again by another request, in the same place, is no second claim: a later launch
may well describe the rack that an earlier one filled.
"""

from __future__ import annotations

import ipaddress
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from launchpolicy.requests.kinds import text_at, value_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route

_INFRASTRUCTURE: Route = ("spec", "infrastructure")
_FACES = ("front", "rear")


class RackSpace(NamedTuple):
    """Units of a rack, from `first` to `last`; `room` is "" where the request does not say."""

    room: str
    faces: tuple[str, ...]
    first: int
    last: int

    def meets(self, other: RackSpace) -> bool:
        """Return whether the two share a unit; what is not said may be anything, and meets all."""
        if self.room and other.room and self.room != other.room:
            return False
        facing = set(self.faces) & set(other.faces)
        return bool(facing) and self.first <= other.last and other.first <= self.last


class Claim(NamedTuple):
    """One thing taken.

    `key` is equal for claims of the same thing. `purpose` says what it is taken for: claims of two
    requests for the same thing agree; "" is not known, and agrees with nothing. `serial` tells
    things of one name apart. `is_far` marks a port that stands at the other end of a cable.
    `trace` is a text that every file with an equal claim contains, whatever the case.
    """

    kind: str
    key: str
    what: str
    route: Route
    purpose: str
    serial: str = ""
    space: RackSpace | None = None
    is_far: bool = False
    trace: str = ""

    def agrees(self, other: Claim) -> bool:
        """Return whether two requests mean the same thing, and not two things in one place."""
        alike = not self.serial or not other.serial or self.serial == other.serial
        return bool(self.purpose) and self.purpose == other.purpose and alike

    def touches(self, other: Claim) -> bool:
        """Return whether both take a part of the same."""
        if self.space is None or other.space is None:
            return True
        return self.space.meets(other.space)


def claims_of(data: object) -> list[Claim]:
    """Return everything that a request claims, in document order within its kind."""
    serials = {
        name: _fold(text)
        for _, item in _items(data, "equipment")
        if (name := _text(item, "name")) and (text := _text(item, "serialNumber"))
    }
    return [*_mounts(data, serials), *_ports(data, serials), *_numbers(data)]


def contested_within(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Return each claim of one request that repeats an earlier one, with that one."""
    earlier: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        rivals = earlier[claim.kind, claim.key]
        rival = next(
            (other for other in rivals if claim.touches(other) and not _one_cable(claim, other)),
            None,
        )
        if rival is not None:
            yield claim, rival
        rivals.append(claim)


def claims_by_key(claims: Iterable[Claim]) -> Mapping[tuple[str, str], Sequence[Claim]]:
    """Return claims by kind and key, those of one key in their order."""
    by_key: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[claim.kind, claim.key].append(claim)
    return dict(by_key)


def contested_claims(
    ours: Iterable[Claim], theirs: Mapping[tuple[str, str], Sequence[Claim]]
) -> Iterator[tuple[Claim, Claim]]:
    """Return the claims of ours that another request, by `claims_by_key`, makes as well."""
    for claim in ours:
        rivals = theirs.get((claim.kind, claim.key), ())
        rival = next(
            (other for other in rivals if claim.touches(other) and not claim.agrees(other)), None
        )
        if rival is not None:
            yield claim, rival


def _one_cable(one: Claim, other: Claim) -> bool:
    """Return whether a port is named once as itself, and once as the far end of the same cable."""
    if one.is_far == other.is_far:
        return False
    near = other if one.is_far else one
    return one.purpose == other.purpose or not near.purpose.startswith(_CABLE)


def _mounts(data: object, serials: Mapping[str, str]) -> Iterator[Claim]:
    for number, rack in _items(data, "racks"):
        name, mounts = _text(rack, "name"), rack.get("mounts")
        for index, mount in enumerate(mounts if isinstance(mounts, list) else ()):
            first, height = value_at(mount, ("position",)), value_at(mount, ("height",))
            if not name or not isinstance(first, int) or not isinstance(height, int):
                continue
            equipment, face = _text(mount, "equipment"), _text(mount, "face")
            space = RackSpace(
                _text(rack, "room"), (face,) if face else _FACES, first, first + height - 1
            )
            units = f"U{first}" if height == 1 else f"U{first}-U{space.last}"
            yield Claim(
                "rack-unit",
                _fold(name),
                " ".join(part for part in (name, units, face) if part),
                (*_INFRASTRUCTURE, "racks", number, "mounts", index),
                _join(equipment, str(first), str(height)) if equipment else "",
                serials.get(equipment, ""),
                space,
                trace=name,
            )


_CABLE = "cable "


def _ports(data: object, serials: Mapping[str, str]) -> Iterator[Claim]:
    for number, row in _items(data, "ports"):
        route: Route = (*_INFRASTRUCTURE, "ports", number)
        equipment, port = _text(row, "equipment"), _text(row, "port")
        far = row.get("farEnd")
        ends = ((equipment, port), (_text(far, "equipment"), _text(far, "port")))
        is_cable = all(part for end in ends for part in end)
        purpose = json.dumps({key: row[key] for key in row if key != "name"}, sort_keys=True)
        if is_cable:
            purpose = _CABLE + _join(*(_join(*end) for end in sorted(ends)))
        for is_far, (end, key) in enumerate(zip(ends, ("port", "farEnd"), strict=True)):
            if all(end):
                at = (*route, key)
                yield Claim(
                    "port",
                    _fold(*end),
                    " ".join(end),
                    at,
                    purpose,
                    is_far=bool(is_far),
                    trace=end[0],
                )
        here = _join(equipment, port) if equipment and port else ""
        for kind, field in _ADDRESSES.items():
            address = _text(row, field)
            if address:
                at = (*route, field)
                serial = serials.get(equipment, "")
                key = normalise(kind, address)
                # Only an IPv4 address has one spelling; of others, the key before it has.
                trace = address if kind == "ipv4-address" else field
                yield Claim(kind, key, address, at, here, serial, trace=trace)


_ADDRESSES = {
    "ipv4-address": "ipv4Address",
    "ipv6-address": "ipv6Address",
    "mac-address": "macAddress",
}


def _numbers(data: object) -> Iterator[Claim]:
    for number, item in _items(data, "equipment"):
        for kind, field in (("serial-number", "serialNumber"), ("asset-number", "assetNumber")):
            text = _text(item, field)
            if text:
                at = (*_INFRASTRUCTURE, "equipment", number, field)
                yield Claim(kind, _fold(text), text, at, _text(item, "name"), trace=text)


def normalise(kind: str, address: str) -> str:
    """Return the one spelling of an address: an IP address as Python writes it, a MAC's digits."""
    if kind == "mac-address":
        return "".join(sign for sign in address.casefold() if sign.isalnum())
    version = ipaddress.IPv4Address if kind == "ipv4-address" else ipaddress.IPv6Address
    try:
        return str(version(address))
    except ValueError:
        return address.casefold()


def _items(data: object, part: str) -> Iterator[tuple[int, dict[str, Any]]]:
    items = value_at(data, (*_INFRASTRUCTURE, part))
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield number, item


def _text(data: object, key: str) -> str:
    return text_at(data, (key,))


def _fold(*texts: str) -> str:
    """Return the text without regard to case and to how wide its spaces are."""
    return _join(*(" ".join(text.casefold().split()) for text in texts))


def _join(*texts: str) -> str:
    return json.dumps(texts, ensure_ascii=False)
