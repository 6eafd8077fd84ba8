from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.policy.fact_shapes import FACTS, complete_fact
from tests.facts.launches import launches


def _request(name: str = "LR-1", stage: str = "requested", **parts: Any) -> dict[str, Any]:
    spec = {"infrastructure": parts}
    return {"metadata": {"name": name}, "spec": spec, "status": {"stage": stage}}


def _claims(data: Any, *others: Any) -> list[dict[str, Any]]:
    beside = [(str(number), each) for number, each in enumerate(others)]
    fact = launches("here", data, beside, lambda _: ())
    assert complete_fact(FACTS["launches"], fact) == fact
    claims: list[dict[str, Any]] = fact["claims"]
    return claims


def _kinds(data: Any, *others: Any) -> list[str]:
    return [claim["kind"] for claim in _claims(data, *others)]


def _mount(equipment: str, position: int, height: int = 1, **more: str) -> dict[str, Any]:
    return {"equipment": equipment, "position": position, "height": height, **more}


def _rack(*mounts: dict[str, Any], name: str = "A1", **more: str) -> dict[str, Any]:
    return {"name": name, "mounts": list(mounts), **more}


def test_a_rack_unit_used_twice_within_a_request() -> None:
    rack = _rack(_mount("db-01", 12, 2, face="front"), _mount("db-02", 13, 1, face="front"))
    assert _claims(_request(racks=[rack])) == [
        {
            "kind": "rack-unit",
            "what": "A1 U13 front",
            "at": "spec.infrastructure.racks[0].mounts[1]",
            "name": "LR-1",
            "theirs": "spec.infrastructure.racks[0].mounts[0]",
        }
    ]


def test_a_rack_unit_used_by_another_request() -> None:
    ours = _request(racks=[_rack(_mount("db-01", 12, 2))])
    theirs = _request("LR-2", "closed", racks=[_rack(name="B1"), _rack(_mount("web-01", 10, 3))])
    (claim,) = _claims(ours, theirs)
    assert (claim["what"], claim["name"]) == ("A1 U12-U13", "LR-2")
    assert claim["theirs"] == "spec.infrastructure.racks[1].mounts[0]"


MOUNTS = {
    "the unit above": (_rack(_mount("b", 14)), []),
    "the unit below": (_rack(_mount("b", 11)), []),
    "another rack": (_rack(_mount("b", 12), name="A2"), []),
    "the rack in other case": (_rack(_mount("b", 12), name="a1"), ["rack-unit"]),
    "the other face": (_rack(_mount("b", 12, face="rear")), []),
    "a face that is not said": (_rack(_mount("b", 12)), ["rack-unit"]),
    "another room": (_rack(_mount("b", 12), room="east"), []),
    "a room that is not said": (_rack(_mount("b", 12, face="front")), ["rack-unit"]),
    "the same thing in the same place": (_rack(_mount("a", 12, 2, face="front")), []),
    "the same thing one unit higher": (_rack(_mount("a", 13, 2, face="front")), ["rack-unit"]),
    "the same thing, which has grown": (_rack(_mount("a", 12, 3, face="front")), ["rack-unit"]),
    "as high as a tower": (_rack(_mount("b", 1, 10**12, face="front")), ["rack-unit"]),
}


@pytest.mark.parametrize(("theirs", "kinds"), MOUNTS.values(), ids=MOUNTS)
def test_what_stands_in_the_units_of_another(theirs: dict[str, Any], kinds: list[str]) -> None:
    ours = _request(racks=[_rack(_mount("a", 12, 2, face="front"), room="west")])
    assert _kinds(ours, _request("LR-2", racks=[theirs])) == kinds


def test_another_thing_does_not_pass_for_the_old_one_by_its_name() -> None:
    def request(name: str, serial: str) -> dict[str, Any]:
        equipment = [{"name": "db-01", "serialNumber": serial}]
        return _request(name, racks=[_rack(_mount("db-01", 12))], equipment=equipment)

    assert _kinds(request("LR-1", "S1"), request("LR-2", "S2")) == ["rack-unit"]
    assert _kinds(request("LR-1", "S1"), request("LR-2", "s1")) == []


@pytest.mark.parametrize("stage", ["cancelled", "rolled-back"])
def test_what_was_given_up_is_free_again(stage: str) -> None:
    ours = _request(racks=[_rack(_mount("a", 12))])
    theirs = _request("LR-2", stage, racks=[_rack(_mount("b", 12))])
    assert _kinds(ours, theirs) == []
    assert _kinds(theirs, ours) == []


def _row(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, **more}


def _port(name: str, end: str, far: str = "", **more: Any) -> dict[str, Any]:
    (equipment, port), (there, farther) = end.split("/"), (far or "/").split("/")
    row = _row(name, equipment=equipment, port=port, **more)
    return {**row, "farEnd": {"equipment": there, "port": farther}} if far else row


