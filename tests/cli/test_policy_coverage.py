"""`launchpolicy policy test --coverage`: what no case has seen is named; nothing else counts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.engine.analysis.placed_coverage import PlacedCoverage
from launchpolicy.reporters.policy_coverage.lcov import as_lcov
from tests.cli.launch_repository import LaunchRepository

_PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: watched, action: deny}]}
"""
_REQUEST = """\
apiVersion: launchpolicy/v1
kind: LaunchRequest
metadata: {name: LR-2026-0001}
spec: {process: product-launch, watch: [{name: a, how: b}]}
status: {stage: requested}
"""


def _policy(*validations: str, spec: str = "") -> str:
    listed = "".join(
        f"    - expression: >-\n        {expression}\n      message: No.\n"
        for expression in validations
    )
    return (
        "apiVersion: launchpolicy/v1\nkind: Policy\nmetadata: {name: watched, title: Watched}\n"
        f"spec:\n  match: {{kinds: [LaunchRequest], stages: [requested]}}\n{spec}"
        f"  validations:\n{listed}  fix: Watch.\n"
    )


def _cases(*cases: str) -> str:
    listed = "".join(f"    - {case}\n" for case in cases)
    return (
        "apiVersion: launchpolicy/v1\nkind: PolicyTest\nmetadata: {name: watched}\n"
        f"spec:\n  object: cases/request.yaml\n  cases:\n{listed}"
    )


ONE = "{name: one, expect: passed}"
NONE = "{name: none, remove: [spec.watch], expect: failed}"
LATER = "{name: later, set: {status.stage: closed}, expect: not-applicable}"


class OwnPack:
    """A pack of one policy in a launch repository."""

    def __init__(self, repository: LaunchRepository) -> None:
        self.repository = repository
        self.folder = repository.folder / "policies/own"
        (self.folder / "cases").mkdir(parents=True)
        self.write("pack.yaml", _PACK)
        self.write("cases/request.yaml", _REQUEST)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def holds(self, policy: str, *cases: str) -> None:
        self.write("watched.yaml", policy)
        self.write("watched.test.yaml", _cases(*cases))

    def unseen(self, code: int = 0) -> set[tuple[str, str]]:
        """Return the text and the outcome of everything that no case has seen."""
        return {
            (point["text"], outcome)
            for point in self.points(code)
            for outcome, count in point["outcomes"].items()
            if not count
        }

    def points(self, code: int = 0) -> list[dict[str, Any]]:
        finished = self.repository.run(
            "policy", "test", "policies/own", "--coverage-format", "json"
        )
        assert finished.code == code, finished
        (policy,) = json.loads(finished.output)["policies"]
        assert policy["file"] == "policies/own/watched.yaml"
        return list(policy["points"])


@pytest.fixture
def own(repository: LaunchRepository) -> OwnPack:
    return OwnPack(repository)


def test_an_operand_behind_one_that_decides_already_is_not_seen(own: OwnPack) -> None:
    own.holds(
        _policy('has(object.spec.watch) && object.spec.watch[0].name != "x"'), ONE, NONE, LATER
    )
    assert own.unseen() == {('object.spec.watch[0].name != "x"', "false")}


def test_a_branch_of_a_conditional_that_is_never_taken_is_not_seen(own: OwnPack) -> None:
    condition = "size(object.spec.?watch.orValue([])) > 1"
    own.holds(_policy(f"{condition} ? false : has(object.spec.watch)"), ONE, NONE, LATER)
    assert own.unseen() == {(condition, "true")}


def test_what_a_macro_asks_of_each_element_is_seen_both_ways(own: OwnPack) -> None:
    own.holds(
        _policy('object.spec.?watch.orValue([]).exists(w, w.name == "a" || has(w.by))'),
        ONE,
        NONE,
        LATER,
    )
    assert own.unseen() == {
        ('w.name == "a" || has(w.by)', "false"),
        ('w.name == "a"', "false"),
        ("has(w.by)", "true"),
        ("has(w.by)", "false"),
    }


def test_a_case_that_does_not_come_out_has_seen_nothing(own: OwnPack) -> None:
    own.holds(_policy("has(object.spec.watch)"), ONE, NONE.replace("failed", "passed"), LATER)
    assert ("has(object.spec.watch)", "false") in own.unseen(code=1)


