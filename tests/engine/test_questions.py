"""Open questions (`TODO`): never a pass, never malformed, and nothing else is hidden for long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.open_questions import is_unanswered, unanswered_routes
from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.questions import Questions
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import expect_approvals_later, submission_of
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import UNANSWERED, Judgement, Outcome, Verdict
from launchpolicy.vocabulary.place import Route
from tests.examples.catalogue import EXAMPLES, NOW_INSTANT, PROCESSES
from tests.extent import share_of

REQUEST = "launches/LR-2026-0042/request.yaml"
TODO = "TODO: ask finance"


@cache
def rules_of(process: str) -> tuple[WorkTreeSnapshot, PackSet]:
    snapshot = WorkTreeSnapshot((EXAMPLES / process).resolve())
    return snapshot, load_rules(snapshot)


def judged(source: str, process: str = "product-launch", path: str = REQUEST) -> Judgement:
    """The judgement of a request in place of the example's, with everything it refers to."""
    snapshot, rules = rules_of(process)
    submission = submission_of("LaunchRequest", path, source.encode())
    [with_its_facts] = add_facts(
        expect_approvals_later([submission]), rules, (snapshot, snapshot), NOW_INSTANT
    )
    return judge(with_its_facts, rules, NOW_INSTANT)


def data_of(file: Path) -> Any:
    document = read(str(file), file.read_bytes())
    assert isinstance(document, Document)
    return document.data


def written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def base() -> Any:
    return data_of(EXAMPLES / "product-launch" / REQUEST)


def routes_in(data: Any, route: Route = ()) -> Iterator[Route]:
    if route:
        yield route
    items: Any = data.items() if isinstance(data, dict) else ()
    for key, value in enumerate(data) if isinstance(data, list) else items:
        yield from routes_in(value, (*route, key))


def with_value(data: Any, route: Route, value: Any) -> Any:
    if not route:
        return value
    if isinstance(data, dict):
        return {**data, route[0]: with_value(data[route[0]], route[1:], value)}
    assert isinstance(data, list)
    return [
        with_value(item, route[1:], value) if index == route[0] else item
        for index, item in enumerate(data)
    ]


def failures(judgement: Judgement) -> list[str]:
    """The policies that complain; a request that is not new would start at a later stage."""
    return [
        result.policy
        for result in judgement.results
        if result.outcome in {Outcome.FAILED, Outcome.ERROR}
        and result.policy != "stage-follows-the-arrows"
    ]


@pytest.mark.parametrize("process", PROCESSES)
def test_a_question_in_place_of_any_value_blocks_and_is_the_only_finding(process: str) -> None:
    """The longest request of each process, with each of its values in turn left open."""
    files = (EXAMPLES / process / "launches").glob("*/request.yaml")
    file = max(files, key=lambda file: file.stat().st_size)
    path = str(file.relative_to(EXAMPLES / process))
    data = data_of(file)
    routes = list(routes_in(data))
    for route in share_of(routes[:: len(routes) // 30 + 1], 8):
        judgement = judged(written(with_value(data, route, TODO)), process, path)
        assert judgement.verdict is Verdict.BLOCKED, route
        assert [finding.rule for finding in judgement.refusals] == [UNANSWERED], route
        assert judgement.refusals[0].place.route == route
        assert failures(judgement) == [], route


def test_every_open_question_is_a_finding_of_its_own_however_many() -> None:
    data = base()
    steps = [{"name": f"s{number}", "by": "zhao.min", "takes": "TODO"} for number in range(120)]
    judgement = judged(written(with_value(data, ("spec", "steps"), steps)))
    assert judgement.verdict is Verdict.BLOCKED
    assert len(judgement.refusals) == 120
    assert {finding.rule for finding in judgement.refusals} == {UNANSWERED}


@pytest.mark.parametrize(
    "value",
    [
        *("TODO", "TODO:", "TODO: by Friday", "TODO：周五前", "TODO:x"),
        *("TODO ", " TODO", "TODO\n", "TODO\nask Li Wei\n", "TODO\u00a0", "\u3000TODO", "TODO\t"),
        *("TODO : ask", "TODO.", "TODO?", "TODO… later", "TODO∶ask"),
    ],
)
def test_what_is_an_open_question(value: str) -> None:
    assert is_unanswered(value)
    title = with_value(base(), ("metadata", "title"), value)
    assert judged(written(title)).verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    "value", ["TODO list 2.0", "TODO.md", "TODO-app", "todo", "METODO", "", 0, None, ["TODO"]]
)
def test_what_is_none(value: object) -> None:
    assert not is_unanswered(value)


def test_a_question_written_with_an_escape_is_seen_all_the_same() -> None:
    text = written(with_value(base(), ("metadata", "title"), "@")).replace('"@"', r'"\x54ODO"')
    assert "TODO" not in text
    judgement = judged(text)
    assert judgement.verdict is Verdict.BLOCKED
    assert [finding.place.route for finding in judgement.refusals] == [("metadata", "title")]


def test_a_missing_field_is_reported_beside_an_open_question() -> None:
    data = with_value(base(), ("spec", "rollback", "impact", "summary"), "TODO")
    del data["spec"]["rollback"]["impact"]["users"]
    judgement = judged(written(data))
    assert [finding.rule for finding in judgement.refusals] == [UNANSWERED]
    [result] = [each for each in judgement.results if each.outcome is Outcome.FAILED]
    assert result.policy == "rollback-impact-assessed"
    assert [finding.place.missing for finding in result.findings] == [("users",)]


def test_a_wrong_value_is_reported_beside_an_open_question_elsewhere() -> None:
    data = with_value(base(), ("metadata", "title"), "TODO")
    data = with_value(data, ("spec", "acceptance", "checks", 0, "result"), "rejected")
    assert failures(judged(written(data))) == ["acceptance-checks-accepted"]


def test_a_value_that_is_compared_with_an_open_question_waits() -> None:
    late = with_value(
        base(), ("spec", "rollback", "impact", "assessedAt"), "2026-11-25T09:00:00+08:00"
    )
    data = with_value(late, ("spec", "window"), "TODO")
    judgement = judged(written(data))
    assert failures(judgement) == []
    waiting = [each for each in judgement.results if each.policy == "rollback-impact-assessed"]
    assert [each.outcome for each in waiting] == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("route", "value", "rule"),
    [
        (("spec", "window", "end"), "tomorrow", "schema/bad-format"),
        (("spec", "rolback"), "TODO", "schema/unknown-key"),
        (("spec", "rolback"), {"owner": "TODO"}, "schema/unknown-key"),
    ],
)
def test_a_question_excuses_no_other_mistake_of_form(
    route: Route, value: object, rule: str
) -> None:
    data = with_value(base(), ("spec", "window", "start"), "TODO")
    data["spec"].setdefault("rolback", "") if route[-1] == "rolback" else None
    judgement = judged(written(with_value(data, route, value)))
    assert judgement.verdict is Verdict.REJECTED
    assert rule in {finding.rule for finding in judgement.refusals}


