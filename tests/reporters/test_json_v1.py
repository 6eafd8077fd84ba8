"""What machines read: described in full, the same data, safe in a log."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from launchpolicy import __version__
from launchpolicy.reporters.json_encoding import encode, encode_indented
from launchpolicy.reporters.json_v1 import FORMAT, render
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.finding import Report, Verdict

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

VIEW = ReaderView("en")
SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
EXPLANATIONS = ("title", "x-title-zh", "description", "x-description-zh")


def written(report: Report, view: ReaderView = VIEW) -> str:
    return "".join(render(report, view))


def data_of(report: Report) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(written(report))
    return data


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_sample_follows_the_schema(sample: Report) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(data_of(sample))] == []


@settings(deadline=None)
@given(st.data())
def test_every_report_follows_the_schema(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    report = data_of(data.draw(hostile_reports))
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for each in schema.values():
            yield from _objects(each)


def test_every_object_is_closed_and_every_key_always_there() -> None:
    for each in _objects(SCHEMA):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])


def test_every_key_is_explained_in_both_languages() -> None:
    for each in _objects(SCHEMA):
        for key, schema in each["properties"].items():
            assert [word for word in EXPLANATIONS if not schema.get(word)] == [], key
            assert re.search(r"[\u4e00-\u9fff]", schema["x-description-zh"])


def test_every_key_that_is_described_is_written(sample: Report) -> None:
    described = {key for each in _objects(SCHEMA) for key in each["properties"]}
    assert set(re.findall(r'"(\w+)": ', written(sample))) == described


def test_the_head_of_the_report(sample: Report) -> None:
    data = data_of(sample)
    assert data["format"] == FORMAT == "launchpolicy.report/v1"
    assert data["tool"] == {"name": "launchpolicy", "version": __version__}
    assert (data["verdict"], data["exitCode"]) == ("undecided", 3)
    assert data["now"] == "2026-12-02T02:00:00Z"
    assert data["situation"] == {"en": "work tree", "zh": "工作区"}
    assert data["base"] == sample.base
    assert data["head"] == sample.head
    assert data["packSetDigest"] == sample.pack_set_digest
    assert data["notes"][0]["zh"] == "策略也被修改。"


def test_a_result_says_all_that_the_text_says(sample: Report) -> None:
    warned = data_of(sample)["requests"][1]["results"][4]
    assert warned == {
        "policy": "window-ahead",
        "pack": "launch",
        "title": {"en": "The window is ahead", "zh": "上线窗口尚未开始"},
        "clauses": ["D2.2"],
        "controls": ["SOC2:CC8.1"],
        "action": "warn",
        "outcome": "failed",
        "reason": None,
        "findings": [
            {
                "rule": "window-ahead",
                "message": {"en": "Fourth.", "zh": "Fourth.（中文）"},
                "fix": {
                    "en": "Choose a window that is still to come.",
                    "zh": "请改选尚未开始的窗口。",
                },
                "place": {
                    "path": "launches/LR-2026-0042/request.yaml",
                    "line": 30,
                    "column": 3,
                    "endLine": 30,
                    "endColumn": 9,
                    "route": "spec",
                    "missing": "requester",
                    "source": "  people: {}",
                },
            }
        ],
        "missing": [],
        "stories": [],
        "waived": None,
    }


def test_a_pending_result_says_who_is_missing_and_what_became_of_each_approval(
    sample: Report,
) -> None:
    pending = data_of(sample)["requests"][1]["results"][3]
    assert pending["missing"][0] == {
        "role": "technology-lead",
        "department": "technology-department",
        "count": 1,
        "candidates": ["zhao.min", "sun.li"],
        "barred": [
            {"person": "qian.na", "reason": {"en": "executes the launch", "zh": "是执行人"}}
        ],
        "waitsFor": [],
    }
    assert (pending["missing"][1]["role"], pending["missing"][2]["count"]) == (None, 2)
    assert pending["stories"][0] == {
        "by": "wang.fang",
        "source": "approval-file",
        "where": "launches/LR-2026-0042/approvals/wang.fang.yaml",
        "at": "2026-12-01T01:30:00Z",
        "counted": True,
        "role": "product-lead",
        "standsFor": None,
        "reason": {"en": "counted as product-lead", "zh": "计入：作为 product-lead"},
    }
    assert (pending["stories"][1]["counted"], pending["stories"][1]["role"]) == (False, None)


def test_a_waived_result_names_its_waiver(sample: Report) -> None:
    waived = data_of(sample)["requests"][1]["results"][5]["waived"]
    assert waived == {
        "name": "W-2026-007",
        "path": "waivers/W-2026-007.yaml",
        "owner": "zhou.jie",
        "reason": {"en": "The test centre is being rebuilt.", "zh": "测试中心正在改造。"},
        "expires": "2026-12-31T15:59:00Z",
    }


def test_a_request_says_what_its_approvals_bind_to(sample: Report) -> None:
    digests = [each["approvalDigest"] for each in data_of(sample)["requests"]]
    assert digests == [None, sample.judgements[1].approval_digest, None, None]


def test_effects_of_changed_rules_are_listed(sample: Report) -> None:
    effects = data_of(sample)["effects"]
    assert [(each["policy"], each["before"], each["after"]) for each in effects] == [
        ("window-ahead", "failed", "passed"),
        ("people-named", None, "failed"),
    ]


def test_a_file_that_was_refused_has_no_stage_and_no_results(sample: Report) -> None:
    refused = data_of(sample)["requests"][2]
    assert (refused["verdict"], refused["stage"], refused["results"]) == ("rejected", None, [])
    assert refused["refusals"][0]["rule"] == "yaml/tag"


@settings(deadline=None)
@given(st.data())
def test_the_numbers_add_up(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    report = data_of(data.draw(hostile_reports))
    summary = report["summary"]
    for group in (summary["requests"], summary["results"]):
        assert sum(group.values()) == 2 * group["total"]
    assert summary["requests"]["total"] == len(report["requests"])
    assert summary["results"]["total"] == sum(len(each["results"]) for each in report["requests"])
    assert sum(summary["failures"].values()) == summary["results"]["failed"]
    assert summary["refusals"] == sum(len(each["refusals"]) for each in report["requests"])


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_and_exit_code_belong_together(make: Make, verdict: Verdict) -> None:
    data = data_of(make.report(make.judgement(verdict)))
    assert data["verdict"] == verdict
    assert data["exitCode"] == verdict.exit_code
    assert data["summary"]["requests"][verdict] == 1


def test_language_width_and_colour_do_not_matter(sample: Report) -> None:
    assert written(sample, ReaderView("zh", 40, colour=True, verbose=True)) == written(sample)


def test_it_is_written_one_request_a_line(sample: Report) -> None:
    pieces = list(render(sample, VIEW))
    requests = [line for line in "".join(pieces).split("\n") if line.startswith("    {")]
    assert [json.loads(line.rstrip(","))["path"] for line in requests] == [
        each.path for each in sample.judgements
    ]
    assert len(pieces) > len(sample.judgements)


def test_a_report_without_requests_is_whole(make: Make) -> None:
    assert data_of(make.report())["requests"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("上线", '"上线"', id="chinese stays readable"),
        pytest.param("\x1b[2K", r'"\u001b[2K"', id="escape sequence"),
        pytest.param("\x7f\x85\x9b", r'"\u007f\u0085\u009b"', id="delete and C1"),
        pytest.param(
            "\u202e\u200b\u2028", r'"\u202e\u200b\u2028"', id="bidi, zero width, separator"
        ),
        pytest.param("\U000e0041", r'"\udb40\udc41"', id="beyond the basic plane"),
        pytest.param("\ud800", r'"\ud800"', id="half a surrogate pair"),
        pytest.param("##[error]", r'"#\u0023[error]"', id="workflow command"),
        pytest.param("##vso[task.x]", r'"#\u0023vso[task.x]"', id="command of another runner"),
        pytest.param("##VSO[", r'"#\u0023VSO["', id="in capitals"),
        pytest.param("\\##[", r'"\\#\u0023["', id="behind a backslash"),
    ],
)
def test_what_would_act_is_written_as_an_escape(text: str, expected: str) -> None:
    assert encode(text) == expected
    assert json.loads(encode(text)) == text


@settings(deadline=None)
@given(st.data())
def test_nothing_in_it_acts_on_a_terminal_or_a_runner(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    shown = written(data.draw(hostile_reports))
    kinds = {unicodedata.category(each) for each in shown.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "##[" not in shown
    assert "##vso[" not in shown.lower()
    assert all(re.match(r" *[{}\[\]\"]", line) for line in shown.splitlines())


@given(st.text() | st.text(st.sampled_from('#[\\"\x1b\ud800\udc00中\U000e0041')))
def test_a_parser_gives_back_what_was_put_in(text: str) -> None:
    halves_joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(encode(text)) == halves_joined


@pytest.mark.parametrize("hostile", ["\u202egpj.exe", "##[error]x", "\x9b2J", "\u200b"])
def test_indented_json_hides_nothing_and_commands_nobody(hostile: str) -> None:
    document = {"title": hostile, "lines": [f"上线 {hostile}"]}
    written = encode_indented(document)
    assert hostile not in written
    assert json.loads(written) == document


def test_indented_json_of_ordinary_text_is_as_python_writes_it() -> None:
    document = {"title": "上线“一”", "items": [{"a": 1}, []], "none": None}
    assert encode_indented(document) == json.dumps(document, ensure_ascii=False, indent=2)


NOT_FOR_READERS = {
    "launchpolicy/cli/generate.py",  # generated files of this repository
    "launchpolicy/cli/github.py",  # the record of approvals, a file for `check --approvals`
    "launchpolicy/cli/policy/mutate.py",  # figures, a file of our own
    "launchpolicy/cli/policy/show.py",  # a value in text, which is escaped as text
    "launchpolicy/cli/schema_verify.py",  # compared, never written
    "launchpolicy/cli/schema.py",  # a schema, ours or of the repository's rules
    "launchpolicy/reporters/adoption/github.py",  # a value in a generated file
    "launchpolicy/reporters/explanation/values.py",  # a value in text, which is escaped as text
    "launchpolicy/reporters/json_encoding.py",
    "launchpolicy/reporters/ledger/site/launch_data.py",  # data of a page, with its own escaping
}


def test_every_json_for_readers_passes_the_escaping_function() -> None:
    root = Path(__file__).parents[2]
    folders = (root / "launchpolicy" / name for name in ("cli", "reporters"))
    plain = {
        str(path.relative_to(root))
        for folder in folders
        for path in folder.rglob("*.py")
        if "json.dumps(" in path.read_text("utf-8")
    }
    assert plain == NOT_FOR_READERS
