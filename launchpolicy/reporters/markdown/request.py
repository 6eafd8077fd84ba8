"""Write one request: what to fix, whom to ask, what is waived; the rest folded away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from launchpolicy.reporters.complaints import ReportComplaint, complaints_about
from launchpolicy.reporters.markdown import approvals, wording
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.writer import MarkdownWriter
from launchpolicy.reporters.text.wording import OPERATIONS, OUTCOMES, STAGE, VERDICTS
from launchpolicy.vocabulary.finding import Action, Judgement, Outcome, PolicyResult, Verdict
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name

_SETTLED = (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def chunks(writer: MarkdownWriter, judgement: Judgement, *, in_full: bool) -> Iterator[str]:
    """Yield the section of a request in pieces; the report stays well-formed after any.

    `in_full` lists the policies that are fulfilled or do not apply; else they are only counted.
    """
    complaints = list(complaints_about(judgement, Counter()))
    yield _heading(writer, judgement)
    yield from _complaint_list(
        writer,
        wording.UNJUDGED,
        "✗",
        [complaint for complaint in complaints if not complaint.result],
    )
    yield from _complaint_list(
        writer,
        wording.UNANSWERED,
        "?",
        [complaint for complaint in complaints if complaint.is_error],
    )
    yield from _complaint_list(writer, wording.TO_FIX, "✗", _failures(complaints, Action.DENY))
    yield from _pending(writer, judgement)
    yield from _complaint_list(writer, wording.WARNINGS, "!", _failures(complaints, Action.WARN))
    yield from _complaint_list(
        writer, wording.WAIVED, "~", [complaint for complaint in complaints if complaint.is_waived]
    )
    yield from _complaint_list(writer, wording.RECORDED, "·", _failures(complaints, Action.AUDIT))
    yield from approvals.stories(writer, judgement.results)
    yield from _settled_results(writer, judgement, in_full=in_full)
    if judgement.approval_digest:
        digest = writer.say(wording.BINDS).format(code(judgement.approval_digest))
        yield f"\n<sub>{digest}</sub>\n"


def is_worth_a_section(judgement: Judgement) -> bool:
    """Return whether there is more to say than that it passes."""
    passes = judgement.verdict is Verdict.PASS
    return not passes or any(
        result.outcome not in _SETTLED or result.stories for result in judgement.results
    )


def line(judgement: Judgement) -> str:
    """Return the line of a request of which there is nothing more to say."""
    mark = VERDICTS[judgement.verdict]
    return f"- {mark.symbol} {prose(judgement.name)} {code(judgement.path)}\n"


def _heading(writer: MarkdownWriter, judgement: Judgement) -> str:
    mark = VERDICTS[judgement.verdict]
    kind = writer.say(value_name("documentKind", judgement.kind))
    about = [prose(kind), writer.say(OPERATIONS[judgement.operation])]
    if judgement.stage:
        stage = writer.say(value_name("stage", judgement.stage))
        about.append(writer.say(STAGE).format(prose(stage)))
    about_it = writer.say(wording.PARTED).join(filter(None, about))
    name = prose(judgement.name)
    path = code(judgement.path) if judgement.name != judgement.path else ""
    where = " · ".join(filter(None, (path, about_it)))
    return f"\n### {mark.symbol} {name} · {writer.say(mark.word)}\n\n{where}\n"


def _failures(complaints: Sequence[ReportComplaint], action: Action) -> list[ReportComplaint]:
    return [
        complaint
        for complaint in complaints
        if complaint.result
        and complaint.result.outcome is Outcome.FAILED
        and complaint.result.action is action
    ]


def _complaint_list(
    writer: MarkdownWriter, label: Text, symbol: str, complaints: Sequence[ReportComplaint]
) -> Iterator[str]:
    """Yield a label with the number of what follows, then one item each."""
    if complaints:
        yield _label(writer, label, len(complaints))
    for complaint in complaints:
        finding = complaint.finding
        place = code(f"{finding.place.path}:{finding.place.span.start.line}")
        lines = [f"{symbol} <b>{writer.quote(finding.message)}</b> {place}"]
        if complaint.is_waived:
            lines.append(_under(writer, complaint.result))
        else:
            lines.append(writer.fix(finding.fix))
        lines.append(f"<sub>{writer.cite(complaint.rule)}</sub>")
        yield f"- {'<br>'.join(filter(None, lines))}\n"


def _label(writer: MarkdownWriter, label: Text, count: int) -> str:
    return f"\n<b>{writer.say(label)}</b>{writer.say(wording.BRACKETED).format(count)}\n\n"


def _under(writer: MarkdownWriter, result: PolicyResult | None) -> str:
    waiver = result.waived if result is not None else None
    if waiver is None:
        return writer.quote(result.reason) if result is not None and result.reason else ""
    return writer.say(wording.UNDER).format(
        name=code(waiver.name),
        path=code(waiver.path),
        expires=writer.when(waiver.expires),
        owner=code(waiver.owner),
        reason=writer.quote(waiver.reason),
    )


def _pending(writer: MarkdownWriter, judgement: Judgement) -> Iterator[str]:
    pending = [result for result in judgement.results if result.outcome is Outcome.PENDING]
    if not pending:
        return
    announced = judgement.verdict is Verdict.PASS
    label = wording.ANNOUNCED if announced else wording.MISSING
    yield _label(writer, label, sum(map(approvals.boxes, pending)))
    for result in pending:
        yield from approvals.to_do(writer, result, announced=announced)


def _settled_results(
    writer: MarkdownWriter, judgement: Judgement, *, in_full: bool
) -> Iterator[str]:
    results = [result for result in judgement.results if result.outcome in _SETTLED]
    if not results:
        return
    results.sort(key=lambda result: _SETTLED.index(result.outcome))
    outcomes = Counter(result.outcome for result in results)
    label = writer.say(wording.SETTLED).format(*(outcomes[outcome] for outcome in _SETTLED))
    if not in_full:
        yield f"\n✓ {label}\n"
        return
    items = "".join(
        f"- {OUTCOMES[result.outcome].symbol.replace('-', '–')} {writer.cite(result.policy)}"
        f"{_because(writer, result)}\n"
        for result in results
    )
    yield f"\n<details><summary>✓ {label}</summary>\n\n{items}\n</details>\n"


def _because(writer: MarkdownWriter, result: PolicyResult) -> str:
    if result.reason is None:
        return ""
    return writer.say(wording.COLON) + writer.quote(result.reason)