def test_a_stage_at_which_no_case_applies_is_named(own: OwnPack) -> None:
    policy = _policy("has(object.spec.watch)").replace("[requested]", "[requested, launched]")
    own.holds(policy, ONE, NONE, LATER)
    assert own.unseen() == {("launched", "applies")}


def test_no_case_at_another_stage_is_named(own: OwnPack) -> None:
    policy = _policy(
        "has(object.spec.watch)",
        spec="  matchConditions: [{name: c, expression: "
        "'object.metadata.name != \"LR-2026-0002\"'}]\n",
    )
    own.holds(
        policy,
        ONE,
        NONE,
        "{name: not meant, set: {metadata.name: LR-2026-0002}, expect: not-applicable}",
    )
    assert own.unseen() == {("stages", "other stage")}


def test_a_variable_counts_where_a_case_uses_it(own: OwnPack) -> None:
    variables = (
        "  variables:\n    - {name: named, expression: 'has(object.spec.watch) || "
        "has(object.spec.product)'}\n"
    )
    own.holds(_policy("variables.named", spec=variables), ONE, NONE, LATER)
    assert own.unseen() == {("has(object.spec.product)", "true")}


def test_a_list_that_never_has_several_items_is_named(own: OwnPack) -> None:
    policy = _policy('each.name != "c"').replace(
        "    - expression", "    - forEach: spec.watch\n      expression"
    )
    other = "{name: other, set: {spec.watch: [{name: c, how: d}]}, expect: failed}"
    empty = "{name: none, remove: [spec.watch], expect: passed}"
    own.holds(policy, ONE, other, empty, LATER)
    assert own.unseen() == {("spec.watch", "several")}


def test_a_message_that_is_never_given_is_named(own: OwnPack) -> None:
    policy = _policy("has(object.spec.watch)").replace(
        "message: No.", "message: No.\n      messageExpression: {en: 'object.spec.watch[0].name'}"
    )
    own.holds(policy, ONE, NONE, LATER)
    assert own.unseen() == {("messageExpression", "given")}


def test_each_part_of_a_quorum_is_seen_met_and_missing(own: OwnPack) -> None:
    policy = (
        "apiVersion: launchpolicy/v1\nkind: Policy\nmetadata: {name: watched, title: Watched}\n"
        "spec:\n  match: {kinds: [LaunchRequest]}\n  quorum:\n    all:\n      - role: qa\n"
        "      - {role: ops, when: 'has(object.spec.watch)'}\n  fix: Ask.\n"
    )
    people = "people: {known: true, names: [a, b], roles: {qa: [a], ops: [b]}}"
    own.holds(
        policy,
        f"{{name: both, facts: {{{people}, approvals: {{by: [a, b]}}}}, expect: passed}}",
        f"{{name: one, facts: {{{people}, approvals: {{by: [a]}}}}, expect: pending}}",
    )
    assert own.unseen() == {("qa", "missing"), ("has(object.spec.watch)", "false")}


def test_questions_about_files_are_seen_with_the_files_that_a_case_supposes(own: OwnPack) -> None:
    own.holds(
        _policy('files.exists("docs/a.md")'),
        "{name: there, files: {docs/a.md: Text.}, expect: passed}",
        "{name: not there, files: {}, expect: failed}",
        LATER,
    )
    assert own.unseen() == set()


def test_constants_are_no_outcomes(own: OwnPack) -> None:
    own.holds(_policy("true && has(object.spec.watch) || false"), ONE, NONE, LATER)
    assert own.unseen() == set()


@pytest.mark.parametrize(("floor", "code"), [("87.5", 0), ("87.6", 1), ("100", 1), ("0", 0)])
def test_a_floor_is_reached_or_not(own: OwnPack, floor: str, code: int) -> None:
    own.holds(_policy("has(object.spec.watch) || has(object.spec.product)"), ONE, NONE, LATER)
    finished = own.repository.run("policy", "test", "policies/own", "--coverage-floor", floor)
    assert finished.code == code, finished
    assert ("the cases see" in finished.complaint) is bool(code)
    assert "has(object.spec.product)" in finished.output


@pytest.mark.parametrize("floor", ["nan", "-1", "101", "95%", "inf"])
def test_a_floor_that_nothing_could_miss_is_refused(own: OwnPack, floor: str) -> None:
    own.holds(_policy("has(object.spec.watch) || has(object.spec.product)"), ONE, NONE, LATER)
    finished = own.repository.run("policy", "test", "policies/own", "--coverage-floor", floor)
    assert finished.code == 2, finished
    assert "--coverage-floor" in finished.complaint


