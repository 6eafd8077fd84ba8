"""The verdict on the pull request: success for a pass alone, and said last."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import (
    Annotation,
    AnnotationLevel,
    CheckContent,
    PullRequestEvent,
)
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.publishing import (
    MARKER,
    check_name,
    comment,
    finish,
    start,
    withdraw,
)
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.place import Position, Span
from launchpolicy.vocabulary.text import Text
from tests.hosts.github import said
from tests.hosts.github.stub import Answer, Fault, Reset, Stub

Json = Any

RUN = 501
PATH = "launches/LR-1/request.yaml"


def _annotations(count: int) -> list[Annotation]:
    lines = (Span(Position(line, 3), Position(line, 9)) for line in range(1, count + 1))
    return [Annotation(PATH, span, AnnotationLevel.ERROR, "budget", "no") for span in lines]


def _sent(count: int) -> list[Json]:
    """The same as GitHub takes them."""
    return [
        {
            "path": PATH,
            "start_line": line,
            "end_line": line,
            "start_column": 3,
            "end_column": 9,
            "annotation_level": "failure",
            "title": "budget",
            "message": "no",
        }
        for line in range(1, count + 1)
    ]


def _shown(
    verdict: Verdict = Verdict.PASS, annotations: int = 0, summary: str = "text"
) -> CheckContent:
    return CheckContent(verdict, "title", summary, _annotations(annotations))


def _written(text: str, login: str = "github-actions[bot]", number: int = 1) -> Json:
    return {"id": number, "user": {"login": login}, "body": f"{MARKER}\n{text}"}


def test_the_check_begins_on_the_head_under_the_name_of_the_base(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    assert start(client, dataclasses.replace(event, base_ref="release/9")) == RUN
    (call,) = stub.calls
    assert (call.verb, call.path) == ("POST", "/repos/acme/launches/check-runs")
    assert call.body == {
        "name": "launchpolicy (release/9)",
        "head_sha": said.HEAD,
        "status": "in_progress",
    }


def test_a_check_that_was_earned_for_another_branch_is_another_check(
    event: PullRequestEvent,
) -> None:
    retargeted = dataclasses.replace(event, base_ref="scratch")
    assert check_name(event) != check_name(retargeted)


@pytest.mark.parametrize("wrong", [Answer(403), Answer(200, b"{}"), Answer(500)])
def test_a_check_that_does_not_begin_is_undecided(
    wrong: Answer, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.faults.append(Fault("check-run", wrong))
    with pytest.raises(UndecidedError, match="the check run"):
        start(client, event)


def test_passes_of_earlier_runs_are_withdrawn(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    conclusions = ["success", "failure", None, "success"]
    stub.earlier_checks = [
        {"id": number, "status": "completed", "conclusion": conclusion}
        for number, conclusion in enumerate(conclusions, 600)
    ]
    withdraw(client, event)
    (asked,) = stub.asked("earlier-checks")
    assert asked.path.startswith(f"/repos/acme/launches/commits/{said.HEAD}/check-runs?")
    assert "check_name=launchpolicy%20%28main%29" in asked.path
    changed = stub.asked("check-run")
    assert [call.path.rpartition("/")[2] for call in changed] == ["600", "603"]
    assert {call.body["conclusion"] for call in changed} == {"failure"}


@pytest.mark.parametrize("what", ["earlier-checks", "check-run"])
@pytest.mark.parametrize("wrong", [Answer(403), Answer(200, b"[]"), Answer(200, b"{}")])
def test_what_cannot_be_withdrawn_is_left(
    what: str, wrong: Answer, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.earlier_checks = [{"id": 600, "status": "completed", "conclusion": "success"}]
    stub.faults.append(Fault(what, wrong))
    withdraw(client, event)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_a_pass_is_success(
    verdict: Verdict, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    finish(client, event, RUN, _shown(verdict))
    concluded = stub.calls[-1].body
    assert concluded["status"] == "completed"
    assert concluded["conclusion"] == ("success" if verdict is Verdict.PASS else "failure")


def test_annotations_go_in_fifties_and_the_conclusion_last(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    finish(client, event, RUN, _shown(annotations=120))
    sent = [call.body["output"].get("annotations", []) for call in stub.calls]
    assert [len(batch) for batch in sent] == [50, 50, 20, 0]
    assert [line for batch in sent for line in batch] == _sent(120)
    assert ["conclusion" in call.body for call in stub.calls] == [False, False, False, True]
    assert {(call.verb, call.path) for call in stub.calls} == {
        ("PATCH", f"/repos/acme/launches/check-runs/{RUN}")
    }


def test_annotations_that_may_not_be_written_leave_the_check_open(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.faults.append(Fault("check-run", Answer(403), after=1))
    with pytest.raises(UndecidedError):
        finish(client, event, RUN, _shown(annotations=120))
    assert ["conclusion" in call.body for call in stub.calls] == [False, False]


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.BLOCKED])
@pytest.mark.parametrize(("good", "refused"), [(0, 1), (1, 1), (1, 2), (0, 3), (1, 3)])
def test_what_github_cannot_show_never_leaves_the_check_open(
    good: int, refused: int, verdict: Verdict, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.faults.append(Fault("check-run", Answer(422), after=good, times=refused))
    finish(client, event, RUN, _shown(verdict, annotations=60))
    last = stub.calls[-1].body
    assert last["status"] == "completed"
    assert last["conclusion"] == ("success" if verdict is Verdict.PASS else "failure")


def test_a_check_of_which_github_takes_nothing_is_no_pass(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.faults.append(Fault("check-run", Answer(422)))
    with pytest.raises(UndecidedError):
        finish(client, event, RUN, _shown())
    assert len(stub.calls) == 3


LONG = {"Chinese": "长" * 40_000, "emoji": "🚀" * 40_000, "English": "x" * 140_000}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_whatever_is_sent_is_cut_by_bytes(
    text: str, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    span = Span(Position(1, 1), Position(1, 2))
    remark = Annotation(PATH, span, AnnotationLevel.ERROR, text, text)
    finish(client, event, RUN, CheckContent(Verdict.BLOCKED, text, text, [remark]))
    for call in stub.calls:
        assert len(call.body["output"]["summary"].encode()) <= 65_535
        assert len(call.body["output"]["title"].encode()) <= 255
    (shown,) = stub.calls[0].body["output"]["annotations"]
    assert len(shown["title"].encode()) <= 255
    assert len(shown["message"].encode()) <= 64 * 1024
    assert comment(client, event, 7, text) is None
    assert len(stub.comments[0]["body"].encode()) <= 65_536
    assert stub.comments[0]["body"].endswith("…")


UNTAKEN: dict[str, Answer | Reset] = {
    "refused": Answer(403),
    "not answered": Reset(),
    "answered with nothing": Answer(200, b"{}"),
    "answered with null": Answer(200, b'{"conclusion": null}'),
    "answered with another": Answer(200, b'{"conclusion": "neutral"}'),
    "answered with a page": Answer(200, b"<html>"),
}


@pytest.mark.parametrize("wrong", UNTAKEN.values(), ids=UNTAKEN.keys())
def test_a_conclusion_that_is(
    wrong: Answer | Reset, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.faults.append(Fault("check-run", wrong))
    with pytest.raises(UndecidedError) as raised:
        finish(client, event, RUN, _shown())
    assert raised.value.remedy.en
    assert raised.value.remedy.zh


def test_what_is_longer_than_github_takes_is_cut(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    finish(client, event, RUN, CheckContent(Verdict.PASS, "t" * 1_000, "长" * 100_000))
    comment(client, event, 7, "长" * 100_000)
    output = stub.asked("check-run")[0].body["output"]
    assert len(output["title"]) <= 255
    assert len(output["summary"]) <= 65_535
    assert len(stub.comments[0]["body"]) <= 65_536
    assert output["summary"].endswith("…")


def test_the_first_comment_is_made(stub: Stub, client: Client, event: PullRequestEvent) -> None:
    assert comment(client, event, 7, "blocked") is None
    assert [each["body"] for each in stub.comments] == [f"{MARKER}\nblocked"]


def test_the_comment_is_changed_where_it_stands(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.comments = [_written("blocked")]
    assert comment(client, event, 7, "pass") is None
    assert stub.comments == [_written("pass")]


def test_a_comment_that_says_the_same_is_left_alone(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.comments = [_written("pass")]
    assert comment(client, event, 7, "pass") is None
    assert [call.verb for call in stub.asked("comments")] == ["GET"]


def test_of_two_comments_of_ours_one_goes(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    others = [{"id": number, "user": None, "body": None} for number in range(100, 205)]
    stub.comments = [_written("blocked"), *others, _written("blocked", number=300)]
    assert comment(client, event, 7, "pass") is None
    assert stub.comments == [_written("pass"), *others]


@pytest.mark.parametrize("viewer", ["launchpolicy-acme", "launchpolicy-acme[bot]"])
def test_an_app_knows_its_comment(
    viewer: str, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.viewer = viewer
    stub.comments = [_written("blocked", "launchpolicy-acme[bot]")]
    assert comment(client, event, 7, "pass") is None
    assert stub.comments == [_written("pass", "launchpolicy-acme[bot]")]


STRANGERS = {
    "somebody with our marker": _written("pass", "mallory"),
    "somebody with the login of the app": _written("pass", "github-actions"),
    "a deleted account with our marker": {**_written("pass"), "user": None},
    "ourselves without the marker": {**_written("pass"), "body": "pass"},
    "ourselves with the marker further down": {**_written("pass"), "body": f"> {MARKER}"},
}


@pytest.mark.parametrize("foreign", STRANGERS.values(), ids=STRANGERS.keys())
def test_a_comment_is_left_alone_that_is_of(
    foreign: Json, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.comments = [dict(foreign)]
    assert comment(client, event, 7, "blocked") is None
    assert stub.comments[0] == foreign
    assert stub.comments[1]["body"] == f"{MARKER}\nblocked"


FAILING = {
    "who we are is not said": Fault("viewer", Answer(403)),
    "we are nobody": Fault("viewer", lambda _: {"data": {"viewer": None}}),
    "the comments are not given": Fault("comments", Answer(500)),
    "the comments are no list": Fault("comments", lambda _: {}),
    "a comment is null": Fault("comments", lambda _: [None]),
    "a comment has no number": Fault("comments", lambda _: [{**_written("x"), "id": None}]),
    "a comment has a number that is a path": Fault(
        "comments", lambda _: [{**_written("x"), "id": "../../pulls/7"}]
    ),
    "it may not be changed": Fault("comments", Answer(403), after=1),
}


@pytest.mark.parametrize("fault", FAILING.values(), ids=FAILING.keys())
def test_failing_to_comment_is_told_and_changes_nothing(
    fault: Fault, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.comments = [_written("blocked")]
    stub.faults.append(dataclasses.replace(fault))
    told = comment(client, event, 7, "pass")
    assert isinstance(told, Text)
    assert told.en.startswith("The comment could not be written: ")
    assert told.zh
    assert stub.comments == [_written("blocked")]
