"""Launches and entries in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.ledger.entry import EVENTS, RULES, WAIVER, Entry
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.launches import Launch, LaunchState, NumberedEntry
from launchpolicy.ledger.records import HURDLES, BilingualText, CountedApproval
from launchpolicy.reporters.ledger.words import (
    APPROVED_LATER,
    MERGED_BY,
    REASON_GIVEN,
    UNANNOUNCED,
    UNAPPROVED,
    VERDICTS,
    WRITTEN_BY,
    capacity,
    environment_name,
    in_brackets,
    is_step_of_a_night,
    people_text,
    product_name,
    role_of,
    standing_of,
)
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.writer import Style, StyledText, TextWriter
from launchpolicy.vocabulary.names import NO_NAMES, Names
from launchpolicy.vocabulary.text import Text, listing, quantity, without_gaps

_FOLLOW_UP = Text("answers for follow-up", "上线后跟进负责人")
_STYLES: dict[LaunchState, Style] = {
    LaunchState.LAUNCHED: "good",
    LaunchState.UNAPPROVED: "bad",
    LaunchState.UNANNOUNCED: "warn",
    LaunchState.ROLLED_BACK: "bad",
}


def table(launches: Sequence[Launch], view: ReaderView, names: Names = NO_NAMES) -> Iterator[str]:
    """Yield one line for each launch, newest first, in columns; waivers are counted apart."""
    writer = TextWriter(view)
    rows = [_row(writer, launch, names) for launch in launches]
    widths = [max((cells(row[column]) for row in rows), default=0) for column in range(4)]
    for launch, row in zip(launches, rows, strict=True):
        pieces = [
            StyledText(f"{text}{' ' * (width - cells(text))}  ", style)
            for text, width, style in zip(
                row[:4], widths, ("strong", _standing_style(launch), "plain", "faint"), strict=True
            )
        ]
        yield writer.line(*pieces, StyledText(row[4]))
    waivers = sum(launch.kind == WAIVER for launch in launches)
    count = len(launches) - waivers
    sums = [Text(quantity(count, "launch", "launches"), f"共 {count} 次上线")]
    sums += [Text(quantity(waivers, "waiver"), f"{waivers} 项豁免")] if waivers else []
    both = Text(", ".join(part.en for part in sums), "，".join(part.zh for part in sums))
    yield writer.line(StyledText(writer.say(both), "faint"))


def waiver_table(
    launches: Sequence[Launch], view: ReaderView, names: Names = NO_NAMES
) -> Iterator[str]:
    """Yield one line for each use of a waiver, in columns: launch, waiver, policy, owner, end."""
    writer = TextWriter(view)
    rows = [
        (
            launch.name,
            waiver.waiver,
            waiver.policy,
            writer.say(people_text(waiver.owner, names)),
            waiver.expires,
            f"#{number}",
        )
        for launch in launches
        for number, waiver in launch.waivers
    ]
    widths = [max(cells(row[column]) for row in rows) for column in range(6 if rows else 0)]
    for row in rows:
        shown = zip(row, widths, strict=True)
        padded = [f"{text}{' ' * (width - cells(text))}" for text, width in shown]
        yield writer.line(
            StyledText(f"{padded[0]}  ", "strong"), StyledText("  ".join(padded[1:]).rstrip())
        )
    count = Text(
        quantity(len(rows), "use of a waiver", "uses of waivers"), f"共 {len(rows)} 次豁免"
    )
    yield writer.line(StyledText(writer.say(count), "faint"))


def story(
    launch: Launch, view: ReaderView, names: Names = NO_NAMES, follow_up: str = ""
) -> Iterator[str]:
    """Yield everything the ledger knows of one launch.

    `follow_up` is who answers for the operation after the launch by its request, "" if unknown.
    """
    writer = TextWriter(view)
    facts = launch.facts
    title = _translate(writer, facts.title)
    yield writer.line(
        StyledText(f"{launch.name} ", "strong"),
        StyledText(writer.say(standing_of(launch)), _standing_style(launch)),
    )
    if title:
        yield from writer.paragraph(title, 0)
    if launch.standing is LaunchState.UNANNOUNCED:
        yield from writer.styled_lines(StyledText(writer.say(UNANNOUNCED), "warn"), 0)
    if launch.standing is LaunchState.UNAPPROVED:
        yield from writer.styled_lines(StyledText(writer.say(UNAPPROVED), "bad"), 0)
    if (later := launch.approved_after_the_fact) is not None:
        yield from writer.styled_lines(StyledText(f"{writer.say(APPROVED_LATER)} {utc(later)}"), 0)
    for name, value in dict.fromkeys(_facts(writer, launch, names)):
        yield from writer.paragraph(value, 2, StyledText(f"{name}  ", "faint"))
    if follow_up:
        name = writer.say(names.name_of("people", follow_up))
        yield from writer.paragraph(name, 2, StyledText(f"{writer.say(_FOLLOW_UP)}  ", "faint"))
    yield writer.line()
    for numbered in launch.events:
        yield from event(numbered, view, names)


_TIMES = {
    "append": Text(
        "the commit is dated in the future; judged as of when it was appended",
        "提交日期晚于记入时间；按记入上线日志的时间判定",
    ),
    "landing-before": Text(
        "the commit is dated before the landing before it; judged as of that one",
        "提交日期早于前一次合入；按前一次合入的时间判定",
    ),
}
"""What is said of a landing whose commit cannot tell the time."""


def event(
    numbered: NumberedEntry, view: ReaderView, names: Names = NO_NAMES, *, with_name: bool = False
) -> Iterator[str]:
    """Yield one entry: what happened, when, by which commit, and how it was judged.

    Among entries of several launches it is `with_name`.
    """
    writer = TextWriter(view)
    number, entry = numbered
    style: Style = "bad" if entry.is_bypassed else "plain"
    what = writer.say(EVENTS[entry.event])
    if entry.is_bypassed:
        attempted = writer.say(EVENTS.get(entry.attempted, EVENTS["recorded"]))
        what += in_brackets(view.language, attempted)
    yield writer.line(
        StyledText(f"#{number}  ", "faint"),
        StyledText(f"{entry.at}  "),
        StyledText(f"{what}  ", style),
        StyledText(f"{writer.say(VERDICTS[entry.verdict])}  ", "faint"),
        StyledText(entry.commit[:12], "faint"),
        *((StyledText(f"  {entry.name}", "strong"),) if with_name and entry.kind != RULES else ()),
    )
    for line in _beneath(writer, entry, names):
        yield from writer.paragraph(line, 6)


def _beneath(writer: TextWriter, entry: Entry, names: Names) -> Iterator[str]:
    if entry.time_source in _TIMES:
        yield writer.say(_TIMES[entry.time_source])
    # One approval may fill places of several policies.
    yield from dict.fromkeys(_approval(writer, one, names) for one in entry.approvals)
    for waiver in entry.waivers:
        owner = people_text(waiver.owner, names)
        yield writer.say(
            Text(
                f"{waiver.policy} waived: {waiver.waiver}, owner {owner.en}",
                without_gaps(f"{waiver.policy} 豁免：{waiver.waiver}，负责人 {owner.zh}"),
            )
        )
    recorded = [hurdle for hurdle in entry.hurdles if is_step_of_a_night(entry, hurdle)]
    if recorded:
        yield writer.say(
            Text(
                f"recorded step by step: {quantity(len(recorded), 'policy', 'policies')} fulfilled"
                " when it was complete",
                f"当夜逐条登记：登记完整后满足 {len(recorded)} 条策略",
            )
        )
    for hurdle in entry.hurdles:
        if hurdle in recorded:
            continue
        colon = writer.say(Text(": ", "："))
        yield f"{hurdle.policy}{colon}{writer.say(HURDLES[hurdle.outcome])}"
        if hurdle.message is not None:
            yield f"  {_translate(writer, hurdle.message)}"
    yield from _makers(writer, entry, names)
    for file in entry.files:
        yield f"{file.path} {file.sha256[:19] or '-'}"


def _approval(writer: TextWriter, approval: CountedApproval, names: Names) -> str:
    """Return who approved as what and when, and where that is written."""
    as_what = capacity(approval, names)
    by = people_text(approval.by, names)
    sentence = Text(
        f"approved by {by.en} as {as_what.en}",
        without_gaps(f"{by.zh} 以{as_what.zh}身份审批"),
    )
    return f"{writer.say(sentence)} · {approval.at} · {approval.where}"


def _makers(writer: TextWriter, entry: Entry, names: Names) -> Iterator[str]:
    """Yield who wrote and merged what landed, and why without a passing verdict."""
    if entry.authors:
        people = people_text(", ".join(author.who for author in entry.authors), names)
        yield f"{writer.say(WRITTEN_BY)} {writer.say(people)}"
    if entry.merged_by is not None:
        yield f"{writer.say(MERGED_BY)} {writer.say(people_text(entry.merged_by.who, names))}"
    if entry.reason:
        yield f"{writer.say(REASON_GIVEN)} {entry.reason}"


def _facts(writer: TextWriter, launch: Launch, names: Names) -> Iterator[tuple[str, str]]:
    language = writer.view.language
    facts = launch.facts
    if facts.product is not None:
        yield writer.say(Text("product", "产品")), product_name(launch, names, language)
    if environment := environment_name(launch, names, language):
        yield writer.say(Text("environment", "环境")), environment
    if facts.planned is not None:
        planned = f"{facts.planned.start or '?'} … {facts.planned.end or '?'}"
        yield writer.say(Text("planned", "计划窗口")), planned
    if facts.actual is not None:
        actual = f"{facts.actual.start or '?'} … {facts.actual.end or '?'}"
        yield writer.say(Text("carried out", "实际执行")), actual
    if facts.announced is not None:
        by = writer.say(people_text(facts.announced.by, names))
        announced = f"{facts.announced.at} {by}".strip()
        yield writer.say(Text("announced", "通告")), announced
    roles: dict[str, list[str]] = {}
    for involved in launch.people:
        roles.setdefault(involved.role, []).append(
            _translate(writer, involved.display) or involved.person
        )
    for role, people in roles.items():
        yield writer.say(role_of(role)), writer.say(listing(people))
    if facts.assessment is not None:
        risk = facts.assessment
        parts = (
            _translate(writer, risk.impact),
            _translate(writer, risk.rollback),
            _translate(writer, risk.rollback_trigger),
        )
        yield writer.say(Text("risk", "风险评估")), " · ".join(filter(None, parts))
    for item in facts.evidence:
        is_same = item.found == f"sha256:{item.sha256}"
        yield writer.say(Text("evidence", "证据")), f"{'✓' if is_same else '✗'} {item.path}"


def _row(writer: TextWriter, launch: Launch, names: Names) -> tuple[str, str, str, str, str]:
    facts = launch.facts
    product = product_name(launch, names, writer.view.language)
    mark = "! " if launch.is_bypassed else ""
    standing = f"{mark}{writer.say(standing_of(launch))}"
    when = launch.latest.at[:10]
    return launch.name, standing, product, when, _translate(writer, facts.title)


def _standing_style(launch: Launch) -> Style:
    return "bad" if launch.is_bypassed else _STYLES.get(launch.standing, "plain")


def _translate(writer: TextWriter, text: BilingualText | None) -> str:
    return writer.say(text.text) if text is not None else ""
