"""The words of 上线预知汇总, the list of coming launches, in one language (D4.12.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from launchpolicy.engine.launches.agenda import Agenda
from launchpolicy.engine.launches.duties import name_of_item
from launchpolicy.engine.launches.open_launch import (
    OpenLaunch,
    has_same_plan,
    readable_text,
    records_of,
)
from launchpolicy.papers.escaping import escape
from launchpolicy.papers.wording import date as written_date
from launchpolicy.papers.wording import span, time_of_day
from launchpolicy.requests.kinds import text_at, value_at
from launchpolicy.vocabulary.names import NamedKind
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Language, Text
from launchpolicy.vocabulary.value_names import value_name

TITLE: Final = Text("Coming launches", "上线预知汇总")
HEADS: Final = (
    Text("No.", "序号"),
    Text("Product and version", "产品与版本"),
    Text("Kind", "类别"),
    Text("Planned window", "计划上线时间"),
    Text("What changes", "影响变化"),
    Text("Departments and channels", "涉及科室与渠道"),
    Text("Preparations, by whom", "准备事项及责任人"),
    Text("State", "申请状态"),
)
TOPIC_HEADS: Final = (
    Text("No.", "序号"), Text("Topic", "议题"), Text("Presented by", "汇报人"),
)  # fmt: skip
HINTS: Final = Text("Conflicts and freezes", "冲突与封网提示")
_AGENDA: Final = Text("Agenda of the office meeting", "办公会议程")
NO_HINTS: Final = Text("No conflicts.", "无冲突。")
NOTHING: Final = Text("No launch is planned in this period.", "本周期内无计划上线。")
_APPROVED: Final = Text("approved", "已批准")
_WAITS: Final = Text("awaits approval (branch {})", "待审批（分支 {}）")
_CHANGED: Final = Text("{}; changed on branch {}", "{}（分支 {} 有变更）")
_RECORDED: Final = Text("{0}; recorded as {1} on branch {2}", "{0}（分支 {2} 已登记为“{1}”）")
_OFFICE: Final = Text("Product office", "产品室")
_TOPIC: Final = Text("Foresight of the launch of {}", "{} 上线预知")
_COLLISIONS_TOPIC: Final = Text("Settle the conflicts above", "协调解决上述冲突")
_SHARED: Final[Mapping[str, Text]] = {
    "products": Text("{} and {} launch the same product at the same time: {}.",
                     "{}与{}上线时间重叠，且为同一产品：{}。"),
    "systems": Text("{} and {} launch at the same time and touch the same systems: {}.",
                    "{}与{}上线时间重叠，且涉及同一系统：{}。"),
    "people": Text("{} and {} launch at the same time and need the same people: {}.",
                   "{}与{}上线时间重叠，且由同一人员执行或值守：{}。"),
    "departments": Text("{} and {} launch at the same time and concern the same departments: {}.",
                        "{}与{}上线时间重叠，且影响同一部门：{}。"),
}  # fmt: skip
_BLOCKED: Final[Mapping[str, Text]] = {
    "freeze": Text("The window of {} meets the freeze {}.", "{}的上线时间处于封网期（{}）。"),
    "holiday": Text("The window of {} meets a holiday: {}.", "{}的上线时间在节假日（{}）。"),
    "day-before-holiday": Text(
        "The window of {} meets the day before a holiday: {}.", "{}的上线时间在节假日前一日（{}）。"
    ),
}
_BEFORE_THE_LAUNCH: Final[Mapping[Route, Text]] = {
    ("spec", "backup"): Text("backup: {}", "备份：{}"),
    ("spec", "checks", "before"): Text("check: {}", "检查：{}"),
}
_FREEZE: Final = Text("Freeze {}: {}.", "封网期“{}”：{}。")
_UNDATED: Final = Text("{} has no window yet.", "{}尚未确定上线时间。")
_MISSED: Final = Text(
    "The window of {} has passed, and it was not launched: {}.", "{}的上线时间已过，仍未上线：{}。"
)
_LATER: Final = Text("Planned after this period: {}.", "本周期之后另有 {} 项上线。")
_UNREADABLE: Final = Text("{} cannot be read: {}", "{}无法读取：{}")


class ForesightWords:
    """The words of one list in one language."""

    def __init__(self, agenda: Agenda, language: Language) -> None:
        self.agenda = agenda
        self.language = language
        self._listed = "、" if language == "zh" else ", "
        self._parted = "；" if language == "zh" else "; "

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def period(self) -> str:
        start, end = self.agenda.period
        first, last = (self._day(moment) for moment in (start, end))
        return f"{first}—{last}" if self.language == "zh" else f"{first} – {last}"

    def _day(self, moment: datetime) -> str:
        last = moment - timedelta(days=1) if moment == self.agenda.period.end else moment
        return written_date(last.isoformat(), self.language, self.agenda.zone)

    def issuer(self) -> str:
        office = self.agenda.office
        name = self._name("departments", office) if office else office
        return escape(name) if name != office else self.say(_OFFICE)

    def meeting(self) -> str:
        moment = self.agenda.meeting
        if moment is None:
            return self.say(_AGENDA)
        written = time_of_day(moment.isoformat(), self.language, self.agenda.zone)
        title = self.say(_AGENDA)
        return f"{title}（{written}）" if self.language == "zh" else f"{title}, {written}"

    def rows(self) -> list[list[str]]:
        """Return one row of plain cells for each launch of the period."""
        return [
            [str(number), *self._row(launch)]
            for number, launch in enumerate(self.agenda.launches, 1)
        ]

    def _row(self, launch: OpenLaunch) -> list[str]:
        change = text_at(launch.data, ("spec", "product", "change"))
        impact = self._text(launch, ("spec", "foresight", "impact"))
        return [
            f"{self._product(launch)}\n{self._in_brackets(launch.name)}",
            self.say(value_name("change", change)) if change else "",
            self._window(launch),
            impact or self._text(launch, ("spec", "impact", "summary")),
            self._listed.join(self._departments_and_channels(launch)),
            self._parted.join(self._preparations(launch)),
            self._state(launch),
        ]

    def _product(self, launch: OpenLaunch) -> str:
        version = text_at(launch.data, ("spec", "product", "version"))
        name = self._name("products", launch.product) if launch.product else ""
        return f"{name} {version}".strip() or self.say(launch.title)

    def _window(self, launch: OpenLaunch) -> str:
        if launch.window is None:
            return ""
        start, end = (moment.isoformat() for moment in launch.window)
        return span(start, end, self.language, self.agenda.zone)

    def _departments_and_channels(self, launch: OpenLaunch) -> list[str]:
        offices = [
            item.get("office") for item in _items(launch, ("spec", "foresight", "preparations"))
        ]
        listed = value_at(launch.data, ("spec", "impact", "departments"))
        departments = [*offices, *(listed if isinstance(listed, list) else [])]
        channels = [item.get("name") for item in _items(launch, ("spec", "channels"))]
        kinds = {
            item.get("name"): item.get("kind") for item in _items(launch, ("spec", "channels"))
        }
        return list(
            dict.fromkeys(
                [
                    *(
                        self._name("departments", one)
                        for one in departments
                        if isinstance(one, str)
                    ),
                    *(self._channel(one, kinds.get(one)) for one in channels if one),
                ]
            )
        )

    def _channel(self, name: str, kind: object) -> str:
        return self.say(value_name("channelKind", kind)) if isinstance(kind, str) else name

    def _preparations(self, launch: OpenLaunch) -> Iterator[str]:
        preparations = _items(launch, ("spec", "foresight", "preparations"))
        if not preparations:
            yield from self._planned_preparations(launch)
        for item in preparations:
            what = self.say(readable_text(item.get("summary"), item["name"]))
            owner = item.get("owner")
            who = self._name("people", owner) if isinstance(owner, str) else ""
            what = what.rstrip("。.")
            yield f"{what}（{who}）" if self.language == "zh" else f"{what} ({who})"

    def _planned_preparations(self, launch: OpenLaunch) -> Iterator[str]:
        """Yield the backups and the checks that the plan has before the launch, by whom."""
        for route, words in _BEFORE_THE_LAUNCH.items():
            for item in _items(launch, route):
                if "none" in item:
                    continue
                what = self.say(words).format(self.say(name_of_item(item)))
                person = item.get("by")
                who = self._name("people", person) if isinstance(person, str) else ""
                space = "" if self.language == "zh" or not who else " "
                yield f"{what}{space}{self._in_brackets(who) if who else ''}"

    def _state(self, launch: OpenLaunch) -> str:
        if launch.branch:
            return self.say(_WAITS).format(launch.branch)
        state = _APPROVED if launch.stage == "requested" else value_name("stage", launch.stage)
        words = self.say(state)
        for record in records_of(launch, self.agenda.versions):
            recorded = self.say(value_name("stage", record.stage))
            return self.say(_RECORDED).format(words, recorded, record.branch)
        others = (one for one in self.agenda.versions if one.path == launch.path and one.branch)
        branch = next((one.branch for one in others if not has_same_plan(one, launch)), "")
        return self.say(_CHANGED).format(words, branch) if branch else words

    def hints(self) -> Iterator[str]:
        """Yield what stands in the way, and what the table does not show, as Markdown."""
        agenda = self.agenda
        for one in agenda.collisions:
            names = self._listed.join(self._name(one.kind, identifier) for identifier in one.shared)
            yield escape(
                self.say(_SHARED[one.kind]).format(
                    self._label(one.first), self._label(one.second), names
                )
            )
        for obstacle in agenda.obstacles:
            text = self.say(_BLOCKED[obstacle.block.kind])
            yield escape(text.format(self._label(obstacle.launch), obstacle.block.name))
        for freeze in agenda.freezes:
            start, end = (moment.isoformat() for moment in freeze.period)
            period = span(start, end, self.language, agenda.zone)
            yield escape(self.say(_FREEZE).format(freeze.name, period))
        for launch in agenda.undated:
            yield escape(self.say(_UNDATED).format(self._label(launch)))
        for launch in agenda.missed:
            yield escape(self.say(_MISSED).format(self._label(launch), self._window(launch)))
        if agenda.later:
            yield escape(self.say(_LATER).format(len(agenda.later)))
        for request in agenda.unreadable:
            yield escape(self.say(_UNREADABLE).format(request.path, self.say(request.problem)))

    def topics(self) -> list[list[str]]:
        """Return the rows of the meeting's agenda: each coming launch, then the conflicts."""
        coming = {
            launch.path: launch for launch in self.agenda.launches if launch.stage == "requested"
        }
        topics = [
            [self.say(_TOPIC).format(self._product(launch)), self._presenter(launch)]
            for launch in coming.values()
        ]
        if self.agenda.collisions:
            topics.append([self.say(_COLLISIONS_TOPIC), self.issuer()])
        return [[str(number), *topic] for number, topic in enumerate(topics, 1)]

    def _presenter(self, launch: OpenLaunch) -> str:
        for route in (("spec", "foresight", "by"), ("spec", "people", "requester")):
            person = text_at(launch.data, route)
            if person:
                return self._name("people", person)
        return ""

    def _in_brackets(self, name: str) -> str:
        return f"({name})" if self.language == "en" else f"（{name}）"

    def _label(self, launch: OpenLaunch) -> str:
        product = self._product(launch)
        return (
            f"{product} ({launch.name})" if self.language == "en" else f"{product}（{launch.name}）"
        )

    def _name(self, kind: NamedKind, identifier: str) -> str:
        return self.say(self.agenda.names.name_of(kind, identifier))

    def _text(self, launch: OpenLaunch, route: Route) -> str:
        return self.say(readable_text(value_at(launch.data, route)))


def _items(launch: OpenLaunch, route: Route) -> list[dict[str, Any]]:
    listed = value_at(launch.data, route)
    items = listed if isinstance(listed, list) else []
    return [item for item in items if isinstance(item, dict) and isinstance(item.get("name"), str)]
