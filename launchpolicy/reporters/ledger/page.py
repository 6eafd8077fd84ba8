"""One Markdown page for each launch: what, who, how it was judged, and how to prove it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from launchpolicy.ledger.entry import EVENTS, Entry
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.launches import Launch, LaunchState, NumberedEntry
from launchpolicy.ledger.records import HURDLES, CountedApproval, in_language
from launchpolicy.reporters.ledger.slugs import launch_slug
from launchpolicy.reporters.ledger.view import LedgerView
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
    people_text,
    process_name,
    product_name,
    role_of,
    standing_of,
)
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.vocabulary.text import Language, Text
from launchpolicy.vocabulary.value_names import value_name

_COLON: Mapping[Language, str] = {"en": ": ", "zh": "："}
_COMMA: Mapping[Language, str] = {"en": ", ", "zh": "，"}


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield a page for every launch."""
    for launch in (*view.all, *view.waivers):
        yield page_path(launch), "\n".join(_page(launch, view)) + "\n"


def page_path(launch: Launch) -> str:
    """Return where the page of a launch stands."""
    return f"launches/{launch_slug(launch)}.md"


def _page(launch: Launch, view: LedgerView) -> Iterator[str]:
    language = view.language

    def say(text: Text) -> str:
        return text.in_language(language)

    facts = launch.facts
    title = in_language(facts.title, language)
    yield f"# {code(launch.name)} {prose(title)}\n"
    standing = say(standing_of(launch))
    yield f"**{standing}**" + (f" · **{say(EVENTS['bypassed'])}**" if launch.is_bypassed else "")
    if launch.standing is LaunchState.UNANNOUNCED:
        yield f"\n> {say(UNANNOUNCED)}"
    if launch.standing is LaunchState.UNAPPROVED:
        yield f"\n> {say(UNAPPROVED)}"
    if (later := launch.approved_after_the_fact) is not None:
        yield f"\n> {say(APPROVED_LATER)} {utc(later)}"
    yield f"\n{prose(in_language(facts.summary, language))}\n"
    yield from _facts(launch, view)
    yield from _people(launch, language)
    yield from _evidence(launch, language)
    yield from _history(launch, view)
    number = launch.events[-1].number
    how = Text(
        "Proof: `launchpolicy ledger prove '#{0}'`, then `launchpolicy ledger check-proof FILE`.",
        "证明：`launchpolicy ledger prove '#{0}'`，再运行 `launchpolicy ledger check-proof FILE`。",
    )
    yield f"\n{say(how).format(number)}"


def _facts(launch: Launch, view: LedgerView) -> Iterator[str]:
    language = view.language
    facts, risk = launch.facts, launch.facts.assessment
    rows: list[tuple[Text, str]] = [
        (Text("product", "产品"), product_name(launch, view.names, language)),
        (Text("environment", "环境"), environment_name(launch, view.names, language)),
        (
            Text("process", "流程"),
            process_name(facts.process, view.names).in_language(language),
        ),
        (Text("risk", "风险级别"), value_name("risk", facts.risk).in_language(language)),
    ]
    for name, span in (
        (Text("planned", "计划窗口"), facts.planned),
        (Text("carried out", "实际执行"), facts.actual),
    ):
        if span is not None:
            rows.append((name, f"{span.start or '?'} – {span.end or '?'}"))
    if facts.announced is not None:
        by = people_text(facts.announced.by, view.names).in_language(language)
        announced = f"{facts.announced.at} {by}"
        rows.append((Text("announced", "通告"), announced))
    if risk is not None:
        assessor = people_text(risk.assessed_by, view.names).in_language(language)
        rows += [
            (Text("impact", "影响"), in_language(risk.impact, language)),
            (Text("going back", "回滚影响"), in_language(risk.rollback, language)),
            (Text("roll back when", "回滚条件"), in_language(risk.rollback_trigger, language)),
            (Text("assessed", "评估"), f"{assessor} {risk.assessed_at or ''}"),
        ]
    for name, back in (
        (Text("rollback", "回滚"), facts.rollback),
        (Text("cancellation", "取消"), facts.cancellation),
    ):
        if back is not None:
            by = people_text(back.by, view.names).in_language(language)
            parts = (back.decided_at or "", by, in_language(back.reason, language))
            rows.append((name, " · ".join(filter(None, parts))))
    for problem in facts.problems:
        outcome = value_name("problemOutcome", problem.outcome).in_language(language)
        parts = (problem.name, problem.found_at or "", outcome)
        rows.append((Text("problem", "问题"), " · ".join(filter(None, parts))))
    yield "| | |\n| --- | --- |"
    for name, value in rows:
        if value.strip():
            yield f"| {name.in_language(language)} | {prose(value)} |"


