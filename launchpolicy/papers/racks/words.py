"""What rack elevations say, in both languages, about devices, free units and totals."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.papers.racks.contents import MAX_UNITS, Occupant, RackContents, Side
from launchpolicy.papers.racks.power import power_text
from launchpolicy.vocabulary.text import Language, Text

SIDE_TITLES: dict[Side, Text] = {"front": Text("Front", "正面"), "rear": Text("Rear", "背面")}
FREE = Text("free", "空闲")
RESERVED = Text("reserved", "预留")


def rack_title(contents: RackContents, room: Text) -> Text:
    """Return where the rack is and what it is called: room, row, rack."""
    english = [room.en, f"row {contents.row}" if contents.row else ""]
    chinese = [f"机房：{room.zh}" if room.zh else "", f"列：{contents.row}" if contents.row else ""]
    return Text(
        ", ".join(filter(None, (*english, f"rack {contents.name}"))),
        "　".join(filter(None, (*chinese, f"机柜：{contents.name}"))),
    )


def units_text(first: int, last: int) -> str:
    """Return the units as they are called, the upper one first: `U25–U24`, `U1`."""
    return f"U{first}" if first == last else f"U{last}–U{first}"


def occupant_text(occupant: Occupant, language: Language) -> str:
    """Return what stands on an occupant: name, model and power; for reserved units what for."""
    if occupant.kind == "reserved":
        purpose = occupant.purpose.in_language(language) if occupant.purpose else ""
        purpose = purpose.rstrip(".。")
        return f"{RESERVED.in_language(language)}{_colon(language) if purpose else ''}{purpose}"
    if occupant.kind == "back":
        return Text(f"{occupant.name} (back)", f"{occupant.name}（背面）").in_language(language)
    parts = [occupant.name, occupant.model, occupant.power]
    if occupant.launch:
        parts.append(
            Text(f"by {occupant.launch}", f"由 {occupant.launch} 上架").in_language(language)
        )
    return " · ".join(filter(None, parts))


def space_total(contents: RackContents) -> Text:
    """Return how many units there are, are filled, reserved and free."""
    used = len(contents.units_of("device"))
    reserved = len(contents.units_of("reserved") - contents.units_of("device"))
    free, units = contents.free_units, contents.units
    return Text(
        f"Units: {units} in all, {used} used, {reserved} reserved, {free} free",
        f"U 位：共 {units}U，已用 {used}U，预留 {reserved}U，空闲 {free}U",
    )


def power_total(contents: RackContents) -> Text:
    """Return the power of all devices beside what the rack can feed, and whose is not known."""
    power = contents.power
    drawn = Text(power_text(power.drawn, "en"), power_text(power.drawn, "zh"))
    if power.limit is None:
        limit = Text("the limit of the rack is not written", "机柜供电容量未填写")
    else:
        of = power_text(power.limit, "en")
        if power.drawn > power.limit:
            limit = Text(f"above the limit of {of}", f"超过机柜供电容量 {of}")
        else:
            share = f"{100 * power.drawn / power.limit:.0f} %" if power.limit else "0 %"
            limit = Text(f"{share} of the limit of {of}", f"占机柜供电容量 {of} 的 {share}")
    english = f"Power: {drawn.en}, {limit.en}"
    chinese = f"功率：合计 {drawn.zh}，{limit.zh}"
    if power.unknown:
        names = power.unknown
        english += f"; not known of {', '.join(names)}"
        chinese += f"；未填写功率：{'、'.join(names)}"
    return Text(english, chinese)


def warnings(contents: RackContents) -> Iterator[Text]:
    """Yield what is wrong with the rack as written; the policies say so too."""
    if contents.height is None:
        yield Text(
            f"The request does not say how many units the rack has; {contents.units} are drawn.",
            f"申请未写明机柜高度，按 {contents.units}U 绘制。",
        )
    elif contents.height > MAX_UNITS:
        yield Text(
            f"{contents.height} units are more than a rack has; {MAX_UNITS} are drawn.",
            f"机柜高度 {contents.height}U 不合常理，仅绘制 {MAX_UNITS}U。",
        )
    for occupant in contents.outside:
        units = units_text(occupant.first, occupant.last)
        name = Text(occupant.name or RESERVED.en, occupant.name or RESERVED.zh)
        yield Text(
            f"{name.en} at {units} is above the top of the rack.",
            f"{name.zh}（{units}）超出机柜高度。",
        )
    for one, other in contents.overlapping:
        yield Text(
            f"{_subject(one).en} and {_subject(other).en} take the same units.",
            f"{_subject(one).zh}与{_subject(other).zh}占用相同的 U 位。",
        )


def description(contents: RackContents, title: Text) -> Text:
    """Return what the drawing shows, for who cannot see it."""
    devices = {
        (occupant.first, occupant.last, occupant.name)
        for occupants in contents.sides.values()
        for occupant in occupants
        if occupant.kind == "device"
    }
    lines = [
        f"{units_text(first, last)} {name}"
        for first, last, name in sorted(devices, key=lambda device: -device[0])
    ]
    return Text(
        f"Elevation of {title.en}. {'; '.join(lines)}.", f"{title.zh} 配置图。{'；'.join(lines)}。"
    )


def _subject(occupant: Occupant) -> Text:
    units = units_text(occupant.first, occupant.last)
    if occupant.kind == "reserved":
        return Text(f"reserved {units}", f"预留的 {units} ")
    return Text(f"{occupant.name} ({units})", f" {occupant.name}（{units}）")


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "
