"""One request: what to fix, whom to ask, what is excused; the rest folded away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from launchpolicy.reporters.complaints import Complaint, complaints_about
from launchpolicy.reporters.markdown import approvals, wording
from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.writer import MarkdownWriter
from launchpolicy.reporters.text.wording import OPERATIONS, OUTCOMES, STAGE, VERDICTS
from launchpolicy.vocabulary.finding import Action, Judgement, Outcome, PolicyResult, Verdict
from launchpolicy.vocabulary.text import Text

_SETTLED = (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def chunks(quill: MarkdownWriter, judgement: Judgement, *, in_full: bool) -> Iterator[str]:
    """The section of a request in pieces; the report stays well-formed after any of them.

    `in_full` lists the policies that are fulfilled or do not apply; else they are only counted.
    """
    found = list(complaints_about(judgement, Counter()))
    yield _heading(quill, judgement)
    yield from _listed(quill, wording.UNJUDGED, "✗", [each for each in found if not each.result])
    yield from _listed(quill, wording.UNANSWERED, "?", [each for each in found if each.is_error])
    yield from _listed(quill, wording.TO_FIX, "✗", _failed(found, Action.DENY))
    yield from _pending(quill, judgement)
    yield from _listed(quill, wording.WARNINGS, "!", _failed(found, Action.WARN))
    yield from _listed(quill, wording.WAIVED, "~", [each for each in found if each.is_waived])
    yield from _listed(quill, wording.RECORDED, "·", _failed(found, Action.AUDIT))
    yield from approvals.stories(quill, judgement.results)
    yield from _settled(quill, judgement, in_full=in_full)
    if judgement.approval_digest:
        digest = quill.say(wording.BINDS).format(code(judgement.approval_digest))
        yield f"\n<sub>{digest}</sub>\n"


def is_worth_a_section(judgement: Judgement) -> bool:
    """Whether there is more to say than that it passes."""
    passes = judgement.verdict is Verdict.PASS
    return not passes or any(
        result.outcome not in _SETTLED or result.stories for result in judgement.results
    )


def line(judgement: Judgement) -> str:
    """A request of which there is nothing more to say."""
    mark = VERDICTS[judgement.verdict]
    return f"- {mark.symbol} {prose(judgement.name)} {code(judgement.path)}\n"


def _heading(quill: MarkdownWriter, judgement: Judgement) -> str:
    mark = VERDICTS[judgement.verdict]
    about = [prose(judgement.kind), quill.say(OPERATIONS[judgement.operation])]
    if judgement.stage:
        about.append(quill.say(STAGE).format(prose(judgement.stage)))
    about_it = quill.say(wording.PARTED).join(filter(None, about))
    name = prose(judgement.name)
    path = code(judgement.path) if judgement.name != judgement.path else ""
    where = " · ".join(filter(None, (path, about_it)))
    return f"\n### {mark.symbol} {name} · {quill.say(mark.word)}\n\n{where}\n"


def _failed(found: Sequence[Complaint], action: Action) -> list[Complaint]:
    return [
        each
        for each in found
        if each.result and each.result.outcome is Outcome.FAILED and each.result.action is action
    ]


def _listed(
    quill: MarkdownWriter, label: Text, symbol: str, found: Sequence[Complaint]
) -> Iterator[str]:
    """A label with the number of what follows, then one item each."""
    if found:
        yield _label(quill, label, len(found))
    for complaint in found:
        finding = complaint.finding
        place = code(f"{finding.place.path}:{finding.place.span.start.line}")
        lines = [f"{symbol} <b>{quill.quote(finding.message)}</b> {place}"]
        if complaint.is_waived:
            lines.append(_under(quill, complaint.result))
        else:
            lines.append(quill.fix(finding.fix))
        lines.append(f"<sub>{quill.cited(complaint.rule)}</sub>")
        yield f"- {'<br>'.join(filter(None, lines))}\n"


def _label(quill: MarkdownWriter, label: Text, count: int) -> str:
    return f"\n<b>{quill.say(label)}</b>{quill.say(wording.BRACKETED).format(count)}\n\n"


def _under(quill: MarkdownWriter, result: PolicyResult | None) -> str:
    waived = result.waived if result is not None else None
    if waived is None:
        return quill.quote(result.reason) if result is not None and result.reason else ""
    return quill.say(wording.UNDER).format(
        name=code(waived.name),
        path=code(waived.path),
        expires=quill.when(waived.expires),
        owner=code(waived.owner),
        reason=quill.quote(waived.reason),
    )


def _pending(quill: MarkdownWriter, judgement: Judgement) -> Iterator[str]:
    pending = [each for each in judgement.results if each.outcome is Outcome.PENDING]
    if not pending:
        return
    announced = judgement.verdict is Verdict.PASS
    label = wording.ANNOUNCED if announced else wording.MISSING
    yield _label(quill, label, sum(map(approvals.boxes, pending)))
    for result in pending:
        yield from approvals.to_do(quill, result, announced=announced)


def _settled(quill: MarkdownWriter, judgement: Judgement, *, in_full: bool) -> Iterator[str]:
    settled = [each for each in judgement.results if each.outcome in _SETTLED]
    if not settled:
        return
    settled.sort(key=lambda each: _SETTLED.index(each.outcome))
    outcomes = Counter(each.outcome for each in settled)
    label = quill.say(wording.SETTLED).format(*(outcomes[outcome] for outcome in _SETTLED))
    if not in_full:
        yield f"\n✓ {label}\n"
        return
    items = "".join(
        f"- {OUTCOMES[each.outcome].symbol.replace('-', '–')} {quill.cited(each.policy)}"
        f"{_because(quill, each)}\n"
        for each in settled
    )
    yield f"\n<details><summary>✓ {label}</summary>\n\n{items}\n</details>\n"


def _because(quill: MarkdownWriter, result: PolicyResult) -> str:
    if result.reason is None:
        return ""
    return quill.say(wording.COLON) + quill.quote(result.reason)
