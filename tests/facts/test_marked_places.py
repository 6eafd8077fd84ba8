"""Persons and texts of a request are found where the schema marks them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.marked_places import marked_texts, marked_values, person_places, text_places
from launchpolicy.facts.people_named import people_named
from launchpolicy.facts.placeholders import placeholders
from launchpolicy.hosts import shipped_files
from launchpolicy.requests.directory import Deputy
from launchpolicy.vocabulary.place import format_route

SCHEMA = Schema(
    {
        "$defs": {
            "person": {"type": "string", "x-person": {}},
            "text": {
                "type": ["string", "object"],
                "x-text": "relied",
                "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
            },
            "check": {
                "properties": {
                    "name": {"type": "string"},
                    "by": {"$ref": "#/$defs/person"},
                    "how": {"$ref": "#/$defs/text"},
                    "remark": {"$ref": "#/$defs/text", "x-text": "free"},
                    "parts": {"type": "array", "items": {"$ref": "#/$defs/check"}},
                }
            },
        },
        "properties": {
            "asker": {"$ref": "#/$defs/person"},
            "team": {
                "type": "array",
                "items": {"$ref": "#/$defs/person"},
                "x-person": {"duties": ["team"]},
            },
            "checks": {
                "type": "array",
                "items": {"$ref": "#/$defs/check"},
                "x-people": {"by": {"duties": ["checker"], "apart": ["asker", "team", ".other"]}},
            },
            "either": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/check"}]},
            "status": {"properties": {"stage": {"type": "string"}}},
        },
    }
)
PEOPLE = {"known": True, "names": ["a", "b"], "roles": {}, "heads": {}, "department": {}}


def named(data: Any, old: Any = None) -> dict[str, str]:
    return {item["at"]: item["person"] for item in people_named(SCHEMA, data, old, PEOPLE)}


def test_persons_stand_in_keys_lists_and_branches() -> None:
    data = {"asker": "a", "team": ["b", "c"], "checks": [{"by": "d"}], "either": {"by": "e"}}
    assert named(data) == {
        "asker": "a",
        "team[0]": "b",
        "team[1]": "c",
        "checks[0].by": "d",
        "either.by": "e",
    }


def test_marks_of_a_section_hold_inside_it_only() -> None:
    duties = {
        item["at"]: item["duties"]
        for item in people_named(
            SCHEMA, {"team": ["a"], "checks": [{"by": "d"}], "either": {"by": "e"}}, None, PEOPLE
        )
    }
    assert duties == {"team[0]": ["team"], "checks[0].by": ["checker"], "either.by": []}


def test_it_is_said_whose_place_is_the_same() -> None:
    def same(data: Any) -> str:
        return str(people_named(SCHEMA, data, None, PEOPLE)[-1]["sameAs"])

    assert same({"asker": "a", "checks": [{"by": "a"}]}) == "asker"
    assert same({"team": ["b", "a"], "checks": [{"by": "a"}]}) == "team"
    assert same({"checks": [{"by": "a", "other": "a"}]}) == ".other"
    assert same({"asker": "b", "team": ["b"], "checks": [{"by": "a"}]}) == ""


def test_open_questions_are_no_persons() -> None:
    assert named({"asker": "TODO", "team": ["TODO: dba"]}) == {}


def test_without_a_directory_nobody_is_named() -> None:
    assert people_named(SCHEMA, {"asker": "a"}, None, {"known": False}) == []


def test_what_was_approved_is_not_judged_again_once_it_is_carried_out() -> None:
    old = {"asker": "a", "team": ["b"], "checks": [{"name": "x", "by": "d"}, {"name": "y"}]}
    new = {
        "asker": "a",
        "team": ["c", "b"],
        "checks": [{"name": "y", "by": "d"}, {"name": "x", "by": "d"}],
        "status": {"stage": "launched"},
    }
    assert named(new, old) == {"team[0]": "c", "checks[0].by": "d"}
    assert len(named({**new, "status": {"stage": "requested"}}, old)) == 5
    assert len(named(new)) == 5


def test_texts_are_found_in_both_languages_and_remarks_may_be_anything() -> None:
    data = {"checks": [{"how": {"en": "Ask.", "zh": "待定"}, "remark": "无"}, {"how": "x"}]}
    assert placeholders(data, marked_texts(SCHEMA, data, None)) == [
        {"at": "checks[0].how.zh", "text": "待定", "kind": "later"},
        {"at": "checks[1].how", "text": "x", "kind": "nothing"},
    ]
    assert placeholders(
        {"checks": [{"how": "By mail"}]},
        marked_texts(SCHEMA, {"checks": [{"how": "By mail"}]}, None),
        ["by mail!"],
    )


def test_every_person_and_every_text_of_a_launch_request_has_a_mark() -> None:
    schema = Schema(shipped_files.schema("LaunchRequest").data)
    data = {
        "spec": {
            "people": {"requester": "a", "developers": ["b"]},
            "rollback": {"impact": {"assessedBy": "c", "summary": "d"}},
            "backup": [{"none": {"reason": "e"}, "location": "f"}],
            "development": {"design": {"reviews": [{"by": ["g"], "remark": "h"}]}},
        },
        "status": {"rollback": {"impactAssessment": {"assessedBy": "i"}}},
    }

    def found(places: Any) -> dict[str, Any]:
        return {
            format_route(value.route): value.mark
            for value in marked_values(schema.derive(places), data, None)
        }

    persons, texts = found(person_places), found(text_places)
    assert len(persons) == 5
    assert persons["spec.people.developers[0]"] == {}
    assert persons["spec.rollback.impact.assessedBy"]["apart"][0] == "spec.rollback.owner"
    assert "status.rollback.by" in persons["status.rollback.impactAssessment.assessedBy"]["apart"]
    assert texts == {
        "spec.rollback.impact.summary": "relied",
        "spec.backup[0].none.reason": "relied",
        "spec.backup[0].location": "relied",
        "spec.development.design.reviews[0].remark": "free",
    }


AUTUMN = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize(("by", "at", "holds"), [
    ("deputy", "2026-11-20T10:00:00+08:00", ["rd-lead"]),
    ("deputy", "2026-12-20T10:00:00+08:00", []),
    ("other", "2026-11-20T10:00:00+08:00", []),
    ("lead", "2026-12-20T10:00:00+08:00", ["rd-lead"]),
])  # fmt: skip
def test_who_accepts_as_a_deputy_holds_the_role_for_that_time(
    by: str, at: str, holds: list[str]
) -> None:
    schema = shipped_files.schema("LaunchRequest").data
    people = {**PEOPLE, "names": ["lead", "deputy", "other"], "roles": {"rd-lead": ["lead"]}}
    accepted = {"by": by, "role": "rd-lead", "at": at}
    data = {"spec": {"acceptance": {"acceptedBy": [accepted]}, "people": {"executor": by}}}
    deputies = (Deputy("lead", "deputy", *AUTUMN),)

    named = people_named(schema, data, None, people, deputies)

    held = {item["at"]: item["holds"] for item in named}
    assert held["spec.acceptance.acceptedBy[0].by"] == holds
    assert held["spec.people.executor"] == (["rd-lead"] if by == "lead" else [])
