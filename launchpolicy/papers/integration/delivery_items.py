"""Rows of the delivery list (D9.3.1.1): one for each device of a delivery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.papers.integration.sections import infrastructure_of, status_items
from launchpolicy.requests.launch_request.deliveries import Delivery
from launchpolicy.requests.launch_request.request import LaunchRequest


class DeliveryItem(NamedTuple):
    """One item; `number` is that of its delivery, from 1. `serials` has one for each piece."""

    number: int
    delivery: Delivery
    name: str
    model: str
    quantity: int
    serials: tuple[str, ...]


def delivery_items(request: LaunchRequest) -> Iterator[DeliveryItem]:
    """Yield the items of all deliveries: a device each, or the delivery where it names none.

    Pieces that the delivery counts and does not name have a row of their own, so that the
    quantities of the paper add up to what was ordered.
    """
    devices = {device.name: device for device in infrastructure_of(request, "equipment")}
    late = {device.name: device.serial_number for device in status_items(request, "equipment")}
    for number, delivery in enumerate(infrastructure_of(request, "deliveries"), 1):
        names = delivery.equipment or ()
        for name in names:
            device = devices.get(name)
            model = (device.model or "") if device is not None else ""
            serial = ((device.serial_number if device else "") or late.get(name)) or ""
            serials = (serial,) if serial else ()
            yield DeliveryItem(number, delivery, name, model, 1, serials)
        rest = (delivery.quantity or 0) - len(names)
        if rest > 0:
            yield DeliveryItem(number, delivery, delivery.name or "", "", rest, ())
