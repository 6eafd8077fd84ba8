"""The findings as GitHub's annotations: at their place, the gravest first, harmless."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.hosts.forges.github.publishing import api_annotation
from launchpolicy.operations.check.annotations import annotations_of
from launchpolicy.vocabulary.finding import Action, Report
from launchpolicy.vocabulary.place import START
from launchpolicy.vocabulary.text import Language, Text
from tests.hosts.github.judged import PATH, SPANS, blocked, report, result

Json = Any


def _sent(judged: Report, language: Language, folder: str) -> list[Json]:
    """What GitHub is sent of a report."""
    return [api_annotation(each) for each in annotations_of(judged, language, folder)]


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "over the budget\n→ lower it"), ("zh", "超出预算\n→ 请调低")],
)
def test_a_finding_stands_at_its_place_with_what_to_do(language: Language, message: str) -> None:
    assert _sent(blocked(SPANS[1]), language, "") == [
        {
            "path": PATH,
            "start_line": 2,
            "end_line": 2,
            "start_column": 1,
            "end_column": 9,
            "annotation_level": "failure",
            "title": "budget",
            "message": message,
        }
    ]


def test_a_finding_on_several_lines_has_no_columns() -> None:
    (annotation,) = _sent(blocked(SPANS[2]), "en", "")
    assert (annotation["start_line"], annotation["end_line"]) == (3, 5)
    assert not {"start_column", "end_column"} & set(annotation)


def test_a_repository_in_a_folder_is_annotated_there() -> None:
    (annotation,) = _sent(blocked(START), "en", "launch repository/")
    assert annotation["path"] == f"launch repository/{PATH}"


def test_the_gravest_come_first_and_of_too_many_the_rest_is_left_off() -> None:
    many = report(
        result(Action.AUDIT, *[START] * 300),
        result(Action.WARN, *[START] * 300),
        result(Action.DENY, *[START] * 100),
    )
    levels = [each["annotation_level"] for each in _sent(many, "en", "")]
    assert levels == ["failure"] * 100 + ["warning"] * 300 + ["notice"] * 100


def test_what_is_longer_than_github_takes_is_cut() -> None:
    endless = result(Action.DENY, START, policy="p" * 300, message=Text("长" * 70_000, "长"))
    (annotation,) = _sent(report(endless), "en", "")
    assert len(annotation["title"]) <= 255
    assert len(annotation["message"].encode()) <= 64 * 1024


def test_what_would_steer_a_terminal_is_shown_as_text() -> None:
    hostile = Text("\x1b[2J\u202egood", "好")
    (annotation,) = _sent(report(result(Action.DENY, START, message=hostile)), "en", "")
    assert "\x1b" not in annotation["message"]
    assert "\u202e" not in annotation["message"]
