from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.validator import validator_of
from launchpolicy.engine.amendments import amend
from launchpolicy.requests.launch_request.fields import RequestSection
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.requests.launch_request.schema import launch_request_schema

DATA = Path(__file__).parent / "data"
FILES = ["complete.yaml", "none-said.yaml", "rolled-back.yaml"]
SCHEMA: Any = launch_request_schema()
FAST = compile_schema(SCHEMA)
EXPLAINING = validator_of(SCHEMA)


def _data(name: str) -> dict[str, Any]:
    document = read(name, (DATA / name).read_bytes())
    assert isinstance(document, Document)
    assert isinstance(document.data, dict)
    return document.data


COMPLETE = _data("complete.yaml")


def _accepts(data: object) -> bool:
    accepted = FAST(data)
    assert (not any(EXPLAINING.iter_errors(data))) is accepted
    return accepted


@pytest.mark.parametrize("name", FILES)
def test_a_real_request_is_accepted(name: str) -> None:
    assert _accepts(_data(name))


def test_the_least_that_is_a_launch_request() -> None:
    least = {
        "apiVersion": "launchpolicy/v1",
        "kind": "LaunchRequest",
        "metadata": {"name": "LR-1"},
        "spec": {"process": "product-launch"},
        "status": {"stage": "requested"},
    }

    assert _accepts(least)
    for key in least:
        assert not _accepts({name: value for name, value in least.items() if name != key})
    for route in ("metadata.name", "spec.process", "status.stage"):
        assert not _accepts(amend(least, {}, [route]))


