"""What is in a rack: devices, backs of devices, reserved units, and the totals.

A device that is written outside of its rack, or over another one, is for policies to refuse. Here
it is kept and marked, so that the drawing of a wrong request shows what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from launchpolicy.papers.racks.other_devices import OtherDevice
from launchpolicy.papers.racks.power import watts
from launchpolicy.requests.launch_request.equipment import Equipment
from launchpolicy.requests.launch_request.racks import Mount, Rack, ReservedUnits
from launchpolicy.requests.launch_request.texts import LocalisedText
from launchpolicy.vocabulary.text import Text

Side = Literal["front", "rear"]
SIDES: tuple[Side, ...] = ("front", "rear")
OccupantKind = Literal["device", "back", "reserved"]
_USUAL_UNITS = 42
MAX_UNITS = 60
"""Taller racks are not made; a drawing of one could not be read."""


class Occupant(NamedTuple):
    """What fills the units from `first` to `last` of one side of a rack."""

    kind: OccupantKind
    first: int
    last: int
    name: str
    model: str = ""
    power: str = ""
    purpose: Text | None = None
    launch: str = ""
    """The request that mounted it, where that is another one."""


class PowerTotal(NamedTuple):
    """Power in watts; `unknown` are the devices whose power is not known."""

    drawn: float
    limit: float | None
    unknown: tuple[str, ...]


class RackContents(NamedTuple):
    """One rack; units count from 1 at the bottom to `units` at the top."""

    name: str
    room: str
    row: str
    units: int
    """How many are drawn: `MAX_UNITS` at most, and the usual number where none is written."""
    height: int | None
    """How many units the request says that it has."""
    sides: Mapping[Side, tuple[Occupant, ...]]
    outside: tuple[Occupant, ...]
    overlapping: tuple[tuple[Occupant, Occupant], ...]
    power: PowerTotal

    def units_of(self, kind: OccupantKind) -> frozenset[int]:
        """Return the units that something of `kind` fills on either side."""
        return frozenset(
            unit
            for occupants in self.sides.values()
            for occupant in occupants
            if occupant.kind == kind
            for unit in range(occupant.first, occupant.last + 1)
        )

    @property
    def free_units(self) -> int:
        """Return how many units are neither filled nor reserved, on both sides."""
        taken = self.units_of("device") | self.units_of("reserved")
        return self.units - len(taken)


def rack_contents(
    rack: Rack, equipment: Iterable[Equipment], others: Iterable[OtherDevice] = ()
) -> RackContents:
    """Return what is in the rack.

    Args:
        rack: as the request describes it.
        equipment: the devices of the request, which say model and power.
        others: what other launches mounted in the same rack.
    """
    devices = {device.name: device for device in equipment if device.name}
    mounted = [*_devices(rack, devices), *_others(others, rack, devices)]
    units = _units(rack, [occupant for occupant, _ in mounted])
    sides: dict[Side, tuple[Occupant, ...]] = {}
    for side in SIDES:
        own = [occupant for occupant, face in mounted if side in face]
        reserved = [occupant for occupant, face in _reservations(rack) if side in face]
        backs = [
            occupant._replace(kind="back")
            for occupant, face in mounted
            if side not in face and not any(_share(occupant, other) for other in own)
        ]
        inside = (one for one in (*reserved, *backs, *own) if one.first <= units)
        sides[side] = tuple(one._replace(last=min(one.last, units)) for one in inside)
    everything = [occupant for occupant, _ in (*mounted, *_reservations(rack))]
    return RackContents(
        name=rack.name or "",
        room=rack.room or "",
        row=rack.row or "",
        units=units,
        height=rack.height,
        sides=sides,
        outside=tuple(one for one in everything if one.last > units),
        overlapping=tuple(_overlaps(sides)),
        power=_power(rack, [occupant for occupant, _ in mounted]),
    )


def _units(rack: Rack, mounted: Iterable[Occupant]) -> int:
    """Return how many units are drawn: those of the rack, or as many as its devices want."""
    if rack.height is not None:
        return min(rack.height, MAX_UNITS)
    top = max((occupant.last for occupant in mounted), default=0)
    return top if _USUAL_UNITS < top <= MAX_UNITS else _USUAL_UNITS


def _devices(
    rack: Rack, devices: Mapping[str, Equipment]
) -> Iterator[tuple[Occupant, tuple[Side, ...]]]:
    for mount in rack.mounts or ():
        occupant = _occupant(mount, devices.get(mount.equipment or ""))
        if occupant is not None:
            yield occupant, _faces(mount)


def _others(
    others: Iterable[OtherDevice], rack: Rack, devices: Mapping[str, Equipment]
) -> Iterator[tuple[Occupant, tuple[Side, ...]]]:
    here = {(mount.equipment, mount.position, mount.height) for mount in rack.mounts or ()}
    for other in others:
        mount = other.mount
        # The same device in the same place is the same device: a later launch describes it again.
        if (mount.equipment, mount.position, mount.height) in here:
            continue
        occupant = _occupant(mount, other.device or devices.get(mount.equipment or ""))
        if occupant is not None:
            yield occupant._replace(launch=other.launch), _faces(mount)


def _occupant(mount: Mount, device: Equipment | None) -> Occupant | None:
    if mount.position is None or mount.height is None:
        return None
    model = " ".join(filter(None, (device.vendor, device.model))) if device else ""
    return Occupant(
        "device",
        mount.position,
        mount.position + mount.height - 1,
        mount.equipment or "",
        model,
        (device.power or "") if device else "",
    )


def _reservations(rack: Rack) -> Iterator[tuple[Occupant, tuple[Side, ...]]]:
    for units in rack.reserved or ():
        if units.position is not None and units.height is not None:
            last = units.position + units.height - 1
            purpose = _text(units.for_)
            occupant = Occupant("reserved", units.position, last, "", purpose=purpose)
            yield occupant, _faces(units)


def _faces(part: Mount | ReservedUnits) -> tuple[Side, ...]:
    """Return the sides that it takes; what is reserved without a side is so on both."""
    if part.face == "front":
        return ("front",)
    if part.face == "rear":
        return ("rear",)
    return SIDES if isinstance(part, ReservedUnits) else ("front",)


def _text(prose: str | LocalisedText | None) -> Text | None:
    if isinstance(prose, LocalisedText):
        return prose.text
    return Text(prose, prose) if prose else None


def _share(one: Occupant, other: Occupant) -> bool:
    return one.first <= other.last and other.first <= one.last


def _overlaps(
    sides: Mapping[Side, tuple[Occupant, ...]],
) -> Iterator[tuple[Occupant, Occupant]]:
    for occupants in sides.values():
        solid = [occupant for occupant in occupants if occupant.kind != "back"]
        for place, occupant in enumerate(solid):
            yield from (
                (occupant, other) for other in solid[place + 1 :] if _share(occupant, other)
            )


def _power(rack: Rack, mounted: Iterable[Occupant]) -> PowerTotal:
    drawn, unknown = 0.0, []
    for occupant in mounted:
        power = watts(occupant.power)
        if power is None:
            unknown.append(occupant.name)
        else:
            drawn += power
    return PowerTotal(drawn, watts(rack.power), tuple(unknown))
