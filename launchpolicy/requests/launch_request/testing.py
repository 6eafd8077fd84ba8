"""Tests and their reports (D1.2.5, D4.12.1, D6.5, D8.5.4)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.choices import Result
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Named
from launchpolicy.requests.launch_request.marks import person
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Identifier, Instant, Name, Person
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Test report", "测试报告"),
    Text("One kind of test and its result.", "一类测试及其结果。"),
)
class TestReport(RequestSection):
    """A report, with the file that proves it."""

    name: Maybe[Name] = name_key(
        "kind of test",
        "测试类别",
        "internal",
        "integration",
        "functional",
        "performance",
        "compatibility",
        "security",
    )
    by: Maybe[Person] = optional_key(
        Text("By", "测试人"),
        Text("Who tested.", "由谁测试。"),
        "D4.8",
        marks=person(apart=("spec.people.developers",)),
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "测试时间。"))
    result: Maybe[Result] = optional_key(
        Text("Result", "结果"), Text("How it came out.", "测试结果。"), "D3.3.2", "D6.5"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"),
        Text("The report itself.", "测试报告原件。"),
        "D4.12.1",
        "D6.5",
    )


@explain(
    Text("Test acceptance form", "测试验收单"),
    Text("The form by which the test lead hands in the tests.", "测试负责人提交的测试验收单。"),
)
class TestForm(RequestSection):
    """Handed in by the test lead; its approval is a matter of real approvals."""

    submitted_by: Maybe[Person] = optional_key(
        Text("Submitted by", "提交人"),
        Text("The test lead who hands it in.", "提交验收单的测试负责人。"),
        "D4.12.1",
    )
    at: Maybe[Instant] = optional_key(Text("At", "时间"), Text("When.", "提交时间。"), "D4.12.1")
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The form.", "测试验收单原件。"), "D4.12.1"
    )


@explain(Text("Testing", "测试"), Text("Where and how it was tested.", "在哪里、如何测试。"))
class Testing(RequestSection):
    """Environment, cases, reports and the form."""

    environment: Maybe[Identifier] = optional_key(
        Text("Environment", "测试环境"),
        Text("Where the tests ran.", "测试所在的环境。"),
        "D1.3",
        examples=("staging-2",),
    )
    cases: Maybe[Evidence] = optional_key(
        Text("Test cases", "测试用例"), Text("The test cases.", "测试用例。"), "D4.12.1", "D1.3"
    )
    reports: Maybe[Named[TestReport]] = optional_key(
        Text("Reports", "测试报告"),
        Text("One report for each kind of test.", "每类测试一份报告。"),
        "D4.12.1",
        "D6.5",
    )
    form: Maybe[TestForm] = optional_key(
        Text("Test acceptance form", "测试验收单"),
        Text("With test cases and report attached.", "附有测试用例和测试报告。"),
        "D4.12.1",
    )