CABLES = {
    "two rows of one port": ([_port("a", "db/1"), _port("b", "db/1")], 1),
    "in other case and wider": ([_port("a", "db/Gi 1"), _port("b", "db/gi  1")], 1),
    "two ports": ([_port("a", "db/1"), _port("b", "db/2")], 0),
    "two cables to one port": ([_port("a", "db/1", "sw/7"), _port("b", "web/1", "sw/7")], 1),
    "one cable told from both ends": ([_port("a", "db/1", "sw/7"), _port("b", "sw/7", "db/1")], 0),
    "the far end has a row without its cable": (
        [_port("a", "db/1", "sw/7"), _port("b", "sw/7")],
        0,
    ),
    "the far end leads elsewhere": ([_port("a", "db/1", "sw/7"), _port("b", "sw/7", "web/1")], 1),
    "one cable told twice": ([_port("a", "db/1", "sw/7"), _port("b", "db/1", "sw/7")], 2),
}


@pytest.mark.parametrize(("rows", "count"), CABLES.values(), ids=CABLES)
def test_a_port_takes_one_cable(rows: list[dict[str, Any]], count: int) -> None:
    assert _kinds(_request(ports=rows)) == ["port"] * count


BESIDE = {
    "the same cable": (_port("x", "db/1", "sw/7"), []),
    "the same cable from its other end": (_port("x", "sw/7", "db/1"), []),
    "another cable to the switch": (_port("x", "web/1", "sw/7"), ["port"]),
    "another cable from the server": (_port("x", "db/1", "sw/8"), ["port"]),
    "a row that does not say its cable": (_port("x", "db/1"), ["port"]),
}


@pytest.mark.parametrize(("row", "kinds"), BESIDE.values(), ids=BESIDE)
def test_a_port_that_another_request_uses(row: dict[str, Any], kinds: list[str]) -> None:
    ours = _request(ports=[_port("a", "db/1", "sw/7")])
    assert _kinds(ours, _request("LR-2", ports=[row])) == kinds


def test_a_port_without_a_cable_is_the_same_only_if_all_of_its_row_is() -> None:
    ours = _request(ports=[_port("a", "db/1", vlan=7)])
    assert _kinds(ours, _request("LR-2", ports=[_port("x", "db/1", vlan=7)])) == []
    assert _kinds(ours, _request("LR-2", ports=[_port("x", "db/1", vlan=8)])) == ["port"]


ADDRESSES = {
    "an IPv4 address": ("ipv4Address", "10.20.3.14", "10.20.3.14", "ipv4-address"),
    "an IPv6 address": ("ipv6Address", "fd00::14", "FD00:0:0:0:0:0:0:0014", "ipv6-address"),
    "a MAC address": ("macAddress", "3c:ec:ef:10:2a:01", "3CEC.EF10.2A01", "mac-address"),
    "a text that is no address": ("ipv4Address", "10.020.3.14", "10.020.3.14", "ipv4-address"),
}


@pytest.mark.parametrize(("field", "one", "other", "kind"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_in_any_spelling_is_used_once(
    field: str, one: str, other: str, kind: str
) -> None:
    ours, theirs = _port("a", "db/1", **{field: one}), _port("b", "web/1", **{field: other})
    (claim,) = _claims(_request(ports=[ours, theirs]))
    assert (claim["kind"], claim["what"]) == (kind, other)
    assert claim["at"] == f"spec.infrastructure.ports[1].{field}"
    assert _kinds(_request(ports=[ours]), _request("LR-2", ports=[theirs])) == [kind]


def test_an_address_of_the_same_port_is_the_same_in_another_request() -> None:
    row = _port("a", "db/1", "sw/7", ipv4Address="10.0.0.1")
    assert _kinds(_request(ports=[row]), _request("LR-2", ports=[{**row, "name": "x"}])) == []


def test_an_address_of_no_port_belongs_to_whoever_named_it() -> None:
    row = _row("a", ipv4Address="10.0.0.1")
    other = _request("LR-2", ports=[row])
    assert _kinds(_request(ports=[row]), other) == ["ipv4-address"]


@pytest.mark.parametrize(
    ("field", "kind"), [("serialNumber", "serial-number"), ("assetNumber", "asset-number")]
)
def test_a_number_belongs_to_one_piece_of_equipment(field: str, kind: str) -> None:
    first = {"name": "db-01", field: "SN 1"}
    second = {"name": "db-02", field: "sn  1"}
    assert _kinds(_request(equipment=[first, second])) == [kind]
    assert _kinds(_request(equipment=[first]), _request("LR-2", equipment=[second])) == [kind]
    assert _kinds(_request(equipment=[first]), _request("LR-2", equipment=[first])) == []


def test_each_other_request_is_named_once_for_a_claim() -> None:
    ours = _request(racks=[_rack(_mount("a", 1, 40))])
    theirs = _request("LR-2", racks=[_rack(*(_mount(f"b{n}", n) for n in range(1, 20)))])
    third = _request("LR-3", racks=[_rack(_mount("c", 40))])
    assert [claim["name"] for claim in _claims(ours, theirs, third)] == ["LR-2", "LR-3"]
