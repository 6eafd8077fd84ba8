"""Write `calendar.yaml` of a new launch repository."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.quoting import scalar
from launchpolicy.reporters.adoption.layout import align_comments, document, remark
from launchpolicy.reporters.adoption.setup import Setup
from launchpolicy.vocabulary.text import Text

_TOP = Text(
    "When launches are allowed. `launchpolicy schema Calendar` lists every key. Lines that begin "
    "with `#` and no space are examples: remove the `#` to use one.",
    "何时可以上线。全部配置项见 `launchpolicy schema Calendar`。"
    "以 `#` 开头且其后无空格的行是示例：去掉 `#` 即可启用。",
)
_ZONE = Text("of all clock times below", "下列时间所用的时区")
_HOLIDAYS = Text(
    "No launch on a public holiday of this country or on the day before, but in an emergency.",
    "该国家或地区的法定节假日及其前一天不安排上线，紧急上线除外。",
)
_NO_HOLIDAYS = Text(
    "Public holidays do not count. To let them count, name the country:",
    "未启用节假日判断。如需启用，请填写国家或地区代码：",
)
_WINDOWS = Text(
    "The times at which launches of a process may take place; without them every time is allowed.",
    "各流程允许上线的时段，逐个流程填写；未填写的流程任何时间均可。",
)
_FREEZES = Text(
    "Periods without launches; with `except: [emergency]` launches of that risk class may go on.",
    "封网期内不安排上线；加上 `except: [emergency]` 后，该风险等级仍可上线。",
)
_FREEZE_NAME = Text("year-end", "年终结账")


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
        country = scalar(setup.country)
        yield f"holidays: {{country: {country}, alsoDayBefore: true, except: [emergency]}}"
    else:
        yield from remark(say(_NO_HOLIDAYS))
        yield "#holidays: {country: CN, alsoDayBefore: true, except: [emergency]}"
    yield ""
    yield from remark(say(_WINDOWS))
    times = '[{days: [tue, wed, thu], from: "20:00", until: "24:00"}]'
    process = next((one.name for one in setup.processes), "product-launch")
    yield f"#windows: {{{process}: {times}}}"
    yield ""
    yield from remark(say(_FREEZES))
    begins, ends = setup.year_end
    yield f"#freezes: [{{name: {say(_FREEZE_NAME)}, from: {begins}, until: {ends}}}]"
