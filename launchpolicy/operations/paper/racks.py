"""Find what other launches mounted in the racks of a request, so that no paper shows it as free."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.operations.paper.paper_request import PaperRequest
from launchpolicy.papers.racks.other_devices import OtherDevice
from launchpolicy.requests.launch_request.infrastructure import Infrastructure
from launchpolicy.requests.launch_request.racks import Rack
from launchpolicy.requests.launch_request.request import LaunchRequest, launch_request_of
from launchpolicy.vocabulary.snapshot import REGULAR_MODES

_GONE = ("cancelled", "rolled-back")
"""Stages whose devices claim no units (policy `nothing-used-twice`)."""


def other_devices(request: PaperRequest) -> tuple[OtherDevice, ...]:
    """Return the devices of other requests in racks that have the names of this one's racks.

    A request that cannot be read has none; the check refuses it.
    """
    own = launch_request_of(request.document.data)
    racks = {rack.name.casefold() for rack in _racks(own) if rack.name}
    if not racks:
        return ()
    return tuple(
        device
        for other in _other_requests(request, tuple(racks))
        if str(other.status.stage) not in _GONE
        for device in _devices(other)
        if device.rack.casefold() in racks
    )


def _other_requests(request: PaperRequest, racks: tuple[str, ...]) -> Iterator[LaunchRequest]:
    """Yield the other requests whose files name one of the racks, in the order of their paths."""
    rules, snapshot = request.rules, request.snapshot
    kind = rules.kinds["LaunchRequest"]
    entries = [
        entry
        for folder in kind.files.folders
        for entry in snapshot.entries(folder)
        if entry.mode in REGULAR_MODES
        and entry.path != request.document.path
        and rules.kind_of(entry.path) is kind
    ]
    for blob in snapshot.read(entries, MAX_BYTES):
        text = (blob.data or b"").decode("utf-8", "replace").casefold()
        if not any(rack in text for rack in racks):
            continue
        document = read(blob.entry.path, blob.data or b"")
        if not isinstance(document, Refusal) and isinstance(document.data, dict):
            yield launch_request_of(document.data)


def _devices(request: LaunchRequest) -> Iterator[OtherDevice]:
    launch = request.metadata.name or ""
    infrastructure = _infrastructure(request)
    equipment = (infrastructure.equipment or ()) if infrastructure is not None else ()
    devices = {device.name: device for device in equipment}
    for rack in _racks(request):
        for mount in rack.mounts or ():
            device = devices.get(mount.equipment)
            yield OtherDevice(launch, rack.room or "", rack.name or "", mount, device)


def _racks(request: LaunchRequest) -> tuple[Rack, ...]:
    infrastructure = _infrastructure(request)
    return tuple(infrastructure.racks or ()) if infrastructure is not None else ()


def _infrastructure(request: LaunchRequest) -> Infrastructure | None:
    return request.spec.infrastructure if request.spec is not None else None
