"""The rack elevations of a request as pictures of a paper: `rack-1`, `rack-2` …"""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.papers.drawings.drawingml import as_drawingml
from launchpolicy.papers.drawings.svg import as_svg
from launchpolicy.papers.escaping import escape
from launchpolicy.papers.paper_blocks import PictureBlock
from launchpolicy.papers.racks.contents import SIDES, RackContents, rack_contents
from launchpolicy.papers.racks.elevation import draw_elevation
from launchpolicy.papers.racks.other_devices import OtherDevice
from launchpolicy.papers.racks.rows import elevation_rows
from launchpolicy.papers.racks.words import SIDE_TITLES, power_total, space_total, warnings
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.requests.launch_request.racks import Rack
from launchpolicy.vocabulary.text import Language, Text

_UNITS = Text("Units", "U 位")


def rack_pictures(context: TemplateContext) -> dict[str, PictureBlock]:
    """Return an elevation of each rack of the request, in its order."""
    spec = context.request.spec
    infrastructure = spec.infrastructure if spec is not None else None
    racks = (infrastructure.racks or ()) if infrastructure is not None else ()
    equipment = (infrastructure.equipment or ()) if infrastructure is not None else ()
    pictures: dict[str, PictureBlock] = {}
    for number, rack in enumerate(racks, 1):
        contents = rack_contents(rack, equipment, _others(rack, context.other_devices))
        room = context.names.name_of("rooms", rack.room) if rack.room else Text("", "")
        drawing = draw_elevation(contents, room, context.language)
        pictures[f"rack-{number}"] = PictureBlock(
            svg=as_svg(drawing),
            markdown=_table(contents, context.language),
            width=drawing.width,
            height=drawing.height,
            drawing_xml=as_drawingml(drawing, number),
            title=contents.name,
        )
    return pictures


def _others(rack: Rack, devices: Iterable[OtherDevice]) -> list[OtherDevice]:
    """Return the devices in this rack; a room that is not written may be any."""
    return [
        device
        for device in devices
        if device.rack.casefold() == (rack.name or "").casefold()
        and (not device.room or not rack.room or device.room == rack.room)
    ]


def _table(contents: RackContents, language: Language) -> str:
    """Return the rack as a table, the top unit first, and its totals."""
    head = [_UNITS, *(SIDE_TITLES[side] for side in SIDES)]
    lines = [
        "| " + " | ".join(words.in_language(language) for words in head) + " |",
        "| --- | --- | --- |",
        *(
            f"| {' | '.join(escape(cell) for cell in row)} |"
            for row in elevation_rows(contents, language)
        ),
        "",
    ]
    notes = (space_total(contents), power_total(contents), *warnings(contents))
    lines += [f"- {escape(note.in_language(language))}" for note in notes]
    return "\n".join(lines)