def test_a_process_that_is_not_answered_is_a_question_and_not_unknown() -> None:
    judgement = judged(written(with_value(base(), ("spec", "process"), "TODO")))
    assert judgement.verdict is Verdict.BLOCKED
    assert [finding.rule for finding in judgement.refusals] == [UNANSWERED]


def test_of_a_kind_without_questions_todo_is_a_text_like_any_other() -> None:
    _, rules = rules_of("product-launch")
    assert [name for name, kind in rules.kinds.items() if kind.has_questions] == ["LaunchRequest"]


def test_the_routes_are_those_of_the_file_in_its_order() -> None:
    document = read("x.yaml", b"b: TODO\na: [x, 'TODO: y', {c: TODO}]\n")
    assert isinstance(document, Document)
    assert unanswered_routes(document) == (("b",), ("a", 1), ("a", 2, "c"))


def test_a_question_concerns_what_stands_at_above_and_below_it() -> None:
    questions = Questions((("spec", "steps", 0, "by"),))
    assert questions.concern(("spec", "steps"))
    assert questions.concern(("spec", "steps", 3, "by", "name"))
    assert not questions.concern(("spec", "steps", 0, "takes"))


def test_what_is_missing_only_under_one_answer_waits_for_it() -> None:
    """Of a launch that is not standard, a leader approves the quality form."""
    requests = sorted((EXAMPLES / "governed-launch" / "launches").glob("*/request.yaml"))
    path = next(file for file in requests if "approvedBy" in file.read_text("utf-8"))
    data = with_value(data_of(path), ("spec", "risk"), "TODO")
    del data["spec"]["qualityForm"]["approvedBy"]
    name = str(path.relative_to(EXAMPLES / "governed-launch"))
    assert failures(judged(written(data), "governed-launch", name)) == []


def test_a_note_without_quotes_says_to_put_it_into_quotes() -> None:
    refusal = read(REQUEST, b"spec:\n  risk: TODO: ask finance\n")
    assert not isinstance(refusal, Document)
    assert refusal.findings[0].place.span.start.line == 2
    assert '"TODO: ask finance"' in refusal.findings[0].fix.en


@pytest.mark.parametrize("style", ["|", ">", "|+", "|-", ">-"])
def test_a_question_in_a_block_scalar_is_seen(style: str) -> None:
    text = (EXAMPLES / "product-launch" / REQUEST).read_text("utf-8")
    lines = text.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("  summary:"))
    lines[at] = f"  summary: {style}\n    TODO\n"
    judgement = judged("".join(lines))
    assert judgement.verdict is Verdict.BLOCKED
    assert [finding.place.route for finding in judgement.refusals] == [("spec", "summary")]
