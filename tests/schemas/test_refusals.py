"""What the schemas of policies, packs, tests and configurations must refuse, by attack."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.engine.amendments import amend

ROOT = Path(__file__).parents[2]
FILES = {
    "Policy": "policy.schema.json",
    "Pack": "pack.schema.json",
    "PolicyTest": "policy-test.schema.json",
    "Configuration": "configuration.schema.json",
    "Directory": "directory.schema.json",
    "Calendar": "calendar.schema.json",
    "Approval": "approval.schema.json",
    "Waiver": "waiver.schema.json",
}
SCHEMAS: dict[str, dict[str, Any]] = {
    kind: json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    for kind, name in FILES.items()
}


def _good(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "good" / name
    document = read(path.name, path.read_bytes())
    assert isinstance(document, Document)
    assert isinstance(document.data, dict)
    return document.data


GOOD = {kind: _good(name.replace(".schema.json", ".yaml")) for kind, name in FILES.items()}


def _accepts(kind: str, data: object) -> bool:
    return Draft202012Validator(SCHEMAS[kind]).is_valid(data)


@pytest.mark.parametrize("kind", GOOD)
def test_every_required_key_is_missed(kind: str) -> None:
    for key in SCHEMAS[kind]["required"]:
        data = {name: value for name, value in GOOD[kind].items() if name != key}
        assert not _accepts(kind, data), key


@pytest.mark.parametrize("kind", GOOD)
def test_another_version_of_the_format_is_refused(kind: str) -> None:
    assert not _accepts(kind, {**GOOD[kind], "apiVersion": "launchpolicy/v2"})


def _mappings(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _mappings(each)


@pytest.mark.parametrize("kind", GOOD)
def test_an_unknown_key_is_refused_at_every_depth(kind: str) -> None:
    data = copy.deepcopy(GOOD[kind])
    for mapping in list(_mappings(data)):
        mapping["no such key"] = "x"
        assert not _accepts(kind, data), mapping
        del mapping["no such key"]
    assert _accepts(kind, data)


ATTACKS: dict[str, tuple[str, dict[str, Any]]] = {
    "validation misspelt": ("Policy", {"spec.validation": []}),
    "expression misspelt": ("Policy", {"spec.validations[0].exprssion": "true"}),
    "no validations": ("Policy", {"spec.validations": []}),
    "empty expression": ("Policy", {"spec.validations[0].expression": ""}),
    "expression is a boolean": ("Policy", {"spec.validations[0].expression": True}),
    "two places at once": ("Policy", {"spec.validations[0].atExpression": "'spec'"}),
    "place is no route": ("Policy", {"spec.validations[0].at": "spec..rollback"}),
    "index beyond counting": ("Policy", {"spec.validations[0].at": f"spec[{'1' * 5000}]"}),
    "list route with an index": ("Policy", {"spec.validations[1].forEach": "spec.steps[0]"}),
    "list route is an expression": ("Policy", {"spec.validations[1].forEach": "[1, 2]"}),
    "blank message": ("Policy", {"spec.validations[0].message": "  "}),
    "blank message in full width": ("Policy", {"spec.validations[0].message": "\u3000"}),
    "message in neither language": ("Policy", {"spec.validations[0].message": {}}),
    "message half blank": ("Policy", {"spec.fix": {"en": "Say it.", "zh": " "}}),
    "no computed message": ("Policy", {"spec.validations[0].messageExpression": {}}),
    "matches no kind": ("Policy", {"spec.match.kinds": []}),
    "matches no stage": ("Policy", {"spec.match.stages": []}),
    "matches a stage that is none": ("Policy", {"spec.match.stages": ["approved"]}),
    "matches no operation": ("Policy", {"spec.match.operations": []}),
    "parameter is a mapping of nothing": ("Policy", {"spec.params.maxAge": {"hours": None}}),
    "parameter has a key without a name": ("Policy", {"spec.params.maxAge": {"": 72}}),
    "parameter is null": ("Policy", {"spec.params.maxAge": None}),
    "parameter lists numbers": ("Policy", {"spec.params.places": [1]}),
    "variable is no identifier": ("Policy", {"spec.variables[0].name": "the-plan"}),
    "name leaves the folder": ("Policy", {"metadata.name": "../other"}),
    "no bindings": ("Pack", {"spec.bindings": []}),
    "unknown action": ("Pack", {"spec.bindings[0].action": "allow"}),
    "action switched off by YAML": ("Pack", {"spec.bindings[0].action": False}),
    "version is true": ("Pack", {"spec.version": True}),
    "version zero": ("Pack", {"spec.version": 0}),
    "effective from a bare date": ("Pack", {"spec.bindings[1].effectiveFrom": "2026-01-01"}),
    "effective without an offset": (
        "Pack",
        {"spec.bindings[1].effectiveFrom": "2026-01-01T00:00:00"},
    ),
    "waivable by an empty list": ("Pack", {"spec.bindings[1].waivableBy": []}),
    "no cases": ("PolicyTest", {"spec.cases": []}),
    "expects an outcome that is none": ("PolicyTest", {"spec.cases[0].expect": "pass"}),
    "sets what is no route": ("PolicyTest", {"spec.cases[2].set": {"spec rollback": 1}}),
    "removes what is no route": ("PolicyTest", {"spec.cases[1].remove": ["spec.[0]"]}),
    "baseline outside the pack": ("PolicyTest", {"spec.object": "../other/requested.yaml"}),
    "old version outside the pack": ("PolicyTest", {"spec.cases[3].old": "/etc/passwd"}),
    "delete as a word": ("PolicyTest", {"spec.cases[3].delete": "yes"}),
    "process without packs": ("Configuration", {"processes.product-launch": []}),
    "pack named twice": ("Configuration", {"mandatory": ["launch", "launch"]}),
    "unknown source of approvals": ("Configuration", {"approvals.source": "nobody"}),
    "kind without packs": ("Configuration", {"kinds[0].packs": []}),
    "kind with a schema on a server": ("Configuration", {"kinds[0].schema": "https://x/y.json"}),
    "kind with a schema of another form": ("Configuration", {"kinds[0].schema": "schemas/y.xsd"}),
    "private key as the ledger's key": (
        "Configuration",
        {"ledger.key": "PRIVATE+KEY+launch-ledger+0a1b2c3d+AQEB"},
    ),
    "branch read as an option": ("Configuration", {"ledger.branch": "--upload-pack=x"}),
}


@pytest.mark.parametrize(("kind", "changes"), ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused(kind: str, changes: dict[str, Any]) -> None:
    assert not _accepts(kind, amend(GOOD[kind], changes, ()))


LEFT_OUT = [
    ("Policy", "metadata.title"),
    ("Policy", "spec.match"),
    ("Policy", "spec.match.kinds"),
    ("Policy", "spec.validations"),
    ("Policy", "spec.validations[0].expression"),
    ("Policy", "spec.validations[0].message"),
    ("Policy", "spec.fix"),
    ("Pack", "spec.version"),
    ("Pack", "spec.bindings"),
    ("Pack", "spec.bindings[0].action"),
    ("PolicyTest", "spec.cases"),
    ("PolicyTest", "spec.cases[0].expect"),
    ("Configuration", "kinds[0].id"),
    ("Configuration", "bindings[0].pack"),
]


@pytest.mark.parametrize(("kind", "route"), LEFT_OUT)
def test_what_a_file_cannot_do_without(kind: str, route: str) -> None:
    assert not _accepts(kind, amend(GOOD[kind], {}, [route]))


UNSAFE_PATHS = [
    "",
    "/x",
    "../x",
    "x/../y",
    "x/..",
    "..",
    ".",
    "./x",
    "x//y",
    "x/",
    "x\\y",
    "x\0",
    "*",
]
PATHS = ["paths.launches", "paths.people", "paths.calendar", "paths.waivers", "paths.policies[0]"]


@pytest.mark.parametrize("path", UNSAFE_PATHS)
@pytest.mark.parametrize("route", PATHS)
def test_a_path_that_leaves_the_repository_or_has_two_spellings(route: str, path: str) -> None:
    assert not _accepts("Configuration", amend(GOOD["Configuration"], {route: path}, ()))


@pytest.mark.parametrize(
    "files",
    [
        *(path for path in UNSAFE_PATHS if path != "*"),
        "/deliverables/*.yaml",
        "deliverables/**.yaml",
        "deliverables/*.{yaml,yml}",
        "deliverables/[ab].yaml",
        "deliverables/?.yaml",
        "!deliverables/*.yaml",
    ],
)
def test_a_glob_that_would_match_nothing_or_less_than_it_says(files: str) -> None:
    assert not _accepts(
        "Configuration", amend(GOOD["Configuration"], {"kinds[0].files": files}, ())
    )


@pytest.mark.parametrize(
    "files", ["*/*.yaml", "a.yaml", "a/*-b*.yml", ".data/*", "发布/*/申请.yaml", "a/*b"]
)
def test_a_glob_within_segments_is_accepted(files: str) -> None:
    assert _accepts("Configuration", amend(GOOD["Configuration"], {"kinds[0].files": files}, ()))


@pytest.mark.parametrize(
    "route",
    ["each", "each.takes", "spec.steps[0].by", "release-model", 'a["b.c \\" ]"].d', "spec[0][1]"],
)
def test_a_place_is_any_route(route: str) -> None:
    changes = {"spec.validations[0].at": route}
    assert _accepts("Policy", amend(GOOD["Policy"], changes, ()))


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u3000", " \u3000\t"])
def test_a_title_of_nothing_but_space_is_refused_by_the_validator_that_runs(blank: str) -> None:
    accepts = compile_schema(SCHEMAS["Policy"])
    good = copy.deepcopy(GOOD["Policy"])
    assert accepts(good)
    good["metadata"]["title"] = blank
    assert not accepts(good)
