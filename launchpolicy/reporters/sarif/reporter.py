"""Write the log: one run, its rules, one line per result.

Every complaint is a result, whatever became of it, and nothing is left out: a program that cuts the
log to the size that a platform takes does so knowingly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from launchpolicy import __version__
from launchpolicy.reporters.complaints import ReportComplaint, complaints
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.sarif.results import notification, result
from launchpolicy.reporters.sarif.rules import rules
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Language, Text

ID = "sarif"
SUMMARY = Text("code scanning and editors (SARIF 2.1.0)", "代码扫描平台和编辑器（SARIF 2.1.0）")

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_HOME = "https://github.com/launchpolicy/launchpolicy"
_TAGS: Mapping[Language, str] = {"en": "en-US", "zh": "zh-CN"}


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """Yield the rules first, because results refer to them by their number."""
    all_complaints = list(complaints(report))
    rule_list = rules(report, all_complaints, view.language)
    numbers = {rule["id"]: number for number, rule in enumerate(rule_list)}
    yield f'{{\n  "$schema": {encode(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [{{\n'
    yield f'    "tool": {{"driver": {encode(_driver(rule_list, view.language))}}},\n'
    yield f'    "invocations": [{encode(_invocation(report, all_complaints, numbers, view))}],\n'
    yield f'    "language": {encode(_TAGS[view.language])},\n'
    yield '    "columnKind": "unicodeCodePoints",\n'
    yield f'    "properties": {encode(_about(report, view.language))},\n'
    yield '    "results": ['
    between = ""
    for complaint in all_complaints:
        yield f"{between}\n      {encode(result(complaint, numbers, view))}"
        between = ","
    yield "\n    ]\n  }]\n}\n" if all_complaints else "]\n  }]\n}\n"


def _driver(rule_list: Sequence[Mapping[str, Any]], language: Language) -> dict[str, Any]:
    return {
        "name": "launchpolicy",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": _HOME,
        "language": _TAGS[language],
        "rules": rule_list,
    }


def _invocation(
    report: Report,
    complaints: Sequence[ReportComplaint],
    numbers: Mapping[str, int],
    view: ReaderView,
) -> dict[str, Any]:
    """Return the run; one that could not decide did not succeed (section 3.20.14)."""
    errors = [complaint for complaint in complaints if complaint.is_error]
    return {
        "executionSuccessful": report.verdict is not Verdict.UNDECIDED,
        "exitCode": report.verdict.exit_code,
        "exitCodeDescription": str(report.verdict),
        "toolExecutionNotifications": [
            notification(complaint, numbers, view) for complaint in errors
        ],
    }


def _about(report: Report, language: Language) -> dict[str, Any]:
    return {
        "situation": report.situation.in_language(language),
        "base": report.base,
        "head": report.head,
        "now": in_utc(report.now),
        "packSetDigest": report.pack_set_digest,
        "notes": [note.in_language(language) for note in report.notes],
    }
