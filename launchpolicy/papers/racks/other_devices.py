"""Devices that other launches mounted in the same rack: their units are not free."""

from __future__ import annotations

from typing import NamedTuple

from launchpolicy.requests.launch_request.equipment import Equipment
from launchpolicy.requests.launch_request.racks import Mount


class OtherDevice(NamedTuple):
    """A device in the rack `rack` of `room` ("" where it is not written), by the request `launch`.

    `device` is its line of that request's equipment list, None where it has none.
    """

    launch: str
    room: str
    rack: str
    mount: Mount
    device: Equipment | None
