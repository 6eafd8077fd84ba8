"""The run sheet of a launch for a narrow terminal: planned and real times, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.policy.order import duration_of
from launchpolicy.reporters.text.escaping import escape, inert
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import (
    EXECUTED_STEPS,
    ROLLBACK_STEPS,
    ROLLED_BACK_STEPS,
    STEPS,
    entry_at,
    is_answered,
    is_open,
    moment_at,
    next_action,
    phase_of,
    planned_entries,
    window_of,
)
from launchpolicy.requests.names import with_steps
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Language, Text, text_of

_DONE, _FAILED, _OPEN = "✓", "✗", "·"
_PHASES = {
    "before": Text("not begun", "尚未开始"),
    "running": Text("under way", "进行中"),
    "finished": Text("finished", "已完成"),
    "rolling-back": Text("being rolled back", "回滚中"),
    "rolled-back": Text("rolled back", "已回滚"),
}
_SECTIONS: tuple[tuple[Text, Route, Route], ...] = (
    (Text("Backups", "备份"), ("spec", "backup"), ("status", "backups")),
    (Text("Checks before", "上线前检查"), ("spec", "checks", "before"), ("status", "checksBefore")),
    (Text("Steps", "步骤"), STEPS, EXECUTED_STEPS),
    (Text("Rollback", "回滚步骤"), ROLLBACK_STEPS, ROLLED_BACK_STEPS),
    (Text("Checks after", "上线后检查"), ("spec", "checks", "after"), ("status", "checksAfter")),
)


class RunSheet(NamedTuple):
    """What a run sheet shows: the request's data, the names of things, and the time."""

    data: Data
    names: Names
    now: datetime
    language: Language
    width: int

    def text(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def name_of(self, kind: str, identifier: str) -> str:
        """Return the name of a person or a step, with the id to type where that differs."""
        names = with_steps(self.names, self.data)
        if kind == "steps":
            name = names.name_of("steps", identifier).in_language(self.language)
            brackets = f"（{identifier}）" if self.language == "zh" else f" ({identifier})"
            return name if name == identifier else f"{name}{brackets}"
        return names.name_of("people", identifier).in_language(self.language)

    def clock(self, moment: datetime) -> str:
        """Return a time of the night as `22:06`; on another day than the window with its date."""
        window = window_of(self.data)
        local = moment.astimezone(window[0].tzinfo) if window is not None else moment
        if window is not None and local.date() != window[0].date():
            return f"{local:%m-%d %H:%M}"
        return f"{local:%H:%M}"


def run_sheet(sheet: RunSheet) -> Iterator[str]:
    """Yield the lines of the whole run sheet, each within the width."""
    yield from _lines(sheet, _title(sheet), 0)
    yield from _lines(sheet, _headline(sheet), 0)
    is_rollback = phase_of(sheet.data) in {"rolling-back", "rolled-back"}
    for title, plan, record in _SECTIONS:
        entries = [entry for entry in planned_entries(sheet.data, plan) if "none" not in entry]
        if not entries or (plan == ROLLBACK_STEPS and not is_rollback):
            continue
        yield ""
        yield title.in_language(sheet.language)
        starts = _planned_starts(sheet, plan)
        for entry in entries:
            done = entry_at(sheet.data, record, str(entry["name"]))
            yield from _entry_lines(sheet, entry, done, starts.get(str(entry["name"])))
    yield ""
    yield from outlook(sheet)


def outlook(sheet: RunSheet) -> Iterator[str]:
    """Yield what is next and how much of the window is left."""
    action = next_action(sheet.data)
    if action:
        command = " ".join(("launchpolicy record", *action))
        yield from _lines(sheet, sheet.text(f"Next: {command}", f"下一步：{command}"), 0)
    left = window_left(sheet)
    if left:
        yield from _lines(sheet, left, 0)


def window_left(sheet: RunSheet) -> str:
    """Return how much of the window is left; "" where the launch is over or has no window."""
    window = window_of(sheet.data)
    if window is None or phase_of(sheet.data) in {"finished", "rolled-back"}:
        return ""
    start, end = window
    if sheet.now < start:
        wait = _length(sheet, start - sheet.now)
        return sheet.text(
            f"The window opens in {wait}, at {sheet.clock(start)}.",
            f"距窗口开始还有{wait}（{sheet.clock(start)}）。",
        )
    if sheet.now > end:
        late = _length(sheet, sheet.now - end)
        return sheet.text(
            f"The window closed {late} ago, at {sheet.clock(end)}.",
            f"窗口已于 {sheet.clock(end)} 结束，超出{late}。",
        )
    rest = _length(sheet, end - sheet.now)
    return sheet.text(
        f"Window: {rest} left, until {sheet.clock(end)}.",
        f"窗口还剩{rest}（至 {sheet.clock(end)}）。",
    )


def _title(sheet: RunSheet) -> str:
    name = value_at(sheet.data, ("metadata", "name"))
    title = value_at(sheet.data, ("metadata", "title"))
    shown = text_of(title).in_language(sheet.language) if isinstance(title, str | dict) else ""
    return f"{name} {shown}"


def _headline(sheet: RunSheet) -> str:
    phase = _PHASES[phase_of(sheet.data)].in_language(sheet.language)
    window = window_of(sheet.data)
    if window is None:
        return phase
    start, end = window
    times = f"{start:%Y-%m-%d} {start:%H:%M}–{sheet.clock(end)}"
    return sheet.text(f"{times}, {phase}", f"{times}，{phase}")


def _planned_starts(sheet: RunSheet, plan: Route) -> dict[str, datetime]:
    """Return when each step is due: the steps before it take what the plan says."""
    route = (
        ("status", "rollback", "startedAt")
        if plan == ROLLBACK_STEPS
        else ("status", "execution", "startedAt")
    )
    window = window_of(sheet.data)
    begin = moment_at(sheet.data, route) or (window[0] if window is not None else None)
    if plan not in {STEPS, ROLLBACK_STEPS} or begin is None:
        return {}
    starts: dict[str, datetime] = {}
    for step in planned_entries(sheet.data, plan):
        starts[str(step["name"])] = begin
        takes = step.get("takes")
        begin += (duration_of(takes) if isinstance(takes, str) else None) or timedelta()
    return starts


def _entry_lines(
    sheet: RunSheet, entry: dict[str, Data], done: dict[str, Data], start: datetime | None
) -> Iterator[str]:
    """Yield the lines of one step, check or backup: mark, name, times, person, mishap."""
    name = str(entry["name"])
    moment = parse_instant(str(done.get("at") or done.get("takenAt") or ""))
    times = [sheet.clock(start)] if start is not None else []
    times += [sheet.clock(moment)] if moment is not None else []
    person = done.get("by") if is_answered(done.get("by")) else entry.get("by")
    parts = [_mark(done), sheet.name_of("steps", name), " → ".join(times)]
    if isinstance(person, str) and is_answered(person):
        parts.append(sheet.name_of("people", person))
    yield from _lines(sheet, " ".join(filter(None, parts)), 2)
    for key in ("symptom", "handling", "remark"):
        note = done.get(key)
        if isinstance(note, str | dict) and is_answered(note):
            yield from _lines(sheet, text_of(note).in_language(sheet.language), 4)


def _mark(done: dict[str, Data]) -> str:
    result = done.get("result")
    if result == "failed":
        is_solved = done.get("outcome") == "done"
        return _DONE if is_solved else _FAILED
    if "sha256" in done or "takenAt" in done:
        is_restored = value_at(done, ("rehearsal", "result")) == "restored"
        return _DONE if is_restored else _OPEN
    return _OPEN if is_open(done) else _DONE


def _length(sheet: RunSheet, length: timedelta) -> str:
    """Return a length of time in days, hours and minutes."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if sheet.language == "zh":
        pairs = ((days, " 天"), (hours, " 小时"), (rest, " 分钟"))
        return "".join(f" {number}{unit}" for number, unit in pairs if number) or " 0 分钟"
    pairs = ((days, "d"), (hours, "h"), (rest, "min"))
    return " ".join(f"{number} {unit}" for number, unit in pairs if number) or "0 min"


def _lines(sheet: RunSheet, text: str, indent: int) -> Iterator[str]:
    """Yield text of strangers in lines that fit, the later ones set in by `indent`."""
    first, *others = wrap(escape(text), max(sheet.width - indent, 20))
    yield inert(first if indent != 4 else " " * indent + first)  # noqa: PLR2004 (a note below its entry)
    yield from (inert(" " * indent + other) for other in others)
