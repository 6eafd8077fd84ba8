"""Racks, ports and equipment held against each other, for the foot of their tables (D9.3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.papers.integration.sections import infrastructure_of
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.vocabulary.text import Text

_NOT_MOUNTED = ("software",)


def disagreements(request: LaunchRequest) -> Iterator[Text]:
    """Yield what the three tables say differently; nothing where they agree."""
    equipment = infrastructure_of(request, "equipment")
    listed = {device.name for device in equipment if device.name}
    virtual = {device.name for device in equipment if device.kind in _NOT_MOUNTED}
    mounted = {
        mount.equipment
        for rack in infrastructure_of(request, "racks")
        for mount in rack.mounts or ()
        if mount.equipment
    }
    connected = {port.equipment for port in infrastructure_of(request, "ports") if port.equipment}
    yield from _complaint(
        (connected | mounted) - listed,
        Text("not in the list of running equipment", "不在运行设备清单中"),
    )
    yield from _complaint(
        (connected | listed) - mounted - virtual,
        Text("in no rack of the elevation", "未标在机柜配置图中"),
    )
    yield from _complaint(
        listed - connected - virtual,
        Text("without a line in the network port table", "在网络端口配置表中没有端口"),
    )


def _complaint(names: Iterable[str], what: Text) -> Iterator[Text]:
    ordered = sorted(names)
    if ordered:
        yield Text(f"{', '.join(ordered)}: {what.en}.", f"{'、'.join(ordered)}：{what.zh}。")
