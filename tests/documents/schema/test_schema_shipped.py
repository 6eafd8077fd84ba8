"""Our own schemas on good documents with one thing changed: both validators, and an explanation."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.schema.validator import validator_of
from tests.extent import examples_of

ROOT = Path(__file__).parents[3]
GOOD = {
    "Configuration": "tests/schemas/good/configuration.yaml",
    "LaunchRequest": "policies/launch/cases/requested.yaml",
    "Pack": "tests/schemas/good/pack.yaml",
    "Policy": "tests/schemas/good/policy.yaml",
    "PolicyTest": "tests/schemas/good/policy-test.yaml",
}
OTHER_VALUES: list[Any] = [None, True, 3, 1.5, "", "x", "2026-13-01", [], ["x"], {}, {"x": 1}]


def _schema(kind: str) -> dict[str, Any]:
    path = ROOT / "launchpolicy" / "shipped" / "schemas" / f"{kind}.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _good(kind: str) -> Any:
    document = read(GOOD[kind], (ROOT / GOOD[kind]).read_bytes())
    assert isinstance(document, Document)
    return copy.deepcopy(document.data)  # altered below, and shared by all who read it


def _containers(data: Any) -> list[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    found = [each for value in inner for each in _containers(value)]
    return [data, *found] if data and isinstance(data, dict | list) else found


def _alter(data: Any, draw: Any) -> None:
    """Takes one thing out, puts another in its place, says it twice, or misspells its key."""
    container = draw(st.sampled_from(_containers(data)))
    keys = list(container) if isinstance(container, dict) else list(range(len(container)))
    key = draw(st.sampled_from(keys))
    match draw(st.sampled_from(["replace", "remove", "repeat", "misspell"])):
        case "replace":
            container[key] = copy.deepcopy(draw(st.sampled_from(OTHER_VALUES)))
        case "repeat" if isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        case "misspell" if isinstance(container, dict):
            container[key[1:] + key[:1]] = container.pop(key)
        case _:
            del container[key]


@pytest.mark.parametrize("kind", GOOD)
@settings(max_examples=examples_of(40), deadline=None)
@given(choices=st.data())
def test_an_altered_document_is_judged_alike_and_explained(kind: str, choices: Any) -> None:
    schema, data = _schema(kind), _good(kind)
    accepts = compile_schema(schema)
    assert accepts(data)
    _alter(data, choices.draw)
    verdict = accepts(data)
    assert verdict == (not any(validator_of(schema).iter_errors(data)))
    if not verdict:
        document = read("altered.yaml", json.dumps(data, ensure_ascii=False).encode())
        assert isinstance(document, Document)
        findings = explain(Schema(schema), document)
        assert 1 <= len(findings) <= 51
        assert not any("cannot say where" in finding.message.en for finding in findings)