def _people(launch: Launch, language: Language) -> Iterator[str]:
    yield f"\n## {Text('People', '人员').in_language(language)}\n"
    for involved in launch.people:
        name = in_language(involved.display, language)
        person = code(involved.person)
        shown = f"{prose(name)}{in_brackets(language, person)}" if name else person
        yield f"* {prose(role_of(involved.role).in_language(language))}{_COLON[language]}{shown}"


def _evidence(launch: Launch, language: Language) -> Iterator[str]:
    if not launch.facts.evidence:
        return
    yield f"\n## {Text('Evidence', '证据').in_language(language)}\n"
    for item in launch.facts.evidence:
        mark = "✅" if item.found == f"sha256:{item.sha256}" else "❌"
        yield f"* {mark} {code(item.path)} {prose(item.kind)} {code(item.sha256[:16])}"


def _history(launch: Launch, view: LedgerView) -> Iterator[str]:
    yield f"\n## {Text('History', '经过').in_language(view.language)}\n"
    for numbered in launch.events:
        yield from _event(numbered, view)


def _event(numbered: NumberedEntry, view: LedgerView) -> Iterator[str]:
    number, entry = numbered
    language = view.language
    what = EVENTS[entry.event].in_language(language)
    if entry.is_bypassed:
        became = EVENTS[entry.attempted] if entry.attempted in EVENTS else Text("", "")
        what = f"⚠️ **{what}**{in_brackets(language, became.in_language(language))}"
    verdict = VERDICTS[entry.verdict].in_language(language)
    yield f"* `#{number}` {entry.at} · {what} · {verdict} · {code(entry.commit)}"
    # One approval may fill places of several policies.
    yield from dict.fromkeys(_approval(approval, view) for approval in entry.approvals)
    for waiver in entry.waivers:
        label = Text("waived", "豁免").in_language(language)
        owner = people_text(waiver.owner, view.names).in_language(language)
        waived_by = f"{code(waiver.waiver)}{_COMMA[language]}{prose(owner)}"
        yield f"  * {label} {code(waiver.policy)}{_COLON[language]}{waived_by}"
    for hurdle in entry.hurdles:
        wrong = prose(in_language(hurdle.message, language))
        outcome = HURDLES[hurdle.outcome].in_language(language)
        result = f"{outcome} · {wrong}" if wrong else outcome
        yield f"  * {code(hurdle.policy)}{_COLON[language]}{result}"
    yield from _makers(entry, language)


def _approval(approval: CountedApproval, view: LedgerView) -> str:
    """Return the line that says who approved as what and when, and where that is written."""
    language = view.language
    label = Text("approved by", "批准人").in_language(language)
    in_capacity = capacity(approval, view.names).in_language(language)
    name = people_text(approval.by, view.names).in_language(language)
    parts = (prose(name), prose(in_capacity), approval.at, prose(approval.where))
    return f"  * {label} {_COMMA[language].join(parts)}"


def _makers(entry: Entry, language: Language) -> Iterator[str]:
    """Yield who wrote and merged what landed, and why without a passing verdict."""
    if entry.authors:
        people = ", ".join(code(author.who) for author in entry.authors)
        yield f"  * {WRITTEN_BY.in_language(language)} {people}"
    if entry.merged_by is not None:
        yield f"  * {MERGED_BY.in_language(language)} {code(entry.merged_by.who)}"
    if entry.reason:
        yield f"  * {REASON_GIVEN.in_language(language)} {prose(entry.reason)}"