def test_cases_that_fail_stay_failures_whatever_they_see(own: OwnPack) -> None:
    wrong = "{name: wrong, expect: failed}"
    own.holds(_policy("has(object.spec.watch)"), ONE, NONE, LATER, wrong)
    finished = own.repository.run("policy", "test", "policies/own", "--coverage-floor", "100")
    assert finished.code == 1
    assert finished.complaint == ""
    assert "own: 4 of 4 outcomes seen: 100.0 %" in finished.output


def test_a_place_leads_to_the_operand_in_the_file(own: OwnPack) -> None:
    own.holds(
        _policy('has(object.spec.watch)\n          && object.spec.watch[0].name != "x"'),
        ONE,
        NONE,
        LATER,
    )
    finished = own.repository.run("policy", "test", "policies/own", "--coverage")
    (line,) = (text for text in finished.output.splitlines() if "never false" in text)
    place = line.split(" ", 1)[0]
    path, row, column = place.split(":")
    source = (own.repository.folder / path).read_text("utf-8").splitlines()[int(row) - 1]
    assert source[int(column) - 1 :] == 'object.spec.watch[0].name != "x"'


def test_a_policy_cannot_mark_itself_as_seen(own: OwnPack) -> None:
    own.holds(_policy("mark(1, true) || has(object.spec.watch)"), ONE, NONE, LATER)
    finished = own.repository.run("policy", "test", "policies/own", "--coverage")
    assert finished.code == 2
    assert "there is no function `mark`" in finished.complaint


def _nested(levels: int) -> str:
    return "(has(object.spec.watch) && !" * levels + "false" + ")" * levels


def test_an_expression_that_nests_deeply_is_seen_in_each_of_its_levels(own: OwnPack) -> None:
    own.holds(_policy(_nested(11)), ONE, NONE, LATER)
    questions = [p["outcomes"] for p in own.points() if p["text"] == "has(object.spec.watch)"]
    assert questions == [{"true": 1, "false": 1}, *[{"true": 1, "false": 0}] * 10]
    assert all(any(point["outcomes"].values()) for point in own.points())


def test_an_expression_that_nests_too_deeply_is_named_with_its_place(own: OwnPack) -> None:
    own.holds(_policy(f"!{_nested(14)}"), ONE, NONE, LATER)
    assert "✗ one" not in own.repository.run("policy", "test", "policies/own").output
    finished = own.repository.run("policy", "test", "policies/own", "--coverage")
    assert finished.code == 2
    assert "policies/own/watched.yaml:4:1" in finished.complaint
    assert "nests too deeply" in finished.complaint


def test_the_page_shows_no_markup_of_a_policy(own: OwnPack) -> None:
    attack = '</code><script>alert(1)</script>" onmouseover="x'
    own.holds(
        _policy(f"object.metadata.name != '{attack}' || has(object.spec.watch)"),
        ONE,
        LATER,
    )
    file = own.repository.folder / "page.html"
    finished = own.repository.run(
        "policy",
        "test",
        "policies/own",
        "--coverage-format",
        "html",
        "--coverage-file",
        "page.html",
    )
    assert finished.code == 1  # no case fails
    page = file.read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert 'onmouseover="x' not in page.replace("&#34;", "")
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


def test_lcov_counts_what_the_points_count(own: OwnPack) -> None:
    own.holds(_policy("has(object.spec.watch) || has(object.spec.product)"), ONE, NONE, LATER)
    finished = own.repository.run("policy", "test", "policies/own", "--coverage-format", "lcov")
    lines = finished.output.splitlines()
    assert lines[:2] == ["TN:", "SF:policies/own/watched.yaml"]
    assert lines[-1] == "end_of_record"
    branches = [line.removeprefix("BRDA:").split(",") for line in lines if "BRDA" in line]
    counts = [count for point in own.points() for count in point["outcomes"].values()]
    assert [int(count) for _, _, _, count in branches] == counts
    assert f"BRF:{len(counts)}" in lines
    assert f"BRH:{sum(map(bool, counts))}" in lines


def test_a_line_of_lcov_cannot_be_forged_by_a_path() -> None:
    path = "policies/a\nDA:1,1\u2028.yaml"
    record = as_lcov([PlacedCoverage("a", "own", path, "", (), 0, 0)], "en")
    assert "SF:policies/a_DA:1,1_.yaml\n" in record
