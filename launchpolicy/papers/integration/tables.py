"""Rows of the port table and of the list of running equipment (D9.3.1.2).

What became known after the approval (`status.equipment`, `status.ports`) fills what the plan left
open, and never replaces what was approved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.papers.integration.sections import infrastructure_of, status_items
from launchpolicy.papers.racks.words import units_text
from launchpolicy.requests.launch_request.equipment import Equipment, Port
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.requests.launch_request.texts import LocalisedText


class PortRow(NamedTuple):
    """A port with its far end; `addresses` have their prefix length where the network is known."""

    device: str
    port: str
    addresses: tuple[str, ...]
    gateway: str
    vlan: str
    mac: str
    speed: str
    far_device: str
    far_port: str
    purpose: str | LocalisedText


class EquipmentRow(NamedTuple):
    """A device with its place and addresses; `room` is an id, `kind` a word of the schema."""

    name: str
    kind: str
    model: str
    serial: str
    asset: str
    room: str
    rack: str
    units: str
    addresses: tuple[str, ...]
    system: str
    power: str
    owner: str
    installed: str
    warranty: str


def port_rows(request: LaunchRequest) -> Iterator[PortRow]:
    """Yield the ports of a request, in its order."""
    late = {port.name: port.mac_address for port in status_items(request, "ports")}
    for port in infrastructure_of(request, "ports"):
        far = port.far_end
        yield PortRow(
            device=port.equipment or "",
            port=port.port or "",
            addresses=_addresses(port),
            gateway=port.gateway or "",
            vlan="" if port.vlan is None else str(port.vlan),
            mac=port.mac_address or late.get(port.name) or "",
            speed=port.speed or "",
            far_device=(far.equipment or "") if far is not None else "",
            far_port=(far.port or "") if far is not None else "",
            purpose=port.purpose or "",
        )


def equipment_rows(request: LaunchRequest) -> Iterator[EquipmentRow]:
    """Yield the devices of a request, in its order."""
    late = {device.name: device for device in status_items(request, "equipment")}
    places = dict(_places(request))
    for device in infrastructure_of(request, "equipment"):
        known_later = late.get(device.name)
        room, rack, units = places.get(device.name, ("", "", ""))
        yield EquipmentRow(
            name=device.name or "",
            kind=device.kind or "",
            model=model_of(device),
            serial=device.serial_number or (known_later and known_later.serial_number) or "",
            asset=device.asset_number or (known_later and known_later.asset_number) or "",
            room=room,
            rack=rack,
            units=units,
            addresses=tuple(
                address
                for port in infrastructure_of(request, "ports")
                if port.equipment == device.name
                for address in (port.ipv4_address, port.ipv6_address)
                if address
            ),
            system=device.operating_system or "",
            power=device.power or "",
            owner=device.owner or "",
            installed=device.installed_at or "",
            warranty=device.warranty_until or "",
        )


def model_of(device: Equipment) -> str:
    """Return vendor and model of a device on one line."""
    return " ".join(filter(None, (device.vendor, device.model)))


def _places(request: LaunchRequest) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield each mounted device with its room, rack and units."""
    for rack in infrastructure_of(request, "racks"):
        for mount in rack.mounts or ():
            if mount.equipment and mount.position is not None and mount.height is not None:
                units = units_text(mount.position, mount.position + mount.height - 1)
                yield mount.equipment, (rack.room or "", rack.name or "", units)


def _addresses(port: Port) -> tuple[str, ...]:
    """Return the addresses; the IPv4 address with the prefix length of its network."""
    version_4 = port.ipv4_address or ""
    _, slash, prefix = (port.network or "").partition("/")
    if version_4 and slash and ":" not in (port.network or ""):
        version_4 = f"{version_4}/{prefix}"
    return tuple(filter(None, (version_4, port.ipv6_address)))
