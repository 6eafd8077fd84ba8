"""Entries: canonical bytes that every reader reads alike, and that always fit."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.ledger.entry import Entry, EntryError, entry_of
from launchpolicy.ledger.landing_record import LandingRecord, landing_record_of
from launchpolicy.ledger.limits import shorten, shorten_lists
from launchpolicy.ledger.records import (
    BilingualText,
    EvidenceItem,
    InvolvedPerson,
    ProblemFact,
)
from launchpolicy.ledger.request_facts import (
    assessment_of,
    bilingual_text,
    people_of,
    problems_of,
)
from launchpolicy.ledger.tiles import LONGEST
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.requests.launch_request.texts import LocalisedText
from tests.ledger.views.ledgers import entry

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def sample(**more: Any) -> Entry:
    return entry("approved", "LR-1", "2026-11-01T00:00:00Z", **more)


@given(TEXTS, TEXTS, TEXTS)
def test_entries_are_written_as_the_specification_says(one: str, two: str, three: str) -> None:
    made = sample(title={"en": one, "zh": two}, people=({"person": three, "role": one},))
    data = made.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert made.source == rfc8785.dumps(data)
    assert entry_of(made.source) == made


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"stage":"requested"', '"stage":"closed","stage":"requested"'),
        lambda text: text.replace('"verdict":"pass"', '"verdict": "pass"'),
        lambda text: text.replace("{", '{"aaa":1,', 1),
        lambda text: text.replace('"kind"', '"kin\\u0064"'),
        lambda text: text + "\n",
        lambda text: text.replace('"LR-1"', "NaN", 1),
        lambda text: text.replace('"pass"', '"passed"'),
        lambda text: text[:-1],
        lambda text: text and "[]",
        lambda text: text[:0],
    ],
    ids=["twice", "space", "unknown", "escape", "line", "nan", "verdict", "cut", "list", "empty"],
)
def test_l3_what_readers_could_take_for_something_else_is_refused(change: Any) -> None:
    harmed = change(sample().source.decode())
    with pytest.raises(EntryError):
        entry_of(harmed.encode())


def test_l3_a_key_that_stands_twice_is_what_json_alone_would_accept() -> None:
    text = sample().source.decode()
    twice = text.replace('"stage":"requested"', '"stage":"closed","stage":"requested"')
    assert json.loads(twice)["stage"] == "requested"
    with pytest.raises(EntryError, match="canonical"):
        entry_of(twice.encode())


def test_an_entry_that_is_too_long_says_how_much_it_leaves_out() -> None:
    items = tuple(
        EvidenceItem(at="spec", path=f"{number}" * 100, kind="document", sha256="", found="")
        for number in range(1000)
    )
    people = (InvolvedPerson(person="li.wei", role="requester"),)
    whole = sample().model_copy(update={"evidence": items, "people": people})
    cut = shorten_lists(whole)
    assert len(cut.source) <= LONGEST
    assert len(cut.evidence) + cut.shortened == 1000
    assert cut.people == people
    assert shorten_lists(sample()) == sample()


def test_long_texts_are_cut_and_stay_different() -> None:
    one, two = shorten("x" * 600 + "a"), shorten("x" * 600 + "b")
    assert len(one) == len(two) <= 500
    assert one != two
    assert shorten("half \ud800 a pair") == "half ? a pair"


def test_texts_in_one_language_or_none() -> None:
    assert bilingual_text("only one") == BilingualText(en="only one", zh="only one")
    assert bilingual_text(LocalisedText({"zh": "只有中文"})) == BilingualText(
        en="只有中文", zh="只有中文"
    )
    assert bilingual_text(None) is None


@pytest.mark.parametrize(
    ("section", "fact"),
    [
        ({"impact": {"users": True}}, None),
        ({"impact": {"users": 12.0}}, None),
        ({"impact": {"users": 2**53}}, None),
        ({"impact": {"summary": {"en": 5}}}, None),
        ({"impact": {"assessedAt": "soon"}}, None),
        ({"rollback": "TODO"}, None),
        ({"impact": {"users": 12, "summary": {"en": "x", "zh": ["y"]}}}, ("x", "x", 12)),
    ],
)
def test_an_assessment_holds_only_what_can_be_read(
    section: dict[str, object], fact: tuple[str, str, int] | None
) -> None:
    assessment = assessment_of(launch_request_of({"spec": section}))

    if fact is None:
        assert assessment is None
    else:
        assert assessment is not None
        assert assessment.impact is not None
        assert (assessment.impact.en, assessment.impact.zh, assessment.users) == fact


def test_every_problem_is_a_fact_whatever_is_written_of_it() -> None:
    request = launch_request_of({"status": {"problems": [5, {"name": "late", "at": "soon"}]}})

    assert problems_of(request) == (ProblemFact(name=""), ProblemFact(name="late"))


def test_people_of_data_of_any_shape() -> None:
    odd = {"spec": {"people": {"requester": 7, "testers": "x"}, "testing": {"reports": [1, "a"]}}}
    assert [(each.person, each.role) for each in people_of(odd, {})] == [("x", "tester")]


def test_a_record_is_read_strictly() -> None:
    record = LandingRecord(format="launchpolicy/landing-record/v1", commit="a" * 40)
    assert landing_record_of(record.source) == record
    for harmed in (record.source + b" ", b"{}", record.source.replace(b"a" * 40, b"A" * 40)):
        with pytest.raises(EntryError):
            landing_record_of(harmed)


def test_a_copy_with_other_values_has_bytes_of_its_own() -> None:
    made = sample()
    before = made.source
    other = made.model_copy(update={"branch": "main"})
    assert b'"branch":"main"' in other.source
    assert made.source == before
    assert entry_of(other.source) == other