def _used(schema: Any, data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Which keys of which definitions `data` uses, as (definition, key)."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        schema = SCHEMA["$defs"][name]
    if isinstance(data, list):
        for each in data:
            yield from _used(schema["items"], each)
    elif isinstance(data, dict) and "properties" in schema:
        for key, value in data.items():
            yield name, key
            yield from _used(schema["properties"][key], value)


def test_the_examples_use_every_key_that_there_is() -> None:
    used = {pair for name in FILES for pair in _used(SCHEMA, _data(name))}
    defined = {
        (name, key)
        for name, schema in [("", SCHEMA), *SCHEMA["$defs"].items()]
        for key in schema.get("properties", {})
    }

    assert used == defined


def test_values_are_read_as_they_are_written() -> None:
    request = launch_request_of(COMPLETE)

    assert request.spec.window is not None
    assert request.spec.window.start == "2026-12-01T22:00:00+08:00"
    assert request.spec.rollback is not None
    assert request.spec.rollback.decide_within == "30m"
    assert request.spec.people is not None
    assert request.spec.people.testers == ("sun.yu", "luo.xin")
    assert request.spec.handover is not None
    assert request.spec.handover.from_ == COMPLETE["spec"]["handover"]["from"]
    assert request.status.rollback is None


@pytest.mark.parametrize("data", [None, [], "TODO", {}, {"spec": "TODO", "status": ["x"]}])
def test_a_request_in_which_nothing_is_written_has_its_three_sections(data: object) -> None:
    request = launch_request_of(data)

    assert request.metadata.name is None
    assert request.spec.window is None
    assert request.status.stage is None


def test_a_value_of_another_shape_is_not_read() -> None:
    request = launch_request_of(
        {
            "metadata": {"name": 7, "title": {"en": 5}, "labels": {"team": "payments", "x": 1}},
            "spec": {
                "product": "checkout",
                "summary": {},
                "impact": {"users": True},
                "people": {"testers": ["sun.yu", 5, {"by": "x"}], "developers": "li.wei"},
                "steps": {"drain": {}},
            },
            "status": {"problems": ["slow", {"name": "late"}]},
        }
    )

    assert request.metadata.name is None
    assert request.metadata.title is None
    assert request.metadata.labels == {"team": "payments"}
    assert request.spec.product is None
    assert request.spec.summary is None
    assert request.spec.impact is not None
    assert request.spec.impact.users is None
    assert request.spec.people is not None
    assert request.spec.people.testers == ("sun.yu",)
    assert request.spec.people.developers is None
    assert request.spec.steps is None
    assert [problem.name for problem in request.status.problems or ()] == [None, "late"]


def _sections(section: type[RequestSection]) -> Iterator[type[RequestSection]]:
    yield section
    for each in section.__subclasses__():
        yield from _sections(each)


def test_types_admit_that_every_value_may_be_missing() -> None:
    never_none = [
        f"{section.__name__}.{name}"
        for section in _sections(RequestSection)
        for name, annotation in get_type_hints(section, include_extras=True).items()
        if name in {field.attribute for field in vars(section).get("fields", {}).values()}
        and type(None) not in get_args(annotation)
    ]

    assert never_none == [f"LaunchRequest.{name}" for name in ("metadata", "spec", "status")]


def test_no_key_hides_what_every_section_has() -> None:
    own = {name for name in dir(RequestSection({})) if not name.startswith("__")}
    own |= RequestSection.__annotations__.keys()
    declared = {
        field.attribute
        for section in _sections(RequestSection)
        for field in vars(section).get("fields", {}).values()
    }

    assert own == {"data", "explanation", "fields"}
    assert own & declared == set()


def test_a_request_cannot_be_changed_once_read() -> None:
    request = launch_request_of(COMPLETE)

    with pytest.raises(AttributeError, match="cannot be changed"):
        request.spec.process = "other"


def test_reading_a_request_takes_no_library() -> None:
    code = (
        "import sys; from launchpolicy.requests.launch_request.request import launch_request_of;"
        "launch_request_of({}); print('pydantic' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


ATTACKS: dict[str, dict[str, Any]] = {
    "unknown key": {"spec.approved": True},
    "misspelt key": {"spec.rollback.ownr": "zhao.min"},
    "snake_case key": {"spec.depends_on": ["LR-2026-0040"]},
    "attribute name of a key": {"spec.handover.from_": "developers"},
    "another version of the format": {"apiVersion": "launchpolicy/v2"},
    "another kind": {"kind": "Policy"},
    "a word for true": {"spec.meeting.attendees[0].attended": "yes"},
    "one for true": {"spec.meeting.attendees[0].attended": 1},
    "a number for a text": {"spec.product.version": 3.2},
    "true for a text": {"spec.summary": True},
    "true for a number": {"spec.impact.users": True},
    "a text for a number": {"spec.impact.users": "12000"},
    "a broken number": {"spec.impact.users": 0.5},
    "a negative number": {"spec.impact.users": -1},
    "not a number": {"spec.impact.users": float("nan")},
    "a text for a list": {"spec.people.testers": "sun.yu"},
    "a mapping for a list": {"spec.steps": {"drain": {}}},
    "a list for a mapping": {"spec.rollback": []},
    "null for a section": {"spec.rollback": None},
    "null for a text": {"spec.summary": None},
    "null for a time": {"spec.rollback.impact.assessedAt": None},
    "null for a list": {"spec.steps": None},
    "null in a list": {"spec.people.testers": [None]},
    "two steps of one name": {"spec.steps[1].name": "drain"},
    "two attendees who are one": {"spec.meeting.attendees[1].person": "wang.fang"},
    "one tester twice": {"spec.people.testers": ["sun.yu", "sun.yu"]},
    "no offset": {"spec.window.end": "2026-12-01T23:30:00"},
    "a day that is none": {"spec.window.end": "2026-02-30T23:30:00+08:00"},
    "a leap second": {"spec.window.end": "2026-12-31T23:59:60Z"},
    "hour 24": {"spec.window.end": "2026-12-01T24:00:00+08:00"},
    "a date for a time": {"spec.window.end": "2026-12-01"},
    "a duration without a unit": {"spec.rollback.takes": "30"},
    "a number for a duration": {"spec.rollback.takes": 30},
    "an empty duration": {"spec.rollback.takes": ""},
    "a duration that overflows": {"spec.rollback.takes": "999999h"},
    "minutes before hours": {"spec.rollback.takes": "30m1h"},
    "a quantity without a unit": {"spec.checks.after[1].limit": "300"},
    "a name with a final line break": {"spec.people.requester": "li.wei\n"},
    "a homoglyph": {"spec.people.requester": "li.w\u0435i"},
    "full-width letters": {"spec.people.requester": "ｌi.wei"},
    "upper case, to be two people": {"spec.people.requester": "Li.Wei"},
    "a space, to be two people": {"spec.people.requester": "li.wei "},
    "an environment that looks the same": {"spec.product.environment": "pr\u043eduction"},
    "a name that climbs": {"metadata.name": "../LR-1"},
    "a stage of one's own": {"status.stage": "approved"},
    "an empty text": {"spec.summary": ""},
    "a blank text": {"spec.summary": " \n\t"},
    "a blank text in full width": {"spec.summary": "\u3000"},
    "a text in no language": {"spec.summary": {}},
    "a text in a third language": {"spec.summary": {"fr": "oui"}},
    "a text half blank": {"spec.summary": {"en": "Refunds", "zh": ""}},
    "a blank line": {"spec.backup[0].location": " "},
    "two lines for one": {"spec.backup[0].location": "vault\nnowhere"},
    "an unreasoned none": {"spec.impact.suspension": {"none": {}}},
    "none as a word": {"spec.impact.suspension": "none"},
    "a blank reason": {"spec.impact.suspension": {"none": {"reason": ""}}},
    "a short digest": {"spec.acceptance.document.sha256": "abc"},
    "an upper-case digest": {"spec.acceptance.document.sha256": "A" * 64},
    "an unknown kind of evidence": {"spec.acceptance.document.kind": "promise"},
    "an IPv4 address in octal": {"spec.infrastructure.ports[0].ipv4Address": "010.20.3.14"},
    "a short IPv6 address": {"spec.infrastructure.ports[0].ipv6Address": "fd00::14"},
    "a short IPv6 gateway": {"spec.infrastructure.ports[0].gateway": "fd00::1"},
    "a gateway with a prefix": {"spec.infrastructure.ports[0].gateway": "10.20.3.1/24"},
    "a device of no height": {"spec.infrastructure.racks[0].mounts[0].height": 0},
}


@pytest.mark.parametrize("changes", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused(changes: dict[str, Any]) -> None:
    assert not _accepts(amend(copy.deepcopy(COMPLETE), changes, ()))


UNSAFE_PATHS = [
    "../secret",
    "acceptance/../../secret",
    "acceptance/..",
    "a..b",
    "/etc/passwd",
    "C:/secret",
    "acceptance\\x.pdf",
    "acceptance/x.pdf:stream",
    "acceptance//x.pdf",
    "acceptance/",
    "./x.pdf",
    ".git/config",
    "a/.hidden",
    "-rf",
    "a/--output=x",
    "x.pdf\n",
    "x\0.pdf",
    "x\u202efdp.exe",
    "~/x.pdf",
    "two words.pdf",
    "x.pdf.",
    "",
]


@pytest.mark.parametrize("path", UNSAFE_PATHS)
def test_an_evidence_path_that_leads_elsewhere_is_refused(path: str) -> None:
    assert not _accepts(amend(COMPLETE, {"spec.acceptance.document.path": path}, ()))


@pytest.mark.parametrize(
    "path", ["x", "验收报告（终稿）.pdf", "测试/用例.xlsx", "a/b/c-d_e+f.tar.gz", "_x/1.0.pdf"]
)
def test_an_ordinary_evidence_path_is_accepted(path: str) -> None:
    assert _accepts(amend(COMPLETE, {"spec.acceptance.document.path": path}, ()))


@pytest.mark.parametrize(
    ("route", "value"),
    [
        ("spec.infrastructure.ports[0].gateway", "fd00:0000:0000:0003:0000:0000:0000:0001"),
        ("spec.infrastructure.ports[0].network", "fd00:0000:0000:0003:0000:0000:0000:0000/64"),
        ("spec.rollback.takes", "1h30m"),
        ("spec.rollback.takes", "72h"),
        ("spec.rollback.takes", "1h5s"),
        ("spec.checks.after[1].limit", "1.5s"),
        ("spec.checks.after[1].limit", "1m30s"),
        ("spec.checks.after[1].limit", "4.3 %"),
        ("spec.checks.after[1].limit", "-3 °C"),
        ("spec.checks.after[1].limit", "12000 元"),
        ("spec.impact.users", 12.0),
        ("spec.summary", "退款"),
        ("spec.summary", {"zh": "退款"}),
        ("spec.steps", []),
    ],
)
def test_other_ways_of_writing_are_accepted(route: str, value: object) -> None:
    assert _accepts(amend(COMPLETE, {route: value}, ()))


def test_what_is_used_twice_in_a_rack_is_left_to_policies() -> None:
    changes = {
        "spec.infrastructure.racks[0].mounts[1].position": 12,
        "spec.infrastructure.deliveries[0].equipment": ["no-such-device"],
    }

    assert _accepts(amend(COMPLETE, changes, ()))
