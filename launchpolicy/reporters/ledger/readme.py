"""`README.md` of the ledger branch: the latest launches, per product, per month (D2.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from launchpolicy.ledger.entry import EVENTS
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.ledger.records import in_language
from launchpolicy.reporters.ledger.page import page_path
from launchpolicy.reporters.ledger.view import LedgerView
from launchpolicy.reporters.ledger.words import STANDINGS, product_name, standing_of
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.vocabulary.text import Language, Text

_LATEST = 30
_MARKS = {
    LaunchState.LAUNCHED: "✅",
    LaunchState.UNANNOUNCED: "📣",
    LaunchState.APPROVED: "📝",
    LaunchState.UNAPPROVED: "⚠️",
    LaunchState.CANCELLED: "🚫",
    LaunchState.ROLLED_BACK: "↩️",
    LaunchState.WITHDRAWN: "🗑️",
}


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield one page, in the language of the ledger first, in the other one below."""
    first: Language = view.language
    second: Language = "zh" if first == "en" else "en"
    parts = [*_page(view, first), "\n---\n", *_page(view, second)]
    yield "README.md", "\n".join(parts) + "\n"


def _page(view: LedgerView, language: Language) -> Iterator[str]:
    def say(en: str, zh: str) -> str:
        return Text(en, zh).in_language(language)

    yield f"# {prose(view.title.in_language(language))}\n"
    yield say(
        "Every launch of this repository, written by `launchpolicy ledger append` after each "
        "merge. "
        "Do not edit this branch: it is a log with a Merkle tree, and any change shows.\n",
        "本仓库的每一次上线，由 `launchpolicy ledger append` 在每次合并后写入。"
        "请勿修改本分支：它是带 Merkle 树的日志，任何改动都会被发现。\n",
    )
    yield from _seal(view, language)
    yield from _bypass_warning(view, language)
    yield f"\n## {say('Latest launches', '最近上线')}\n"
    yield from _latest(view.all[:_LATEST], view)
    yield f"\n## {say('By product', '按产品')}\n"
    yield from _counts(_products(view), view.all, say("product", "产品"), language)
    yield f"\n## {say('By month', '按月份')}\n"
    yield from _counts(_months(view.all), view.all, say("month", "月份"), language)
    yield say(
        "\nA launch counts as launched once its announcement is recorded (D4.10).\n",
        "\n通告记录在案后才算上线（D4.10）。\n",
    )
    yield say(
        "More: [table](launches.csv) · [calendar](calendar.ics) · "
        "[announcements](announcements.atom)",
        "更多：[表格](launches.csv) · [日历](calendar.ics) · [通告订阅](announcements.atom)",
    )


def _seal(view: LedgerView, language: Language) -> Iterator[str]:
    signed = Text("signed", "已签名") if view.is_signed else Text("**UNSIGNED**", "**未签名**")
    rows = (
        (Text("ledger", "上线日志"), code(view.origin)),
        (Text("entries", "记录数"), str(view.size)),
        (Text("root", "根哈希"), code(view.root)),
        (Text("checkpoint", "检查点"), f"[checkpoint](checkpoint), {signed.in_language(language)}"),
        (Text("verify", "验证"), "`launchpolicy ledger verify --remote origin`"),
    )
    yield "| | |\n| --- | --- |"
    for name, value in rows:
        yield f"| {name.in_language(language)} | {value} |"


def _bypass_warning(view: LedgerView, language: Language) -> Iterator[str]:
    """Yield a warning above everything else: launches and rules that nobody let pass."""
    launches = [launch for launch in (*view.all, *view.waivers) if launch.is_bypassed]
    rules = [rule for rule in view.launches.rules if rule.entry.is_bypassed]
    if not launches and not rules:
        return
    warning = Text(
        "\n> [!WARNING]\n> Merged without a passing verdict:",
        "\n> [!WARNING]\n> 以下内容未通过判定即被合并：",
    )
    yield warning.in_language(language)
    for launch in launches[:_LATEST]:
        yield f"> * {_link(launch)} {prose(in_language(launch.facts.title, language))}"
    for number, entry in rules[-_LATEST:]:
        event = EVENTS.get(entry.attempted, EVENTS["policy-changed"]).in_language(language)
        yield f"> * `#{number}` {event} {code(entry.commit)}"


def _latest(launches: Sequence[Launch], view: LedgerView) -> Iterator[str]:
    language = view.language
    heads = Text(
        "| launch | | title | product | last event |\n| --- | --- | --- | --- | --- |",
        "| 上线 | | 标题 | 产品 | 最近事件 |\n| --- | --- | --- | --- | --- |",
    )
    yield heads.in_language(language)
    for launch in launches:
        facts = launch.facts
        standing = standing_of(launch).in_language(language)
        mark = "⚠️" if launch.is_bypassed else _MARKS[launch.standing]
        cells = (
            _link(launch),
            f"{mark} {standing}",
            prose(in_language(facts.title, language)),
            prose(product_name(launch, view.names, language)),
            launch.latest.at[:10],
        )
        yield f"| {' | '.join(cells)} |"


def _counts(
    groups: Sequence[tuple[str, str]], launches: Sequence[Launch], name: str, language: Language
) -> Iterator[str]:
    """Yield how many of each group stand how; `groups` has the group of every launch."""
    standings = list(STANDINGS)
    heads = (STANDINGS[standing].in_language(language) for standing in standings)
    yield f"| {name} | {' | '.join(heads)} |"
    yield f"| --- |{' --- |' * len(standings)}"
    counted = Counter(
        (group, launch.standing) for (group, _), launch in zip(groups, launches, strict=True)
    )
    for group, shown in dict.fromkeys(sorted(groups)):
        numbers = (counted[group, standing] for standing in standings)
        yield f"| {shown} | {' | '.join(str(number or '') for number in numbers)} |"


def _products(view: LedgerView) -> list[tuple[str, str]]:
    products = (launch.product for launch in view.all)
    return [
        (product, prose(view.names.name_of("products", product).in_language(view.language) or "—"))
        for product in products
    ]


def _months(launches: Iterable[Launch]) -> list[tuple[str, str]]:
    months = (_month(launch) for launch in launches)
    return [(month, prose(month)) for month in months]


def _month(launch: Launch) -> str:
    """Return the month in which it was carried out; before that, the month of its window."""
    facts = launch.facts
    for span in (facts.actual, facts.planned):
        if span is not None and (span.end or span.start):
            return str(span.end or span.start)[:7]
    return launch.latest_change.entry.at[:7]


def _link(launch: Launch) -> str:
    return f"[{code(launch.name)}]({page_path(launch)})"
