"""The racks of D9.3.1.2 as data, from which the rack elevation is drawn.

Nothing here refuses a rack unit that is used twice or is not there: that is for policies to find.
"""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.choices import Words
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.lists import Several
from launchpolicy.requests.launch_request.marks import STATED
from launchpolicy.requests.launch_request.scalars import (
    Identifier,
    Line,
    Name,
    Ordinal,
    Quantity,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text

Face = TypeAliasType(
    "Face",
    Annotated[
        Literal["front", "rear"],
        Words(
            Text("Face", "安装面"),
            Text("From which side it is mounted.", "从机柜哪一面安装。"),
            (Text("From the front.", "前面。"), Text("From the rear.", "后面。")),
        ),
    ],
)


@explain(
    Text("Mount", "上架位置"), Text("Where a device sits in a rack.", "一台设备在机柜中的位置。")
)
class Mount(RequestSection):
    """It occupies the units from `position` upwards, `height` of them."""

    equipment: Maybe[Name] = required_key(
        Text("Equipment", "设备"),
        Text(
            "A name in spec.infrastructure.equipment.", "spec.infrastructure.equipment 中的名称。"
        ),
        "D9.3.1.2",
        examples=("db-01",),
    )
    position: Maybe[Ordinal] = required_key(
        Text("Position", "起始 U 位"),
        Text(
            "The lowest unit it occupies, counted from the bottom, from 1.",
            "占用的最低 U 位，自下而上从 1 数起。",
        ),
        "D9.3.1.2",
        examples=(12,),
    )
    height: Maybe[Ordinal] = required_key(
        Text("Height", "高度"),
        Text("How many units it occupies.", "占用的 U 数。"),
        "D9.3.1.2",
        examples=(2,),
    )
    face: Maybe[Face] = optional_key(
        Text("Face", "安装面"), Text("From which side it is mounted.", "从哪一面安装。"), "D9.3.1.2"
    )


@explain(
    Text("Reserved units", "预留 U 位"),
    Text("Units of a rack that stay empty.", "机柜中须保持空闲的 U 位。"),
)
class ReservedUnits(RequestSection):
    """The units from `position` upwards, `height` of them."""

    position: Maybe[Ordinal] = required_key(
        Text("Position", "起始 U 位"),
        Text("The lowest unit, counted from the bottom, from 1.", "最低 U 位，自下而上从 1 数起。"),
        "D9.3.1.2",
        examples=(1,),
    )
    height: Maybe[Ordinal] = required_key(
        Text("Height", "高度"), Text("How many units.", "预留的 U 数。"), "D9.3.1.2", examples=(2,)
    )
    face: Maybe[Face] = optional_key(
        Text("Face", "安装面"),
        Text("On which side; without it on both.", "预留哪一面；不写即两面。"),
        "D9.3.1.2",
    )
    for_: Maybe[Prose] = optional_key(
        Text("For", "预留用途"), Text("What they are kept for.", "为何预留。"), "D9.3.1.2"
    )


@explain(Text("Rack", "机柜"), Text("A rack and what sits in it.", "一个机柜及其中的设备。"))
class Rack(RequestSection):
    """The rack layout of one rack."""

    name: Maybe[Name] = name_key("rack", "机柜", "R01")
    room: Maybe[Identifier] = optional_key(
        Text("Room", "机房"),
        Text("Where it stands.", "所在机房。"),
        "D9.3.1.2",
        examples=("dc1-a",),
    )
    row: Maybe[Line] = optional_key(
        Text("Row", "列"),
        Text("The row of the room that it stands in.", "在机房中的哪一列。"),
        "D9.3.1.2",
        examples=("A",),
        marks=STATED,
    )
    height: Maybe[Ordinal] = optional_key(
        Text("Height", "机柜高度"),
        Text("How many units it has.", "机柜的 U 数。"),
        "D9.3.1.2",
        examples=(42,),
    )
    power: Maybe[Quantity] = optional_key(
        Text("Power", "供电容量"),
        Text("How much it can feed.", "机柜供电容量。"),
        "D9.3.1.2",
        examples=("6 kW",),
    )
    mounts: Maybe[Several[Mount]] = optional_key(
        Text("Mounts", "上架设备"), Text("What sits where.", "设备及其位置。"), "D9.3.1.2"
    )
    reserved: Maybe[Several[ReservedUnits]] = optional_key(
        Text("Reserved units", "预留 U 位"),
        Text("Units that stay empty, and what for.", "须保持空闲的 U 位及其用途。"),
        "D9.3.1.2",
    )
