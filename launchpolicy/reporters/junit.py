"""Write the report as JUnit XML (of Ant and Maven): a suite per request, a case per policy.

| outcome | case |
| --- | --- |
| failed (deny), pending where it blocks, a refusal | failure |
| error | error |
| not applicable, waived, pending where it is only announced | skipped, with the reason |
| failed (warn, audit) | passed, with the complaint as system-out |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from launchpolicy.reporters.complaints import Level, ReportComplaint, complaints_about
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.finding import Judgement, Outcome, PolicyResult, PolicyText, Report
from launchpolicy.vocabulary.text import Language, Text

ID = "junit"
SUMMARY = Text("test reports of any CI", "各类 CI 的测试报告")

_COUNTERS = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_WAIVED = Text(
    "waived by {name} until {expires} (owner {owner}): {reason}",
    "已由 {name} 豁免至 {expires}（负责人 {owner}）：{reason}",
)
_WAIVED_SOMEHOW = Text("waived", "已豁免")
_ANNOUNCED = Text("approvals are asked for before the merge", "审批在合并之前进行")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


class _Case(NamedTuple):
    """A test case; `element` is what its verdict is called in XML; "" where it passed."""

    name: str
    element: str
    message: str
    body: tuple[str, ...] = ()


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """Yield one piece per request."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="launchpolicy">\n'
    count = Counter(judgement.name for judgement in report.judgements)
    for judgement in report.judgements:
        cases = list(_cases(judgement, report.policies, view.language))
        name = judgement.name
        if count[name] > 1:  # a proposal and its review may have the same
            name = f"{judgement.kind} {name}"
        yield "".join(_suite(judgement, name, cases, in_utc(report.now)))
    yield "</testsuites>\n"


def xml(text: str) -> str:
    r"""Return `text` on one line, for an attribute or between tags: this sink's escaping.

    What XML 1.0 forbids even as a reference (section 2.2) is written as the terminal gets it:
    `\x1b`, `<U+FFFE>`; it is seen, and the log that the report is printed into stays ours.
    """
    return escape(text).translate(_ENTITIES)


def _cases(
    judgement: Judgement, policies: Mapping[str, PolicyText], language: Language
) -> Iterator[_Case]:
    complaints = list(complaints_about(judgement, Counter()))
    for complaint in complaints:
        if complaint.result is None:
            element = "failure" if complaint.finding in judgement.refusals else "error"
            yield _case(complaint.rule, element, [complaint], language)
    for result in judgement.results:
        own = [complaint for complaint in complaints if complaint.result is result]
        if own and not _is_excused(own[0]):
            element = _element(own[0])
            title = policies[result.policy].title.in_language(language)
            yield _case(result.policy, element, own, language, title)
        elif own or result.outcome is Outcome.NOT_APPLICABLE:
            yield _Case(result.policy, "skipped", _excuse(result, language))
        else:
            yield _Case(result.policy, "", "")


def _is_excused(complaint: ReportComplaint) -> bool:
    return complaint.is_waived or complaint.is_announced


def _element(complaint: ReportComplaint) -> str:
    if complaint.is_error:
        return "error"
    return "failure" if complaint.level is Level.ERROR else "system-out"


def _case(
    name: str, element: str, complaints: list[ReportComplaint], language: Language, title: str = ""
) -> _Case:
    body = [title] if title else []
    for complaint in complaints:
        finding = complaint.finding
        body.append(f"{finding.place}: {finding.message.in_language(language)}")
        fix = finding.fix.in_language(language).strip("\n").split("\n")
        body += [f"→ {fix[0]}", *(f"  {line}" for line in fix[1:])]
    return _Case(name, element, complaints[0].finding.message.in_language(language), tuple(body))


def _excuse(result: PolicyResult, language: Language) -> str:
    waiver = result.waived
    if waiver is not None:
        return _WAIVED.in_language(language).format(
            name=waiver.name,
            expires=in_utc(waiver.expires),
            owner=waiver.owner,
            reason=waiver.reason.in_language(language),
        )
    if result.outcome is Outcome.PENDING:
        return _ANNOUNCED.in_language(language)
    reason = result.reason or (_WAIVED_SOMEHOW if result.outcome is Outcome.WAIVED else None)
    return reason.in_language(language) if reason is not None else ""


def _suite(
    judgement: Judgement, shown_name: str, cases: list[_Case], timestamp: str
) -> Iterator[str]:
    elements = Counter(case.element for case in cases)
    counts = " ".join(f'{key}="{elements[element]}"' for key, element in _COUNTERS.items())
    name = xml(shown_name)
    yield f'  <testsuite name="{name}" tests="{len(cases)}" {counts} time="0"'
    yield f' timestamp="{timestamp}">\n'
    for case in cases:
        start = f'    <testcase classname="{name}" name="{xml(case.name)}" time="0"'
        start += f' file="{xml(judgement.path)}"'
        yield f"{start}>\n{_inside(case)}    </testcase>\n" if case.element else f"{start}/>\n"
    yield "  </testsuite>\n"


def _inside(case: _Case) -> str:
    body = "\n".join(map(xml, case.body))
    if case.element == "system-out":
        return f"      <system-out>{body}</system-out>\n"
    message = f'      <{case.element} message="{xml(case.message)}"'
    return f"{message}>{body}</{case.element}>\n" if body else f"{message}/>\n"
