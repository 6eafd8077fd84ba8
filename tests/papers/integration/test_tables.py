"""Rows of the port table, the equipment list and the delivery list."""

from __future__ import annotations

from typing import Any

from launchpolicy.papers.integration.cross_check import disagreements
from launchpolicy.papers.integration.delivery_items import delivery_items
from launchpolicy.papers.integration.tables import equipment_rows, port_rows
from launchpolicy.requests.launch_request.request import LaunchRequest, launch_request_of


def request(infrastructure: dict[str, Any], status: dict[str, Any] | None = None) -> LaunchRequest:
    return launch_request_of({"spec": {"infrastructure": infrastructure}, "status": status or {}})


def test_a_port_has_both_ends_and_its_address_with_the_length_of_the_network() -> None:
    port = {
        "name": "p",
        "equipment": "db-01",
        "port": "eth0",
        "ipv4Address": "192.0.2.11",
        "network": "192.0.2.0/24",
        "farEnd": {"equipment": "sw-01", "port": "GE1"},
    }
    (row,) = port_rows(request({"ports": [port]}))

    assert row.addresses == ("192.0.2.11/24",)
    assert (row.device, row.port, row.far_device, row.far_port) == ("db-01", "eth0", "sw-01", "GE1")


def test_what_came_after_the_approval_fills_gaps_and_replaces_nothing() -> None:
    infrastructure = {
        "equipment": [{"name": "a", "serialNumber": "SN-1"}, {"name": "b"}],
        "ports": [{"name": "p", "macAddress": "00:00:5e:00:53:01"}, {"name": "q"}],
    }
    late = {
        "equipment": [{"name": "a", "serialNumber": "SN-9"}, {"name": "b", "serialNumber": "SN-2"}],
        "ports": [
            {"name": "p", "macAddress": "00:00:5e:00:53:09"},
            {"name": "q", "macAddress": "00:00:5e:00:53:02"},
        ],
    }
    known = request(infrastructure, late)

    assert [row.serial for row in equipment_rows(known)] == ["SN-1", "SN-2"]
    assert [row.mac for row in port_rows(known)] == ["00:00:5e:00:53:01", "00:00:5e:00:53:02"]


def test_a_device_stands_in_the_list_with_room_rack_units_and_addresses() -> None:
    infrastructure = {
        "racks": [
            {"name": "R1", "room": "a", "mounts": [{"equipment": "x", "position": 3, "height": 2}]}
        ],
        "equipment": [{"name": "x"}],
        "ports": [
            {"name": "p", "equipment": "x", "ipv4Address": "192.0.2.1"},
            {"name": "q", "equipment": "x", "ipv4Address": "192.0.2.2"},
            {"name": "r", "equipment": "y", "ipv4Address": "192.0.2.3"},
        ],
    }
    (row,) = equipment_rows(request(infrastructure))

    assert (row.room, row.rack, row.units) == ("a", "R1", "U4–U3")
    assert row.addresses == ("192.0.2.1", "192.0.2.2")


def test_quantities_of_the_delivery_list_add_up_to_what_was_ordered() -> None:
    infrastructure = {
        "deliveries": [
            {"name": "servers", "quantity": 3, "equipment": ["a", "b"]},
            {"name": "cables", "quantity": 20},
        ],
        "equipment": [{"name": "a", "model": "R2", "serialNumber": "SN-1"}],
    }
    items = list(delivery_items(request(infrastructure)))

    assert [(item.name, item.quantity) for item in items] == [
        ("a", 1),
        ("b", 1),
        ("servers", 1),
        ("cables", 20),
    ]
    assert items[0].serials == ("SN-1",)


def test_tables_that_disagree_are_said_and_others_not() -> None:
    mounts = [{"equipment": "a", "position": 1, "height": 1}]
    agreeing = {
        "racks": [{"name": "R", "mounts": mounts}],
        "equipment": [{"name": "a"}, {"name": "licence", "kind": "software"}],
        "ports": [{"name": "p", "equipment": "a"}],
    }
    assert list(disagreements(request(agreeing))) == []

    wrong = {**agreeing, "ports": [{"name": "p", "equipment": "ghost"}]}
    texts = [text.zh for text in disagreements(request(wrong))]
    assert texts == [
        "ghost：不在运行设备清单中。",
        "ghost：未标在机柜配置图中。",
        "a：在网络端口配置表中没有端口。",
    ]
