"""Write `calendar.yaml` of a new launch repository."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.quoting import scalar
from launchpolicy.reporters.adoption.layout import align_comments, document, remark
from launchpolicy.reporters.adoption.setup import Setup
from launchpolicy.vocabulary.text import Text

_TOP = Text(
    "When launches are allowed. `launchpolicy schema Calendar` lists every key.",
    "何时可以上线。全部配置项见 `launchpolicy schema Calendar`。",
)
_ZONE = Text("of all clock times below", "下列时间所用的时区")
_HOLIDAYS = Text(
    "No launch on a public holiday of this country or on the day before.",
    "该国家或地区的法定节假日及其前一天不安排上线。",
)
_NO_HOLIDAYS = Text(
    "Public holidays do not count. To let them count, name the country:",
    "未启用节假日判断。如需启用，请填写国家或地区代码：",
)
_WINDOWS = Text(
    "The times at which a process may launch. Without windows every time is allowed.",
    "各流程允许上线的时段；不写则任何时间均可。",
)
_FREEZES = Text(
    "Periods without launches; `except` names the risk classes that may still launch.",
    "封网期内不安排上线；`except` 为仍可上线的风险等级。",
)
_FREEZE_NAME = Text("year-end close", "年终结账")


def calendar_text(setup: Setup) -> str:
    """Return the file: time zone and holidays set, windows and freezes as commented examples."""
    return document(_lines(setup))


def _lines(setup: Setup) -> Iterator[str]:
    def say(text: Text) -> str:
        return text.in_language(setup.language)

    yield from remark(say(_TOP))
    yield "apiVersion: launchpolicy/v1"
    yield "kind: Calendar"
    yield from align_comments([(f"timezone: {scalar(setup.timezone)}", say(_ZONE))])
    yield ""
    if setup.country:
        yield from remark(say(_HOLIDAYS))
        yield f"holidays: {{country: {scalar(setup.country)}, alsoDayBefore: true}}"
    else:
        yield from remark(say(_NO_HOLIDAYS))
        yield "# holidays: {country: CN, alsoDayBefore: true}"
    yield ""
    yield from remark(say(_WINDOWS))
    yield "# windows:"
    for process in setup.processes:
        yield f"#   {process.name}:"
        yield '#     - {days: [tue, wed, thu], from: "20:00", until: "24:00"}'
    yield ""
    yield from remark(say(_FREEZES))
    begins, ends = setup.year_end
    yield "# freezes:"
    yield f"#   - name: {say(_FREEZE_NAME)}"
    yield f"#     from: {begins}"
    yield f"#     until: {ends}"
    yield "#     except: [emergency]"
