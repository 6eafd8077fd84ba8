"""The elevation of a rack: where devices stand, what is free, and what a wrong request shows."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx.oxml.parser import parse_xml

from launchpolicy.papers.drawings.drawing import Drawing, DrawnBox, DrawnLine, fit, width_of
from launchpolicy.papers.drawings.drawingml import as_drawingml
from launchpolicy.papers.drawings.svg import as_svg
from launchpolicy.papers.racks.contents import MAX_UNITS, RackContents, rack_contents
from launchpolicy.papers.racks.elevation import UNIT_MM, draw_elevation
from launchpolicy.papers.racks.other_devices import OtherDevice
from launchpolicy.papers.racks.rows import elevation_rows
from launchpolicy.papers.racks.words import power_total, space_total, warnings
from launchpolicy.requests.launch_request.equipment import Equipment
from launchpolicy.requests.launch_request.racks import Mount, Rack
from launchpolicy.vocabulary.text import Text

ROOM = Text("Room A", "A 机房")
DEVICES = [
    Equipment({"name": "db-01", "vendor": "Example", "model": "R2", "power": "450 W"}),
    Equipment({"name": "db-02", "model": "R2", "power": "0.55 kW"}),
    Equipment({"name": "sw-01", "model": "S1"}),
]


def mount(equipment: str, position: int, height: int, face: str = "front") -> dict[str, Any]:
    return {"equipment": equipment, "position": position, "height": height, "face": face}


def contents(*mounts: dict[str, Any], **keys: Any) -> RackContents:
    rack = {"name": "A-07", "height": 42, "power": "6 kW", "mounts": list(mounts), **keys}
    return rack_contents(Rack({key: value for key, value in rack.items() if value}), DEVICES)


def boxes_with(drawing: Drawing, words: str) -> list[DrawnBox]:
    """The boxes of a side, or the notes below, that say `words`."""
    return [box for box in drawing.boxes if any(words in line.text for line in box.lines)]


def test_units_stand_from_the_top_down_and_devices_to_scale() -> None:
    drawing = draw_elevation(contents(mount("db-01", 10, 2)), ROOM, "en")

    top, bottom = boxes_with(drawing, "U42")[0], boxes_with(drawing, "U1")[-1]
    device = boxes_with(drawing, "db-01")[0]
    numbers = {line.text: box.y for box in drawing.boxes for line in box.lines}
    assert top.y < bottom.y
    assert device.height == pytest.approx(2 * UNIT_MM / 12)
    assert device.y == pytest.approx(numbers["U11"])
    assert {f"U{unit}" for unit in range(1, 43)} <= set(numbers)


def test_front_and_rear_stand_side_by_side() -> None:
    drawing = draw_elevation(
        contents(mount("db-01", 10, 2), mount("sw-01", 42, 1, "rear")), ROOM, "en"
    )

    front, back = sorted(boxes_with(drawing, "db-01"), key=lambda box: box.x)
    switches = [box for box in boxes_with(drawing, "sw-01") if box.width == 68]
    behind, rear = sorted(switches, key=lambda box: box.x)
    assert front.fill == "device" and back.fill == "back" and back.x > front.x  # noqa: PT018 (one pair)
    assert rear.fill == "device" and behind.fill == "back" and rear.x == back.x  # noqa: PT018 (one pair)


def below(one: DrawnBox, other: DrawnBox) -> float:
    return min(one.y + one.height, other.y + other.height)


def test_every_unit_is_drawn_on_both_sides_and_none_of_a_valid_rack_twice() -> None:
    drawing = draw_elevation(
        contents(
            mount("db-01", 10, 2),
            mount("sw-01", 42, 1, "rear"),
            reserved=[{"position": 1, "height": 4}],
        ),
        ROOM,
        "zh",
    )
    cells = [box for box in drawing.boxes if box.width == 68 and box.fill != "none"]
    covered = sum(box.height for box in cells)
    assert covered == pytest.approx(2 * 42 * UNIT_MM / 12)
    assert not any(
        one.x == other.x
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 0.01
        for one, other in combinations(cells, 2)
    )


def test_free_units_are_white_and_reserved_ones_hatched_with_their_purpose() -> None:
    reserved = [{"position": 1, "height": 4, "for": {"en": "UPS.", "zh": "不间断电源。"}}]
    drawing = draw_elevation(contents(mount("db-01", 10, 2), reserved=reserved), ROOM, "zh")

    assert {box.fill for box in boxes_with(drawing, "预留：不间断电源")} == {"reserved"}
    assert sum(box.fill == "white" and box.width == 68 for box in drawing.boxes) == 2 * (42 - 2 - 4)


def test_totals_count_units_once_and_power_against_the_limit() -> None:
    rack = contents(
        mount("db-01", 10, 2),
        mount("db-02", 10, 2, "rear"),
        reserved=[{"position": 1, "height": 4}],
    )
    assert space_total(rack).en == "Units: 42 in all, 2 used, 4 reserved, 36 free"
    assert power_total(rack).zh == "功率：合计 1 kW，占机柜供电容量 6 kW 的 17 %"


def test_a_device_without_power_is_named_and_not_counted_as_nothing() -> None:
    rack = contents(mount("db-01", 10, 2), mount("sw-01", 42, 1))

    assert "not known of sw-01" in power_total(rack).en
    assert "未填写功率：sw-01" in power_total(rack).zh


@pytest.mark.parametrize("power", ["450 VA", "-450 W", "much"])
def test_power_in_another_unit_is_not_known(power: str) -> None:
    device = Equipment({"name": "db-01", "power": power})
    rack = rack_contents(Rack({"name": "A", "mounts": [mount("db-01", 1, 1)]}), [device])

    assert rack.power.unknown == ("db-01",)


def test_more_power_than_the_rack_feeds_is_said() -> None:
    assert "above the limit of 0.9 kW" in power_total(
        contents(mount("db-01", 1, 1), mount("db-02", 2, 1), power="0.9 kW")
    ).en.replace("900 W", "0.9 kW")


def test_a_rack_without_a_limit_passes_for_none() -> None:
    assert "not written" in power_total(contents(mount("db-01", 1, 1), power=None)).en


def test_overlapping_devices_are_both_drawn_and_said() -> None:
    rack = contents(mount("db-01", 10, 2), mount("db-02", 11, 2))
    drawing = draw_elevation(rack, ROOM, "en")

    one, other = boxes_with(drawing, "db-01")[0], boxes_with(drawing, "db-02")[0]
    assert one.fill == other.fill == "warning"
    assert one.x + one.width <= other.x + 0.01 or other.x + other.width <= one.x + 0.01
    assert any("take the same units" in warning.en for warning in warnings(rack))
    assert boxes_with(drawing, "take the same units")


def test_a_device_above_the_top_is_said_and_stays_inside_the_drawing() -> None:
    rack = contents(mount("db-01", 42, 3))
    drawing = draw_elevation(rack, ROOM, "zh")

    assert any("超出机柜高度" in warning.zh for warning in warnings(rack))
    assert all(box.y >= 0 and box.y + box.height <= drawing.height + 0.01 for box in drawing.boxes)


def test_a_device_in_reserved_units_is_said() -> None:
    rack = contents(mount("db-01", 3, 2), reserved=[{"position": 1, "height": 4}])

    assert any("take the same units" in warning.en for warning in warnings(rack))


@pytest.mark.parametrize("height", [10**9, MAX_UNITS + 1])
def test_a_rack_taller_than_any_is_drawn_without_end_by_nobody(height: int) -> None:
    rack = contents(mount("db-01", 1, 10**9), height=height)
    drawing = draw_elevation(rack, ROOM, "en")

    assert len(drawing.boxes) < 400
    assert any("more than a rack has" in warning.en for warning in warnings(rack))


def test_a_rack_without_a_height_says_so() -> None:
    rack = contents(mount("db-01", 1, 1), height=None)

    assert rack.units == 42
    assert any("未写明机柜高度" in warning.zh for warning in warnings(rack))


def test_what_another_launch_mounted_is_not_free() -> None:
    other = OtherDevice("LR-9", "room-a", "A-07", Mount(mount("web-01", 20, 2)), DEVICES[0])
    rack = rack_contents(Rack({"name": "A-07", "height": 42, "mounts": []}), [], [other])
    drawing = draw_elevation(rack, ROOM, "en")

    assert rack.free_units == 40
    assert boxes_with(drawing, "web-01")[0].fill == "other"
    assert boxes_with(drawing, "by LR-9")


def test_a_device_that_a_later_launch_describes_again_stands_there_once() -> None:
    again = OtherDevice("LR-9", "", "A-07", Mount(mount("db-01", 10, 2)), DEVICES[0])
    rack = Rack({"name": "A-07", "height": 42, "mounts": [mount("db-01", 10, 2)]})

    seen = rack_contents(rack, DEVICES, [again])
    assert [one.launch for one in seen.sides["front"]] == [""]
    assert seen.power.drawn == 450


def test_the_table_has_runs_of_units_from_the_top() -> None:
    rows = list(elevation_rows(contents(mount("db-01", 10, 2), height=12), "en"))

    assert [row.units for row in rows] == ["U12", "U11–U10", "U9–U1"]
    assert rows[1] == ("U11–U10", "db-01 · Example R2 · 450 W", "db-01 (back)")
    assert rows[2].front == rows[2].rear == "free"


HOSTILE = '<script>alert(1)</script>&"\x00\x0b]]>'


def test_text_of_a_request_does_not_act_in_a_drawing() -> None:
    drawing = draw_elevation(contents(mount(HOSTILE, 1, 4)), ROOM, "en")
    svg = as_svg(drawing)

    root = ET.fromstring(svg)  # noqa: S314 (our own, and the test is whether it parses)
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or name == "style" for name in names)
    shapes = parse_xml(as_drawingml(drawing, 1))
    assert "alert(1)" in "".join(shapes.itertext())


def test_shapes_of_office_are_where_the_drawing_has_them() -> None:
    drawing = draw_elevation(contents(mount("db-01", 10, 2)), ROOM, "zh")
    xml = parse_xml(as_drawingml(drawing, 2))

    inside = {"wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"}
    identifiers = [one.get("id") for one in xml.iter(f"{{{inside['wps']}}}cNvPr")]
    words = [
        shape
        for shape in xml.iter(f"{{{inside['wps']}}}wsp")
        if "db-01" in "".join(shape.itertext())
    ]
    box = boxes_with(drawing, "db-01")[0]
    extent = next(one for one in words[0].iter() if one.tag.endswith("}ext"))
    assert len(identifiers) == len(set(identifiers)) == len(drawing.boxes)
    assert int(extent.get("cy")) == round(box.height * 36_000)
    assert xml.tag.endswith("}p")
    # A program that knows no shapes reads the same words in VML.
    fallback = next(one for one in xml.iter() if one.tag.endswith("}Fallback"))
    assert "db-01" in "".join(fallback.itertext())


def test_a_name_too_long_for_its_box_is_smaller_and_then_cut() -> None:
    line = fit(DrawnLine("设备" * 60, 7), 60)

    assert line.size < 7
    assert line.text.endswith("…")
    assert width_of(line.text, line.size) <= 60
    assert fit(DrawnLine("short", 7), 60) == DrawnLine("short", 7)
